"""Probabilities and risks in words and bands, the same everywhere.

The words for probability follow the Professional Head of Intelligence Assessment yardstick that UK police use, with its gaps
closed so that every probability has a word, and with `about as likely as not` in the middle.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Bands:
    """Names for the intervals between `edges`: one more name than edges, each interval open at its top."""

    edges: tuple[float, ...]
    names: tuple[str, ...]

    def codes(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """Number of the band that each value falls in; -1 where it is missing."""
        codes = np.digitize(values, self.edges).astype(np.int64)
        return np.where(np.isnan(values), -1, codes)

    def say(self, values: NDArray[np.float64], *, missing: str = "") -> list[str]:
        """Name of the band that each value falls in."""
        return [missing if code < 0 else self.names[code] for code in self.codes(values)]


PROBABILITY = Bands(
    edges=(0.05, 0.2, 0.4, 0.6, 0.8, 0.95),
    names=(
        "remote chance",
        "highly unlikely",
        "unlikely",
        "about as likely as not",
        "likely",
        "highly likely",
        "almost certain",
    ),
)

PROBABLE = PROBABILITY.names[-3:]
"""Words from `likely` on."""

RELATIVE_RISK = Bands(
    edges=(0.67, 0.9, 1.1, 1.5, 2.0),
    names=(
        "well below the area (under 0.67)",
        "below the area (0.67 to 0.9)",
        "about the area's (0.9 to 1.1)",
        "above the area (1.1 to 1.5)",
        "high (1.5 to 2)",
        "very high (2 or more)",
    ),
)


def say_expected(number: float) -> str:
    """Say an expected number of wards: there is no tenth of one."""
    return "fewer than 1" if number < 1 else f"about {number:.0f}"


COARSE_RISK = Bands(
    edges=(0.67, 1.5),
    names=("below the area (under 0.67)", "about the area's (0.67 to 1.5)", "high (1.5 or more)"),
)
"""For audiences without exact values. A ward's modelled risk rises with its count, so that narrow bands count along."""


def middle_of_band(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the middle of the band of `PROBABILITY` that each falls in: a number that says no more than the word."""
    bounds = np.array([0.0, *PROBABILITY.edges, 1.0])
    middles = np.round((bounds[:-1] + bounds[1:]) / 2, 4)
    codes = PROBABILITY.codes(probabilities)
    return np.where(codes < 0, np.nan, middles[codes])


def say_in_hundred(share: float) -> str:
    """Write a probability so that it can be read out, e.g. `7 in 100`."""
    if share < 0.01:
        return "under 1 in 100"
    return "over 99 in 100" if share > 0.99 else f"{100 * share:.0f} in 100"
