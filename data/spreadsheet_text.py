"""Cells and headings that no spreadsheet takes for a formula (OWASP, *CSV injection*)."""

import re
import unicodedata

import pandas as pd

_STARTS_A_FORMULA = "=+-@|%"
_SKIPPED = re.compile(r"[\s\"'\u00a0\u200b\ufeff]*")


def harmless_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could run.

    Those are texts that begin with `=`, `+`, `-`, `@`, a tab or a line end, in ASCII or full width, also behind blanks and
    quotation marks, which some programs pass over. A number stays a number.
    """
    if not text or _is_number(text):
        return text
    first = text[_SKIPPED.match(text).end() :][:1]  # type: ignore[union-attr]
    steers = text[0] in "\t\r\n" or unicodedata.normalize("NFKC", first)[:1] in (*_STARTS_A_FORMULA, "\u2212")
    return f"'{text}" if steers and first else f"'{text}" if text[0] in "\t\r\n" else text


def harmless_table(table: pd.DataFrame) -> pd.DataFrame:
    """Make every cell of text and every heading of a table harmless to a spreadsheet; numbers stay as they are."""
    safe = table.copy()
    for position, column in enumerate(table.columns):
        texts = table.iloc[:, position]
        if pd.api.types.is_string_dtype(texts) or texts.dtype == object:
            found = {one: harmless_cell(one) for one in texts.dropna().unique() if isinstance(one, str)}
            safe[column] = texts.map(lambda one, found=found: found.get(one, one) if isinstance(one, str) else one)
    return safe.rename(columns={one: harmless_cell(str(one)) for one in table.columns})


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d[\d,]*(?:\.\d+)?", text, flags=re.ASCII) is not None
