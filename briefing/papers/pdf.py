"""A paper of many pages as a PDF: tagged, PDF/UA-1 and PDF/A-2a, the same bytes for the same paper."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.figure import Figure
from briefing.papers.fitting import fit_table, in_rows
from briefing.papers.paper import Block, Box, Paper, Paragraph, Part, Picture, Points, Table
from briefing.papers.texts import PAGES_WITHOUT_CONTENTS, about_of, levels_of_contents, line_under_title, short_title
from briefing.typesetting import day_inputs, picture_input, set_pdf

TEMPLATE = Path(__file__).parent.parent / "templates" / "paper.typ"
_LONGEST_ROW = 900
"""Characters in a cell: a row with more may break over pages."""
_LONGEST_BOX = _LONGEST_PART = 2_500
"""Characters: what has more may break over pages."""

_Json = Mapping[str, Any]


@dataclass(frozen=True)
class Pdf:
    """A paper that is set."""

    content: bytes
    pages: int


def make_pdf(paper: Paper) -> Pdf:
    """Set a paper, whose texts have been checked (`texts.check_paper`), as a PDF."""
    pictures: list[Figure] = []
    content = {
        "title": paper.title,
        "short_title": short_title(paper),
        "line": line_under_title(paper),
        "author": paper.place,
        "marking": paper.marking.text,
        "handling": paper.marking.handling,
        "warnings": list(paper.marking.warnings),
        "about": [{"name": name, "text": text} for name, text in about_of(paper)],
        "parts": [_part(part, pictures=pictures) for part in paper.parts],
        "pages_without_contents": PAGES_WITHOUT_CONTENTS,
        "levels_of_contents": levels_of_contents(paper),
        "provenance": paper.provenance,
    }
    inputs = {
        "content": json.dumps(content),
        "pictures": json.dumps([picture_input(figure) for figure in pictures]),
        **day_inputs(paper.made_on),
    }
    return Pdf(*set_pdf(TEMPLATE, inputs, day=paper.made_on))


def _part(part: Part, *, pictures: list[Figure]) -> _Json:
    return {
        "heading": part.heading,
        "level": part.level,
        "new_page": part.new_page,
        "together": part.together and _letters(part) <= _LONGEST_PART,
        "blocks": [_block(block, pictures=pictures) for block in part.blocks],
    }


def _letters(part: Part) -> int:
    """Count what is not in tables: a table says for itself where it breaks."""
    texts = [one.text for one in part.blocks if isinstance(one, Paragraph | Picture)]
    return sum(map(len, texts))


def _block(block: Block, *, pictures: list[Figure]) -> _Json:
    """Give a block by its kind; its pictures are added to `pictures`, where they are found by number."""
    match block:
        case Paragraph():
            return _paragraph(block)
        case Points():
            return {"kind": "points", "items": list(block.items)}
        case Table():
            return _table(block)
        case Picture():
            return _picture(block, pictures=pictures)
        case Box():
            long = sum(len(line.text) for line in block.lines) > _LONGEST_BOX
            return {"kind": "box", "lines": [_paragraph(line) for line in block.lines], "breakable": long}


def _paragraph(paragraph: Paragraph) -> _Json:
    return {"kind": "paragraph", "text": paragraph.text, "lead": paragraph.lead, "quiet": paragraph.quiet}


def _table(table: Table) -> _Json:
    fit = fit_table(table)
    columns = zip(table.columns, fit.widths, strict=True)
    return {
        "kind": "table",
        "caption": table.caption,
        "note": table.note,
        "size": fit.size,
        "longest_word": fit.longest_word,
        "row_height": table.row_height_mm,
        "columns": [{"name": one.name, "number": one.number, "width": width} for one, width in columns],
        "rows": [{"cells": list(row), "breakable": max(map(len, row)) > _LONGEST_ROW} for row in table.rows],
    }


def _picture(picture: Picture, *, pictures: list[Figure]) -> _Json:
    rows = in_rows(picture.figures)
    start = len(pictures)
    pictures += picture.figures
    numbers = iter(range(start, len(pictures)))
    return {"kind": "picture", "rows": [[next(numbers) for _ in row] for row in rows], "text": picture.text}
