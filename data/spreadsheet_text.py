"""Cells and headings that no spreadsheet takes for a formula (OWASP, *CSV injection*)."""

import re
import unicodedata

import pandas as pd

_STARTS_A_FORMULA = ("=", "+", "-", "@", "|", "%", "\u2212")
_STEERS = ("\t", "\r", "\n")
_PASSED_OVER = re.compile(r"[\s\"\u00a0\u200b\u2060\ufeff]*")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?", re.ASCII)


def harmless_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could run.

    Those begin with `=`, `+`, `-`, `@` (or `|` and `%`, which some programs run), in ASCII or full width, also behind blanks and
    quotation marks, or with a tab or a line end. A number stays a number, and a text that has its apostrophe stays as it is.
    """
    if text.startswith("'") or _NUMBER.fullmatch(text):
        return text
    behind = _PASSED_OVER.sub("", text, count=1)
    first = unicodedata.normalize("NFKC", behind[:1])
    return f"'{text}" if first.startswith(_STARTS_A_FORMULA) or text.startswith(_STEERS) else text


def harmless_texts(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Make every text of a column harmless; what is no text stays as it is."""
    changed = {one: harmless_cell(one) for one in texts.dropna().unique() if isinstance(one, str)}
    return texts.map(lambda one: changed.get(one, one) if isinstance(one, str) else one).astype(texts.dtype)


def harmless_table(table: pd.DataFrame) -> pd.DataFrame:
    """Make every cell of text and every heading of a table harmless to a spreadsheet; numbers stay as they are."""
    texts = table.select_dtypes(include=["str", "object", "category"]).columns
    safe = table.assign(**{str(column): harmless_texts(table[column].astype("object")) for column in texts})
    return safe.rename(columns={one: harmless_cell(str(one)) for one in table.columns})
