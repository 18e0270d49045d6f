"""Totals rows: found by their words, set aside, and compared with the rows above them."""

from collections.abc import Sequence

import pandas as pd

from data.codes import are_ward_codes

# A cell that is nothing but such a word stands for everything; `Leicester total` stands for a part.
_ALL = (
    r"(?:grand |overall |sub[- ]?)?totals?:?|overall|sum"
    r"|all(?: (?:wards|areas|districts|categories|types|sectors|quarters|referrals|incidents))?"
)
_PART = r".*\b(?:sub[- ]?)?totals?:?|(?:grand |sub[- ]?)?totals?\b.*"


def are_totals(cells: pd.DataFrame, *, keys: Sequence[str], broken_down: bool | None = None) -> "pd.Series[bool]":
    """Tell which rows are totals.

    A row is one if the cells that name its ward say so (and none of them is a ward's code), if its quarter says so,
    if its category or sector does while other rows name real ones, or if it has a count and nothing else.

    Parameters
    ----------
    cells
        Trimmed text cells, with `count` if the table has one.
    keys
        The columns beside the count that are there.
    broken_down
        Whether any row names a real category, where that was found from more than these rows; by default they tell.
    """
    total = pd.Series(False, index=cells.index)
    is_ward = are_ward_codes(cells["ward_code"].str.upper()) if "ward_code" in keys else total
    for key in keys:
        said = _matches(cells[key], f"{_ALL}|{_PART}" if key in {"ward_code", "ward_name", "district"} else _ALL)
        if key in {"ward_code", "ward_name", "district"}:
            said &= ~is_ward
        elif key in {"category", "sector"} and not (names_kinds(cells[key]) if broken_down is None else broken_down):
            continue  # no breakdown at all: `All` is then simply what the rows are about
        total |= said
    if "count" in cells.columns and keys:
        total |= cells[list(keys)].isna().all(axis="columns") & cells["count"].notna()
    return total


def names_kinds(kinds: "pd.Series[str]") -> bool:
    """Tell whether anything in a column of categories or sectors is the name of one, rather than a word for all of them."""
    return not (_matches(kinds, _ALL) | kinds.isna()).all()


def totals_disagree(
    cells: pd.DataFrame, numbers: "pd.Series[float]", *, keys: Sequence[str], totals: "pd.Series[bool]"
) -> "pd.Series[bool]":
    """Tell which totals rows differ from the sum of the rows that they are about.

    A totals row is about the rows that agree with it wherever it names a quarter, a category or the like. One that
    names a part of the area (`Leicester total`) is not compared, for which wards belong to it is not said.
    """
    wrong = pd.Series(False, index=cells.index)
    for at in totals.index[totals & numbers.notna()]:
        about = ~totals
        said = cells.loc[[at], list(keys)].astype("str")
        for key in keys:
            if said[key].notna().all() and not _matches(said[key], _ALL).all():
                about &= cells[key] == said[key].iloc[0]
        if about.any():
            wrong.loc[at] = bool(numbers[about].sum() != numbers.loc[at])
    return wrong


def _matches(texts: "pd.Series[str]", pattern: str) -> "pd.Series[bool]":
    if pd.api.types.is_float_dtype(texts.dtype):  # numbers, as a Parquet file has them
        return pd.Series(False, index=texts.index)
    return texts.str.fullmatch(f"(?:{pattern})", case=False).fillna(False).astype(bool)
