from dataclasses import replace

import numpy as np
import pytest

from analysis.counting import Counted
from analysis.question import Question
from analysis.two_windows import TwoWindows
from analysis.windows import Window
from data.settings import Disclosure
from tests.cells import cells_of

NOW = Window("2025/26 Q4", 4)
BOTH = Window("2025/26 Q4", 8)


@pytest.fixture
def growing(tables):
    """Twice as many referrals in the second year."""
    referrals = tables.referrals.copy()
    referrals.loc[referrals["quarter"] >= "2025/26", "count"] *= 2
    return replace(tables, referrals=referrals)


class Source:
    """What was counted of two wards in each of two windows, made by hand."""

    def __init__(self, tables, *, now, before):
        self.wards, self.covered = tables.wards, tables.covered
        self._counted = {NOW: now, NOW.just_before: before}

    def holds(self, quarters):
        return quarters == 4

    def counted(self, question, *, window):  # noqa: ARG002
        return self._counted[window]


def of(counts, *, weight, totals):
    exact = Counted.exactly(np.array(counts))
    return replace(exact, weight=np.array(weight), totals=np.array(totals), hidden=np.array([[True, False]] * 2))


def test_exact_counts_of_two_windows_add_up_to_those_of_the_window_over_both(growing):
    both = TwoWindows(growing, question=Question(), now=NOW).counted(Question(), window=BOTH)
    whole = growing.counted(Question(), window=BOTH)
    np.testing.assert_array_equal(both.counts, whole.counts)
    np.testing.assert_array_equal(both.weight, whole.weight)
    np.testing.assert_array_equal(both.totals, whole.totals)
    assert both.is_exact


def test_each_window_is_counted_by_itself(growing):
    both = TwoWindows(growing, question=Question(), now=NOW)
    assert both.before.counts[:, 0].tolist() == [48, *[4] * 19]
    assert both.now.counts[:, 0].tolist() == [96, *[8] * 19]
    assert both.covered == growing.covered
    assert both.wards is growing.wards
    assert both.holds(3) == growing.holds(3)


def test_of_exact_counts_each_ward_has_the_later_windows_part_of_the_total(growing):
    part = TwoWindows(growing, question=Question(), now=NOW).part_now(np.full(20, True))
    np.testing.assert_allclose(part, np.tile([2 / 3, 1 / 2], (20, 1)))


def test_the_part_goes_by_the_wards_that_are_modelled(growing):
    referrals = growing.referrals.copy()
    referrals.loc[(referrals["ward_code"] == "X05900019") & (referrals["quarter"] >= "2025/26"), "count"] = 1_000
    source = replace(growing, referrals=referrals)
    inside = np.array([*[True] * 19, False])
    part = TwoWindows(source, question=Question(), now=NOW).part_now(inside)
    assert part.shape == (19, 2)
    np.testing.assert_allclose(part[:, 0], 2 / 3)


def test_weights_are_mixed_by_how_much_was_expected_in_each_window(tables):
    now = of([[8, 8], [4, 4]], weight=[[1.0, 0.5], [0.2, 1.0]], totals=[30.0, 10.0])
    before = of([[2, 2], [1, 1]], weight=[[0.5, 0.5], [0.8, 0.0]], totals=[10.0, 30.0])
    both = TwoWindows(Source(tables, now=now, before=before), question=Question(), now=NOW)
    counted = both.counted(Question(), window=BOTH)
    assert counted.counts.tolist() == [[10, 10], [5, 5]]
    assert counted.totals.tolist() == [40.0, 40.0]
    np.testing.assert_allclose(counted.weight, [[0.875, 0.5], [0.35, 0.25]])
    np.testing.assert_allclose(both.part_now(np.array([True, True]))[0], [30 / 35, 5 / 20])
    assert counted.said_totals == (None, None)
    assert not counted.hidden.any()


def test_a_window_in_which_nothing_happened_has_a_part_all_the_same(tables):
    none = Counted.exactly(np.zeros((2, 2), dtype=np.int64))
    some = Counted.exactly(np.array([[3, 3], [0, 0]]))
    both = TwoWindows(Source(tables, now=some, before=none), question=Question(), now=NOW)
    np.testing.assert_allclose(both.part_now(np.array([True, True])), 3 / 4)


def test_what_was_expected_of_ranges_is_the_same_over_both_as_in_each(tables):
    """Counts over expected counts of two windows together lie between those of each, whatever their weights."""
    cells = cells_of(tables, rule=Disclosure())
    both = TwoWindows(cells, question=Question(), now=NOW)
    counted = both.counted(Question(), window=BOTH)
    expected = counted.weight * counted.totals
    apart = both.now.weight * both.now.totals + both.before.weight * both.before.totals
    np.testing.assert_allclose(expected, apart)
    np.testing.assert_allclose(both.part_now(np.full(20, True)), both.now.weight * both.now.totals / apart)
    np.testing.assert_array_equal(counted.least, both.now.least + both.before.least)
    assert not both.holds(8)
