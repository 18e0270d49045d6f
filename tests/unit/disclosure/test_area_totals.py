from dataclasses import replace

import numpy as np
import pytest

from analysis.question import Question
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.area_totals import coarse_totals, exact_totals, yearly_totals
from disclosure.audiences import Audience
from disclosure.permitted import permitted_ends
from tests.cells import cells_of

RULE = Disclosure()


@pytest.fixture
def wards(tables):
    return set(tables.wards["ward_code"])


def row_of(totals, measure, quarter):
    return totals[(totals["measure"] == measure) & (totals["quarter"] == quarter)].iloc[0]


def test_exact_totals_are_the_sums_of_the_wards_with_the_rate_of_those_that_have_people(tables, wards):
    totals = exact_totals(tables, question=Question(), wards=wards)
    row = row_of(totals, "referrals", "2024/25 Q4")
    assert row["count"] == f"{19 * 4 + 12 * 4}"
    assert row["rate"] == pytest.approx(10_000 * (18 * 4 + 12 * 4) / (19 * 5_000))
    assert row_of(totals, "incidents", "2025/26 Q4")["count"] == f"{18 * 5 * 4 + 2 * 60 * 4}"
    assert list(totals["measure"].unique()) == ["referrals", "incidents"]
    assert totals["quarter"].nunique() == 5


def test_the_denominator_of_incidents_is_the_one_asked_for(tables, wards):
    usual, other = (
        exact_totals(tables, question=Question(denominator=one), wards=wards) for one in ("residents", "workday")
    )
    of_referrals = usual["measure"] == "referrals"
    assert usual[of_referrals].equals(other[of_referrals])
    row = row_of(other, "incidents", "2025/26 Q4")
    assert row["rate"] == pytest.approx(10_000 * (18 * 20 + 2 * 240) / (20 * 2_000))


def test_exact_totals_of_some_districts_hold_only_their_wards(tables):
    south = set(tables.wards.loc[tables.wards["district"] == "South", "ward_code"])
    row = row_of(exact_totals(tables, question=Question(), wards=south), "referrals", "2025/26 Q4")
    assert row["count"] == f"{10 * 4}"


def test_without_people_there_is_a_count_and_no_rate(tables, wards):
    nobody = replace(tables, wards=tables.wards.assign(residents=np.nan))
    assert exact_totals(nobody, question=Question(), wards=wards)["rate"].isna().all()
    assert coarse_totals(cells_of(nobody, rule=RULE), question=Question(), rule=RULE)["rate"].isna().all()


def test_by_district_they_sum_to_the_whole(tables, wards):
    parts = yearly_totals(tables, question=Question(), wards=wards, by=["district"])
    whole = yearly_totals(tables, question=Question(), wards=wards, by=[])
    assert (
        parts.groupby(["measure", "quarter"])["count"].sum().to_dict()
        == whole.set_index(["measure", "quarter"])["count"].to_dict()
    )


def test_coarse_totals_are_rounded_and_so_is_the_rate(tables):
    row = row_of(coarse_totals(cells_of(tables, rule=RULE), question=Question(), rule=RULE), "referrals", "2025/26 Q4")
    assert row["count"] == "125"
    assert row["rate"] == round(10_000 * 125 / (19 * 5_000), 1)


def test_a_total_that_may_not_be_told_is_not(tables):
    one_alone = [1] + [0] * (len(tables.referrals) - 1)
    cells = cells_of(replace(tables, referrals=tables.referrals.assign(count=one_alone)), rule=RULE)
    row = row_of(coarse_totals(cells, question=Question(), rule=RULE), "referrals", "2025/26 Q4")
    assert row["count"] == "not given"
    assert np.isnan(row["rate"])


def test_years_end_only_with_quarters_that_are_told(tables):
    rule = Disclosure(window_step=4)
    totals = coarse_totals(cells_of(tables, rule=rule), question=Question(), rule=rule)
    ends = permitted_ends(Audience.STEERING, rule=rule, covered=tables.covered, quarters=4)
    assert sorted(totals["quarter"].unique(), reverse=True) == ends


@pytest.mark.parametrize("audience", [Audience.ANALYST, Audience.STEERING])
def test_they_say_of_each_year_what_an_answer_says_of_it(view, audience):
    opened = view(audience)
    released = opened.answer(Question())
    said = opened.totals(Question()).set_index("measure")["count"].to_dict()
    assert said == {"referrals": released.total_referrals, "incidents": released.total_incidents}


@pytest.mark.parametrize("audience", [Audience.COUNCILLOR, Audience.PUBLIC])
def test_who_may_have_no_counts_gets_none(view, audience):
    with pytest.raises(UsageError, match="may not have"):
        view(audience).totals(Question(quarters=12) if audience is Audience.PUBLIC else Question())
