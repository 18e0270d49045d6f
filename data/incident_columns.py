"""Which columns of an incidents file are which, and that none of those read announces a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.headings import PROVENANCE, find_columns, find_provenance, passed_over
from data.person_level import refuse_person_headings
from data.row_checks import with_missing
from data.settings import Incidents

SECTION = "incidents"
PLACE = ("ward_code", "ward_name", "district")
_POINT = ("longitude", "latitude", "easting", "northing")
_MAPPED = ("date", "quarter", *PLACE, *_POINT, "category", "count", "id")
_LOOKED_AT = ("category", *PLACE)


@dataclass(frozen=True)
class IncidentColumns:
    """The columns of one file."""

    positions: dict[str, int]
    """Canonical column to position, of those that are read; the reserved `provenance` among them."""
    looked_at: dict[str, str]
    """Columns whose values are looked at for a person's details, and their headings."""
    passed_over: tuple[str, ...]
    """Headings of the columns that are not read, or their letters."""

    def complete(self, cells: pd.DataFrame) -> pd.DataFrame:
        """Add the columns that the file does not have, all missing."""
        return with_missing(cells, (*_MAPPED, *([PROVENANCE] if PROVENANCE in self.positions else [])))


def mapped_headings(settings: Incidents) -> dict[str, str]:
    """Give canonical column to heading, of the columns that the settings map."""
    return {key: heading for key in _MAPPED if (heading := getattr(settings, key))}


def find_incident_columns(headings: Sequence[str], settings: Incidents, *, file: str) -> IncidentColumns:
    """Find the mapped columns of a file.

    Raises
    ------
    RefusedInputError
        If one is missing, or its heading announces a person's details.
    """
    positions = find_columns(headings, mapped_headings(settings), file=file, section=SECTION)
    looked_at = {key: place for key, place in positions.items() if key in _LOOKED_AT}
    refuse_person_headings(headings, {place: key for key, place in looked_at.items()}, file=file, characteristics=True)
    read = positions | find_provenance(headings)
    others = passed_over(headings, {*read.values()})
    return IncidentColumns(read, {key: headings[place] for key, place in looked_at.items()}, others)
