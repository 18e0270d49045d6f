from dataclasses import replace

import numpy as np
import pytest

from analysis.counting import EventTables
from analysis.question import Question
from analysis.variations import variations_of
from geo.neighbours import nearest_wards, ward_neighbours

ASKED = Question(last_quarter="2025/26 Q4")


def by_key(question, tables):
    return {variation.key: variation for variation in variations_of(question, source=tables)}


def test_each_variation_changes_one_choice_and_no_other(tables):
    found = by_key(ASKED, tables)
    assert list(found) == ["denominator", "window", "threshold 1.25", "threshold 2", "neighbours", "vintage"]
    assert found["denominator"].question == replace(ASKED, denominator="workday")
    assert found["window"].question == replace(ASKED, quarters=8)
    assert found["threshold 1.25"].question == replace(ASKED, threshold=1.25)
    assert found["threshold 2"].question == replace(ASKED, threshold=2.0)
    assert found["neighbours"].question == ASKED
    rules = {key: variation.neighbour_rule for key, variation in found.items()}
    assert rules.pop("neighbours") is nearest_wards
    assert set(rules.values()) == {ward_neighbours}


def test_what_the_data_do_not_allow_is_listed_with_the_reason(tables):
    found = by_key(ASKED, tables)
    assert [key for key, variation in found.items() if variation.unavailable] == ["vintage"]
    nobody_at_work = EventTables(tables.wards.assign(workday=np.nan), tables.referrals, tables.incidents)
    assert (
        by_key(ASKED, nobody_at_work)["denominator"].unavailable
        == "No numbers of people there on a working day were loaded."
    )


@pytest.mark.parametrize(
    ("quarters", "last", "longer"),
    [
        (4, "2025/26 Q4", 8),
        (2, "2024/25 Q4", 4),
        (3, "2025/26 Q4", 6),
        (4, "2025/26 Q3", None),
        (8, "2025/26 Q4", None),
    ],
)
def test_a_longer_window_ends_with_the_same_quarter_and_never_reaches_before_the_data(tables, quarters, last, longer):
    variation = by_key(Question(last_quarter=last, quarters=quarters), tables)["window"]
    assert variation.question.last_quarter == last
    if longer is None:
        assert "too little for that" in variation.unavailable
    else:
        assert variation.question.quarters == longer
        assert not variation.unavailable


def test_where_twice_the_window_is_not_covered_three_years_are_taken(tables):
    quarters = [f"{year}/{year - 1999} Q{number}" for year in range(2023, 2026) for number in (1, 2, 3, 4)]
    long = [
        table.assign(quarter=[quarters[row % 12] for row in range(len(table))])
        for table in (tables.referrals, tables.incidents)
    ]
    asked = Question(last_quarter="2025/26 Q4", quarters=8)
    assert by_key(asked, EventTables(tables.wards, *long))["window"].question.quarters == 12


@pytest.mark.parametrize(("own", "others"), [(1.25, [1.5, 2.0]), (2.0, [1.25, 1.5]), (1.75, [1.25, 2.0])])
def test_a_study_is_never_checked_against_its_own_threshold(tables, own, others):
    found = variations_of(replace(ASKED, threshold=own), source=tables)
    assert [one.question.threshold for one in found if one.key.startswith("threshold")] == others


def test_incidents_per_workday_population_are_checked_per_resident(tables):
    found = by_key(replace(ASKED, denominator="workday"), tables)["denominator"]
    assert found.question.denominator == "residents"
    assert found.words.startswith("with incidents compared with how many people live there")


def test_a_threshold_says_what_is_asked_of_a_flag_there(tables):
    found = by_key(replace(ASKED, fdr=0.05), tables)
    assert found["threshold 1.25"].words == (
        "with high meaning above 1.25 times the area's rate, but each ward having to be 95% certain by itself"
    )
    assert found["threshold 2"].words == (
        "with high meaning above 2 times the area's rate, and an even chance of that being enough"
    )


@pytest.mark.parametrize(
    ("quarters", "last", "said"),
    [
        (4, "2025/26 Q4", "with 2 years counted together, not 1 year"),
        (2, "2025/26 Q4", "with 1 year counted together, not 6 months"),
        (3, "2025/26 Q4", "with 18 months counted together, not 9 months"),
    ],
)
def test_a_longer_window_is_said_in_years_or_months(tables, quarters, last, said):
    assert by_key(Question(last_quarter=last, quarters=quarters), tables)["window"].words == said


def test_too_little_data_for_a_longer_window_says_how_much_there_is(tables):
    found = by_key(Question(last_quarter="2025/26 Q3", quarters=4), tables)["window"]
    assert found.unavailable == "The data up to 2025/26 Q3 cover 21 months, too little for that."
