"""The styles of the Word template of briefings: all looks stand here, none beside the text."""

from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

ACCENT, QUIET = "801650", "4A525C"
_FONT = "Arial"


def add_styles(paper: Paper) -> None:
    """Give an empty document the styles of a briefing."""
    normal = paper.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _dress(normal, size=10.5, after=4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    for name, size, before, after, colour in (
        ("Title", 17.0, 4.0, 3.0, "000000"),
        ("Heading 1", 12.5, 8.0, 3.0, ACCENT),
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


def element(name: str, **values: str) -> BaseOxmlElement:
    """Make an element of WordprocessingML with its values."""
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
