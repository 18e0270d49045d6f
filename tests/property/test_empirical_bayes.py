import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.empirical_bayes import empirical_bayes


@given(
    st.lists(st.tuples(st.integers(0, 50), st.floats(0.1, 100)), min_size=1, max_size=30),
    st.floats(0.01, 1000),
)
def test_a_rate_lies_between_the_crude_and_the_overall_one_and_units_do_not_matter(wards, unit):
    counts, denominator = np.array(wards, dtype=float).T
    found = empirical_bayes(counts, denominator=denominator)
    crude = counts / denominator
    slack = 1e-9 * (1 + crude.max())
    assert (found.rate >= np.minimum(crude, found.overall) - slack).all()
    assert (found.rate <= np.maximum(crude, found.overall) + slack).all()
    assert np.isfinite(found.standardised).all()
    other = empirical_bayes(counts, denominator=denominator * unit)
    assert other.rate * unit == pytest.approx(found.rate, rel=1e-6, abs=1e-9)
