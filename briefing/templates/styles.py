"""The styles of the Word templates: all looks stand here, none beside the text. Briefings and other papers have the same."""

from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

ACCENT, QUIET, LINE = "801650", "4A525C", "808890"
PARTS_HERE = "WO Parts"
"""The style of the paragraph in whose place the parts of a paper come."""
ROWS = "WO Rows"
"""The style of tables of figures: lines between rows, none between columns."""
_FONT = "Arial"


def add_styles(paper: Paper) -> None:
    """Give an empty document the styles of briefings and other papers."""
    normal = paper.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _dress(normal, size=10.5, after=4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    for name, size, before, after, colour in (
        ("Title", 17.0, 4.0, 3.0, "000000"),
        ("Heading 1", 12.5, 8.0, 3.0, ACCENT),
        ("Heading 2", 11.0, 8.0, 3.0, "000000"),
    ):
        style = paper.styles[name]
        assert isinstance(style, ParagraphStyle)
        _dress(style, size=size, before=before, after=after, colour=colour, bold=True)
        for border in style.element.xpath(".//w:pBdr"):
            border.getparent().remove(border)
    bullets = paper.styles["List Bullet"]
    assert isinstance(bullets, ParagraphStyle)
    _dress(bullets, size=10.5, after=1)
    _dress(
        _new(paper, "WO Warning"),
        size=10.0,
        after=0,
        bold=True,
        frame=("single", "000000", ("top", "left", "bottom", "right")),
    )
    _dress(_new(paper, "WO Small"), size=8.0, after=2)
    _dress(_new(paper, "WO Marking"), size=9.0, bold=True)
    _dress(_new(paper, "WO Table"), size=10.0, after=1)
    bottom_line = _new(paper, "WO Bottom line")
    _dress(bottom_line, size=11.0, after=2, fill="F4F1F3", frame=("thick", ACCENT, ("left",)))
    bottom_line.paragraph_format.left_indent = Mm(3)
    officer = _new(paper, "WO Officer")
    _dress(officer, size=10.5, after=2, frame=("single", QUIET, ("left",)))
    officer.paragraph_format.left_indent = Mm(3)
    _add_styles_of_long_papers(paper)


def _add_styles_of_long_papers(paper: Paper) -> None:
    """Give it what only papers of many pages have: captions, columns of numbers, lists of contents."""
    caption = _new(paper, "WO Caption")
    _dress(caption, size=10.0, before=8, after=3, bold=True)
    caption.paragraph_format.keep_with_next = True
    note = _new(paper, "WO Note")
    _dress(note, size=8.0, before=3, after=6, colour=QUIET)
    number = _new(paper, "WO Table number")
    number.base_style = paper.styles["WO Table"]
    number.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _dress(_new(paper, PARTS_HERE), size=10.5)
    for level in (1, 2):
        contents = paper.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        assert isinstance(contents, ParagraphStyle)
        contents.base_style = paper.styles["Normal"]
        _dress(contents, size=10.0, after=2)
        contents.paragraph_format.left_indent = Mm(5 * (level - 1))
    _add_rows_style(paper)


def _add_rows_style(paper: Paper) -> None:
    style = paper.styles.add_style(ROWS, WD_STYLE_TYPE.TABLE)
    properties = OxmlElement("w:tblPr")
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    for side, room in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
        margins.append(element(f"w:{side}", w=f"{room}", type="dxa"))
    properties.append(borders)
    properties.append(margins)
    style.element.append(properties)
    head, cell, below = element("w:tblStylePr", type="firstRow"), OxmlElement("w:tcPr"), OxmlElement("w:tcBorders")
    below.append(element("w:bottom", val="single", sz="8", space="0", color="000000"))
    cell.append(below)
    cell.append(element("w:vAlign", val="bottom"))
    head.append(cell)
    style.element.append(head)


def _new(paper: Paper, name: str) -> ParagraphStyle:
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = paper.styles["Normal"]
    return style


def _dress(
    style: ParagraphStyle,
    *,
    size: float,
    before: float = 0,
    after: float = 0,
    colour: str = "000000",
    bold: bool = False,
    fill: str = "",
    frame: tuple[str, str, tuple[str, ...]] | None = None,
) -> None:
    """Give a style its looks; `frame` is the kind of line, its colour and the sides it is on."""
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    for fonts in style.element.xpath(".//w:rFonts"):
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.0
    properties = style.element.get_or_add_pPr()
    if frame:
        properties.insert_element_before(
            _borders(*frame), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )
    if fill:
        shade = element("w:shd", val="clear", color="auto", fill=fill)
        properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _borders(kind: str, colour: str, sides: tuple[str, ...]) -> BaseOxmlElement:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        borders.append(element(f"w:{side}", val=kind, sz="24" if kind == "thick" else "8", space="4", color=colour))
    return borders


def element(name: str, /, **values: str) -> BaseOxmlElement:
    """Make an element of WordprocessingML with its values."""
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
