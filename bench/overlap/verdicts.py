"""What a method says of a map."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.overlap.worlds import Map

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Verdict:
    """How a method ranks the wards and which it flags."""

    score: Floats
    """(n,) higher is more probably an overlap."""
    flagged: NDArray[np.bool_]
    """(n,)."""


Method = Callable[[Map], Verdict]

FDR = 0.10
SIGNIFICANCE = 0.05
PERMUTATIONS = 999
