"""What is said where one ward is flagged, and of wards that are probably high and not flagged."""

from dataclasses import replace

import pytest

from analysis.change_classes import ChangeClass
from briefing.follow_up import high_but_not_flagged
from briefing.ward_facts import ward_facts
from pages.components.changes_since import _in_words
from pages.components.headline import flags_in_words
from pages.components.methods_plain import _flags
from tests.briefings import CODES, FLAGGED, NEITHER, UNSURE, make_area

NOT_FLAGGED = "Not flagged, so less sure:"


def listed(change: ChangeClass, *, flagged: set[str]) -> str:
    area = make_area(changes=change)
    assert area.changes is not None
    return _in_words(area.changes, names=area.released.names, flagged=flagged, few="")


def test_of_one_flag_it_is_said_how_sure_it_is_and_not_how_many_may_be_wrong():
    released = make_area().released
    assert flags_in_words(released) == "1 ward is flagged as high on both: highly likely, but it may be wrong."
    assert "Here 1 ward is flagged: highly likely, but it may be wrong." in " ".join(_flags(released).paragraphs)


def test_of_several_flags_it_is_said_how_many_may_be_wrong():
    released = make_area().released
    twice = replace(released, wards=released.wards.loc[[0, 0]], flags_expected_false=0.3)
    assert flags_in_words(twice) == "2 wards are flagged as high on both, of which fewer than 1 may be wrong."


@pytest.mark.parametrize("change", [ChangeClass.NEW, ChangeClass.PERSISTENT])
def test_the_list_of_changes_says_of_which_wards_a_flag_does_not_say_the_same(change):
    said = listed(change, flagged={FLAGGED})
    assert f"<b>{change.name.capitalize()}</b>: Castle; Mill &amp; Bridge (not flagged);" in said
    assert "Castle (not flagged)" not in said
    assert "Not flagged: probably high on both" in said
    assert "not flagged" not in listed(change, flagged=set(CODES)).lower()


@pytest.mark.parametrize("change", [ChangeClass.EASING, ChangeClass.CLEARED])
def test_a_ward_that_is_high_no_more_is_not_said_to_lack_a_flag(change):
    assert "not flagged" not in listed(change, flagged=set()).lower()


@pytest.mark.parametrize("change", list(ChangeClass), ids=lambda one: one.name)
def test_wards_called_high_now_without_a_flag_are_named_on_slides_and_papers(change):
    area = make_area(changes=change)
    wards = [ward_facts(area, code) for code in (FLAGGED, UNSURE, NEITHER)]
    said = high_but_not_flagged(wards)
    if change in (ChangeClass.NEW, ChangeClass.PERSISTENT):
        assert said == f"{NOT_FLAGGED} Mill & Bridge and St Anne's."
        assert high_but_not_flagged(wards * 4) == f"{NOT_FLAGGED} 8 of them."
    else:
        assert said == ""
    assert high_but_not_flagged(wards[:1]) == ""
