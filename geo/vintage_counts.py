"""Counts and populations of one vintage of wards as those of another: every total kept, counts whole, nobody negative."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.errors import RefusedInputError

KEYS = ("quarter", "category", "sector")
_SHOWN = 8


@dataclass(frozen=True)
class Moved:
    """How much of one measure went how.

    `whole` and `split` sum to `total`. The rest says how far `split` is estimated.
    """

    total: float
    whole: float
    """In old wards that go whole to one new ward: exact."""
    split: float
    """In old wards that are divided."""
    away: float
    """Part of `split` that does not go to the new ward with the largest share of its old one."""
    misplaced: float
    """Part of `split` expected to be really in another new ward than the one it is put in, even if all shares are right."""


@dataclass(frozen=True)
class ConvertedCounts:
    """Counts of the new wards, and how they came about.

    Attributes
    ----------
    counts : DataFrame
        `ward_code` (new), `quarter`, `category`, `sector`, `count` (int64), one row a key, sorted. A ward has a row, zero
        too, wherever an old ward that goes to it had one.
    moved
        Of all counts.
    """

    counts: pd.DataFrame
    moved: Moved


def convert_counts(counts: pd.DataFrame, weights: pd.DataFrame, *, seed: int = 0) -> ConvertedCounts:
    """Move whole counts to new wards.

    A ward that goes whole takes its counts along. One that is divided has its counts dealt out in the order of quarter, category
    and sector: after every count dealt, the first and largest piece has its share of all dealt so far, rounded down or up, the
    next its share of the rest, and so on (systematic sampling with one random start a piece; Madow and Madow 1944). So

    - every cell is dealt out whole: each total by quarter, category and sector is kept, and no count is negative;
    - the expected value of each cell over seeds is its count times the share: no piece is favoured, however small the counts.
      To round each cell by largest remainder would give every count of 1 to the largest piece, and the smaller ones nothing;
    - any run of quarters is near its expected value: within 1 for a piece of two from the first quarter on, within 2 for any
      window;
    - nothing but the seed and the old ward's own counts matter: adding later quarters or other wards changes nothing before.

    What is dealt to a piece is not what was counted there. Only expected values are honest, and sums over windows near them.

    Parameters
    ----------
    counts : DataFrame
        `ward_code` (old), `quarter`, `category`, `sector` (may be missing), `count` (whole, zero or more). Keys may repeat.
    weights : DataFrame
        `from_code`, `to_code`, `share`, as `geo.vintage_weights.VintageWeights.table`.
    seed
        Zero or more. The same seed gives the same counts.

    Returns
    -------
    ConvertedCounts

    Raises
    ------
    RefusedInputError
        If a ward of the counts has no shares.
    """
    _refuse_unknown(counts["ward_code"], weights)
    sorted_counts = _summed(counts)
    wards = dict(iter(weights.sort_values(["share", "to_code"], ascending=[False, True]).groupby("from_code")))
    dealt = [_deal(rows, wards[code], seed=seed) for code, rows in sorted_counts.groupby("ward_code", sort=True)]
    converted = _summed(pd.concat(dealt)) if dealt else sorted_counts
    by_ward = sorted_counts.groupby("ward_code")["count"].sum()
    return ConvertedCounts(converted, measure_moved(by_ward.astype("float64"), weights))


def convert_people(people: "pd.Series[float]", weights: pd.DataFrame) -> "pd.Series[float]":
    """Move people (or another measure that can be divided) to new wards; the sum is kept.

    Parameters
    ----------
    people : Series
        By old ward's code; missing where not known.
    weights
        As for `convert_counts`.

    Returns
    -------
    Series
        By new ward's code, sorted. Missing where those of any ward that goes to it are: nothing is guessed.

    Raises
    ------
    RefusedInputError
        If a ward has no shares.
    """
    _refuse_unknown(pd.Series(people.index), weights)
    parts = weights["share"] * weights["from_code"].map(people)
    return parts.groupby(weights["to_code"]).sum(skipna=False).sort_index()


def measure_moved(measure: "pd.Series[float]", weights: pd.DataFrame) -> Moved:
    """Say how much of a measure goes whole, how much is divided, and how much of that is uncertain.

    Parameters
    ----------
    measure : Series
        By old ward's code. What is missing counts as nothing.
    weights
        As for `convert_counts`.
    """
    by_ward = weights.groupby("from_code")["share"]
    largest, alike = by_ward.max(), weights["share"].pow(2).groupby(weights["from_code"]).sum()
    parts = by_ward.size()
    size = measure.reindex(parts.index).fillna(0.0)
    return Moved(
        total=float(size.sum()),
        whole=float(size[parts == 1].sum()),
        split=float(size[parts > 1].sum()),
        away=float((size * (1 - largest))[parts > 1].sum()),
        misplaced=float((size * (1 - alike))[parts > 1].sum()),
    )


def _refuse_unknown(codes: pd.Series, weights: pd.DataFrame) -> None:
    unknown = sorted(set(codes.astype("str")) - set(weights["from_code"]))
    if unknown:
        listed = ", ".join(unknown[:_SHOWN]) + (f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else "")
        raise RefusedInputError(
            f"It is not known where the wards {listed} went. Take the counts and the old wards of the same vintage."
        )


def _summed(counts: pd.DataFrame) -> pd.DataFrame:
    """Add up rows of one key; sorted, quarters before categories, so that what is dealt follows time."""
    keys = ["ward_code", *KEYS]
    summed = counts.groupby(keys, dropna=False, sort=True)["count"].sum().astype("int64")
    return pd.DataFrame(summed.reset_index())


def _deal(rows: pd.DataFrame, pieces: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Deal the counts of one old ward out to its pieces, the largest first."""
    codes, shares = pieces["to_code"].tolist(), pieces["share"].to_numpy(dtype=float)
    starts = _starts(str(rows["ward_code"].iloc[0]), pieces=len(codes), seed=seed)
    rest = np.cumsum(rows["count"].to_numpy(dtype=np.int64))
    left, dealt = float(shares.sum()), []
    for code, share, start in zip(codes[:-1], shares[:-1], starts, strict=True):
        others = _others(rest, share=share / left, start=start)
        dealt.append(rows.assign(ward_code=code, count=np.diff(rest - others, prepend=0)))
        rest, left = others, left - share
    dealt.append(rows.assign(ward_code=codes[-1], count=np.diff(rest, prepend=0)))
    return pd.concat(dealt)


def _others(dealt: NDArray[np.int64], *, share: float, start: float) -> NDArray[np.int64]:
    """Say how many of the first so many go to the pieces after the first, which gets its share rounded."""
    taken = np.minimum(np.floor(dealt * min(share, 1.0) + start), dealt)
    # Grows by itself, but for a share so near to 1 that floats misround.
    others: NDArray[np.int64] = np.maximum.accumulate(dealt - taken.astype(np.int64))
    return others


def _starts(code: str, *, pieces: int, seed: int) -> NDArray[np.float64]:
    """Draw the starts of a ward from its own code, so that no other ward matters."""
    return np.random.default_rng([seed, *code.encode()]).random(pieces - 1)
