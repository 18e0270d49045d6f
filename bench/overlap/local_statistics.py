"""The familiar local statistics as they are usually run, by esda, and by GeoDa's own engine where it is installed.

As usually run is not as `analysis.familiar_statistics` runs them: one-directional p-values below 0.05, not corrected, of
the smoothed rates themselves. GeoDa's engine, `pygeoda`, is optional: `requirements-bench.in`.
"""

import importlib.util
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import geopandas as gpd
import numpy as np
from esda.getisord import G_Local
from esda.moran import Moran_Local, Moran_Local_BV
from numpy.typing import NDArray

from analysis.empirical_bayes import empirical_bayes
from bench.overlap.verdicts import PERMUTATIONS, SIGNIFICANCE, Floats, Verdict
from bench.overlap.worlds import Map

HIGH_HIGH = 1
SEED = 1


def installed(package: str) -> bool:
    """Say whether an optional package is there."""
    return importlib.util.find_spec(package) is not None


def smoothed_rates(drawn: Map) -> Floats:
    """(n, 2) rates drawn to the overall rate, over the overall rate (Marshall 1991, global)."""
    columns = [
        empirical_bayes(counts, denominator=expected).rate
        for counts, expected in zip(drawn.counts.T, drawn.expected.T, strict=True)
    ]
    return np.column_stack(columns)


def bivariate_moran(drawn: Map) -> Verdict:
    """Flag high-high wards of the bivariate local Moran statistic of the rates, p < 0.05."""
    rates = drawn.counts / drawn.expected
    with _esda_defaults():
        found = Moran_Local_BV(*rates.T, drawn.area.graph.transform("r"), permutations=PERMUTATIONS, seed=SEED)
    return _high_high(found.q, found.p_sim)


def moran_on_both(drawn: Map) -> Verdict:
    """Flag wards that are high-high on both empirical-Bayes rates, p < 0.05 each."""
    weights = drawn.area.graph.transform("r")
    with _esda_defaults():
        both = [Moran_Local(rate, weights, permutations=PERMUTATIONS, seed=SEED) for rate in smoothed_rates(drawn).T]
    return _on_both([_high_high(found.q, found.p_sim) for found in both])


def gi_star_on_both(drawn: Map) -> Verdict:
    """Flag wards that are hot spots by Gi* on both empirical-Bayes rates, p < 0.05 each."""
    weights = drawn.area.graph.to_W()
    with _esda_defaults():
        both = [
            G_Local(rate, weights, transform="B", star=True, permutations=PERMUTATIONS, n_jobs=1, seed=SEED)
            for rate in smoothed_rates(drawn).T
        ]
    z = [np.nan_to_num(found.Zs) for found in both]
    hot = [(each > 0) & (found.p_sim < SIGNIFICANCE) for each, found in zip(z, both, strict=True)]
    return Verdict(score=np.minimum(*z), flagged=hot[0] & hot[1])


@contextmanager
def _esda_defaults() -> Iterator[None]:
    """Run esda as most people do: it warns that its one-directional p-values will change and that there are islands, and
    divides 0 by 0 where all rates are the same."""
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.filterwarnings("ignore", "The alternative hypothesis for conditional", DeprecationWarning)
        warnings.filterwarnings("ignore", "The weights matrix is not fully connected", UserWarning)
        yield


def geoda_moran_on_both(drawn: Map) -> Verdict:
    """Flag as `moran_on_both`, by GeoDa's own engine and its permutations."""
    import pygeoda

    layer = pygeoda.open(gpd.GeoDataFrame(geometry=drawn.area.outlines))
    weights = pygeoda.queen_weights(layer)
    verdicts = []
    for rate in smoothed_rates(drawn).T:
        found = pygeoda.local_moran(weights, rate.tolist(), seed=SEED, cpu_threads=1)
        # its own labels hide what is not significant, which would leave nothing to rank
        high = (rate > rate.mean()) & (np.array(found.lisa_values()) > 0)
        verdicts.append(_high_high(np.where(high, HIGH_HIGH, 0), np.array(found.lisa_pvalues())))
    return _on_both(verdicts)


def _high_high(quadrant: NDArray[np.int64], p: Floats) -> Verdict:
    """Rank high-high wards by their p-value, and flag the significant ones."""
    high = np.asarray(quadrant) == HIGH_HIGH
    p = np.nan_to_num(np.asarray(p), nan=1.0)
    return Verdict(score=np.where(high, 1 - p, 0.0), flagged=high & (p < SIGNIFICANCE))


def _on_both(verdicts: list[Verdict]) -> Verdict:
    first, second = verdicts
    return Verdict(score=np.minimum(first.score, second.score), flagged=first.flagged & second.flagged)
