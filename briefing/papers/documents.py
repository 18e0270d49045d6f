"""The documents of a paper of many pages: the same content and pictures as PDF and as Word."""

from pathlib import Path

from briefing.papers.paper import Paper
from briefing.papers.pdf import make_pdf
from briefing.papers.texts import PAGES_WITHOUT_CONTENTS, check_paper
from briefing.papers.word import make_word


def make_papers(paper: Paper, *, word_template: Path | None = None) -> dict[str, bytes]:
    """Make both documents, by the ends of their file names.

    Parameters
    ----------
    word_template
        A Word document of the partnership's own: one made from `templates/paper.docx`, or any other with its styles, such as
        that for briefings.

    Returns
    -------
    dict
        `pdf` and `docx`: the same bytes for the same paper.

    Raises
    ------
    UsageError
        If a text holds what cannot be shown, or the template cannot be filled in.
    ValueError
        If the first part is not of level 1.
    """
    check_paper(paper)
    pdf = make_pdf(paper)
    contents = pdf.pages > PAGES_WITHOUT_CONTENTS
    return {"pdf": pdf.content, "docx": make_word(paper, contents=contents, template=word_template)}
