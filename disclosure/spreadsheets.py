"""Text that a spreadsheet would run is made text again before it is written to a file that people open in one."""

from collections.abc import Sequence

import pandas as pd

from data.spreadsheet_text import harmless_texts


def without_formulas(table: pd.DataFrame, *, columns: Sequence[str]) -> pd.DataFrame:
    """Give the table with an apostrophe before every text of `columns` that a spreadsheet would run as a formula."""
    return table.assign(**{column: harmless_texts(table[column]) for column in columns})
