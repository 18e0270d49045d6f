import numpy as np
import pytest

from bench.overlap.scoring import score
from bench.overlap.table import line, summary
from bench.overlap.verdicts import Verdict


def verdict(*flagged):
    flags = np.array(flagged, dtype=bool)
    return Verdict(score=flags.astype(float), flagged=flags)


def test_false_share_is_the_mean_over_maps_and_pooled_over_flags():
    truths = [np.array([True, False, False]), np.array([True, True, False]), np.array([False, False, False])]
    found = score(truths, [verdict(1, 1, 0), verdict(1, 1, 0), verdict(0, 0, 0)])
    assert found.false_share == pytest.approx((1 / 2 + 0 + 0) / 3)
    assert found.pooled_false_share == pytest.approx(1 / 4)
    assert found.recall == 1
    assert found.flags == pytest.approx(4 / 3)
    assert found.precision == pytest.approx((1 / 2 + 1) / 2)
    assert not found.keeps_promise


def test_a_method_that_flags_nothing_keeps_its_promise():
    found = score([np.array([False, False])], [verdict(0, 0)])
    assert found.keeps_promise
    assert np.isnan(found.recall)
    assert np.isnan(found.pooled_false_share)


def test_one_flag_in_many_maps_with_nothing_to_find_keeps_the_promise_and_one_in_five_breaks_it():
    nothing = np.array([False, False])
    once = score([nothing] * 20, [verdict(1, 0), *[verdict(0, 0)] * 19])
    often = score([nothing] * 5, [verdict(1, 0), *[verdict(0, 0)] * 4])
    assert np.isnan(once.pooled_false_share)
    assert once.keeps_promise
    assert not often.keeps_promise


def test_the_table_marks_a_broken_promise():
    broken = score([np.array([True, False])] * 2, [verdict(1, 1)] * 2)
    assert "**broken**" in line("a world", "a method", broken)
    assert "| a method | 0 of 1 | 0.50 | 0.50 | 1.00 |" in summary([("a world", "a method", broken)])
