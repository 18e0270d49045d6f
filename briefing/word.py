"""The briefing as a Word document: the same content and pictures as the PDF, in a template whose styles a council can change.

The same briefing gives the same bytes. How many pages Word makes of it cannot be asked: text is as large as in the PDF, whose
font is wider than the template's.
"""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx.document import Document as Paper
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docxtpl import DocxTemplate, InlineImage

from briefing.content import Briefing
from briefing.figures import Figure, Figures
from briefing.paper_content import paper_content
from briefing.pdf import TEXT_SIZES
from briefing.word_pieces import describe_paper, describe_picture, fill_template, packed

TEMPLATE = Path(__file__).parent / "templates" / "briefing.docx"
_SMALLEST = 8.0
"""Points: no style is made smaller."""


class _Picture(InlineImage):  # type: ignore[misc]  # docxtpl has no types
    """A picture with its text equivalent, which docxtpl leaves out."""

    def __init__(self, template: DocxTemplate, figure: Figure) -> None:
        super().__init__(template, io.BytesIO(figure.png), width=Mm(figure.width_mm), height=Mm(figure.height_mm))
        self._alt = figure.alt

    def _insert_image(self) -> str:
        self.image_descriptor.seek(0)
        part = self.tpl.current_rendering_part
        drawn = part.new_pic_inline(self.image_descriptor, self.width, self.height)
        describe_picture(drawn, self._alt)
        return f'</w:t></w:r><w:r><w:drawing>{drawn.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def make_word(
    briefing: Briefing,
    figures: Figures,
    *,
    text_size: float = TEXT_SIZES[0],
    own_page: bool = False,
    template: Path | None = None,
) -> bytes:
    """Write a briefing as a Word document.

    Parameters
    ----------
    text_size
        Points that normal text has in the PDF (`briefing.pdf.Pdf.text_size`); the template's sizes shrink with it.
    own_page
        Whether the officer's part begins on a page of its own, as in the PDF (`briefing.pdf.Pdf.own_page`).
    template
        A document to take the styles from, in place of the one that comes with the program.

    Raises
    ------
    UsageError
        If the template cannot be read or asks for something that there is not.
    """
    content = paper_content(briefing)
    path = template or TEMPLATE
    paper = fill_template(
        lambda: DocxTemplate(str(path)),
        lambda document: {**content, "own_page": own_page, "pictures": _pictures(document, figures)},
        name=path.name,
    )
    _shrink(paper, by=text_size / TEXT_SIZES[0])
    describe_paper(
        paper,
        title=content["title"],
        subject=content["period"],
        keywords=content["marking"],
        author=content["partnership"],
        day=briefing.issue.made_on,
    )
    return packed(paper)


def _pictures(document: DocxTemplate, figures: Figures) -> Mapping[str, Any]:
    drawn = {
        "map": figures.map,
        "certainty": figures.certainty,
        "trend": figures.trend,
        "grading": figures.grading,
    }
    return {name: _Picture(document, figure) if figure else None for name, figure in drawn.items()}


def _shrink(paper: Paper, *, by: float) -> None:
    """Make the text of every style smaller, and the room between paragraphs."""
    if by >= 1:
        return
    for style in paper.styles:
        if isinstance(style, ParagraphStyle):
            if style.font.size:
                style.font.size = Pt(max(round(2 * style.font.size.pt * by) / 2, min(style.font.size.pt, _SMALLEST)))
            shape = style.paragraph_format
            for side in ("space_before", "space_after"):
                room = getattr(shape, side)
                if room:
                    setattr(shape, side, Pt(room.pt * by**2))
