"""Which column of a file is which: headings as mapped in the settings, found or missed in plain words."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence

from data.codes import ONS_CODE, clean_text
from data.errors import RefusedInputError
from data.grids import column_letter
from data.person_values import kind_of_value

PROVENANCE = "provenance"
"""Reserved heading, needs no mapping: the value `invented` marks a table that must never be taken for real."""

_LIKE_DATA = re.compile(rf"{ONS_CODE}|[\d.,/:%+ -]*\d[\d.,/:%+ -]*|.*\b(?:19|20)\d\d[-/]\d\d?[-/ ].*", re.IGNORECASE)
_LONGEST_HEADING = 80


def find_columns(
    headings: Sequence[str],
    wanted: Mapping[str, str],
    *,
    file: str,
    section: str,
    optional: frozenset[str] = frozenset(),
    hints: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Find the position of each mapped column.

    Parameters
    ----------
    headings
        The file's headings.
    wanted
        Key of the settings to heading.
    file, section
        Where to say that it went wrong: the file, and the section of the settings.
    optional
        Keys whose column may be absent.
    hints
        What to add if the column of a key is missing.

    Raises
    ------
    RefusedInputError
        If a mapped heading is not there, or stands there twice.
    """
    places = {key: _places(headings, heading) for key, heading in wanted.items()}
    missing = {key: wanted[key] for key, found in places.items() if not found and key not in optional}
    if missing:
        raise RefusedInputError(_missed(headings, missing, file=file, section=section, hints=hints or {}))
    for key, found in places.items():
        if len(found) > 1:
            columns = " and ".join(column_letter(position) for position in found)
            raise RefusedInputError(
                f"{file}: the heading '{wanted[key]}' stands over columns {columns}. Rename one of them at the source."
            )
    return {key: found[0] for key, found in places.items() if found}


def find_provenance(headings: Sequence[str]) -> dict[str, int]:
    """Find the reserved column, if it is there."""
    places = _places(headings, PROVENANCE)
    return {PROVENANCE: places[0]} if places else {}


def _places(headings: Sequence[str], heading: str) -> list[int]:
    """Find a heading as it is written; failing that, whatever its capitals and blanks."""
    exact = [position for position, text in enumerate(headings) if text == heading]
    sought = clean_text(heading).casefold()
    return exact or [position for position, text in enumerate(headings) if text.casefold() == sought]


def _missed(
    headings: Sequence[str], missing: Mapping[str, str], *, file: str, section: str, hints: Mapping[str, str]
) -> str:
    sentences = [
        f"{file}: there is no column '{heading}', which the settings name under [{section}] {key}."
        for key, heading in missing.items()
    ]
    if not look_like_headings(headings):
        return (
            f"{' '.join(sentences)} The row taken for headings looks like data: say which row holds them (header_row)."
        )
    near = [_nearest(headings, heading) for heading in missing.values()]
    said = [f"{sentence}{hint}" for sentence, hint in zip(sentences, near, strict=True)]
    listed = ", ".join(f"'{text}'" for text in headings if text) or "none"
    more = [hints[key] for key in missing if key in hints]
    return " ".join([*said, f"The headings are {listed}. Correct [{section}] in the settings.", *more])


def _nearest(headings: Sequence[str], heading: str) -> str:
    folded = {text.casefold(): text for text in headings if text}
    near = difflib.get_close_matches(heading.casefold(), list(folded), n=1, cutoff=0.6)
    return f" Did you mean '{folded[near[0]]}'?" if near else ""


def look_like_headings(headings: Sequence[str]) -> bool:
    """Tell whether a row can be headings. If it looks like data it must not be repeated in a message."""
    return all(is_safe_heading(text) for text in headings)


def is_safe_heading(text: str) -> bool:
    """Tell whether a heading can be shown: it is not a number, a date, a code or anything of a person's."""
    return len(text) <= _LONGEST_HEADING and not _LIKE_DATA.fullmatch(text) and kind_of_value(text) is None


def passed_over(headings: Sequence[str], read: Collection[int]) -> tuple[str, ...]:
    """Name the columns that are not read; by its letter one that has no heading, or one that may not be shown."""
    return tuple(
        heading if heading and is_safe_heading(heading) else f"column {column_letter(place)}"
        for place, heading in enumerate(headings)
        if place not in read
    )


def name_heading(headings: Sequence[str], position: int) -> str:
    """Name a column for a message: by its heading, or by its letter if the heading is blank or may be a value."""
    heading = headings[position]
    if heading and is_safe_heading(heading):
        return f"'{heading}'"
    return column_letter(position)
