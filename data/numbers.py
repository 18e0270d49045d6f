"""Counts and coordinates from text: thousands separators are understood, guesses are not made."""

import pandas as pd

# A comma, a blank or an apostrophe between groups of three digits; anything else with a comma is not a number we can trust.
_GROUPED = r"^[+-]?\d{1,3}(?:[, ']\d{3})+(?:\.\d*)?$"
_PLAIN = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$"
# float64 holds whole numbers exactly up to here; no count of people or crimes comes near.
LARGEST_COUNT = 10**12


def parse_numbers(texts: "pd.Series[str]") -> "pd.Series[float]":
    """Read numbers such as `12`, `1,234`, `-1.5`; whatever is not one becomes missing. What are numbers already stay so."""
    if pd.api.types.is_float_dtype(texts.dtype):
        return texts.astype("float64")
    cleaned = texts.str.replace("\u2212", "-", regex=False)
    grouped = cleaned.str.match(_GROUPED).fillna(False).astype(bool)
    cleaned = cleaned.mask(grouped, cleaned.str.replace("[, ']", "", regex=True))
    plain = cleaned.str.match(_PLAIN).fillna(False).astype(bool)
    return pd.to_numeric(cleaned.where(plain), errors="coerce").astype("float64")


def are_counts(numbers: "pd.Series[float]") -> "pd.Series[bool]":
    """Tell which numbers can be a count: whole, not negative, not absurdly large."""
    return (numbers >= 0) & (numbers <= LARGEST_COUNT) & (numbers % 1 == 0)
