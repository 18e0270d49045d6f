"""What is provided is told of things, never of persons: a file of provision with headings or texts that tell of one is refused.

Limits: names are found where they are the whole of a cell, by a list of common forenames and by titles (Mr, Dr). A project that
is called after a person is refused too: give it another name. Names of the kinds that the settings list as `without_names`
(champions) are not kept, whatever they are.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from data.errors import PersonLevelError
from data.headings import name_heading
from data.person_headings import kind_of_heading, names_a_thing
from data.person_level import refuse_person_values
from data.person_values import NAME, is_called_like_a_person, kind_of_identifier

SEVERAL = ";"
"""Stands between the wards of one row."""
_PLACES = ("ward_code", "ward_name", "district")
_TEXTS = ("name", "kind", "funder", "for_whom")
_LONGEST = 150
_BLANK = "Leave the name of a champion blank, and say in the column of numbers how many there are."
_CURE = "This tool takes no person-level data: it asks what is provided, not by whom or for whom by name"


def refuse_people_in_headings(headings: Sequence[str], positions: Mapping[str, int], *, file: str) -> None:
    """Refuse columns that are read and whose heading announces a person's details.

    Raises
    ------
    PersonLevelError
        Naming every such column.
    """
    found = []
    for key in (*_TEXTS, *_PLACES):
        if key not in positions:
            continue
        heading = headings[positions[key]]
        kind = kind_of_heading(heading)
        if kind and not _in_order(key, heading, kind=kind):
            column = name_heading(headings, positions[key])
            found.append(f"{file}, column {column}: the heading announces {kind}. {_CURE}. Map another column.")
    if found:
        raise PersonLevelError("\n".join(found))


def _in_order(key: str, heading: str, *, kind: str) -> bool:
    """Spare `Project name`, the name of a ward, and for which ages something is."""
    if key == "name":
        return names_a_thing(heading)
    if key == "for_whom":
        return "age" in kind and "birth" not in heading.casefold() and "dob" not in heading.casefold()
    return key in _PLACES and heading.casefold() == "name"


def refuse_people_in_cells(cells: pd.DataFrame, *, names: Mapping[str, str], file: str) -> None:
    """Refuse a table in which a text looks like a person's.

    Parameters
    ----------
    cells
        Text cells in canonical columns.
    names
        Canonical columns that the file has, and their headings.

    Raises
    ------
    PersonLevelError
        Naming the first such row and column, never a value.
    """
    for key in (one for one in _TEXTS if one in names):
        for text, row in cells.dropna(subset=[key]).drop_duplicates(key)[[key, "source_row"]].itertuples(index=False):
            if kind := _kind_of_text(text):
                cure = f" {_BLANK}" if key == "name" and kind == NAME else ""
                raise PersonLevelError(
                    f"{file}, row {row}, column '{names[key]}': it looks like {kind}. {_CURE}.{cure}"
                )
    for key in (one for one in _PLACES if one in names):
        apart = [part.strip() for text in cells[key].dropna().unique() for part in text.split(SEVERAL) if part.strip()]
        refuse_person_values(pd.DataFrame({key: pd.Series(apart, dtype="str")}), names={key: names[key]}, file=file)


def _kind_of_text(text: str) -> str | None:
    if found := kind_of_identifier(text):
        return found
    if len(text) > _LONGEST:
        return "free text"
    return NAME if is_called_like_a_person(text) else None
