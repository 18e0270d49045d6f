"""What kind of thing stands in each column of a table, told from its cells without ever giving one of them away.

A guess to be looked at by a person: half of the filled cells decide. Names of wards, kinds of concern and sectors are recognised
by what is loaded already; without that by their form alone.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path

import pandas as pd

from data.codes import are_ons_codes, are_ward_codes, clean_codes
from data.headings import PROVENANCE, is_safe_heading
from data.numbers import are_counts, parse_numbers
from data.person_level import refuse_person_texts
from data.quarter_texts import parse_quarters
from data.raw_tables import open_table, take_columns
from data.settings import Settings, TableSection
from data.snapshots import Snapshot
from ingest.column_words import CONCERNS, SECTORS

LOOKED_AT = 5_000
"""Rows that are looked at."""
_MOST = 0.5
_OTHERWISE_EACH = 0.8
_FEWEST = 20


class Sort(StrEnum):
    """What a column can hold."""

    WARD_CODES = "ward codes"
    OTHER_WARD_CODES = "ward codes of elsewhere"
    OTHER_CODES = "codes"
    WARD_NAMES = "ward names"
    DISTRICTS = "districts"
    QUARTERS = "quarters"
    DATES = "dates"
    COUNTS = "whole numbers"
    NUMBERS = "numbers"
    CONCERNS = "types of concern"
    SECTORS = "sectors"
    KINDS = "text of few kinds"
    TEXTS = "text of many kinds"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Held:
    """What one column holds."""

    sort: Sort
    words: str
    """For people; counts of rows, never a value."""
    matched: int = 0
    rows: int = 0
    """Filled cells, of which `matched` are of the sort."""


@dataclass(frozen=True)
class Known:
    """What is loaded already and a column can be recognised by: texts in small letters."""

    codes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    concerns: frozenset[str] = CONCERNS
    sectors: frozenset[str] = SECTORS

    @classmethod
    def of(cls, snapshot: Snapshot | None) -> "Known":
        """Take it from a snapshot."""
        if snapshot is None:
            return cls()
        wards, referrals = snapshot.wards(), snapshot.referrals()
        return cls(
            codes=_folded(wards["ward_code"]),
            names=_folded(wards["ward_name"]),
            districts=_folded(wards["district"]),
            concerns=CONCERNS | _folded(referrals["category"]),
            sectors=SECTORS | _folded(referrals["sector"]),
        )


def look_into(path: Path, kind: str, *, settings: Settings, known: Known) -> dict[str, Held]:
    """Say of each heading of a table that may be shown what stands under it.

    Raises
    ------
    RefusedInputError
        If the table cannot be opened.
    PersonLevelError
        If it is of referrals and a column holds identifiers of people.
    """
    section: TableSection = getattr(settings, kind)
    grid = open_table(path, section, wanted=[], limits=settings.limits)
    places = {
        heading: place
        for place, heading in reversed([*enumerate(grid.headings)])
        if heading and is_safe_heading(heading) and heading.casefold() != PROVENANCE
    }
    cells = take_columns(replace(grid, rows=islice(grid.rows, LOOKED_AT)), places, limits=settings.limits).cells
    if kind == "referrals":
        for heading in places:
            refuse_person_texts(cells[heading].dropna().unique(), key="", file=path.name, column=heading)
    return {heading: recognise(cells[heading], known=known) for heading in grid.headings if heading in places}


def recognise(cells: "pd.Series[str]", *, known: Known) -> Held:
    """Say what a column of text cells holds."""
    filled = cells.dropna()
    if filled.empty:
        return Held(Sort.NOTHING, "nothing")
    found = _codes(filled, known=known) or _times(filled) or _numbers(filled) or _known_texts(filled, known=known)
    if found is not None:
        return found
    kinds = filled.nunique()
    if kinds >= _FEWEST and kinds > _OTHERWISE_EACH * len(filled):
        return Held(Sort.TEXTS, "text, another in nearly every row", len(filled), len(filled))
    words = "the same text in every row" if kinds == 1 else f"text of {kinds:,} different kinds"
    return Held(Sort.KINDS, words, len(filled), len(filled))


def _codes(filled: "pd.Series[str]", *, known: Known) -> Held | None:
    codes = clean_codes(filled)
    ours, wards, areas = codes.str.casefold().isin(known.codes), are_ward_codes(codes), are_ons_codes(codes)
    if ours.mean() >= _MOST:
        return _held(Sort.WARD_CODES, ours, "ward codes", "are codes of this area's wards")
    if (wards | ours).mean() >= _MOST:
        if not known.codes:
            return _held(Sort.WARD_CODES, wards, "ward codes", "have the form of a ward's code")
        some = f"only {int(ours.sum()):,}" if ours.any() else "none"
        kinds = codes[wards].nunique()
        words = f"ward codes, {kinds:,} different ones: {some} of the {len(filled):,} is a code of this area's wards"
        return Held(Sort.OTHER_WARD_CODES, words, int(ours.sum()), len(filled))
    if areas.mean() >= _MOST:
        return _held(Sort.OTHER_CODES, areas, "codes of areas that are no wards", "have that form")
    return None


def _times(filled: "pd.Series[str]") -> Held | None:
    numbers = parse_numbers(filled)
    quarters = parse_quarters(filled.where(numbers.isna()))
    read = quarters.labels.notna()
    if read.mean() < _MOST:
        return None
    labels = quarters.labels.dropna()
    first, last = labels.min(), labels.max()
    span = first if first == last else f"{first} to {last}"
    if quarters.dates.dates.notna().mean() >= _MOST:
        return _held(Sort.DATES, read, f"dates in {span}", "can be read")
    return _held(Sort.QUARTERS, read, f"quarters, {span}", "can be read")


def _numbers(filled: "pd.Series[str]") -> Held | None:
    numbers = parse_numbers(filled)
    whole = are_counts(numbers)
    if whole.mean() >= _MOST:
        return _held(Sort.COUNTS, whole, "whole numbers", "are whole and not negative")
    return _held(Sort.NUMBERS, numbers.notna(), "numbers", "are numbers") if numbers.notna().mean() >= _MOST else None


def _known_texts(filled: "pd.Series[str]", *, known: Known) -> Held | None:
    texts = filled.str.casefold()
    shares = {
        sort: texts.isin(list(words))
        for sort, words in (
            (Sort.WARD_NAMES, known.names),
            (Sort.DISTRICTS, known.districts),
            (Sort.CONCERNS, known.concerns),
            (Sort.SECTORS, known.sectors),
        )
    }
    best = max(shares, key=lambda sort: shares[sort].mean())
    if shares[best].mean() < _MOST:
        return None
    if best in (Sort.WARD_NAMES, Sort.DISTRICTS):
        what = "wards" if best is Sort.WARD_NAMES else "districts"
        return _held(best, shares[best], f"names of {what}", f"are names of this area's {what}")
    return _held(best, shares[best], f"{best}, {texts.nunique():,} different ones", "are known already")


def _held(sort: Sort, fits: "pd.Series[bool]", words: str, fully: str) -> Held:
    """Say how many of the rows fit, where not all do."""
    matched, rows = int(fits.sum()), len(fits)
    how_many = f"all {rows:,}" if matched == rows else f"{matched:,} of {rows:,}"
    said = (
        words
        if matched == rows and sort in (Sort.QUARTERS, Sort.DATES, Sort.NUMBERS)
        else f"{words}: {how_many} {fully}"
    )
    return Held(sort, said, matched, rows)


def _folded(texts: "pd.Series[str]") -> frozenset[str]:
    return frozenset(texts.dropna().str.casefold())
