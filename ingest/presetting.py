"""Which column seems to hold what: by what stands in it, then by its heading. To be offered, never taken unasked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data.settings import Settings
from ingest.column_words import how_like
from ingest.recognising import Held, Known, Sort, look_into
from ingest.understanding import COLUMNS, Understood

_SURE: Mapping[str, frozenset[Sort]] = {
    "ward_code": frozenset({Sort.WARD_CODES, Sort.OTHER_WARD_CODES}),
    "ward_name": frozenset({Sort.WARD_NAMES}),
    "district": frozenset({Sort.DISTRICTS}),
    "quarter": frozenset({Sort.QUARTERS}),
    "date": frozenset({Sort.DATES}),
    "category": frozenset({Sort.CONCERNS}),
    "sector": frozenset({Sort.SECTORS}),
}
"""Sorts that say by themselves what a column is."""
_TEXT = frozenset({Sort.KINDS, Sort.TEXTS, Sort.CONCERNS, Sort.SECTORS, Sort.WARD_NAMES, Sort.DISTRICTS})
_NUMBER = frozenset({Sort.COUNTS, Sort.NUMBERS})
_POSSIBLE: Mapping[str, frozenset[Sort]] = {
    "ward_code": _SURE["ward_code"] | {Sort.OTHER_CODES},
    "ward_name": _TEXT,
    "district": _TEXT,
    "quarter": frozenset({Sort.QUARTERS, Sort.DATES}),
    "date": frozenset({Sort.QUARTERS, Sort.DATES}),
    "category": _TEXT,
    "sector": _TEXT,
    "count": _NUMBER,
    "residents": _NUMBER,
    "workday": _NUMBER,
    "easting": _NUMBER,
    "northing": _NUMBER,
    "longitude": _NUMBER,
    "latitude": _NUMBER,
    "id": frozenset(Sort) - {Sort.NOTHING},
}
_OF_PLACES = {"code": "ward_code", "name": "ward_name"}
_TIMES = _POSSIBLE["date"]
_OTHER_PLACES: Mapping[str, frozenset[Sort]] = {
    "ward_code": _SURE["ward_name"] | _SURE["district"],
    "ward_name": _SURE["ward_code"] | _SURE["district"],
    "district": _SURE["ward_code"] | _SURE["ward_name"],
}
_BY_CONTENT = 4


@dataclass(frozen=True)
class Misplaced:
    """A column that is taken for something it cannot be."""

    heading: str
    taken_for: str
    """Key of the settings, as `is_rather`."""
    is_rather: str | None
    """What it is instead, if that can be told and nothing else is taken for it."""


@dataclass(frozen=True)
class Recognised:
    """What the columns of a file seem to hold."""

    held: Mapping[str, Held]
    """By heading; empty where only headings are looked at, as in files of boundaries."""
    presets: Mapping[str, str]
    """Key to heading, of what is not found yet."""
    misplaced: tuple[Misplaced, ...]


def recognise_columns(path: Path, kind: str, understood: Understood, *, settings: Settings, known: Known) -> Recognised:
    """Look into the columns of a file.

    Raises
    ------
    RefusedInputError
        If it cannot be opened.
    PersonLevelError
        If it is of referrals and a column holds identifiers of people.
    """
    if understood.like_data:
        return Recognised({}, {}, ())
    held = {} if kind == "wards" else look_into(path, kind, settings=settings, known=known)
    return Recognised(held, preset(kind, understood, held), misplaced(kind, understood, held))


def preset(kind: str, understood: Understood, held: Mapping[str, Held]) -> dict[str, str]:
    """Give key to heading, of what is not found yet.

    Parameters
    ----------
    held
        By heading, what stands under it. Where a heading is not among them, it goes by its words alone.
    """
    scores = {
        (key, heading): score
        for key in COLUMNS[kind]
        if key not in understood.columns
        for heading in understood.undeclared
        if (score := _score(kind, key, heading, held.get(heading)))
    }
    found: dict[str, str] = {}
    for key, heading in sorted(scores, key=lambda one: -scores[one]):
        if key not in found and heading not in found.values():
            found[key] = heading
    return _one_way_to_say_where(kind, found, understood)


def misplaced(kind: str, understood: Understood, held: Mapping[str, Held]) -> tuple[Misplaced, ...]:
    """List the columns that hold something else than they are taken for."""
    found = []
    for key, heading in understood.columns.items():
        sort = held[heading].sort if heading in held else Sort.NOTHING
        possible = _possible(kind, key)
        if sort is Sort.NOTHING or sort in possible:
            continue
        rather = next((one for one in COLUMNS[kind] if sort in _SURE.get(_place(kind, one), ())), None)
        found.append(Misplaced(heading, key, rather if rather not in understood.columns else None))
    return tuple(found)


def _score(kind: str, key: str, heading: str, held: Held | None) -> int:
    alike = how_like(heading, kind, key, meaning=COLUMNS[kind][key])
    if held is None:
        return alike
    if held.sort in _SURE.get(_place(kind, key), ()):
        return _BY_CONTENT + alike
    return alike if held.sort in _possible(kind, key) else 0


def _possible(kind: str, key: str) -> frozenset[Sort]:
    """Say what may stand in a column. In a file of provision a cell may list several wards, and amounts have signs."""
    if kind == "provision":
        return _TIMES if key == "start" else frozenset(Sort) - _OTHER_PLACES.get(key, frozenset())
    return _POSSIBLE[_place(kind, key)]


def _place(kind: str, key: str) -> str:
    """Say what a key is called where sorts are looked up: in a file of provision `name` is no ward's."""
    return key if kind == "provision" else _OF_PLACES.get(key, key)


def _one_way_to_say_where(kind: str, found: dict[str, str], understood: Understood) -> dict[str, str]:
    """Leave out degrees where metres are known already, and the other way round: both together are refused."""
    known = {*found, *understood.columns}
    if (
        kind in ("incidents", "provision")
        and {"easting", "northing"} <= known
        and "longitude" not in understood.columns
    ):
        return {key: heading for key, heading in found.items() if key not in ("longitude", "latitude")}
    return found
