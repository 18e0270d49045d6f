"""The papers of one ward: the same content and pictures as PDF and as Word."""

from pathlib import Path

from briefing.area_facts import AreaFacts
from briefing.content import Issue, write_briefing
from briefing.figures import make_figures
from briefing.map_ground import MapGround
from briefing.officers_words import OfficersWords
from briefing.pdf import make_pdf
from briefing.word import make_word

KINDS = ("pdf", "docx")


def make_documents(
    area: AreaFacts,
    ward: str,
    *,
    ground: MapGround,
    words: OfficersWords,
    issue: Issue,
    word_template: str | None = None,
) -> dict[str, bytes]:
    """Make both papers of a ward, by the ends of their file names.

    Parameters
    ----------
    area : AreaFacts
        Released for councillors.
    ground : MapGround
        `map_ground(area)`, made once for all its wards.
    word_template
        Path of a Word document to take styles from.

    Raises
    ------
    UsageError
        If there is no such ward, nothing is known of it, or the words do not fit on two pages.
    """
    briefing = write_briefing(area, ward, words=words, issue=issue)
    figures = make_figures(briefing, ground=ground)
    pdf = make_pdf(briefing, figures)
    template = Path(word_template) if word_template else None
    word = make_word(briefing, figures, text_size=pdf.text_size, own_page=pdf.own_page, template=template)
    return {"pdf": pdf.content, "docx": word}
