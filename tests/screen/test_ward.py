"""The page of a ward: what is released of it in plain words, for whoever looks; nothing where no ward is chosen."""

import json
import re

import pytest

import pages.session as session
from disclosure.audit import What
from pages.session import audit

WARD = "X05000090"
HIGH = "X05000006"
"""Flagged for all."""
UNKNOWN_WARD = "X09999999"


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    """What was found without each sector is known to everyone on a server: these tests begin where nobody has asked."""
    kept = session._kept()
    for which in [one for one in kept if one[0] == What.SECTOR_CHECKS]:
        del kept[which]


def html_of(app) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def headings(app) -> str:
    return "\n".join(one.value for one in app.subheader)


@pytest.mark.parametrize("audience", ["analyst", "inspector", "steering"])
def test_a_ward_is_told_in_questions_and_answers(open_screen, drawn, audience):
    app = open_screen("ward", ward=WARD, audience=audience)
    told = html_of(app)
    assert not app.exception
    assert not app.error
    assert "How sure is that?" in told
    assert "What does this not mean?" in told
    assert "No briefing was issued on this ward" in told
    assert drawn.selected == WARD
    asks = [one.label for one in app.button]
    assert "hang on one school" not in headings(app)  # it is not flagged
    assert ("Brief the councillors" in asks) == (audience != "steering")
    assert "Compare with the window before" not in asks  # the comparison came with the answers


@pytest.mark.parametrize("audience", ["analyst", "steering"])
def test_whether_a_flag_hangs_on_one_sector_is_asked_of_a_flagged_ward_and_told_to_analysts(open_screen, audience):
    app = open_screen("ward", ward=HIGH, audience=audience)
    assert "Why is this ward flagged?" in html_of(app)
    assert "hang on one school" in headings(app)
    assert ("Leave out each sector in turn" in [one.label for one in app.button]) == (audience == "analyst")


def test_an_analyst_sees_whether_a_ward_hangs_on_one_sector(open_screen):
    app = open_screen("ward", ward=HIGH)
    next(one for one in app.button if one.label == "Leave out each sector in turn").click().run()
    told = html_of(app)
    assert not app.error
    assert told.count("<td>Education</td>") == 1
    assert "no longer flagged without" in told or "stays flagged" in told


def test_without_a_ward_one_is_asked_for_and_a_click_on_the_map_chooses_it(open_screen, drawn):
    app = open_screen("ward")
    assert "Type the name of a ward" in app.info[0].value
    drawn.click = drawn.outlines.ward_codes[5]
    app.run()
    assert drawn.selected == drawn.outlines.ward_codes[5]
    assert "How sure is that?" in html_of(app)


def test_a_ward_that_is_not_there_is_said_and_none_is_shown(open_screen):
    app = open_screen("ward", ward=UNKNOWN_WARD)
    assert "ward" in app.warning[0].value
    assert app.info


def test_who_looks_at_which_ward_is_recorded(open_screen):
    open_screen("ward", ward=WARD, audience="inspector")
    newest = next(row for row in audit().entries() if row.what == What.WARD)
    assert json.loads(newest.detail)["ward"] == WARD


def test_what_is_provided_there_stands_with_its_dates_and_that_nothing_is_known_is_said_as_no_more(open_screen):
    told = html_of(open_screen("ward", ward="X05000137"))
    assert "Nothing is known to be provided here now, by the file of 30 September 2026." in told
    assert "<b>Sea Wall youth club</b>" in told
    assert re.search(r"ran from \d+ \w+ \d{4} to 31 March 2025", told)
    assert "£24,500 in all, Home Office" in told
    assert "That nothing is known does not mean that nothing is provided." in told
