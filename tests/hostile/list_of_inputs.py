# ruff: noqa: E501  # tables and made-up files: one a line reads better than one over five
"""Writes docs/hostile-input.md from the cases: `python -m tests.hostile.list_of_inputs`."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.hostile.addresses import ADDRESS_CASES
from tests.hostile.cases import READ, REFUSED, Case
from tests.hostile.corpus import CASES
from tests.hostile.screen_texts import SCREEN_TEXTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "hostile-input.md"
_KINDS = {
    "encodings": "Encodings: UTF-16 without a mark, UTF-7, UTF-32, NUL, bytes of no encoding",
    "wrong kinds": "Wrong magic numbers and polyglots: a web page called `.xlsx`, a virtual layer called `.geojson`, PDF and zip in one",
    "huge tables": "Huge tables: cells of 32 MB, a million columns, a line that does not end",
    "truncated and torn": "Truncated, torn and empty files",
    "slow patterns": "Cells made to keep text patterns busy",
    "counts": "Counts: negative, 1e9999, digits of other scripts, formulas",
    "dates": "Dates and quarters: year 0 and 9999, 30 February, quarters 8,000 years apart",
    "points": "Coordinates: NaN, infinite, 1e308",
    "provision": "What is provided: people in names and headings, wards without end, formulas, ends in the year 9999",
    "headings": "Headings: line breaks, control characters, duplicates, 5,000 characters",
    "text in fields": "Text in every field: HTML, script, Markdown, right-to-left, zero-width, heaps of accents, formulas, paths",
    "workbooks": "Workbooks: row two thousand million, numbers of 5,000 digits, dates of no calendar",
    "XML attacks": "XML: billion laughs, external entities",
    "zip bombs": "Bombs: zip, nested, overlapping entries, false sizes, Parquet that unpacks to gigabytes",
    "path tricks": "Paths in archives: climbing out, absolute, links, devices, names of 5,000 characters",
    "geometry": "Geometry: self-crossing, NaN, empty, 3D, curves, collections, antimeridian, a million corners",
    "deep and torn JSON": "JSON: 100,000 arrays in each other, cut off, not what it should be",
    "coordinate systems": "Coordinate systems: named by a link on the web or a file, of Mars",
    "hostile databases": "GeoPackage: endless queries for tables, triggers, generated columns, SQL in layer names",
    "hostile metadata": "GeoParquet: metadata that lies, pickles, nested columns",
    "no files": "No files: pipes, devices, sockets, links in a circle, paths that cannot be",
    "folders and patterns": "Folders and patterns of incidents",
    "queries": "Queries: without end, huge values, second statements, columns of persons, addresses of databases",
    "settings": "Settings: deep TOML, huge numbers, not a number, wrong types",
    "arguments": "Arguments and environment variables",
    "altered snapshots": "Snapshots altered on disk: tables, manifest, links, pipes",
}
_ABOUT = """\
# Hostile input

Every way that a file or a text comes in is tried with input made to do harm. `tests/hostile/` makes the files when the tests run; each goes through
the command line in a process of its own, with 1.5 GB of memory beyond what the program takes when it starts, and little time. What must hold for each:

- it is **refused** with a sentence (what, where, what to do; exit code 1 or 2), or **read** and every row of it accounted for;
- no traceback, no value of a referral or an incident, nothing that steers a terminal, no flood of words;
- no request leaves the machine, no process is left behind, and the snapshot that was there is the same byte for byte.

What is read within which limits: [settings](settings.md), section `[limits]`. This page is written by
`python -m tests.hostile.list_of_inputs`; a test holds it to the cases.
"""
_LIMITS = """\
## What this does not cover

- Whoever may write to the snapshots folder may replace a snapshot and its manifest by another that agrees with it. What does not agree is refused.
- A ward that calls itself by letters that look like another's keeps its name: two that look alike are told apart by their codes.
- What nobody can see in a name, a category or a heading (controls, changes of direction, zero-width characters, more than three accents on a
  letter) is left out without a note; the row stays.
- GDAL, PROJ, Arrow, GEOS and expat read files in this process. A fault of theirs is a fault of the program: hence the checks before they open a file,
  and pinned versions that are watched ([licences](licences.md)).
"""


def page() -> str:
    """The page as it should be."""
    rows = [_row(kind) for kind in _KINDS]
    others = [
        f"| Addresses of the screens: unknown, repeated, huge, HTML, paths | screens | {len(ADDRESS_CASES)} | | {len(ADDRESS_CASES)} |",
        f"| Text that a screen could take for HTML or Markdown | screens | {len(SCREEN_TEXTS)} | | {len(SCREEN_TEXTS)} |",
    ]
    found = _outcomes(CASES)
    read = found[READ] + len(ADDRESS_CASES) + len(SCREEN_TEXTS)
    head = [
        "| kind | where it comes in | cases | refused with a sentence | read, shown or passed over, and accounted for |",
        "| --- | --- | --: | --: | --: |",
    ]
    total = f"| **all** | | **{found[REFUSED] + read}** | **{found[REFUSED]}** | **{read}** |"
    return "\n".join([_ABOUT, *head, *rows, *others, total, "", _LIMITS])


def _outcomes(cases: Iterable[Case]) -> Counter[str]:
    return Counter(case.outcome for case in cases for _ in case.inputs)


def _row(kind: str) -> str:
    cases = [case for case in CASES if case.kind == kind]
    found = _outcomes(cases)
    doors = ", ".join(dict.fromkeys(case.door for case in cases))
    return f"| {_KINDS[kind]} | {doors} | {found.total()} | {found[REFUSED] or ''} | {found[READ] or ''} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
