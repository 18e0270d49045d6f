"""What must hold of the overlap model whatever the counts."""

import numpy as np
import scipy.sparse as sp
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.overlap_worlds import fit, lattice

WARDS = 12
LINKS = lattice(3, 4)
# with sixty wards or fewer the hyperparameters get sixteen times as many points: one fit takes as long as five of these
MORE_WARDS = 64
MORE_LINKS = lattice(8, 8)


def expected_of(wards):
    return np.column_stack([np.linspace(1, 4, wards), np.linspace(25, 8, wards)])


def counts_of(wards):
    """Counts of about the size expected, with the odd extreme."""
    return st.tuples(
        arrays(np.int64, wards, elements=st.integers(0, 12)), arrays(np.int64, wards, elements=st.integers(0, 60))
    ).map(np.column_stack)


EXPECTED, MORE_EXPECTED = expected_of(WARDS), expected_of(MORE_WARDS)
COUNTS, MORE_COUNTS = counts_of(WARDS), counts_of(MORE_WARDS)

# a fit takes up to a second, so that shrinking would outlast the time a test is given
few = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@few
@given(COUNTS)
def test_probabilities_are_coherent_and_flags_are_the_largest_set(counts):
    result = fit(counts, EXPECTED, LINKS, fdr=0.2)
    both, first, second = result.probability, result.probability_referrals, result.probability_incidents
    assert np.all(both <= np.minimum(first, second) + 1e-12)
    assert np.all(both >= first + second - 1 - 1e-12)
    shares = np.cumsum(1 - np.sort(both)[::-1]) / np.arange(1, WARDS + 1)
    assert result.flagged.sum() == np.count_nonzero(shares <= 0.2)
    assert both[result.flagged].min(initial=1) >= both[~result.flagged].max(initial=0)


@few
@given(MORE_COUNTS, st.permutations(range(MORE_WARDS)))
def test_the_order_of_the_wards_does_not_matter(counts, order):
    order = np.array(order)
    result = fit(counts, MORE_EXPECTED, MORE_LINKS)
    moved = fit(counts[order], MORE_EXPECTED[order], sp.csr_array(MORE_LINKS.toarray()[np.ix_(order, order)]))
    np.testing.assert_allclose(moved.probability, result.probability[order], atol=1e-4)
    np.testing.assert_allclose(moved.relative_risk, result.relative_risk[order], rtol=1e-3)


@few
@given(MORE_COUNTS)
def test_swapping_the_measures_swaps_the_results(counts):
    result = fit(counts, MORE_EXPECTED, MORE_LINKS)
    swapped = fit(counts[:, ::-1], MORE_EXPECTED[:, ::-1], MORE_LINKS)
    np.testing.assert_allclose(swapped.probability, result.probability, atol=1e-9)
    np.testing.assert_allclose(swapped.probability_referrals, result.probability_incidents, atol=1e-9)
    np.testing.assert_allclose(swapped.relative_risk, result.relative_risk[:, ::-1], rtol=1e-9)


@few
@given(COUNTS)
def test_another_seed_says_nearly_the_same(counts):
    one, other = (fit(counts, EXPECTED, LINKS, seed=seed) for seed in (0, 1))
    np.testing.assert_allclose(other.probability, one.probability, atol=0.08)
    assert np.abs(other.probability - one.probability).mean() < 0.03


@few
@given(MORE_COUNTS, st.integers(0, MORE_WARDS - 1), st.integers(1, 5))
def test_more_referrals_in_a_ward_do_not_make_it_less_probably_high(counts, ward, more):
    # exact for the model: a further event multiplies the ward's posterior by its risk
    raised = counts.copy()
    raised[ward, 0] += more
    before = fit(counts, MORE_EXPECTED, MORE_LINKS).probability_referrals[ward]
    assert fit(raised, MORE_EXPECTED, MORE_LINKS).probability_referrals[ward] >= before - 0.005
