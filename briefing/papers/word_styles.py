"""The looks of a partnership's own Word document for papers of many pages."""

import io
from copy import deepcopy
from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from briefing.templates.make_paper_template import TEMPLATE
from briefing.templates.styles import PARTS_HERE

_LISTS = "List Bullet"
_SIDE_BY_SIDE = ("w:docDefaults", "w:latentStyles")


def open_template(own: Path | None) -> DocxTemplate:
    """Open the template of papers, in a partnership's own looks if it has any.

    Parameters
    ----------
    own
        A Word document. If it has a paragraph in the style `WO Parts`, it is filled in as it is; of any other, such as the
        template of briefings, the styles are taken.
    """
    if own is None:
        return DocxTemplate(str(TEMPLATE))
    theirs = Document(str(own))
    if place_of_parts(theirs) is not None:
        return DocxTemplate(str(own))
    ours = Document(str(TEMPLATE))
    _take_styles(ours, theirs)
    file = io.BytesIO()
    ours.save(file)
    file.seek(0)
    return DocxTemplate(file)


def place_of_parts(paper: Paper) -> Paragraph | None:
    """Find the paragraph in whose place the parts come: by its style, which no text of a paper has."""
    found = (one for one in paper.paragraphs if one.style is not None and one.style.name == PARTS_HERE)
    return next(found, None)


def _take_styles(ours: Paper, theirs: Paper) -> None:
    """Put styles in place of those of the same name, and keep those that the other document does not have."""
    kept = {style.name: style.element for style in ours.styles}
    bullets = kept[_LISTS].xpath("./w:pPr/w:numPr")
    all_styles = ours.styles.element
    taken = deepcopy(theirs.styles.element)
    names = {style.name for style in theirs.styles}
    for name, element in kept.items():
        if name not in names:
            taken.append(deepcopy(element))
    for style in taken.xpath(f"./w:style[w:name/@w:val='{_LISTS}']/w:pPr"):
        # Which list it is goes by a number of the document, not of the style.
        for number in style.findall(qn("w:numPr")):
            style.replace(number, deepcopy(bullets[0]))
    all_styles[:] = list(taken)
