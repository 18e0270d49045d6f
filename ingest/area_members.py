"""Which county, partnership or police force area each ward lies in, by a lookup that may be of another year than the wards.

By the ward's code, else by its district's code, else by the name of its district: codes change with boundaries that do not.
What no rule reaches is counted and named, never taken to lie elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from data.area_headings import KINDS
from data.errors import RefusedInputError
from data.in_words import listed
from data.reading_areas import AreaLookup
from ingest.area_names import easy

_NAMED = 12
_UNKNOWN, _DIVIDED = "unknown", "divided"


@dataclass(frozen=True)
class Members:
    """What a lookup says of each ward.

    Attributes
    ----------
    area : Series
        Key of the area that each ward lies in; missing where it lies in none, or that is not known.
    how : Series
        `ward_code`, `district_code`, `district_name`, `unknown` (the lookup does not know it) or `divided` (its district lies in
        several areas).
    """

    area: "pd.Series[str]"
    how: "pd.Series[str]"
    lookup: AreaLookup
    kind: str
    cells: pd.DataFrame

    def notes(self) -> Iterator[str]:
        """Say what did not match by code, and what was done."""
        renamed = self.cells[self.how == "district_name"]
        if len(renamed):
            yield (
                f"{self.lookup.file} knows these districts by another code, so they were matched by name: {_districts(renamed)}. "
                f"{self._years()}"
            )
        unknown = self.cells[self.how == _UNKNOWN]
        if len(unknown):
            yield (
                f"{self.lookup.file} does not know {_wards(len(unknown))}, so they were not taken for any "
                f"{KINDS[self.kind]}: {_districts(unknown)}. {self._years()}"
            )

    def check(self, keys: Sequence[str], *, without: Sequence[str], option: str) -> Iterator[str]:
        """Say what of the chosen areas has no ward here, where that was accepted.

        Raises
        ------
        RefusedInputError
            If it was not accepted, or the lookup cannot tell.
        """
        self._refuse_divided(keys)
        gone = self._without_wards(keys)
        accepted = {one.strip().casefold() for one in without}
        left = {key: name for key, name in gone.items() if key.casefold() not in accepted}
        unknown = self.cells[self.how == _UNKNOWN]
        if left:
            raise RefusedInputError(
                f"{self.lookup.file} says that these lie there too, and no ward of the boundary file does: "
                f"{_some([*left.values()])}. {self._years()} "
                + (f"It does not know: {_districts(unknown)}. " if len(unknown) else "")
                + "Give a lookup of the same year as the wards. Or name with --district those that belong there as well as "
                f"{option}, and say with --without '{next(iter(left))}' that this is known to have no wards (again for each)."
            )
        if gone:
            yield f"Known to have no ward here, as was said with --without: {_some([*gone.values()])}."

    def _refuse_divided(self, keys: Sequence[str]) -> None:
        rows = self.lookup.rows
        for column in ("district_code", "district_name"):
            if column in rows and column in self.cells:
                inside = rows.loc[_keys(rows, self.kind).isin(list(keys)), column].dropna()
                torn = self.cells[(self.how == _DIVIDED) & self.cells[column].isin(inside)]
                if len(torn):
                    raise RefusedInputError(
                        f"{self.lookup.file} has several of them in one district, and does not say which ward lies in which: "
                        f"{_districts(torn)}. Give a lookup by ward, or the codes of the wards with --codes."
                    )

    def _without_wards(self, keys: Sequence[str]) -> dict[str, str]:
        """Give what the lookup has in the chosen areas and no ward lies in: code (or name) to a label."""
        rows = self.lookup.rows[_keys(self.lookup.rows, self.kind).isin(list(keys))]
        there = self.cells[self.area.isin(list(keys))]
        column = next(one for one in ("district_code", "district_name", "ward_code") if one in rows)
        rows = rows.dropna(subset=[column]).drop_duplicates(column)
        empty = ~rows[column].isin(there[column]) if column in there else pd.Series(True, index=rows.index)
        label = rows[column]
        if "district_name" in rows and column != "ward_code" and "district_name" in there:
            named = there["district_name"].map(easy, na_action="ignore")
            empty &= ~rows["district_name"].map(easy, na_action="ignore").isin(named)
            label = label if column == "district_name" else label + " " + rows["district_name"].fillna("")
        return dict(zip(rows.loc[empty, column], label[empty], strict=True))

    def _years(self) -> str:
        return "" if self.lookup.year is None else f"The lookup is of {self.lookup.year}."


def members_of(cells: pd.DataFrame, lookup: AreaLookup, kind: str) -> Members:
    """Say of each ward in which area of a kind it lies.

    Parameters
    ----------
    cells
        As in `NationalWards`.
    kind
        One of `KINDS`, which the lookup has.
    """
    area = pd.Series(pd.NA, index=cells.index, dtype="str")
    how = pd.Series(_UNKNOWN, index=cells.index, dtype="str")
    keys = _keys(lookup.rows, kind)
    for column in ("ward_code", "district_code", "district_name"):
        if column not in lookup.rows or column not in cells:
            continue
        mine, theirs = cells[column], lookup.rows[column]
        if column == "district_name":
            mine, theirs = mine.map(easy, na_action="ignore"), theirs.map(easy, na_action="ignore")
        pairs = pd.DataFrame({"from": theirs, "to": keys}).dropna(subset=["from"]).drop_duplicates()
        several = pairs["from"].duplicated(keep=False)
        known = pairs[~several].set_index("from")["to"]
        open_ = (how == _UNKNOWN) & mine.isin(pairs["from"])
        torn = open_ & mine.isin(pairs.loc[several, "from"])
        area = area.mask(open_ & ~torn, mine.map(known).astype("str"))
        how = how.mask(open_, column).mask(torn, _DIVIDED)
    return Members(area, how, lookup, kind, cells)


def area_table(lookup: AreaLookup, kind: str) -> pd.DataFrame:
    """List the areas of a kind for `AreaNames`."""
    rows = lookup.rows
    table = pd.DataFrame({"key": _keys(rows, kind)})
    for part in ("name", "welsh"):
        if f"{kind}_{part}" in rows:
            table[part] = rows[f"{kind}_{part}"]
    return table.dropna(subset=["key"]).drop_duplicates()


def _keys(rows: pd.DataFrame, kind: str) -> "pd.Series[str]":
    return rows[f"{kind}_code"] if f"{kind}_code" in rows else rows[f"{kind}_name"]


def _districts(cells: pd.DataFrame) -> str:
    columns = [one for one in ("district_code", "district_name") if one in cells] or ["ward_code"]
    counted = cells.groupby(columns, dropna=False, sort=True).size()
    return _some(
        [
            f"{' '.join(str(part) for part in (key if isinstance(key, tuple) else (key,)))} ({_wards(int(number))})"
            for key, number in counted.items()
        ]
    )


def _wards(number: int) -> str:
    return f"{number:,} ward{'' if number == 1 else 's'}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return listed(list(names[:_NAMED])) + (f" and {more:,} more" if more > 0 else "")
