"""Which wards to flag, so that few of the flags are false."""

import numpy as np
from numpy.typing import NDArray


def largest_flagged_set(probability: NDArray[np.float64], *, fdr: float) -> NDArray[np.bool_]:
    """Flag the largest set of wards whose expected share of false flags is at most `fdr`.

    That share is the mean of `1 - probability` over the set, so the largest set takes wards in order of probability.
    Wards of exactly equal probability are taken in their order in the array.

    Parameters
    ----------
    probability : ndarray
        (n,) probability that each ward is truly high on both.
    fdr : float
        Largest expected share of false flags.

    Notes
    -----
    Newton et al. (2004), Biostatistics 5:155; Mueller et al. (2004), Journal of the American Statistical Association
    99:990.
    """
    order = np.argsort(-probability, kind="stable")
    false_share = np.cumsum(1 - probability[order]) / np.arange(1, probability.size + 1)
    # The running mean of a rising sequence only rises, so the sets that keep the promise are the first ones.
    flagged = np.zeros(probability.size, dtype=bool)
    flagged[order[: int((false_share <= fdr).sum())]] = True
    return flagged
