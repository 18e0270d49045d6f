"""What people ask of a ward, answered from facts by rules, in short words."""

import re
from dataclasses import replace

import pytest
import readability

from analysis.change_classes import ChangeClass
from analysis.classes import OverlapClass
from briefing.ward_answers import answers
from briefing.ward_facts import ward_facts
from tests.briefings import FLAGGED, NEITHER, UNKNOWN, UNSURE, make_area

READING_GRADE = 7.0
SAYABLE = [one for one in OverlapClass if one is not OverlapClass.NO_DENOMINATOR]


def told(area, code=FLAGGED):
    return {one.question: " ".join(one.sentences) for one in answers(area, ward_facts(area, code))}


def test_a_flag_is_explained_with_its_bands_its_certainty_and_what_it_does_not_mean():
    said = told(make_area())
    assert "were both high" in said["Why is this ward flagged?"]
    assert "highly likely" in said["How sure is that?"]
    assert "This is new." in said["What changed?"]
    assert "says nothing of a person" in said["What does this not mean?"]


def test_a_ward_that_is_not_flagged_is_not_asked_why_it_is():
    assert "How does this ward stand?" in told(make_area(), NEITHER)


def test_a_ward_that_may_well_be_high_and_is_not_flagged_says_why_not():
    area = make_area()
    facts = replace(ward_facts(area, NEITHER), certainty="likely")
    said = " ".join(text for one in answers(area, facts) for text in one.sentences)
    assert "more than 10 in 100 flags might be wrong" in said


@pytest.mark.parametrize("certainty", ["likely", "highly likely", "almost certain"])
@pytest.mark.parametrize("change", list(ChangeClass), ids=lambda one: one.name)
def test_a_ward_that_is_probably_high_and_not_flagged_is_told_one_story(certainty, change):
    area = make_area(changes=change)
    facts = replace(ward_facts(area, UNSURE), certainty=certainty)
    text = "\n".join(" ".join(one.sentences) for one in answers(area, facts))
    assert "were probably both high" in text
    assert "not sure enough for the ward to be named" in text
    assert "too small to say" not in text
    grade = readability.getmeasures(text.replace(". ", ".\n"), lang="en")["readability grades"]["Kincaid"]
    assert grade <= READING_GRADE


@pytest.mark.parametrize("change", list(ChangeClass), ids=lambda one: one.name)
def test_what_changed_calls_a_ward_that_is_not_flagged_high_neither_now_nor_before(change):
    area = make_area(changes=change)
    said = told(area, NEITHER)["What changed?"]
    assert not re.search(r"Both were high|This is (not )?new|This is easing|They are not", said)
    high_before = change in (ChangeClass.PERSISTENT, ChangeClass.EASING, ChangeClass.CLEARED)
    assert ("Both were high" in told(area)["What changed?"]) == high_before


@pytest.mark.parametrize("certainty", ["remote chance", "highly unlikely", "unlikely"])
def test_a_ward_that_is_uncertain_and_probably_not_high_on_both_is_not_said_to_be_unknown_on_both(certainty):
    area = make_area()
    facts = replace(ward_facts(area, UNSURE), certainty=certainty)
    said = " ".join(answers(area, facts)[0].sentences)
    assert "were probably not both high" in said
    assert "too small to say if either was" in said


def test_of_a_ward_without_a_population_only_that_is_said():
    ((question, said),) = told(make_area(), UNKNOWN).items()
    assert question == "Why is nothing said of this ward?"
    assert "No population is known for Weir" in said


def test_exact_figures_are_not_said_to_be_rounded():
    area = make_area()
    exact = replace(area, released=replace(area.released, exact=True))
    assert "rounded" in told(area)["What does this not mean?"]
    assert "rounded" not in told(exact)["What does this not mean?"]


@pytest.mark.parametrize("change", list(ChangeClass), ids=lambda one: one.name)
@pytest.mark.parametrize("said", SAYABLE, ids=lambda one: one.name)
def test_the_answers_read_as_easily_as_a_briefing(said, change):
    area = make_area(changes=change, classes={NEITHER: said.phrase})
    text = "\n".join(" ".join(one.sentences) for one in answers(area, ward_facts(area, NEITHER)))
    grade = readability.getmeasures(text.replace(". ", ".\n"), lang="en")["readability grades"]["Kincaid"]
    assert grade <= READING_GRADE
