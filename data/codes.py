"""Text as people type it made comparable: blanks of every kind, and ONS area codes."""

import re
from collections.abc import Callable

import pandas as pd

from data.visible_text import visible_text

# Blanks that spreadsheets and web pages leave behind: no-break, narrow and zero-width spaces, and a stray byte-order mark.
_BLANKS = re.compile("[\\s\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]+")
# Plain ASCII classes: \d would let other scripts' digits through, which no ONS code has.
ONS_CODE = "[A-Z][0-9]{8}"
# E05, W05, S13 and N08 in the four nations; another letter before 05 is a made-up ward of a demonstration.
WARD_CODE = "(?:[A-Z]05|S13|N08)[0-9]{6}"


def clean_text(text: str) -> str:
    """Trim a text, make every run of blanks one space, and leave out what cannot be seen."""
    return visible_text(_BLANKS.sub(" ", text)).strip()


def map_distinct(texts: "pd.Series[str]", change: Callable[[str], str | None]) -> "pd.Series[str]":
    """Change texts, each distinct one once, so that a column of a few repeated values costs next to nothing.

    What is missing, or becomes `None`, is missing.
    """
    places, distinct = pd.factorize(texts)
    changed = pd.array([change(text) for text in distinct.tolist()], dtype="str")
    # A missing text has the place -1, which is nowhere, and so stays missing.
    return pd.Series(changed.take(places, allow_fill=True), index=texts.index)


def clean_texts(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Clean texts as `clean_text` does; what is then empty is missing."""
    return map_distinct(texts, lambda text: clean_text(text) or None)


def clean_codes(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Trim codes, take out blanks inside them and write them in capitals: ` e05010458 ` is `E05010458`."""
    return clean_texts(texts).str.replace(" ", "", regex=False).str.upper()


def are_ons_codes(codes: "pd.Series[str]") -> "pd.Series[bool]":
    """Tell which texts look like an ONS code: a letter and eight digits. A missing one does not."""
    return codes.str.fullmatch(ONS_CODE).fillna(False).astype(bool)


def are_ward_codes(codes: "pd.Series[str]") -> "pd.Series[bool]":
    """Tell which texts look like an ONS code of an electoral ward or division."""
    return codes.str.fullmatch(WARD_CODE).fillna(False).astype(bool)
