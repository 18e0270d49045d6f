"""What is told of windows that overlap: whoever puts all of it together, whatever the counts, the order and the rule."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from data.settings import Disclosure
from disclosure.ledger import Ledger
from disclosure.suppression import ANY_NUMBER, range_shown

QUARTERS, WARDS = 6, 4
RULES = st.builds(Disclosure, suppress_up_to=st.integers(0, 12), round_to=st.integers(1, 8))
COUNTS = st.lists(
    st.lists(st.one_of(st.integers(0, 3), st.integers(0, 30)), min_size=QUARTERS, max_size=QUARTERS),
    min_size=WARDS,
    max_size=WARDS,
).map(np.array)
RUNS = list(itertools.combinations(range(QUARTERS + 1), 2))
WINDOWS = st.lists(st.sampled_from(RUNS), min_size=1, max_size=8)
UNLIKE_THE_COUNTS = st.lists(st.integers(-3, 3), min_size=QUARTERS, max_size=QUARTERS)


def tell(counts, windows, rule, *, rows=None):
    ledger = Ledger(series=len(counts), quarters=QUARTERS, rule=rule)
    said = [ledger.tell(counts[:, a:b].sum(axis=1), first=a, stop=b, rows=rows) for a, b in windows]
    return ledger, said


def constraints(windows, said, ward):
    """What was told of a ward as inequalities on its counts by quarter, without anything the ledger worked out.

    Each row of the matrix is a run of ones: so the ends of a linear programme over it are whole numbers (Hoffman and Kruskal
    1956), and an integer programme would find the same.
    """
    sums, most = [], []
    for (first, stop), ranges in zip(windows, said, strict=True):
        inside = [1.0 if first <= quarter < stop else 0.0 for quarter in range(QUARTERS)]
        sums.append([-one for one in inside])
        most.append(-float(ranges.least[ward]))
        if ranges.most[ward] < ANY_NUMBER:
            sums.append(inside)
            most.append(float(ranges.most[ward]))
    return {"A_ub": np.array(sums), "b_ub": np.array(most), "bounds": (0, None)}


def largest(objective, told):
    """The most that a sum of counts can be under what was told; `ANY_NUMBER` where there is no end."""
    # An end far above all that was told stands for none: the solver may call a problem without one infeasible.
    far = {**told, "bounds": (0, 10_000)}
    found = linprog(-np.array(objective, dtype=float), **far)
    assert found.status == 0
    return ANY_NUMBER if -found.fun > 5_000 else round(-found.fun)


@given(COUNTS, WINDOWS, RULES)
def test_every_run_that_could_be_small_keeps_more_values_than_are_suppressed(counts, windows, rule):
    ledger, _ = tell(counts, windows, rule)
    for first, stop in RUNS:
        known = ledger.known(first, stop)
        values = known.most - known.least + 1
        assert ((known.least > rule.suppress_up_to) | (values >= rule.suppress_up_to + 1)).all()


@given(COUNTS, WINDOWS, RULES)
def test_the_truth_is_inside_all_that_is_told_and_all_that_follows(counts, windows, rule):
    ledger, said = tell(counts, windows, rule)
    for ranges, (first, stop) in [*zip(said, windows, strict=True), *((ledger.known(*run), run) for run in RUNS)]:
        true = counts[:, first:stop].sum(axis=1)
        assert ((ranges.least <= true) & (true <= ranges.most)).all()


@settings(max_examples=15)
@given(COUNTS, WINDOWS, RULES, st.integers(0, WARDS - 1))
def test_what_is_known_is_what_a_linear_programme_finds_from_what_was_told(counts, windows, rule, ward):
    ledger, said = tell(counts, windows, rule)
    told = constraints(windows, said, ward)
    for first, stop in RUNS:
        known = ledger.known(first, stop)
        run = [1 if first <= quarter < stop else 0 for quarter in range(QUARTERS)]
        assert -largest([-one for one in run], told) == known.least[ward]
        assert largest(run, told) == known.most[ward]


@settings(max_examples=40)
@given(COUNTS, WINDOWS, RULES, UNLIKE_THE_COUNTS)
def test_counts_that_are_told_the_same_are_told_the_same_after_as_well(counts, windows, rule, direction):
    """No choice of a range goes by a count: other counts that fit all that was told are told in the same words."""
    ledger, said = tell(counts, windows, rule)
    others = []
    for ward in range(WARDS):
        told = {**constraints(windows, said, ward), "bounds": (0, 100)}
        others.append(np.round(linprog(np.array(direction, dtype=float), **told).x).astype(np.int64))
    again, said_again = tell(np.array(others), windows, rule)
    for one, other in zip(said, said_again, strict=True):
        np.testing.assert_array_equal(one.least, other.least)
        np.testing.assert_array_equal(one.most, other.most)
    for run in RUNS:
        np.testing.assert_array_equal(ledger.known(*run).least, again.known(*run).least)
        np.testing.assert_array_equal(ledger.known(*run).most, again.known(*run).most)


@given(COUNTS, WINDOWS, RULES, st.sets(st.integers(0, WARDS - 1)))
def test_of_rows_that_are_left_out_nothing_is_told_and_the_others_are_told_as_if_they_were_not_there(
    counts, windows, rule, rows
):
    chosen = np.array(sorted(rows), dtype=np.intp)
    ledger, said = tell(counts, windows, rule, rows=chosen)
    left_out = np.setdiff1d(np.arange(WARDS), chosen)
    alone, said_alone = tell(counts[chosen], windows, rule)
    for run in RUNS:
        known = ledger.known(*run)
        assert (known.least[left_out] == 0).all()
        assert (known.most[left_out] == ANY_NUMBER).all()
        np.testing.assert_array_equal(known.most[chosen], alone.known(*run).most)
    for one, other in zip(said, said_alone, strict=True):
        np.testing.assert_array_equal(one.least[chosen], other.least)


@given(COUNTS, WINDOWS, RULES)
def test_the_first_window_is_told_by_the_rule_and_what_is_told_stays_true(counts, windows, rule):
    ledger, said = tell(counts, windows, rule)
    first, stop = windows[0]
    usual = range_shown(counts[:, first:stop].sum(axis=1), rule=rule)
    np.testing.assert_array_equal(said[0].least, usual.least)
    np.testing.assert_array_equal(said[0].most, usual.most)
    for one, run in zip(said, windows, strict=True):
        known = ledger.known(*run)
        assert ((one.least <= known.least) & (known.most <= one.most)).all()
