"""Rows that say the same thing twice, and rows that contradict each other."""

from collections.abc import Sequence

import pandas as pd

from data.errors import RefusedInputError


def repeated_rows(
    cells: pd.DataFrame, *, keys: Sequence[str], values: Sequence[str], among: "pd.Series[bool]", what: str
) -> "pd.Series[bool]":
    """Find rows that repeat an earlier one.

    Parameters
    ----------
    cells
        The rows, with `source_row` and `source_file`.
    keys
        Columns that together may stand only once. Missing counts as a value.
    values
        Columns that must agree where the keys do.
    among
        Rows to look at.
    what
        What the keys identify, for the message: `ward, quarter, category and sector`.

    Returns
    -------
    pd.Series of bool
        True for the second and later of rows that agree in keys and values.

    Raises
    ------
    RefusedInputError
        If two rows agree in the keys and not in the values: either could be right. Names the two rows.
    """
    # Sorting codes of the keys together is left to pandas; what is missing is made equal to itself.
    chosen = cells.loc[among, [*keys, *values]]
    chosen = chosen.astype(dict.fromkeys(keys, "str")).fillna(dict.fromkeys(keys, ""))
    same_key = chosen.duplicated(list(keys), keep="first")
    same_row = chosen.duplicated(keep="first")
    contrary = chosen.index[same_key & ~same_row]
    if len(contrary):
        second = contrary[0]
        first = chosen.index[(chosen[list(keys)] == chosen.loc[second, list(keys)]).all(axis="columns")][0]
        raise RefusedInputError(_contradiction(cells, first=first, second=second, what=what))
    return same_row.reindex(cells.index, fill_value=False)


def say_repeats(
    cells: pd.DataFrame, repeated: "pd.Series[bool]", *, keys: Sequence[str], among: "pd.Series[bool]"
) -> "pd.Series[str]":
    """Say of each row that `repeated_rows` found which row it repeats.

    Returns
    -------
    pd.Series of str
        A sentence on the index of the rows that repeat one.
    """
    if not repeated.any():
        return pd.Series([], dtype="str")
    chosen = cells.loc[among, list(keys)].astype("str").fillna("")
    place = pd.Series(chosen.index, index=chosen.index)
    first = place.groupby(chosen.groupby(list(keys), sort=False).ngroup()).transform("first")[repeated[among]]
    said = [
        f"the row repeats row {row}{'' if file == own else f' of {file}'} and was not counted again"
        for row, file, own in zip(
            cells.loc[first, "source_row"],
            cells.loc[first, "source_file"],
            cells.loc[first.index, "source_file"],
            strict=True,
        )
    ]
    return pd.Series(said, index=first.index, dtype="str")


def name_rows(cells: pd.DataFrame, chosen: "pd.Series[bool]", *, most: int = 5) -> str:
    """Name rows for a message: `rows 3, 4 and 12`, `rows 3, 4, 5, 6, 7 and 10 more`."""
    rows = [f"{row:,}" for row in cells.loc[chosen, "source_row"]]
    named = rows[:most] + ([f"{len(rows) - most:,} more"] if len(rows) > most else [])
    return f"row {named[0]}" if len(named) == 1 else f"rows {', '.join(named[:-1])} and {named[-1]}"


def _contradiction(cells: pd.DataFrame, *, first: int, second: int, what: str) -> str:
    rows, files = (cells.loc[[first, second], column].tolist() for column in ("source_row", "source_file"))
    where = (
        f"{files[0]}, rows {rows[0]} and {rows[1]}"
        if files[0] == files[1]
        else f"{files[0]}, row {rows[0]}, and {files[1]}, row {rows[1]}"
    )
    return f"{where}: the same {what} with different numbers. Keep the right one, or add the two up at the source."
