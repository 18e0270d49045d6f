"""The parts of a paper in a Word document: headings, paragraphs, tables, pictures, in the styles of the template."""

import io
from collections.abc import Sequence
from copy import deepcopy

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from briefing.figure import Figure
from briefing.papers.fitting import PAGE_WIDTH, TABLE_SIZES, fit_table, in_rows
from briefing.papers.paper import Block, Box, Column, Paragraph, Part, Picture, Points, Table
from briefing.templates.styles import ROWS, element
from briefing.word_pieces import describe_picture

_KEPT_ROWS = 3
"""Rows at the top of a table, its head among them, that stand on one page with the row after them."""
_HEADINGS = {1: "Heading 1", 2: "Heading 2"}


class Writer:
    """Writes before one paragraph of a document."""

    def __init__(self, document: Document, place: Line) -> None:
        """Write into a `document` before the paragraph `place`."""
        self._document = document
        self._place = place
        self._headings = 0
        self._lines: list[Line] = []

    def line(self, text: str, style: str = "Normal", *, lead: str = "") -> Line:
        """Write a paragraph."""
        line = self._place.insert_paragraph_before(style=style)
        if lead:
            line.add_run(f"{lead}: ").bold = True
        line.add_run(text)
        self._lines.append(line)
        return line

    def part(self, part: Part) -> None:
        """Write a part under its heading, which the list of contents finds by a bookmark."""
        before = len(self._lines)
        heading = self.line(part.heading, _HEADINGS[part.level])
        heading.paragraph_format.page_break_before = part.new_page or None
        heading.paragraph_format.keep_with_next = True
        self._headings += 1
        begin = element("w:bookmarkStart", id=f"{self._headings}", name=bookmark(self._headings))
        heading.runs[0]._r.addprevious(begin)
        heading._p.append(element("w:bookmarkEnd", id=f"{self._headings}"))
        for block in part.blocks:
            self._block(block)
        if part.together:
            for line in self._lines[before : None if part.level == 1 else -1]:
                line.paragraph_format.keep_with_next = True

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self.line(block.text, "WO Small" if block.quiet else "Normal", lead=block.lead)
            case Points():
                for item in block.items:
                    self.line(item, "List Bullet")
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)
            case Box():
                lines = [self.line(one.text, "WO Bottom line", lead=one.lead) for one in block.lines]
                for line in lines[:-1]:
                    line.paragraph_format.keep_with_next = True

    def _picture(self, picture: Picture) -> None:
        rows = [self._in_a_row(figures) for figures in in_rows(picture.figures)]
        for row in rows if picture.text else rows[:-1]:
            row.paragraph_format.keep_with_next = True
        if picture.text:
            self.line(picture.text)

    def _in_a_row(self, figures: Sequence[Figure]) -> Line:
        line = self.line("")
        for number, figure in enumerate(figures):
            run = line.add_run("  " if number else "")
            by = min(PAGE_WIDTH / figure.width_mm, 1)
            size = {"width": Mm(figure.width_mm * by), "height": Mm(figure.height_mm * by)}
            describe_picture(run.add_picture(io.BytesIO(figure.png), **size)._inline, figure.alt)
        return line

    def _table(self, table: Table) -> None:
        if table.caption:
            self.line(table.caption, "WO Caption")
        fit = fit_table(table)
        made = self._document.add_table(rows=2, cols=len(table.columns), style=ROWS)
        made.autofit = False
        for column, width in zip(made.columns, fit.widths, strict=True):
            column.width = Mm(width)
        smaller = fit.size / TABLE_SIZES[0]
        head, pattern = made.rows
        for row, bold in ((head, True), (pattern, False)):
            for cell, column, width in zip(row.cells, table.columns, fit.widths, strict=True):
                cell.width = Mm(width)
                self._dress_cell(cell.paragraphs[0], column, smaller=smaller).bold = bold or None
        _fill(head._tr, [column.name for column in table.columns])
        head._tr.get_or_add_trPr().append(element("w:cantSplit"))
        head._tr.get_or_add_trPr().append(element("w:tblHeader"))
        _add_rows(pattern._tr, table)
        for row in [head._tr, *head._tr.itersiblings(qn("w:tr"))][:_KEPT_ROWS]:
            for line in row.iter(qn("w:p")):
                line.get_or_add_pPr().keepNext_val = True
        self._place._p.addprevious(made._tbl)
        # Even without a text: two tables with nothing between them would be one.
        self.line(table.note, "WO Note")

    def _dress_cell(self, line: Line, column: Column, *, smaller: float) -> Run:
        style = self._document.styles["WO Table number" if column.number else "WO Table"]
        line.style = style
        run = line.add_run(" ")
        if smaller < 1:
            run.font.size = Pt(round(2 * (self._document.styles["WO Table"].font.size or Pt(10)).pt * smaller) / 2)
        return run


def bookmark(number: int) -> str:
    """Name the bookmark of a heading, by its number from 1."""
    return f"_Toc{number:06d}"


def _add_rows(pattern: BaseOxmlElement, table: Table) -> None:
    """Make a row of each by copying one: python-docx counts all cells for each cell that it gives."""
    properties = pattern.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if table.row_height_mm:
        properties.append(element("w:trHeight", val=f"{Mm(table.row_height_mm).twips}", hRule="atLeast"))
    for texts in table.rows:
        row = deepcopy(pattern)
        _fill(row, texts)
        pattern.addprevious(row)
    pattern.getparent().remove(pattern)


def _fill(row: BaseOxmlElement, texts: Sequence[str]) -> None:
    for said, text in zip(row.iter(qn("w:t")), texts, strict=True):
        said.text = text
        said.set(qn("xml:space"), "preserve")
