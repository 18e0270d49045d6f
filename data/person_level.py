"""Person-level data is refused at the door: by the headings of a table, then by its values.

A referrals file may hold its declared columns and nothing else. Of an incidents file only the mapped columns are read,
so only those are looked at. A refusal names the file and the column, never a value.

Limits: patterns find identifiers, dates, ages, tales and names; a name that no list holds is found only when the column
as a whole reads like names. The rule that keeps people out is that only declared columns are let in; this is the second lock.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import pandas as pd

from data.errors import PersonLevelError
from data.headings import name_heading
from data.person_headings import CHARACTERISTIC, IDENTITY, kind_of_heading
from data.person_values import DATE_OR_AGE, NAME, has_name_form, is_known_name, kind_of_identifier, kind_of_value

_CURE = "This tool takes no person-level data. Take the column out of the export, or export counts only"
_PLACES = ("ward_code", "ward_name", "district")
_KINDS = ("category", "sector")
# A column of names that no list knows: nearly every row another one, nearly all written as names are.
_FEWEST_NAMES = 8
_MOST_OF = 0.8
# No kind of referral and no sector is called by so many digits.
_LONG_NUMBER = r"\d{6}"
REFERENCES = "references of single cases"


def refuse_person_headings(
    headings: Sequence[str], roles: Mapping[int, str], *, file: str, characteristics: bool = False
) -> None:
    """Refuse columns whose heading announces a person's details.

    Parameters
    ----------
    headings
        The file's headings.
    roles
        Position of each column to look at, and the canonical column it is, or an empty text if it is none.
    file
        Name of the file, for the message.
    characteristics
        Whether a category may be called after a characteristic, as a strand of hate crime is (`Religion`).

    Raises
    ------
    PersonLevelError
        Naming every such column.
    """
    found = []
    for position, role in roles.items():
        kind = kind_of_heading(headings[position])
        fine = _in_order(kind, headings[position].casefold(), role=role, characteristics=characteristics)
        if kind and not fine:
            found.append(f"{file}, column {name_heading(headings, position)}: the heading announces {kind}. {_CURE}.")
    if found:
        raise PersonLevelError("\n".join(found))


def _in_order(kind: str | None, heading: str, *, role: str, characteristics: bool) -> bool:
    """Spare what the settings declare and only sounds like a person's: a ward's `Name`, a count called `Referral no`."""
    return (
        (role in _PLACES and heading == "name")
        or (role == "count" and kind == IDENTITY)
        or (role == "category" and kind == CHARACTERISTIC and characteristics)
    )


def refuse_undeclared(
    headings: Sequence[str], declared: Collection[int], *, filled: Sequence[bool], file: str, section: str
) -> None:
    """Refuse every column that the settings do not declare, save those with neither a heading nor a filled cell.

    Raises
    ------
    PersonLevelError
        Naming every such column.
    """
    found = [
        f"{file}, column {name_heading(headings, position)}: the settings do not declare this column, and no other may stand "
        f"in the file. Map it in [{section}] if it is one of those asked for; otherwise take it out of the export."
        for position in range(len(headings))
        if filled[position] and position not in declared
    ]
    if found:
        raise PersonLevelError("\n".join(found))


def refuse_person_values(
    cells: pd.DataFrame,
    *,
    names: Mapping[str, str],
    file: str,
    prose: "pd.Series[bool] | None" = None,
) -> None:
    """Refuse a table in which the values of a column look like a person's.

    Parameters
    ----------
    cells
        Text cells in canonical columns.
    names
        Canonical columns to look at, and how a message should call them.
    file
        Name of the file, for the message.
    prose
        Rows that hold nothing but a note or a total under the table: looked at for identifiers only.

    Raises
    ------
    PersonLevelError
        Naming the first such column.
    """
    for key in names:
        values = cells[key] if prose is None else cells.loc[~prose, key]
        filled = values.dropna()
        kind = _first_kind(cells[key].dropna().unique(), kind_of_identifier) or _kind_of_column(
            filled.drop_duplicates(), rows=len(filled), key=key
        )
        if kind:
            raise _refused(kind, file=file, column=names[key])


def refuse_person_texts(texts: Iterable[str], *, key: str, file: str, column: str) -> None:
    """Refuse a column of which one text alone looks like a person's details: what is known of a block of rows.

    Raises
    ------
    PersonLevelError
        As `refuse_person_values`, which judges a column as a whole as well.
    """
    distinct = list(texts)
    kind = _first_kind(distinct, kind_of_identifier)
    if not kind and key in _KINDS:
        long_number = any(re.search(_LONG_NUMBER, text) for text in distinct)
        kind = REFERENCES if long_number else _first_kind(distinct, kind_of_value)
    if kind:
        raise _refused(kind, file=file, column=column)


def refuse_person_vocabulary(distinct: Sequence[str], *, rows: int, key: str, file: str, column: str) -> None:
    """Refuse a column whose different texts, `rows` filled cells in all, look like people's details together.

    Raises
    ------
    PersonLevelError
        As `refuse_person_values`.
    """
    texts = pd.Series(list(distinct), dtype="str")
    kind = _first_kind(distinct, kind_of_identifier) or _kind_of_column(texts, rows=rows, key=key)
    if kind:
        raise _refused(kind, file=file, column=column)


def _refused(kind: str, *, file: str, column: str) -> PersonLevelError:
    return PersonLevelError(f"{file}, column '{column}': its values look like {kind}. {_CURE}.")


def _first_kind(distinct: Iterable[str], kind_of: Callable[[str], str | None]) -> str | None:
    return next((kind for kind in map(kind_of, distinct) if kind), None)


def _kind_of_column(distinct: "pd.Series[str]", *, rows: int, key: str) -> str | None:
    if key in _PLACES:
        return _kind_of_places(distinct)
    if key not in _KINDS:
        # A quarter may be a date, so a date there says nothing; anything else of a person's still does.
        kinds = distinct.map(kind_of_value).dropna()
        return next((kind for kind in kinds if kind != DATE_OR_AGE), None)
    if distinct.str.contains(_LONG_NUMBER).any():
        return REFERENCES
    return _first_kind(distinct, kind_of_value) or _kind_of_distinct(distinct, rows=rows)


def _kind_of_places(distinct: "pd.Series[str]") -> str | None:
    """Wards named after people are few among their neighbours: of 7,624 wards no district has two whose name passes for one."""
    kinds = distinct.map(kind_of_value).dropna()
    others = kinds[kinds != NAME]
    if len(others):
        return str(others.iloc[0])
    people = sum(map(is_known_name, distinct))
    return "people's names" if people >= max(2, 0.5 * len(distinct)) else None


def _kind_of_distinct(distinct: "pd.Series[str]", *, rows: int) -> str | None:
    """Judge a column that says something else in nearly every row: kinds of referral repeat, people do not."""
    if len(distinct) < _FEWEST_NAMES or len(distinct) < _MOST_OF * rows:
        return None
    if distinct.map(has_name_form).mean() >= _MOST_OF:
        return "people's names"
    numbered = distinct.map(lambda text: len(re.findall(r"\d", text)) >= 3)
    return REFERENCES if numbered.mean() >= _MOST_OF else None
