"""What both templates get: said once, dated in words, refused where it cannot be shown."""

from dataclasses import replace

import pytest

from briefing.content import DRAFT
from briefing.paper_content import paper_content
from data.errors import UsageError
from data.in_words import say_day
from tests.briefings import make_area
from tests.papers import ISSUE, TODAY, papers_of, replace_words


def test_what_is_not_known_of_an_issue_is_left_out():
    briefing, _ = papers_of(make_area(), issue=replace(ISSUE, for_whom="", expires=None))
    assert [one["name"] for one in paper_content(briefing)["about"]] == ["Issue", "Made on"]


@pytest.mark.parametrize(("number", "said"), [(DRAFT, "nobody yet"), (ISSUE.number, "no second person")])
def test_a_paper_that_nobody_approved_says_so(number, said):
    briefing, _ = papers_of(make_area(), issue=replace(ISSUE, number=number, approver=""))
    assert {"name": "Approved by", "text": said} in paper_content(briefing)["people"]


def test_a_date_is_written_as_it_is_said():
    assert say_day(TODAY.replace(month=4, day=1)) == "1 April 2026"


def test_a_caution_on_the_change_is_not_said_twice():
    caution = "The series breaks in April 2024."
    briefing, _ = papers_of(make_area(cautions=(caution,)))
    content = paper_content(briefing)
    assert caution in content["change"]
    assert caution not in content["limits"]


def test_a_name_of_a_hundred_letters_is_taken_and_one_of_five_thousand_refused():
    briefing, _ = papers_of(make_area())
    assert "x" * 100 in paper_content(replace(briefing, facts=replace(briefing.facts, name="x" * 100)))["title"]
    with pytest.raises(UsageError, match=r"5,000 characters.*room for 100"):
        paper_content(replace(briefing, facts=replace(briefing.facts, name="x" * 5_000)))


@pytest.mark.parametrize("wrong", ["\U0001f9ff", "\u202eevil", "\x07", "\u4e2d"])
def test_a_character_that_no_font_of_ours_has_is_refused_and_the_text_not_quoted(wrong):
    briefing, _ = papers_of(make_area())
    words = replace_words(briefing.words, context=f"secret {wrong}")
    with pytest.raises(UsageError, match="“context” cannot be shown") as refused:
        paper_content(replace(briefing, words=words))
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("name", ["Pen-y-graig ŵŷ", "Sainte-Anne’s – Łódź", "Ελλάδα"])
def test_letters_of_european_names_can_be_shown(name):
    briefing, _ = papers_of(make_area())
    assert name in paper_content(replace(briefing, facts=replace(briefing.facts, name=name)))["title"]
