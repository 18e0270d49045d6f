"""Codes and names to wards: which ward a record says it is, before anyone looks at a map."""

import re
import unicodedata

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.codes import map_distinct

NOWHERE = -1
_BETWEEN = "\x1f"
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼʻ`´′", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_BLANKS = re.compile(r"\s+")


def match_codes(codes: pd.Series, wards: pd.DataFrame) -> NDArray[np.intp]:
    """Give the position of the ward with each code, exact but for blanks around it; -1 where there is none.

    Parameters
    ----------
    codes : (n,) Series
        May be missing or blank.
    wards : (m,) DataFrame
        With unique `ward_code`.
    """
    known = pd.Index(stripped(wards["ward_code"]))
    return np.asarray(known.get_indexer(pd.Index(stripped(codes))), dtype=np.intp)


def match_names(names: pd.Series, districts: pd.Series, wards: pd.DataFrame) -> NDArray[np.intp]:
    """Give the position of the ward with each name in its district; -1 where there is none or more than one.

    Case, blanks, the kind of apostrophe or dash, and `&` for `and` do not matter. Where a record has no district, its
    name counts only if one ward of the whole area has it.

    Parameters
    ----------
    names, districts : (n,) Series
        May be missing or blank.
    wards : (m,) DataFrame
        With `ward_name` and `district`.
    """
    if names.isna().all():
        return np.full(len(names), NOWHERE, dtype=np.intp)
    asked = _keys(_plain(names), _plain(districts))
    known = _unique_keys(_plain(wards["ward_name"]), _plain(wards["district"]))
    return np.asarray(asked.map(known).fillna(NOWHERE), dtype=np.intp)


def given(column: pd.Series) -> NDArray[np.bool_]:
    """Say which cells hold something other than blanks."""
    text = stripped(column)
    return (text.notna() & (text != "")).to_numpy(dtype=np.bool_)


def stripped(column: pd.Series) -> pd.Series:
    """Take the blanks off both ends; missing stays missing."""
    return column.astype("str").str.strip()


def plain_name(name: str) -> str:
    """Write a name the one way in which names are compared."""
    # Before normalising, which would make a blank and an accent of an acute used as an apostrophe.
    text = unicodedata.normalize("NFKC", name.translate(_APOSTROPHES).translate(_DASHES))
    return _BLANKS.sub(" ", text.replace("&", " and ")).strip().casefold()


def _plain(column: pd.Series) -> pd.Series:
    return map_distinct(column.astype("str").fillna(""), plain_name)


def _keys(names: pd.Series, districts: pd.Series) -> pd.Series:
    return (names + _BETWEEN + districts).where(names != "")


def _unique_keys(names: pd.Series, districts: pd.Series) -> dict[str, int]:
    """Map each name-and-district, and each name that the area has once, to its ward."""
    in_district = _keys(names, districts).where(districts != "").reset_index(drop=True)
    in_area = _keys(names, pd.Series("", index=names.index)).reset_index(drop=True)
    once = pd.concat([keys[keys.notna() & ~keys.duplicated(keep=False)] for keys in (in_district, in_area)])
    return {str(key): int(position) for position, key in once.items()}
