"""What a file seems to be, and which of its columns is taken for what: told from its headings alone, before it is read."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from data.codes import clean_text
from data.headings import PROVENANCE, is_safe_heading, look_like_headings
from data.person_level import refuse_person_headings
from data.provision_settings import NEEDED
from data.raw_tables import TABLE_SUFFIXES, open_table
from data.settings import Settings, TableSection
from data.ward_files import WARD_SUFFIXES, open_wards

_WHERE = {
    "ward_code": "Ward code",
    "ward_name": "Ward name",
    "district": "District",
    "easting": "Easting",
    "northing": "Northing",
    "longitude": "Longitude",
    "latitude": "Latitude",
}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "wards": {"code": "Ward code", "name": "Ward name", "district": "District"},
    "population": {
        "code": "Ward code",
        "name": "Ward name",
        "district": "District",
        "residents": "Residents",
        "workday": "Workday population",
    },
    "referrals": {
        "ward_code": "Ward code",
        "ward_name": "Ward name",
        "district": "District",
        "quarter": "Quarter",
        "category": "Type of concern",
        "sector": "Sector that referred",
        "count": "Number of referrals",
    },
    "incidents": {
        "date": "Date",
        "quarter": "Quarter",
        **_WHERE,
        "category": "Strand",
        "count": "Number of incidents",
        "id": "Identifier (to count repeats once; never stored)",
    },
    "provision": {
        "name": "Name",
        "kind": "Kind",
        **_WHERE,
        "start": "Start",
        "end": "End",
        "number": "How many",
        "cost": "Cost in pounds",
        "funder": "Funder",
        "for_whom": "For whom",
    },
}
"""Kind of file to key of its settings to what the column holds."""
KINDS = tuple(COLUMNS)
_IN_NAMES = {
    "referrals": ("referral",),
    "incidents": ("incident", "crime", "offence", "-street."),
    "population": ("population", "residents", "census"),
    "provision": ("provision", "projects"),
}
_ENOUGH = 0.5
"""Share of the mapped columns of a kind that a file must have to be taken for it."""
_FILE_SUFFIXES_OF_WARDS = tuple(suffix for suffix in WARD_SUFFIXES if suffix != ".shp")
UPLOADED = tuple(suffix.lstrip(".") for suffix in (*TABLE_SUFFIXES, *_FILE_SUFFIXES_OF_WARDS))
"""Endings of files that can be loaded one by one: a shapefile is several files, and is loaded zipped."""


@dataclass(frozen=True)
class Understood:
    """The headings of a file and what they are taken for."""

    headings: tuple[str, ...]
    """Those that may be shown; empty where the row taken for headings looks like data."""
    columns: Mapping[str, str]
    """Key of the settings to heading, of what was found."""
    lacking: tuple[str, ...]
    """Keys that the settings map, or that are needed, and that were not found."""
    undeclared: tuple[str, ...]
    """Headings that nothing in the settings names: of referrals none may be left over."""
    like_data: bool = False
    """Whether the row taken for headings looks like data."""

    @property
    def is_clear(self) -> bool:
        """Whether nothing has to be mapped by hand."""
        return not (self.lacking or self.like_data)


def understand(path: Path, kind: str, *, settings: Settings) -> Understood:
    """Look at the headings of a file.

    Raises
    ------
    RefusedInputError
        If it cannot be opened, or a heading announces a person's details where none may stand.
    """
    headings = _headings(path, kind, settings=settings)
    if kind == "referrals":
        roles = {place: _key_of(heading, kind, settings=settings) for place, heading in enumerate(headings)}
        refuse_person_headings(
            headings,
            {place: key for place, key in roles.items() if headings[place].casefold() != PROVENANCE},
            file=path.name,
        )
    wanted = mapped(kind, settings=settings)
    found = {key: there for key, heading in wanted.items() if (there := _find(heading, headings))}
    like_data = not look_like_headings([heading for heading in headings if heading])
    taken = {*found.values()}
    undeclared = tuple(one for one in headings if _may_be_taken(one) and one not in taken)
    lacking = tuple(key for key in wanted if key not in found and not _may_lack(kind, key, settings=settings))
    return Understood(
        headings=() if like_data else tuple(dict.fromkeys(filter(_may_be_taken, headings))),
        columns=found,
        lacking=lacking,
        undeclared=undeclared,
        like_data=like_data,
    )


def _may_be_taken(heading: str) -> bool:
    """Whether a heading may be shown and is not the reserved one, which needs no mapping."""
    return bool(heading) and is_safe_heading(heading) and heading.casefold() != PROVENANCE


def columns_chosen_twice(chosen: Mapping[str, str | None]) -> tuple[str, ...]:
    """List the headings that are chosen for more than one thing."""
    counts = Counter(heading for heading in chosen.values() if heading)
    return tuple(heading for heading, times in counts.items() if times > 1)


def guess_kind(path: Path, *, settings: Settings) -> str | None:
    """Say what kind of file this seems to be, by its headings, else by its name; nothing if it cannot be told.

    Raises
    ------
    RefusedInputError
        If it cannot be opened.
    """
    if path.suffix.lower() in WARD_SUFFIXES:
        return "wards"
    headings = _headings(path, "referrals", settings=settings)
    shares = {}
    for kind in ("referrals", "incidents", "population"):
        wanted = mapped(kind, settings=settings)
        shares[kind] = sum(_find(heading, headings) is not None for heading in wanted.values()) / max(len(wanted), 1)
    needed = [getattr(settings.provision, key) for key in NEEDED]
    shares["provision"] = float(all(_find(heading, headings) for heading in needed))
    best = max(shares, key=lambda kind: shares[kind])
    return best if shares[best] >= _ENOUGH else kind_of_name(path.name)


def kind_of_name(name: str) -> str | None:
    """Say what kind of file the name of one announces; nothing if it announces none, or two."""
    words = name.casefold()
    found = [kind for kind, parts in _IN_NAMES.items() if any(part in words for part in parts)]
    return found[0] if len(found) == 1 else None


def mapped(kind: str, *, settings: Settings) -> dict[str, str]:
    """Give the headings that the settings name for a kind of file, by key."""
    section = getattr(settings, kind)
    return {key: heading for key in COLUMNS[kind] if (heading := getattr(section, key, None))}


def _headings(path: Path, kind: str, *, settings: Settings) -> tuple[str, ...]:
    if kind == "wards":
        return tuple(open_wards(path, layer=settings.wards.layer, limits=settings.limits).columns)
    section: TableSection = getattr(settings, kind)
    wanted = [*mapped(kind, settings=settings).values()]
    return open_table(path, section, wanted=wanted, limits=settings.limits).headings


def _find(heading: str, headings: Collection[str]) -> str | None:
    sought = clean_text(heading).casefold()
    return next((one for one in headings if one == heading), None) or next(
        (one for one in headings if one.casefold() == sought), None
    )


def _key_of(heading: str, kind: str, *, settings: Settings) -> str:
    wanted = mapped(kind, settings=settings)
    return next((key for key, one in wanted.items() if _find(one, [heading])), "")


def _may_lack(kind: str, key: str, *, settings: Settings) -> bool:
    """Whether a column may be absent because only a default names it."""
    section = getattr(settings, kind)
    unsaid = {"sector"} | ({"ward_code"} if getattr(section, "ward_name", None) else set())
    if kind == "provision":
        return key not in {*NEEDED} | section.model_fields_set
    return kind == "referrals" and key in unsaid - section.model_fields_set
