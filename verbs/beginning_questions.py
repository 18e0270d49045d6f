"""What `init` asks where options do not say it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace as changed
from pathlib import Path

from data.area_headings import KINDS
from data.errors import UsageError
from data.reading_areas import AreaLookup, read_area_lookup
from ingest.area_names import AreaNames
from ingest.beginning import SETTINGS, refuse_taken
from ingest.choosing_area import Wish, areas_of, districts_of, read_codes
from ingest.national_wards import NationalWards, read_national
from verbs.questions import Answer, ask

_WAYS = ("district", *KINDS, "codes", "all")


def country(path: Path | None, *, layer: str | None, crs: str | None, by_hand: Mapping[str, str]) -> NationalWards:
    """Read the boundary file, asking which it is."""

    def read(text: str | Path) -> NationalWards:
        return read_national(Path(text), layer=layer, crs=crs, by_hand=by_hand)

    if path is not None:
        return read(path)
    return _file("Boundaries of the country's wards", there=_countries_here(), check=read, option="--wards")


def lookup_of(path: Path | None, *, near: int | None) -> AreaLookup | None:
    """Read the lookup, if one is given."""
    return None if path is None else read_area_lookup(path, near=near)


def wish(
    wards: NationalWards,
    lookup: AreaLookup | None,
    wanted: Wish,
) -> tuple[Wish, AreaLookup | None]:
    """Ask for the area if none is named, and for a lookup if it cannot be told without one."""
    if wanted.names_something:
        return wanted, _lookup_for({kind for kind, _ in wanted.areas}, wards, lookup)
    option = "an area (--district, --county, --police-force, --csp, --codes or --all)"
    way = ask(
        f"What kind of area is it ({', '.join(_WAYS)})", default="district", check=_way, option=option, listed=_WAYS
    )
    if way == "all":
        return changed(wanted, everything=True), lookup
    if way == "codes":
        lists = sorted(str(path) for path in Path().glob("*codes*.csv"))
        codes = _file("List of codes", there=lists, check=lambda one: read_codes(Path(one)), option="--codes")
        return changed(wanted, codes=codes), lookup
    if way == "district":
        return changed(wanted, districts=(_which("district", districts_of(wards), option=option),)), lookup
    lookup = _lookup_for({way}, wards, lookup)
    key = _which(KINDS[way], areas_of(wards, way, lookup=lookup), option=option)
    return changed(wanted, areas=((way, key),)), lookup


def _which(what: str, known: AreaNames, *, option: str) -> str:
    listed = sorted(known.names.values())
    return ask(f"Which {what} (? lists them)", default=None, check=known.find, option=option, listed=listed)


def _lookup_for(kinds: set[str], wards: NationalWards, lookup: AreaLookup | None) -> AreaLookup | None:
    if lookup is not None or all(wards.own_lookup().has(kind) for kind in kinds):
        return lookup

    def read(text: str) -> AreaLookup:
        found = read_area_lookup(Path(text), near=wards.year)
        missing = [kind for kind in sorted(kinds) if not found.has(kind)]
        if missing:
            raise UsageError(f"{found.file} says nothing of any {KINDS[missing[0]]}. Give another lookup.")
        return found

    what = " and ".join(KINDS[kind] for kind in sorted(kinds))
    asked = f"Lookup (CSV or Excel) that says of each {what} what lies in it"
    return _file(asked, there=_lookups_beside(wards), check=read, option="--lookup")


def _file(question: str, *, there: Sequence[str], check: Callable[[str], Answer], option: str) -> Answer:
    """Ask for a file; the first of those that are there is offered, `?` lists them all."""
    return ask(question, default=there[0] if there else None, check=check, option=option, listed=there)


def vintage() -> int:
    """Ask for the year of the boundaries."""

    def year(text: str) -> int:
        if not re.fullmatch(r"(19|20)\d\d", text):
            raise UsageError("Give the year with four figures.")
        return int(text)

    return ask("Year of the boundaries", default="2023", check=year, option="--vintage")


def name(named: Sequence[str]) -> str:
    """Ask for the name of the partnership; what was chosen is offered."""
    offered = ", ".join(named[:3]) + (" and others" if len(named) > 3 else "") if named else "England and Wales"
    return ask("Name of the partnership", default=offered, check=_name, option="--name")


def folder(of: str, *, replace: bool) -> Path:
    """Ask where to begin."""

    def free(text: str) -> Path:
        refuse_taken(Path(text), replace=replace)
        return Path(text)

    slug = re.sub(r"[^a-z0-9]+", "-", of.lower()).strip("-")[:60] or "partnership"
    return ask("Folder to begin in", default=slug, check=free, option="--into")


def _way(text: str) -> str:
    found = [one for one in _WAYS if one.startswith(text.casefold())]
    if not text or len(found) != 1:
        raise UsageError(f"Answer with one of {', '.join(_WAYS)}.")
    return found[0]


def _name(text: str) -> str:
    if not 0 < len(text) <= 200:
        raise UsageError("A name has 1 to 200 characters.")
    return text


def _countries_here() -> list[str]:
    """Find boundary files that lie where one is likely to, such as where `fetch` puts it; not that of a begun partnership."""
    found = sorted([*Path().glob("*/wards*/wards.gpkg"), *Path().glob("wards*.g*"), *Path().glob("*/wards*.g*")])
    return list(dict.fromkeys(str(path) for path in found if not path.with_name(SETTINGS).exists()))


def _lookups_beside(wards: NationalWards) -> list[str]:
    beside = dict.fromkeys((wards.file.parent, wards.file.parent.parent, Path()))
    names = ("*lookup*.csv", "*lookup*/table.csv")
    return list(dict.fromkeys(str(path) for place in beside for name in names for path in sorted(place.glob(name))))
