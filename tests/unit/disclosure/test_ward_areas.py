from dataclasses import replace

import numpy as np
import pytest

from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.permitted import Question
from disclosure.suppression import WITHHELD, say_total
from disclosure.ward_areas import SINGLE_YEARS, release_ward_areas
from tests.area_files import CODES, INCIDENTS, QUARTERS, middle
from tests.cells import cells_of

COARSE = [Audience.INSPECTOR, Audience.STEERING]
MANY = ["ward_code,quarter,category,sector,count"] + [
    f"{code},{quarter},concern,education,{5 + place}" for place, code in enumerate(CODES) for quarter in QUARTERS
]
"""Each ward has 20 referrals and more in a year."""
CROWD = [*INCIDENTS, *(f"2024-05-{1 + day % 28:02d},{middle(day % 6)},race" for day in range(120))]
YEAR = Question(quarters=4)


def test_the_analyst_gets_exact_totals_and_rates_of_areas_that_are_large_enough(view):
    areas = view(Audience.ANALYST).areas(YEAR)
    table = areas.table.set_index("area_code")
    assert table["count_referrals"].sum() == 36 + 5 * 4
    assert table["count_incidents"].sum() == len(INCIDENTS) - 1
    assert table[["count_referrals", "count_incidents"]].min().min() >= Disclosure().suppress_up_to + 1
    assert table["residents"].sum() == sum(3_000 + 100 * place for place in range(6))
    assert table["wards"].sum() == len(CODES) == areas.ward_area.notna().sum()
    assert table["rate_referrals"].to_numpy() == pytest.approx(1e4 * table["count_referrals"] / table["residents"])
    overall = 1e4 * table["count_referrals"].sum() / table["residents"].sum()
    assert table["times_referrals"].to_numpy() == pytest.approx(table["rate_referrals"] / overall)
    assert areas.whole["referrals"] == f"56 in all, {overall:.1f} a year per 10,000"
    assert "says nothing of risk" in " ".join(areas.statements)


def test_the_area_of_each_ward_and_its_level_are_those_of_the_table(view):
    areas = view(Audience.ANALYST, referrals=MANY, incidents=CROWD).areas(YEAR)
    assert areas.ward_area.index.tolist() == CODES
    assert set(areas.ward_area) == set(areas.table["area_code"])
    assert len(areas.table) > 1
    for row in areas.table.itertuples():
        assert (areas.ward_area == row.area_code).sum() == row.wards
        assert row.level_referrals in areas.levels


def test_others_get_totals_suppressed_and_rounded_like_all_totals(tables):
    few = tables.referrals["quarter"].str.endswith("Q1")
    tables = replace(tables, referrals=tables.referrals.assign(count=(~few).astype(int)))  # three a ward and year
    rule, asked = Disclosure(window_step=4), Question(last_quarter="2025/26 Q4")
    areas = release_ward_areas(tables, question=asked, rule=rule, cells=cells_of(tables, rule=rule))
    assert len(areas.table) > 1
    incidents = np.array([240 if code in ("X05900000", "X05900004") else 20 for code in areas.ward_area.index])
    for row in areas.table.itertuples():
        inside = (areas.ward_area == row.area_code).to_numpy()
        assert row.count_referrals == say_total(np.full(inside.sum(), 3), rule=rule)
        assert row.count_incidents == say_total(incidents[inside], rule=rule)
        assert row.rate_referrals == round(1e4 * int(row.count_referrals) / row.residents, 1)
    assert areas.whole["referrals"].startswith("60 in all")
    assert not {"times_referrals", "times_incidents"} & set(areas.table)
    assert len(areas.levels) == 4


@pytest.mark.parametrize("audience", COARSE)
def test_a_total_of_so_few_wards_that_it_narrows_what_each_is_shown_to_have_is_not_given(view, audience):
    areas = view(audience, referrals=MANY, incidents=CROWD).areas(YEAR)
    assert len(areas.table) > 1
    assert areas.table["wards"].max() < 6
    assert set(areas.table["count_referrals"]) == {WITHHELD}
    assert areas.whole["referrals"].startswith("180 in all")


