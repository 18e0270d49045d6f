"""Excel workbook of a run: notes first, then the figures; marked on every printed sheet."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.spreadsheet_text import harmless_table
from data.visible_text import visible_text
from disclosure.export_columns import describe_column
from disclosure.export_sinks import Exported

NOTES, FIGURES = "Notes", "Figures"
_HEADING = Font(bold=True)
_TINT = PatternFill("solid", fgColor="ECEEF1")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDEST, _LEAST = 40, 10
"""Characters."""
_FORMATS = {"probability": "0.000", "relative_risk": "0.00", "expected": "0.0", "rate": "0.0", "times": "0.00"}
_WHOLE, _OTHER = "#,##0", "0.00"
_COUNTS = ("observed_", "count_")
"""Columns of counts, which are text where some are given as `7 or fewer`."""
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_LONGEST_HEADER = 200
"""Letters: Excel takes 255 of a header in all."""


def workbook_file(exported: Exported) -> dict[str, bytes]:
    """Write an Excel workbook without a formula, macro or link.

    The bytes are the same for the same run and version of openpyxl: what holds a time holds that of the snapshot.
    """
    workbook = openpyxl.Workbook()
    notes = workbook.active
    if not isinstance(notes, Worksheet):
        raise TypeError("a new workbook has a sheet")
    notes.title = NOTES
    _write_notes(notes, exported)
    _write_figures(workbook.create_sheet(FIGURES), exported)
    for sheet in (notes, workbook[FIGURES]):
        _mark_print(sheet, exported)
    workbook.properties.title = exported.title
    workbook.properties.subject = " ".join(exported.marking.lines())
    workbook.properties.creator = exported.origin_in_words()["software"]
    workbook.properties.created = exported.made_at.astimezone(UTC).replace(tzinfo=None)
    file = io.BytesIO()
    workbook.save(file)
    return {f"{exported.name}.xlsx": _without_times(file.getvalue(), exported)}


def _write_notes(sheet: Worksheet, exported: Exported) -> None:
    facts = exported.origin_in_words()
    area = f"{exported.facts['partnership']}, wards of {exported.facts['vintage']}"
    rows = [
        *((line, "") for line in exported.marking.lines()),
        (exported.title, ""),
        ("", ""),
        ("Area", area),
        ("Period", exported.window),
        ("Snapshot of the data", facts["snapshot"]),
        ("For", facts["audience"]),
        ("Made by", facts["software"]),
        *([("Boundaries", exported.credit)] if exported.credit else []),
        ("", ""),
        ("How to read it", f"{exported.how_to_read()} A figure of an area says nothing of any person in it."),
        ("", ""),
        ("Column", "What it holds"),
        *((str(name), describe_column(str(name))) for name in exported.attributes),
        ("", ""),
        ("Question, settings and versions", ""),
        *_named(json.loads(exported.origin())),
    ]  # fmt: skip
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            _write_text(sheet, number, place, text)
            sheet.cell(number, place).alignment = _WRAPPED if place > 1 else Alignment(vertical="top")
        if number <= len(exported.marking.lines()) + 1 or row[0] in {"Column", "Question, settings and versions"}:
            sheet.cell(number, 1).font = _HEADING
            sheet.cell(number, 2).font = _HEADING
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 100


def _named(facts: Mapping[str, Any], *, above: str = "") -> Iterator[tuple[str, str]]:
    """Give nested facts as name and value, a row each: `settings, analysis, threshold` and `1.5`; empty ones not."""
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _named(value, above=f"{above}{name}, ")
        elif isinstance(value, list):
            yield from ((f"{above}{name}" if place == 0 else "", _said(one)) for place, one in enumerate(value))
        elif value not in (None, ""):
            yield f"{above}{name}", _said(value)


def _said(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _write_figures(sheet: Worksheet, exported: Exported) -> None:
    table = harmless_table(exported.attributes)
    for place, name in enumerate(table.columns, start=1):
        _write_text(sheet, 1, place, str(name))
        heading = sheet.cell(1, place)
        heading.font, heading.fill, heading.alignment = _HEADING, _TINT, _WRAPPED
        _write_column(sheet, table[name], place=place)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_column(sheet: Worksheet, column: "pd.Series[Any]", *, place: int) -> None:
    """Write numbers as numbers, and texts as texts whatever they begin with; a missing number is an empty cell."""
    layout, counted = _format_of(column), str(column.name).startswith(_COUNTS)
    longest = len(str(column.name))
    for row, value in enumerate(column.tolist(), start=2):
        if isinstance(value, str) and not (counted and _NUMBER.fullmatch(value)):
            _write_text(sheet, row, place, value)
        elif isinstance(value, bool):
            sheet.cell(row, place).value = value
        elif not pd.isna(value):
            cell = sheet.cell(row, place)
            cell.value = int(value) if isinstance(value, str) else value
            cell.number_format = layout
        longest = max(longest, len(str(value)) if isinstance(value, str) else 0)
    sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, _LEAST), _WIDEST)


def _format_of(column: "pd.Series[Any]") -> str:
    if not pd.api.types.is_float_dtype(column.dtype):
        return _WHOLE
    stems = (layout for stem, layout in _FORMATS.items() if str(column.name).startswith(stem))
    return next(stems, _OTHER)


def _write_text(sheet: Worksheet, row: int, place: int, text: str) -> None:
    """Write a text that stays one: openpyxl takes what begins with `=` for a formula, and refuses what cannot be seen."""
    if text:
        cell = sheet.cell(row, place)
        cell.value = visible_text(text)
        cell.data_type = "s"


def _mark_print(sheet: Worksheet, exported: Exported) -> None:
    marking = exported.marking.lines()[0].replace("&", "&&")[:_LONGEST_HEADER]
    facts = exported.origin_in_words()
    sheet.oddHeader.center.text = marking
    sheet.oddFooter.center.text = (
        f"{exported.marking.text}. Snapshot {facts['snapshot']}. {facts['software']}. Page &P of &N"
    )


def _without_times(packed: bytes, exported: Exported) -> bytes:
    """Pack the workbook again with the time of the snapshot in place of that of writing."""
    moment = exported.made_at.astimezone(UTC)
    said = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + said, content)
            part = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(part, content)
    return file.getvalue()
