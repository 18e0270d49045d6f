from dataclasses import replace

import pytest

from analysis.question import Question
from data.errors import UsageError
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience
from disclosure.breakdown import release_breakdown
from disclosure.views import open_view

WITHOUT_EXACT_VALUES = [one for one in Audience if one is not Audience.ANALYST]


@pytest.fixture
def released(tables):
    def release(*, question=None, wards=None, **changes):
        codes = wards or set(tables.wards["ward_code"])
        return release_breakdown(replace(tables, **changes), question=question or Question(), wards=codes)

    return release


def series(quarters, kind, category, measure="referrals"):
    chosen = quarters[
        (quarters["kind"] == kind) & (quarters["category"] == category) & (quarters["measure"] == measure)
    ]
    return chosen["count"].tolist()


def test_quarters_hold_the_whole_and_each_category(released, tables):
    parts = ["concern A", "concern B"] * (len(tables.referrals) // 2)
    quarters = released(referrals=tables.referrals.assign(category=parts)).quarters
    whole = series(quarters, "all", "all")
    assert whole == [19 + 12] * 8
    first, second = (series(quarters, "concern", name) for name in ("concern A", "concern B"))
    assert [one + other for one, other in zip(first, second, strict=True)] == whole
    assert series(quarters, "sector", "education") == whole
    assert series(quarters, "strand", "race", measure="incidents") == [18 * 5 + 2 * 60] * 8


def test_a_quarter_without_any_of_a_category_has_none_and_is_not_left_out(released, tables):
    early = tables.referrals["quarter"].eq("2024/25 Q1").map({True: "concern B", False: "concern A"})
    quarters = released(referrals=tables.referrals.assign(category=early)).quarters
    assert series(quarters, "concern", "concern B") == [31, 0, 0, 0, 0, 0, 0, 0]


def test_what_has_no_category_is_counted_as_not_stated_after_the_others(released, tables):
    sectors = tables.referrals["sector"].where(tables.referrals.index > 7)
    quarters = released(referrals=tables.referrals.assign(sector=sectors)).quarters
    of_sectors = quarters[quarters["kind"] == "sector"]
    assert list(of_sectors["category"].unique()) == ["education", "not stated"]
    assert of_sectors["count"].sum() == tables.referrals["count"].sum()


def test_a_kind_of_category_that_the_data_lack_is_left_out(released, tables):
    quarters = released(incidents=tables.incidents.assign(category=None)).quarters
    assert set(quarters["kind"]) == {"all", "concern", "sector"}


def test_years_do_not_overlap_and_are_by_district(released):
    years = released().years
    assert sorted(years["quarter"].unique()) == ["2024/25 Q4", "2025/26 Q4"]
    row = years[(years["district"] == "South") & (years["measure"] == "referrals")].iloc[-1]
    assert (row["count"], row["rate"]) == (40, pytest.approx(10_000 * 36 / (9 * 5_000)))


def test_years_end_with_the_quarter_of_the_question(released):
    assert list(released(question=Question(last_quarter="2025/26 Q2")).years["quarter"].unique()) == ["2025/26 Q2"]


def test_only_wards_that_may_be_seen_are_counted(released, tables):
    south = set(tables.wards.loc[tables.wards["district"] == "South", "ward_code"])
    made = released(wards=south)
    assert series(made.quarters, "all", "all") == [10] * 8
    assert set(made.years["district"]) == {"South"}


def test_the_analyst_of_some_districts_gets_their_counts_alone(view, tmp_path):
    whole = view(Audience.ANALYST)
    store = SnapshotStore(tmp_path / "store")
    south = open_view(store, whole.manifest.id, settings=whole.settings, audience=Audience.ANALYST, districts=["South"])
    assert series(south.breakdown(Question()).quarters, "all", "all") == [3, 3, 3, 3]
    assert series(whole.breakdown(Question()).quarters, "all", "all") == [9 + 5] * 4
    assert set(south.totals(Question())["count"]) == {"12", "48"}


@pytest.mark.parametrize("audience", WITHOUT_EXACT_VALUES)
def test_no_other_audience_gets_any_of_it(view, audience):
    with pytest.raises(UsageError, match="Ask the analyst"):
        view(audience).breakdown(Question())


def test_an_analyst_without_exact_values_gets_none_either(view):
    with pytest.raises(UsageError, match="Ask the analyst"):
        view(Audience.ANALYST, now={"disclosure": {"analyst_exact": False}}).breakdown(Question())
