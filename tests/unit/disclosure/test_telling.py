from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.counting import EventTables
from analysis.windows import Window
from data.quarters import quarter_range
from data.settings import Disclosure
from disclosure.suppression import ANY_NUMBER
from disclosure.telling import is_told, tell, windows_told

ALL = quarter_range("2025/26 Q4", 12)
RULE = Disclosure()
FIRST, SECOND = "X05900000", "X05900001"


@pytest.fixture
def covering(grid_wards):
    """Make tables of some quarters in which the first ward has `counts`, and every other one referral a quarter."""

    def make(quarters, counts, *, wards=grid_wards):
        rows = [
            (code, quarter, count if code == FIRST else 1)
            for code in wards["ward_code"]
            for quarter, count in zip(quarters, counts, strict=True)
        ]
        events = pd.DataFrame(rows, columns=["ward_code", "quarter", "count"]).assign(category="any", sector="any")
        return EventTables(wards=wards, referrals=events, incidents=events.assign(count=events["count"] * 10))

    return make


def year(told, end, *, ward=0, measure=0):
    ranges = told.ranges[Window(end, 4)][measure]
    return int(ranges.least[ward]), int(ranges.most[ward])


def told_of(tables, *before, rule=RULE):
    return tell(tables, rule=rule, lengths=(4,), before=before)


def test_windows_are_told_from_the_oldest_on_and_short_ones_before_long_ones():
    windows = windows_told(ALL[:6], lengths=(5, 4), step=1)
    assert [(window.last, window.quarters) for window in windows] == [
        (ALL[3], 4),
        *((ALL[4], length) for length in (4, 5)),
        *((ALL[5], length) for length in (4, 5)),
    ]


@pytest.mark.parametrize(("step", "numbers"), [(1, ["Q1", "Q2", "Q3", "Q4"]), (2, ["Q2", "Q4"]), (4, ["Q4"])])
def test_windows_end_every_so_many_quarters_of_a_year_to_march(step, numbers):
    ends = [window.last for window in windows_told(ALL, lengths=(4,), step=step)]
    assert ends == [quarter for quarter in ALL[3:] if quarter[-2:] in numbers]
    assert [quarter for quarter in ALL if is_told(quarter, step=step)] == [q for q in ALL if q[-2:] in numbers]


def test_a_count_that_was_corrected_stays_as_it_was_told(covering):
    before = told_of(covering(ALL[:4], [2, 2, 2, 1]))
    after = told_of(covering(ALL[:5], [2, 2, 2, 9, 2]), before)
    assert year(before, ALL[3]) == year(after, ALL[3]) == (0, 7)
    assert year(after, ALL[4]) == (13, 17)  # a year that was not told before goes by the corrected record


def test_a_correction_that_contradicts_nothing_is_taken_up_in_the_next_year(covering):
    before = told_of(covering(ALL[:4], [2, 2, 2, 1]))
    plain, corrected = (told_of(covering(ALL[:5], [2, 2, 2, last, 13]), before) for last in (0, 1))
    assert year(plain, ALL[3]) == year(corrected, ALL[3]) == (0, 7)
    assert (year(plain, ALL[4]), year(corrected, ALL[4])) == ((13, 17), (18, 22))


def test_another_rule_tells_new_windows_only_and_goes_by_what_was_told_under_the_old_one(covering):
    before = told_of(covering(ALL[:4], [9, 0, 0, 0]))
    finer = replace_rule(round_to=1)
    after = told_of(covering(ALL[:5], [9, 0, 0, 0, 3]), before, rule=finer)
    assert year(after, ALL[3]) == year(before, ALL[3]) == (8, 12)
    assert year(told_of(covering(ALL[:4], [9, 0, 0, 0]), rule=finer), ALL[3]) == (9, 9)


def replace_rule(**changes):
    return RULE.model_copy(update=changes)


def test_a_ward_that_was_split_is_told_nothing_in_windows_told_of_the_whole(covering, grid_wards):
    whole = grid_wards[grid_wards["ward_code"] != SECOND].copy()
    whole.loc[whole["ward_code"] == FIRST, "geometry"] = shapely.box(0, 0, 2_000, 1_000)
    before = told_of(covering(ALL[:6], [1] * 6, wards=whole))
    after = told_of(covering(ALL[2:12], [1] * 10), before)
    for ward in (0, 1):
        told = {window.last: year(after, window.last, ward=ward) for window in after.ranges}
        assert {end for end, (_, most) in told.items() if most == ANY_NUMBER} == set(ALL[5:9])
    assert all(year(after, window.last, ward=2) == (0, 7) for window in after.ranges)


def test_a_window_that_was_told_keeps_its_total(covering):
    before = told_of(covering(ALL[:4], [20] * 4))
    corrected = covering(ALL[:4], [40] * 4)
    assert told_of(corrected).totals != before.totals
    assert told_of(corrected, before).totals == before.totals


def test_of_what_contradicts_itself_nothing_more_is_told(covering):
    one, other = told_of(covering(ALL[:4], [2] * 4)), told_of(covering(ALL[:4], [20] * 4))
    after = told_of(covering(ALL[:6], [2] * 6), one, other)
    assert year(after, ALL[5]) == (0, ANY_NUMBER)
    assert year(after, ALL[5], ward=1) == (0, 7)


def test_snapshots_that_cover_nothing_say_nothing_and_tables_are_left_as_they_were(covering):
    tables = covering(ALL[:4], [2] * 4)
    kept = tables.referrals.copy()
    nothing = told_of(replace(tables, referrals=tables.referrals.iloc[:0]))
    assert nothing.ranges == {}
    alone, after = told_of(tables), told_of(tables, nothing)
    np.testing.assert_array_equal(alone.ranges[Window(ALL[3], 4)][0].most, after.ranges[Window(ALL[3], 4)][0].most)
    pd.testing.assert_frame_equal(tables.referrals, kept)