@pytest.mark.parametrize("audience", COARSE)
def test_no_count_decides_where_the_areas_of_others_begin(view, audience):
    # The same total, spread otherwise: with exact counts the areas would differ.
    other = [MANY[0], *(line.rsplit(",", 1)[0] + f",{40 if CODES[5] in line else 1}" for line in MANY[1:])]
    first = view(audience, referrals=MANY, incidents=CROWD).areas(YEAR)
    second = view(audience, referrals=other, incidents=CROWD).areas(YEAR)
    assert first.ward_area.equals(second.ward_area)
    exact = [view(Audience.ANALYST, referrals=one, incidents=CROWD).areas(YEAR) for one in (MANY, other)]
    assert not exact[0].ward_area.equals(exact[1].ward_area)


@pytest.mark.parametrize("audience", COARSE)
def test_a_total_from_which_a_small_count_would_follow_is_withheld_with_its_rate_and_level(view, audience):
    few = [MANY[0], *(line.rsplit(",", 1)[0] + f",{40 if CODES[5] in line else 1}" for line in MANY[1:])]
    table = view(audience, referrals=few, incidents=CROWD).areas(YEAR).table
    withheld = table["count_referrals"] == WITHHELD
    assert withheld.any()
    assert table.loc[withheld, "rate_referrals"].isna().all()
    assert set(table.loc[withheld, "level_referrals"]) == {WITHHELD}


@pytest.mark.parametrize("audience", COARSE)
def test_where_the_whole_total_may_not_be_shown_there_are_no_areas_and_a_sentence(view, audience):
    none = [MANY[0], *(line.rsplit(",", 1)[0] + ",0" for line in MANY[1:])]
    areas = view(audience, referrals=none).areas(YEAR)
    assert areas.table.empty
    assert areas.ward_area.isna().all()
    assert "too few referrals" in areas.statements[0]


def test_the_analyst_is_told_where_all_wards_have_too_few(view):
    none = [MANY[0], *(line.rsplit(",", 1)[0] + ",0" for line in MANY[1:])]
    areas = view(Audience.ANALYST, referrals=none).areas(YEAR)
    assert areas.table.empty
    assert "Choose a longer window" in areas.statements[0]


@pytest.mark.parametrize("audience", COARSE)
def test_others_may_ask_only_what_they_may_ask_elsewhere(view, audience):
    for question in (Question(quarters=2), Question(concerns=("concern",)), Question(threshold=3.0)):
        with pytest.raises(UsageError):
            view(audience).areas(question)


@pytest.mark.parametrize("audience", COARSE)
def test_others_get_areas_of_single_years_only(view, audience):
    years = [
        f"{code},{year}/{year - 1999} Q{quarter},concern,education,9"
        for code in CODES
        for year in (2022, 2023, 2024)
        for quarter in range(1, 5)
    ]
    dates = [f"{year}-{month:02d}-15,{middle(0)},race" for year in range(2022, 2026) for month in range(1, 13)]
    opened = view(
        audience,
        referrals=[MANY[0], *years],
        incidents=[INCIDENTS[0], *(one for one in dates if "2022-04" <= one < "2025-04")],
    )
    areas = opened.areas(Question(quarters=12))
    assert (areas.table.empty, areas.statements) == (True, (SINGLE_YEARS,))


def test_an_analyst_without_exact_values_gets_what_the_others_get(view):
    kept = {"disclosure": {"analyst_exact": False}}
    one = view(Audience.ANALYST, now=kept, referrals=MANY, incidents=CROWD).areas(YEAR)
    other = view(Audience.STEERING, referrals=MANY, incidents=CROWD).areas(YEAR)
    assert one.table.equals(other.table)
