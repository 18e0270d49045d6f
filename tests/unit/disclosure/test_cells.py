from dataclasses import replace

import numpy as np
import pytest

from analysis.question import Question
from analysis.windows import Window
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.suppression import ANY_NUMBER, Ranges
from tests.cells import cells_of

RULE = Disclosure()
YEAR, YEAR_BEFORE = Window("2025/26 Q4", 4), Window("2024/25 Q4", 4)


def pairs(ranges):
    return list(zip(ranges.least.tolist(), ranges.most.tolist(), strict=True))


def with_counts(tables, counts, *, measure="referrals"):
    """Other counts of the first ward in its eight quarters."""
    events = getattr(tables, measure).copy()
    events.loc[events["ward_code"] == "X05900000", "count"] = counts
    return replace(tables, **{measure: events})


def of_first(cells, window, *, measure=0):
    return pairs(cells.ranges(window)[measure])[0]


def test_each_ward_is_told_by_the_rule_in_windows_of_which_nothing_else_is_told(tables):
    cells = cells_of(tables, rule=Disclosure(window_step=4))
    referrals, incidents = (pairs(one) for one in cells.ranges(YEAR))
    assert referrals == [(48, 52), *[(0, 7)] * 19]
    assert incidents == [(238, 242), *[(18, 22)] * 3, (238, 242), *[(18, 22)] * 15]


def test_every_window_that_a_coarse_audience_may_have_is_told_and_no_other(tables):
    cells = cells_of(tables, rule=RULE)
    told = [Window(end, length) for end in tables.covered for length in range(1, 13) if _is_told(cells, end, length)]
    assert told == [Window(end, 4) for end in tables.covered[3:]]
    assert [length for length in range(1, 20) if cells.holds(length)] == [4, 12]
    yearly = cells_of(tables, rule=Disclosure(window_step=4))
    assert [end for end in tables.covered if _is_told(yearly, end, 4)] == ["2024/25 Q4", "2025/26 Q4"]


def _is_told(cells, end, length):
    try:
        cells.ranges(Window(end, length))
    except UsageError:
        return False
    return True


def test_a_window_that_is_not_told_is_refused_in_words(tables):
    cells = cells_of(tables, rule=RULE)
    for ask in (cells.ranges, cells.totals, lambda window: cells.counted(Question(), window=window)):
        with pytest.raises(UsageError, match="This window is not released"):
            ask(Window("2025/26 Q4", 3))


def test_counts_by_category_are_refused(tables):
    cells = cells_of(tables, rule=RULE)
    for asked in (Question(concerns=("a",)), Question(sectors=("a",)), Question(strands=("race",))):
        with pytest.raises(UsageError, match="by category are not released"):
            cells.counted(asked, window=YEAR)


def test_years_that_share_quarters_are_told_so_that_no_quarter_follows(tables):
    # 7, then 12. Were the third year told as 8 to 12, it could as well be 7 or fewer for other counts; then the quarter that
    # is gone from the second would have 1 to 7, one value too few. So both are told as one, of which 1 at least follows.
    cells = cells_of(with_counts(tables, [0, 2, 3, 2, 5, 2, 3, 2]), rule=RULE)
    assert [of_first(cells, Window(end, 4)) for end in tables.covered[3:6]] == [(0, 7), (8, 12), (1, 12)]


def test_what_the_snapshots_before_have_told_is_told_first_and_stays(tables):
    now = with_counts(tables, [0, 2, 3, 2, 5, 2, 3, 2])
    ends = tables.covered[3:]
    older = replace(now, referrals=now.referrals[now.referrals["quarter"] < "2025/26 Q2"])
    alone, after = (cells_of(now, rule=RULE, earlier=earlier) for earlier in ([], [older]))
    assert [of_first(after, Window(end, 4)) for end in ends] == [of_first(alone, Window(end, 4)) for end in ends]
    # A snapshot without the first three quarters told the newest two years, before the three older ones were known.
    late = replace(now, referrals=now.referrals[now.referrals["quarter"] > "2024/25 Q3"])
    backfilled, before = cells_of(now, rule=RULE, earlier=[late]), cells_of(late, rule=RULE)
    for end in ends[-2:]:
        assert of_first(backfilled, Window(end, 4)) == of_first(before, Window(end, 4)) == (8, 12)
    assert of_first(alone, Window(ends[1], 4)) == (8, 12)
    assert of_first(backfilled, Window(ends[1], 4)) == (8, 19)


