"""Make the Word template of briefings, `briefing.docx`: `python -m briefing.templates.make_template`.

A council that wants its own looks changes the styles in that file (those that begin with WO, Title, the headings and Normal) and
keeps what stands in double braces.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import Table

from briefing.templates.pieces import a4_page, add, finished, in_a_row, warnings_and_marking
from briefing.templates.styles import add_styles

TEMPLATE = Path(__file__).parent / "briefing.docx"


def make_template() -> bytes:
    """Make it: styles first, then the page, then what stands on it."""
    paper = Document()
    add_styles(paper)
    a4_page(paper, header="{{ marking }}{% if is_draft %} – DRAFT{% endif %}", footer="Issue {{ number }}")
    _first_page(paper)
    _officers_part(paper)
    _rest(paper)
    return finished(paper)


def _each(paper: Paper, rows: str, *, style: str = "Normal") -> None:
    """A line for each of some pairs: its name in bold, then its text."""
    add(paper, f"{{%p for one in {rows} %}}")
    add(paper, "{{ one.text }}", style, bold="{{ one.name }}: ")
    add(paper, "{%p endfor %}")


def _only_if(paper: Paper, test: str) -> None:
    add(paper, f"{{%p if {test} %}}")


def _end_if(paper: Paper) -> None:
    add(paper, "{%p endif %}")


def _bullets(paper: Paper, rows: str) -> None:
    add(paper, f"{{%p for one in {rows} %}}")
    add(paper, "{{ one }}", "List Bullet")
    add(paper, "{%p endfor %}")


def _first_page(paper: Paper) -> None:
    warnings_and_marking(paper)
    add(paper, "{{ title }}", "Title")
    add(paper, "{{ place }}. {{ period }}.")
    in_a_row(paper, "about", style="WO Small")
    add(paper, "The bottom line", "Heading 1")
    _each(paper, "bottom_line", style="WO Bottom line")
    add(paper, "Where the ward stands", "Heading 1")
    in_a_row(paper, "position", style="Normal")
    add(paper, "", bold="How probable it is that both are truly high:").paragraph_format.keep_with_next = True
    add(paper, "{{ pictures.certainty }}")
    add(paper, "{{ pictures.map }}").paragraph_format.keep_with_next = True
    add(paper, "{{ map_text }}")
    add(paper, "What changed", "Heading 1")
    add(paper, "{% for one in change %}{{ one }} {% endfor %}")
    _only_if(paper, "pictures.trend")
    add(paper, "{{ pictures.trend }}")
    _end_if(paper)


def _officers_part(paper: Paper) -> None:
    _only_if(paper, "own_page")
    add(paper, "What the officer adds", "Heading 1").paragraph_format.page_break_before = True
    add(paper, "{%p else %}")
    add(paper, "What the officer adds", "Heading 1")
    _end_if(paper)
    _only_if(paper, "context")
    add(paper, "{{ context }}", "WO Officer")
    add(paper, "In the words of {{ context_by }}. Not worked out from the figures.", "WO Small")
    add(paper, "{%p else %}")
    add(paper, "No context was added.")
    _end_if(paper)
    _only_if(paper, "pictures.grading")
    add(paper, "How serious the officer thinks it is", "Heading 1")
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
    add(paper, "What is being done", "Heading 1")
    _only_if(paper, "actions")
    _actions(paper)
    add(paper, "{%p else %}")
    add(paper, "No actions are recorded in this briefing.")
    _end_if(paper)
    _only_if(paper, "provided")
    add(paper, "{{ provided }}")
    _end_if(paper)
    add(paper, "What you can do", "Heading 1")
    _bullets(paper, "to_do")
    _only_if(paper, "contact")
    add(paper, "{{ contact }}", bold="Send concerns to: ")
    _end_if(paper)
    add(paper, "What the figures can and cannot tell", "Heading 1")
    _bullets(paper, "limits")
    add(paper, "Who made this", "Heading 1")
    in_a_row(paper, "people", style="Normal")
    _only_if(paper, "references")
    add(paper, "{{ references }}", bold="Data protection and equality: ")
    _end_if(paper)
    add(paper, "{{ provenance }}", "WO Small")


if __name__ == "__main__":
    TEMPLATE.write_bytes(make_template())
