"""Make the Word template of briefings, `briefing.docx`: `python -m briefing.templates.make_template`.

A council that wants its own looks changes the styles in that file (those that begin with WO, Title, the headings and Normal) and
keeps what stands in double braces.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from briefing.same_zip import without_times
from briefing.templates.styles import add_styles, element

TEMPLATE = Path(__file__).parent / "briefing.docx"
_WIDE = 178
"""Millimetres between the margins."""
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""A template has a date, which must not be that of the day it was made anew."""


def make_template() -> bytes:
    """Make it: styles first, then the page, then what stands on it."""
    paper = Document()
    add_styles(paper)
    _page(paper)
    _first_page(paper)
    _officers_part(paper)
    _rest(paper)
    properties = paper.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    properties.created = properties.modified = _MADE
    file = io.BytesIO()
    paper.save(file)
    return without_times(file.getvalue())


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin, section.bottom_margin = Mm(15), Mm(14)
    section.header_distance = section.footer_distance = Mm(7)
    header = section.header.paragraphs[0]
    header.style, header.alignment = paper.styles["WO Marking"], WD_ALIGN_PARAGRAPH.CENTER
    header.add_run("{{ marking }}{% if is_draft %} – DRAFT{% endif %}")
    footer = section.footer.paragraphs[0]
    footer.style = paper.styles["WO Marking"]
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDE / 2), WD_TAB_ALIGNMENT.CENTER)
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDE), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run("Issue {{ number }}\t{{ marking }}\t")
    _field(footer.add_run(), "PAGE")
    footer.add_run(" of ")
    _field(footer.add_run(), "NUMPAGES")


def _field(run: Run, name: str) -> None:
    for kind in ("begin", "separate", "end"):
        run._r.append(element("w:fldChar", fldCharType=kind))
        if kind == "begin":
            code = OxmlElement("w:instrText")
            code.text = name
            run._r.append(code)
        if kind == "separate":
            shown = OxmlElement("w:t")
            shown.text = "1"
            run._r.append(shown)


def _add(paper: Paper, text: str, style: str = "Normal", *, bold: str = "") -> Paragraph:
    paragraph = paper.add_paragraph(style=style)
    if bold:
        paragraph.add_run(bold).bold = True
    paragraph.add_run(text)
    return paragraph


def _each(paper: Paper, rows: str, *, style: str = "Normal") -> None:
    """A line for each of some pairs: its name in bold, then its text."""
    _add(paper, f"{{%p for one in {rows} %}}")
    _add(paper, "{{ one.text }}", style, bold="{{ one.name }}: ")
    _add(paper, "{%p endfor %}")


def _in_a_row(paper: Paper, rows: str, *, style: str) -> None:
    paragraph = _add(paper, f"{{% for one in {rows} %}}{{% if not loop.first %}} | {{% endif %}}", style)
    paragraph.add_run("{{ one.name }}: ").bold = True
    paragraph.add_run("{{ one.text }}{% endfor %}")


def _only_if(paper: Paper, test: str) -> None:
    _add(paper, f"{{%p if {test} %}}")


def _end_if(paper: Paper) -> None:
    _add(paper, "{%p endif %}")


def _bullets(paper: Paper, rows: str) -> None:
    _add(paper, f"{{%p for one in {rows} %}}")
    _add(paper, "{{ one }}", "List Bullet")
    _add(paper, "{%p endfor %}")


def _first_page(paper: Paper) -> None:
    _add(paper, "{%p for one in warnings %}")
    _add(paper, "{{ one }}", "WO Warning")
    _add(paper, "{%p endfor %}")
    _add(paper, "{{ marking }}. {{ handling }}", "WO Small").paragraph_format.space_before = Pt(4)
    _add(paper, "{{ title }}", "Title")
    _add(paper, "{{ place }}. {{ period }}.")
    _in_a_row(paper, "about", style="WO Small")
    _add(paper, "The bottom line", "Heading 1")
    _each(paper, "bottom_line", style="WO Bottom line")
    _add(paper, "Where the ward stands", "Heading 1")
    _in_a_row(paper, "position", style="Normal")
    _add(paper, "", bold="How probable it is that both are truly high:").paragraph_format.keep_with_next = True
    _add(paper, "{{ pictures.certainty }}")
    _add(paper, "{{ pictures.map }}").paragraph_format.keep_with_next = True
    _add(paper, "{{ map_text }}")
    _add(paper, "What changed", "Heading 1")
    _add(paper, "{% for one in change %}{{ one }} {% endfor %}")
    _only_if(paper, "pictures.trend")
    _add(paper, "{{ pictures.trend }}")
    _end_if(paper)


def _officers_part(paper: Paper) -> None:
    _only_if(paper, "own_page")
    _add(paper, "What the officer adds", "Heading 1").paragraph_format.page_break_before = True
    _add(paper, "{%p else %}")
    _add(paper, "What the officer adds", "Heading 1")
    _end_if(paper)
    _only_if(paper, "context")
    _add(paper, "{{ context }}", "WO Officer")
    _add(paper, "In the words of {{ context_by }}. Not worked out from the figures.", "WO Small")
    _add(paper, "{%p else %}")
    _add(paper, "No context was added.")
    _end_if(paper)
    _only_if(paper, "pictures.grading")
    _add(paper, "How serious the officer thinks it is", "Heading 1")
    table = _table(paper, widths=(80, 98))
    table.rows[0].cells[0].paragraphs[0].add_run("{{ pictures.grading }}")
    table.rows[0].cells[1].paragraphs[0].add_run("{{ grading }}")
    _end_if(paper)


def _table(paper: Paper, *, widths: tuple[int, ...], style: str = "Normal Table") -> Table:
    table: Table = paper.add_table(rows=1, cols=len(widths), style=style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _actions(paper: Paper) -> None:
    table = _table(paper, widths=(98, 46, 34), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, ("What", "Who", "By when"), strict=True):
        cell.paragraphs[0].style = paper.styles["WO Table"]
        cell.paragraphs[0].add_run(name).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for texts in (
        ("{%tr for one in actions %}",),
        ("{{ one.what }}", "{{ one.owner }}", "{{ one.due }}"),
        ("{%tr endfor %}",),
    ):
        row = table.add_row()  # type: ignore[no-untyped-call]
        for cell, text in zip(row.cells, texts, strict=False):
            cell.paragraphs[0].style = paper.styles["WO Table"]
            cell.paragraphs[0].add_run(text)


def _rest(paper: Paper) -> None:
    _add(paper, "What is being done", "Heading 1")
    _only_if(paper, "actions")
    _actions(paper)
    _add(paper, "{%p else %}")
    _add(paper, "No actions are recorded in this briefing.")
    _end_if(paper)
    _add(paper, "What you can do", "Heading 1")
    _bullets(paper, "to_do")
    _only_if(paper, "contact")
    _add(paper, "{{ contact }}", bold="Send concerns to: ")
    _end_if(paper)
    _add(paper, "What the figures can and cannot tell", "Heading 1")
    _bullets(paper, "limits")
    _add(paper, "Who made this", "Heading 1")
    _in_a_row(paper, "people", style="Normal")
    _only_if(paper, "references")
    _add(paper, "{{ references }}", bold="Data protection and equality: ")
    _end_if(paper)
    _add(paper, "{{ provenance }}", "WO Small")


if __name__ == "__main__":
    TEMPLATE.write_bytes(make_template())
