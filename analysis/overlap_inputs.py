"""Checks of what the overlap model is given, and the one shape in which it is passed on."""

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from libpysal.graph import Graph
from numpy.typing import ArrayLike, NDArray

from data.errors import RefusedInputError

MEASURES = ("referrals", "incidents")
_LARGEST_COUNT = 1e9


@dataclass(frozen=True)
class OverlapData:
    """Counts, expected counts and neighbours of `n` wards, in one order.

    Measure 0 is referrals, measure 1 is incidents.
    """

    counts: NDArray[np.float64]
    """(n, 2) counts."""
    expected: NDArray[np.float64]
    """(n, 2) expected counts, above 0."""
    adjacency: sp.csr_array
    """(n, n) binary and symmetric, zero diagonal."""

    @property
    def wards(self) -> int:
        """Number of wards."""
        return int(self.counts.shape[0])

    @property
    def turned(self) -> "OverlapData":
        """The same with the two measures swapped."""
        return replace(self, counts=self.counts[:, ::-1], expected=self.expected[:, ::-1])


def check_inputs(
    *,
    referrals: ArrayLike,
    incidents: ArrayLike,
    expected_referrals: ArrayLike,
    expected_incidents: ArrayLike,
    neighbours: Graph,
) -> OverlapData:
    """Check what `fit_overlap` was given and put it into one shape.

    Raises
    ------
    RefusedInputError
        One sentence: what was expected, what came, what to do. It names shapes and numbers of wards, never a count.
    """
    columns = {
        "referrals": _counts(referrals, name="referrals"),
        "incidents": _counts(incidents, name="incidents"),
        "expected_referrals": _expected(expected_referrals, name="expected_referrals"),
        "expected_incidents": _expected(expected_incidents, name="expected_incidents"),
    }
    _check_lengths(columns)
    adjacency = _adjacency(neighbours, wards=len(columns["referrals"]))
    return OverlapData(
        counts=np.column_stack([columns["referrals"], columns["incidents"]]),
        expected=np.column_stack([columns["expected_referrals"], columns["expected_incidents"]]),
        adjacency=adjacency,
    )


def evidence_inputs(counts: NDArray[np.float64], *, expected: NDArray[np.float64], neighbours: Graph) -> OverlapData:
    """Put counts that need not be whole, (n, 2), and expected counts into the one shape; they come from within the program."""
    return OverlapData(counts=counts, expected=expected, adjacency=_adjacency(neighbours, wards=len(counts)))


def check_rule(*, threshold: float, fdr: float) -> None:
    """Check the two numbers of the flagging rule.

    Raises
    ------
    RefusedInputError
        If the threshold is not a positive number or the share of false flags is not between 0 and 1.
    """
    if not (np.isfinite(threshold) and threshold > 0):
        raise RefusedInputError(f"threshold: expected a relative risk above 0, got {threshold}. Give one such as 1.5.")
    if not 0 < fdr < 1:
        raise RefusedInputError(f"fdr: expected a share between 0 and 1, got {fdr}. Give one such as 0.10.")


def _numbers(values: ArrayLike, *, name: str) -> NDArray[np.float64]:
    try:
        numbers = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        # `from None`: the original message quotes the value that could not be read.
        raise RefusedInputError(f"{name}: expected numbers, got something else. Give one number a ward.") from None
    if numbers.ndim != 1:
        raise RefusedInputError(
            f"{name}: expected one number a ward, shape (n,), got shape {numbers.shape}. Give a flat array."
        )
    return numbers


def _counts(values: ArrayLike, *, name: str) -> NDArray[np.float64]:
    counts = _numbers(values, name=name)
    wrong = ~(np.isfinite(counts) & (counts >= 0) & (counts <= _LARGEST_COUNT)) | (np.floor(counts) != counts)
    if wrong.any():
        raise RefusedInputError(
            f"{name}: expected whole numbers from 0 to a thousand million, but {int(wrong.sum())} of {counts.size} "
            "wards have something else (negative, fractional, missing or too large). Correct them, and give 0 where "
            "there were none."
        )
    return counts


def _expected(values: ArrayLike, *, name: str) -> NDArray[np.float64]:
    expected = _numbers(values, name=name)
    wrong = ~(np.isfinite(expected) & (expected > 0))
    if wrong.any():
        raise RefusedInputError(
            f"{name}: expected finite numbers above 0, but {int(wrong.sum())} of {expected.size} wards have something "
            "else. Check the denominators, and leave out wards where nobody is counted."
        )
    return expected


def _check_lengths(columns: dict[str, NDArray[np.float64]]) -> None:
    shapes = {name: column.shape for name, column in columns.items()}
    if len(set(shapes.values())) > 1:
        said = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise RefusedInputError(
            f"Expected one number a ward in the same order everywhere, got shapes {said}. Align them."
        )
    if not columns["referrals"].size:
        raise RefusedInputError("Expected at least one ward, got none. Check the ward boundaries that were loaded.")


def _adjacency(neighbours: Graph, *, wards: int) -> sp.csr_array:
    if not isinstance(neighbours, Graph):
        raise RefusedInputError(
            f"neighbours: expected a libpysal.graph.Graph, got {type(neighbours).__name__}. "
            "Build one with Graph.build_contiguity."
        )
    if neighbours.n != wards:
        raise RefusedInputError(
            f"neighbours: expected a graph of {wards} wards, one for each count, got {neighbours.n}. "
            "Build it from the same wards in the same order."
        )
    pairs = sp.coo_array(neighbours.sparse)
    # libpysal notes an island as its own neighbour with weight 0
    kept = (pairs.row != pairs.col) & (pairs.data != 0)
    adjacency = sp.csr_array(
        (pairs.data[kept].astype(np.float64), (pairs.row[kept], pairs.col[kept])), shape=(wards, wards)
    )
    if (adjacency.data != 1).any():
        raise RefusedInputError(
            "neighbours: expected weights of 0 and 1, got others. Use the binary graph, before any transform."
        )
    if abs(adjacency - adjacency.T).max() > 0:
        raise RefusedInputError(
            "neighbours: expected that each ward is its neighbour's neighbour, got a one-sided graph. "
            "Use contiguity, or make it symmetric."
        )
    return adjacency