def test_a_ward_on_other_ground_is_told_nothing_where_the_old_one_was_told(tables):
    before = tables.wards.copy()
    before.loc[0, "geometry"] = before.geometry[0].buffer(400)
    cells = cells_of(tables, rule=RULE, earlier=[replace(tables, wards=before)])
    referrals, _ = cells.ranges(YEAR)
    assert pairs(referrals) == [(0, ANY_NUMBER), *[(0, 7)] * 19]
    # Less the others, a total would say what that ward has.
    assert cells.totals(YEAR) == (None, None)


def test_totals_are_rounded_from_the_true_sum(tables):
    cells = cells_of(tables, rule=RULE)
    assert cells.totals(YEAR) == (125, 840)  # 48 + 19 * 4 = 124 and 2 * 240 + 18 * 20 = 840


def test_a_total_that_would_narrow_a_small_count_is_not_told(tables):
    none = tables.referrals.assign(count=0)
    assert cells_of(replace(tables, referrals=none), rule=RULE).totals(YEAR)[0] is None


def test_a_total_goes_by_the_ranges_as_they_are_told_and_so_for_a_year_before_too(tables):
    cells = cells_of(tables, rule=RULE)
    assert cells.totals(YEAR_BEFORE) == cells.totals(YEAR)
    assert cells.counted(Question(), window=YEAR).said_totals == cells.totals(YEAR)


def test_the_model_is_given_ranges_and_the_total_as_it_is_shown(tables):
    cells = cells_of(tables, rule=Disclosure(window_step=4))
    counted = cells.counted(Question(), window=YEAR)
    assert pairs(Ranges(least=counted.least[:, 0], most=counted.most[:, 0])) == pairs(cells.ranges(YEAR)[0])
    assert counted.totals.tolist() == [125.0, 840.0]
    assert counted.hidden[:, 0].tolist() == [False, *[True] * 19]
    assert not counted.hidden[:, 1].any()
    assert not counted.is_exact
    assert ((counted.weight > 0) & (counted.weight <= 1)).all()


def test_where_a_total_is_not_told_one_is_made_up_from_the_ranges_alone(tables):
    """Two sets of counts that are told the same: neither may be told from the other by what the model is given."""
    few = [with_counts(replace(tables, referrals=tables.referrals.assign(count=0)), one) for one in ([1] * 8, 0)]
    first, second = (cells_of(one, rule=RULE).counted(Question(), window=YEAR) for one in few)
    assert first.said_totals[0] is second.said_totals[0] is None
    for field in ("counts", "weight", "totals", "hidden", "least", "most"):
        np.testing.assert_array_equal(getattr(first, field), getattr(second, field))
    assert first.totals[0] > 0


def test_data_that_cover_less_than_a_year_tell_nothing(tables):
    short = replace(tables, referrals=tables.referrals[tables.referrals["quarter"] < "2024/25 Q4"])
    cells = cells_of(short, rule=RULE)
    assert cells.covered == ["2024/25 Q1", "2024/25 Q2", "2024/25 Q3"]
    with pytest.raises(UsageError, match="not released"):
        cells.ranges(Window("2024/25 Q3", 3))


def test_tables_are_left_as_they_were(tables):
    before = tables.referrals.copy()
    cells_of(tables, rule=RULE).counted(Question(), window=YEAR)
    assert tables.referrals.equals(before)
