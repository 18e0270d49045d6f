import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.classes import OverlapClass, classify


def one(*, flagged=False, both=0.0, referrals=0.0, incidents=0.0, certainty=0.8) -> OverlapClass:
    return OverlapClass(
        classify(
            flagged=np.array([flagged]),
            probability=np.array([both]),
            probability_referrals=np.array([referrals]),
            probability_incidents=np.array([incidents]),
            certainty=certainty,
        )[0]
    )


def test_a_flagged_ward_is_high_on_both_even_if_another_class_would_do():
    assert one(flagged=True, both=0.75, referrals=0.95, incidents=0.78) is OverlapClass.BOTH


def test_a_ward_that_is_probably_both_but_not_flagged_is_uncertain():
    assert one(both=0.85, referrals=0.9, incidents=0.9) is OverlapClass.UNCERTAIN


def test_one_sided_classes_need_the_other_side_to_be_probably_low():
    assert one(both=0.05, referrals=0.9, incidents=0.06) is OverlapClass.REFERRALS_ONLY
    assert one(both=0.05, referrals=0.06, incidents=0.9) is OverlapClass.INCIDENTS_ONLY
    assert one(both=0.4, referrals=0.95, incidents=0.45) is OverlapClass.UNCERTAIN


def test_neither_is_said_only_when_it_is_certain_enough():
    assert one(both=0.0, referrals=0.1, incidents=0.05) is OverlapClass.NEITHER
    assert one(both=0.0, referrals=0.2, incidents=0.05) is OverlapClass.UNCERTAIN


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.51, 0.99))
def test_no_two_classes_can_claim_the_same_ward(shared, first, second, certainty):
    both = shared * min(first, second)
    both = max(both, first + second - 1)
    cells = [first - both, second - both, 1 - first - second + both]
    assert sum(cell >= certainty for cell in cells) <= 1
    named = one(both=both, referrals=first, incidents=second, certainty=certainty)
    assert (named is OverlapClass.UNCERTAIN) == (max(cells) < certainty)
