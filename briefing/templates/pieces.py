"""What the makers of Word templates put on a page: its frame with the marking, paragraphs, lists in a row."""

from datetime import UTC, datetime

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from briefing.templates.styles import element
from briefing.word_pieces import packed

WIDE = 178
"""Millimetres between the margins."""
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""A template has a date, which must not be that of the day it was made anew."""


def a4_page(paper: Paper, *, header: str, footer: str) -> None:
    """Give every page its marking at the top and the bottom, and its number; `footer` is what stands at the left."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin, section.bottom_margin = Mm(15), Mm(14)
    section.header_distance = section.footer_distance = Mm(7)
    top = section.header.paragraphs[0]
    top.style, top.alignment = paper.styles["WO Marking"], WD_ALIGN_PARAGRAPH.CENTER
    top.add_run(header)
    bottom = section.footer.paragraphs[0]
    bottom.style = paper.styles["WO Marking"]
    bottom.paragraph_format.tab_stops.add_tab_stop(Mm(WIDE / 2), WD_TAB_ALIGNMENT.CENTER)
    bottom.paragraph_format.tab_stops.add_tab_stop(Mm(WIDE), WD_TAB_ALIGNMENT.RIGHT)
    bottom.add_run(f"{footer}\t{{{{ marking }}}}\t")
    field(bottom.add_run(), "PAGE")
    bottom.add_run(" of ")
    field(bottom.add_run(), "NUMPAGES")


def field(run: Run, name: str) -> None:
    """Make a run a field that Word fills in."""
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


def add(paper: Paper, text: str, style: str = "Normal", *, bold: str = "") -> Paragraph:
    """Add a paragraph; `bold` stands before the text."""
    paragraph = paper.add_paragraph(style=style)
    if bold:
        paragraph.add_run(bold).bold = True
    paragraph.add_run(text)
    return paragraph


def in_a_row(paper: Paper, rows: str, *, style: str) -> None:
    """Add a line of some pairs: each name in bold, then its text."""
    paragraph = add(paper, f"{{% for one in {rows} %}}{{% if not loop.first %}} | {{% endif %}}", style)
    paragraph.add_run("{{ one.name }}: ").bold = True
    paragraph.add_run("{{ one.text }}{% endfor %}")


def warnings_and_marking(paper: Paper) -> None:
    """Add what must be seen first: what the figures are not, and how the paper is to be handled."""
    add(paper, "{%p for one in warnings %}")
    add(paper, "{{ one }}", "WO Warning")
    add(paper, "{%p endfor %}")
    add(paper, "{{ marking }}. {{ handling }}", "WO Small").paragraph_format.space_before = Pt(4)


def finished(paper: Paper) -> bytes:
    """Write a template: the same bytes every time."""
    properties = paper.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    properties.created = properties.modified = _MADE
    return packed(paper)
