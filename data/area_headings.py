"""Which column of a boundary file or lookup holds what, told from its heading: `WD23CD`, `ltla24_name`, `ward_code`.

The ONS writes the kind of area, the year and `CD`, `NM` or `NMW` (the Welsh name); others spell the words out. The year changes,
so no heading is fixed here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WARD, DISTRICT, COUNTY, CSP, FORCE = "ward", "district", "county", "csp", "police force"
KINDS = {COUNTY: "county", CSP: "community safety partnership", FORCE: "police force area"}
"""Kinds of area that are made of districts or wards, and what they are called."""

_WORDS = {
    WARD: ("wd", "ward", "cmwd", "wed"),
    DISTRICT: ("lad", "ltla", "la", "local_authority", "district"),
    COUNTY: ("cty", "county", "ctyua", "utla"),
    CSP: ("csp", "community_safety_partnership"),
    FORCE: ("pfa", "police_force_area", "police_force"),
}
"""The first of a kind that is there is taken."""
_PARTS = {"cd": "code", "code": "code", "nm": "name", "name": "name", "nmw": "welsh", "": "name"}
_HEADING = re.compile(r"([a-z_]+?)_?(\d{4}|\d{2})?_?(cd|code|nmw|nm|name|)")
_CENTURY = 50
"""WD98 is of 1998, WD19 of 2019."""


@dataclass(frozen=True)
class Field:
    """What a heading says."""

    kind: str
    part: str
    """`code`, `name` or `welsh`."""
    year: int | None = None
    rank: int = 0
    """How good a word it is for its kind; 0 is best."""


def read_heading(heading: str) -> Field | None:
    """Say what a heading says; `None` if it is of no kind of area."""
    found = _HEADING.fullmatch(re.sub(r"[\s_-]+", "_", heading.strip().casefold()))
    if found is None:
        return None
    word, digits, ending = found.groups()
    for kind, words in _WORDS.items():
        # Without an ending only a whole word will do: `la23` and `wd` may be anything.
        if word in words and (ending or (not digits and len(word) > len("utla"))):
            return Field(kind, _PARTS[ending], _year(digits), words.index(word))
    return None


def find_fields(headings: Sequence[str], *, near: int | None = None) -> dict[tuple[str, str], int]:
    """Find the column of each kind and part: (`ward`, `code`) to its place.

    Parameters
    ----------
    headings
        Of the file.
    near
        A year: where there are several columns of a kind, that of the year nearest to it is taken, else the latest.
    """
    ranked: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for place, heading in enumerate(headings):
        if field := read_heading(heading):
            away = -(field.year or 0) if near is None else abs((field.year or near) - near)
            ranked.setdefault((field.kind, field.part), []).append((field.rank, away, place))
    return {key: min(places)[2] for key, places in ranked.items()}


def year_of(headings: Sequence[str], fields: Mapping[tuple[str, str], int], kind: str) -> int | None:
    """Say of which year the codes of a kind are, if their heading says it."""
    place = fields.get((kind, "code"), fields.get((kind, "name")))
    field = None if place is None else read_heading(headings[place])
    return field.year if field else None


def _year(digits: str | None) -> int | None:
    if digits is None or len(digits) > 2:
        return int(digits) if digits else None
    return int(digits) + (2000 if int(digits) < _CENTURY else 1900)
