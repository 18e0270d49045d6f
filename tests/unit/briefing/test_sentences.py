from dataclasses import replace
from datetime import date

import pytest
import readability

from analysis.change_classes import ChangeClass
from analysis.classes import OverlapClass
from briefing.content import Issue, write_briefing
from briefing.officers_words import OfficersWords
from briefing.sentences import age_of_figures, bottom_line, change_since, how_sure, limits, map_in_words
from briefing.ward_facts import ward_facts
from data.errors import UsageError
from disclosure.wording import PROBABILITY
from tests.briefings import CODES, FLAGGED, NEITHER, UNKNOWN, UNSURE, make_area

TODAY = date(2026, 11, 22)
READING_GRADE = 7.0
"""School years that it takes to read a text (Flesch and Kincaid 1975): about 12 years of age."""
SAYABLE = [one for one in OverlapClass if one is not OverlapClass.NO_DENOMINATOR]


def said_of(area, code):
    return bottom_line(area, ward_facts(area, code))


def test_a_flagged_ward_is_said_to_be_high_on_both_how_sure_and_what_is_asked():
    what, how, ask = said_of(make_area(), FLAGGED)
    assert what == "In Castle, referrals to Prevent and recorded hate crime were both high for the area."
    assert how == "It is highly likely that both are truly high. It is the only ward named in this way."
    assert ask.startswith("We ask you")


@pytest.mark.parametrize("said", SAYABLE, ids=lambda one: one.name)
def test_every_class_has_a_sentence_of_its_own_that_names_the_ward(said):
    area = make_area(classes={NEITHER: said.phrase})
    what, *_ = said_of(area, NEITHER)
    assert "St Anne's" in what
    others = {said_of(make_area(classes={NEITHER: one.phrase}), NEITHER)[0] for one in SAYABLE if one is not said}
    assert what not in others


def test_a_ward_of_which_nothing_is_known_is_refused_and_what_to_do_is_said():
    with pytest.raises(UsageError, match=r"No population is known for Weir.*Add its population"):
        said_of(make_area(), UNKNOWN)


@pytest.mark.parametrize("word", PROBABILITY.names)
def test_every_word_of_certainty_is_said_as_it_is(word):
    area = make_area()
    facts = replace(ward_facts(area, UNSURE), certainty=word)
    assert word in how_sure(area, facts)


@pytest.mark.parametrize(
    ("flags", "wrong", "said"),
    [
        (4, 0.3, "Of the 4 wards named in this way, fewer than 1 is likely to be wrong."),
        (12, 1.2, "Of the 12 wards named in this way, about 1 is likely to be wrong."),
        (30, 2.6, "Of the 30 wards named in this way, about 3 are likely to be wrong."),
    ],
)
def test_how_many_flags_are_expected_to_be_wrong_is_said(flags, wrong, said):
    area = make_area()
    wards = area.released.wards
    many = wards.loc[[0] * flags].reset_index(drop=True)
    released = replace(area.released, wards=many, flags_expected_false=wrong)
    assert how_sure(replace(area, released=released), ward_facts(area, FLAGGED)).endswith(said)


@pytest.mark.parametrize("change", list(ChangeClass), ids=lambda one: one.name)
def test_every_change_is_said_and_with_its_cautions(change):
    area = make_area(changes=change, cautions=("The series breaks in April 2024.",))
    said = change_since(area, ward_facts(area, FLAGGED))
    assert said[0]
    assert said[-1] == "The series breaks in April 2024."


def test_without_a_year_before_that_is_said():
    area = make_area(changes=None)
    assert change_since(area, ward_facts(area, FLAGGED)) == ("There is no earlier time to compare with.",)


def test_three_years_are_compared_with_the_three_years_before():
    area = make_area()
    longer = replace(area.changes, now=replace(area.changes.now, quarters=12))
    said = change_since(replace(area, changes=longer), ward_facts(area, FLAGGED))
    assert said[0].startswith("This is new. The 3 years before")


def test_the_map_is_told_in_words_with_the_neighbours_that_are_alike():
    area = make_area()
    assert (
        map_in_words(ward_facts(area, NEITHER))
        == "St Anne's touches 2 other wards. None of them is named as high on both."
    )
    assert map_in_words(ward_facts(area, UNSURE)) == (
        "Mill & Bridge touches 2 other wards. Of these, Castle is named as high on both."
    )
    assert (
        map_in_words(replace(ward_facts(area, UNSURE), neighbours=()))
        == "Mill & Bridge touches no other ward of the area."
    )


def test_neighbours_are_high_as_well_only_where_the_ward_itself_is():
    area = make_area(classes={UNSURE: "high on both"})
    assert map_in_words(ward_facts(area, UNSURE)).endswith("Castle is high on both as well.")


@pytest.mark.parametrize(("day", "said"), [(date(2026, 10, 30), ""), (date(2026, 11, 1), "7 months old")])
def test_figures_of_long_ago_are_said_to_be_old(day, said):
    told = age_of_figures(make_area(), on=day)  # of the year to March 2026
    assert said in told
    assert bool(said) == bool(told)


def test_stand_in_data_is_never_called_hate_crime():
    area = make_area(stand_in=("Public order offences.",))
    briefing = write_briefing(area, FLAGGED, words=OfficersWords(), issue=Issue(made_on=TODAY))
    texts = [
        *briefing.bottom_line,
        *briefing.limits,
        *(name for name, _ in briefing.position),
        briefing.incidents_in_words,
    ]
    assert not [text for text in texts if "hate crime" in text.lower() and "not hate crimes" not in text]
    assert any("Public order offences" in text for text in briefing.limits)


def test_where_everything_counts_that_is_said_so():
    assert any(text.startswith("Nearly all of the incidents") for text in limits(replace(make_area(), placed=1.0)))


@pytest.mark.parametrize("change", list(ChangeClass), ids=lambda one: one.name)
@pytest.mark.parametrize("said", SAYABLE, ids=lambda one: one.name)
def test_it_reads_easily(said, change):
    area = make_area(changes=change, classes={NEITHER: said.phrase, FLAGGED: said.phrase})
    for code in (FLAGGED, NEITHER):
        briefing = write_briefing(area, code, words=OfficersWords(), issue=Issue(made_on=TODAY))
        grades = readability.getmeasures(_one_sentence_a_line(briefing), lang="en")["readability grades"]
        assert grades["Kincaid"] <= READING_GRADE
        assert grades["SMOGIndex"] <= READING_GRADE + 2


def _one_sentence_a_line(briefing):
    told = (*briefing.bottom_line, *briefing.change, briefing.map_text, *briefing.to_do, *briefing.limits)
    return "\n".join(" ".join(told).replace(". ", ".\n").splitlines())


def test_the_measure_of_reading_tells_hard_from_easy():
    hard = "Notwithstanding methodological considerations, heterogeneous administrative geographies necessitate circumspection."
    assert readability.getmeasures(hard, lang="en")["readability grades"]["Kincaid"] > READING_GRADE + 5


def test_all_wards_of_the_area_have_facts():
    area = make_area()
    assert [ward_facts(area, code).code for code in CODES] == CODES
