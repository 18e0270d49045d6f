"""Which wards of a country make an area: by districts, counties, police force areas or lists of codes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.area_headings import DISTRICT, KINDS
from data.codes import ONS_CODE, clean_text
from data.errors import RefusedInputError, UsageError
from data.in_words import listed
from data.input_guard import regular_size
from data.reading_areas import AreaLookup
from data.text_encoding import find_encoding
from ingest.area_members import area_table, members_of
from ingest.area_names import AreaNames
from ingest.national_wards import NationalWards

OPTIONS = {kind: f"--{kind.replace(' ', '-')}" for kind in KINDS}
_LARGEST_LIST = 5 * 2**20
_CODES_SHOWN = 10


@dataclass(frozen=True)
class Wish:
    """What somebody wants: all that is named, put together."""

    districts: tuple[str, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    """Kind (of `KINDS`) and name or code."""
    codes: tuple[str, ...] = ()
    """Of wards or districts."""
    everything: bool = False
    without: tuple[str, ...] = ()
    """Codes of districts that a lookup has in the area, known to have no ward in the boundary file."""

    @property
    def names_something(self) -> bool:
        """Whether it says of anything that it belongs to the area."""
        return bool(self.districts or self.areas or self.codes or self.everything)


@dataclass(frozen=True)
class Choice:
    """The wards that were chosen."""

    rows: "pd.Series[bool]"
    names: tuple[str, ...]
    """What was named, as the files write it."""
    notes: tuple[str, ...] = field(default=())
    """What did not match, and what was done."""


def choose(wards: NationalWards, wish: Wish, *, lookup: AreaLookup | None = None) -> Choice:
    """Choose wards.

    Raises
    ------
    UsageError
        If nothing is named, a name is not known, or a lookup is missing.
    RefusedInputError
        If the files do not tell for certain which wards those are.
    """
    everything = pd.Series(True, index=wards.cells.index)
    if wish.everything:
        if wish.districts or wish.areas or wish.codes:
            raise UsageError("--all takes every ward: name no district, area or codes beside it.")
        return Choice(everything, ())
    rows, names, notes = ~everything, [], list[str]()
    for district in wish.districts:
        known = districts_of(wards)
        key = known.find(district)
        rows |= _district_keys(wards) == key
        names.append(known.names[key])
    for kind in dict.fromkeys(kind for kind, _ in wish.areas):
        found, said, more = _of_kind(wards, wish, kind=kind, lookup=lookup)
        rows |= found
        names += said
        notes += more
    if wish.codes:
        rows |= _by_codes(wards, wish.codes)
    if not rows.any():
        raise UsageError(
            "No ward was chosen. Name the area: --district, --county, --police-force, --csp, --codes or --all."
        )
    return Choice(rows, tuple(dict.fromkeys(names)), tuple(dict.fromkeys(notes)))


def districts_of(wards: NationalWards) -> AreaNames:
    """List the districts of a boundary file."""
    table = pd.DataFrame({"key": _district_keys(wards)})
    for part in ("name", "welsh"):
        if f"district_{part}" in wards.cells:
            table[part] = wards.cells[f"district_{part}"]
    return AreaNames(table, what="district", option="--district")


def areas_of(wards: NationalWards, kind: str, *, lookup: AreaLookup | None) -> AreaNames:
    """List the areas of a kind that a lookup has, or, without one, the boundary file.

    Raises
    ------
    UsageError
        If neither says anything of that kind.
    """
    return AreaNames(area_table(_saying(wards, kind, lookup=lookup), kind), what=KINDS[kind], option=OPTIONS[kind])


def read_codes(path: Path) -> tuple[str, ...]:
    """Read a list of codes of wards or districts: one a line, or the first column of a table; `#` begins a remark.

    Raises
    ------
    RefusedInputError
        If it cannot be read, or a line holds no code.
    """
    try:
        if regular_size(path) > _LARGEST_LIST:
            raise RefusedInputError(f"{path.name}: the list is larger than such lists are. Give another file.")
        encoding, _ = find_encoding(path)
        lines = path.read_text(encoding=encoding).splitlines()
    except OSError as error:
        raise RefusedInputError(f"{path.name}: the file cannot be read. Check its path and permissions.") from error
    codes = []
    for number, line in enumerate(lines, start=1):
        cell = clean_text(re.split(r"[,;\t]", line.partition("#")[0])[0].strip("\"' \ufeff")).upper()
        if re.fullmatch(ONS_CODE, cell):
            codes.append(cell)
        elif cell and codes:
            raise RefusedInputError(f"{path.name}, line {number}: there is no code of a ward or district. Correct it.")
    if not codes:
        raise RefusedInputError(f"{path.name}: the first column holds no code of a ward or district. Give one a line.")
    return tuple(dict.fromkeys(codes))


def _of_kind(
    wards: NationalWards, wish: Wish, *, kind: str, lookup: AreaLookup | None
) -> tuple["pd.Series[bool]", Sequence[str], Sequence[str]]:
    saying = _saying(wards, kind, lookup=lookup)
    known = areas_of(wards, kind, lookup=lookup)
    keys = [known.find(name) for one, name in wish.areas if one == kind]
    members = members_of(wards.cells, saying, kind)
    notes = [*members.notes(), *members.check(keys, without=wish.without, option=OPTIONS[kind])]
    return members.area.isin(keys), [known.names[key] for key in keys], notes


def _saying(wards: NationalWards, kind: str, *, lookup: AreaLookup | None) -> AreaLookup:
    for one in (lookup, wards.own_lookup()):
        if one is not None and one.has(kind):
            return one
    place = wards.file.name if lookup is None else f"{wards.file.name} and {lookup.file}"
    raise UsageError(
        f"{OPTIONS[kind]}: nothing in {place} says which {KINDS[kind]} a ward lies in. Give a lookup with --lookup, or name the "
        "districts with --district (again for each), or their codes with --codes."
    )


def _district_keys(wards: NationalWards) -> "pd.Series[str]":
    return wards.cells[f"{DISTRICT}_code" if f"{DISTRICT}_code" in wards.cells else f"{DISTRICT}_name"]


def _by_codes(wards: NationalWards, codes: Sequence[str]) -> "pd.Series[bool]":
    columns = [wards.cells[one] for one in ("ward_code", "district_code") if one in wards.cells]
    unknown = [code for code in codes if not any((column == code).any() for column in columns)]
    if unknown:
        raise RefusedInputError("".join(_unknown(unknown, wards=wards, of=len(codes))))
    found = [column.isin(list(codes)) for column in columns]
    return found[0] | found[-1]


def _unknown(unknown: Sequence[str], *, wards: NationalWards, of: int) -> Iterator[str]:
    yield f"--codes: {len(unknown):,} of {of:,} codes are of no ward or district of {wards.file.name}: "
    yield f"{listed(unknown[:_CODES_SHOWN])}{' and others' if len(unknown) > _CODES_SHOWN else ''}. "
    yield "The list and the boundaries are of different years, or of different areas. Nothing was written. "
    yield "Give boundaries of the same year, or correct the list (the verb convert takes counts from one year to another)."
