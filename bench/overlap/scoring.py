"""How well a method did in a world."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

from bench.overlap.verdicts import Verdict

MEAN_PROMISE, POOLED_PROMISE = 0.10, 0.12


@dataclass(frozen=True)
class Score:
    """One method on the maps of one world. Missing (nan) where there is nothing to measure."""

    precision: float
    """Average precision, the mean over the maps that have a true overlap."""
    false_share: float
    """Share of the flags that are false, the mean over all maps; 0 on a map without flags."""
    false_share_error: float
    """Standard error of that mean."""
    pooled_false_share: float
    """Share of all maps' flags that are false; missing where no map has a true overlap, as one flag would make it 1: there
    the mean, the share of maps with any flag, is what the promise is about."""
    recall: float
    """Share of all maps' true overlaps that are flagged."""
    flags: float
    """Flags a map."""

    @property
    def keeps_promise(self) -> bool:
        """Whether no more flags were false than was promised, on these maps."""
        return self.false_share <= MEAN_PROMISE and not self.pooled_false_share > POOLED_PROMISE


def score(truths: list[NDArray[np.bool_]], verdicts: list[Verdict]) -> Score:
    """Score one method over the maps of one world.

    Parameters
    ----------
    truths : list of (n,) ndarray
        Which wards are truly high on both, map by map.
    verdicts : list of Verdict
        What the method said of the same maps.
    """
    pairs = list(zip(truths, verdicts, strict=True))
    flags = np.array([verdict.flagged.sum() for _, verdict in pairs])
    false = np.array([(verdict.flagged & ~truth).sum() for truth, verdict in pairs])
    true = sum(int(truth.sum()) for truth in truths)
    shares = false / np.maximum(flags, 1)
    precisions = [average_precision_score(truth, verdict.score) for truth, verdict in pairs if truth.any()]
    return Score(
        precision=float(np.mean(precisions)) if precisions else np.nan,
        false_share=float(shares.mean()),
        false_share_error=float(shares.std(ddof=1) / np.sqrt(shares.size)) if shares.size > 1 else np.nan,
        pooled_false_share=float(false.sum() / flags.sum()) if flags.sum() and true else np.nan,
        recall=float((flags - false).sum() / true) if true else np.nan,
        flags=float(flags.mean()),
    )
