"""The texts of a paper: what is said under its title, and whether all of it can be shown."""

from collections.abc import Iterator

from briefing.figure import cut
from briefing.papers.paper import Block, Box, Paper, Paragraph, Picture, Points, Table
from briefing.printable import check_printable
from data.in_words import say_day

PAGES_WITHOUT_CONTENTS = 6
"""A longer paper lists its contents."""
_MOST_HEADINGS = 30
"""With more, the list of contents holds those of the first level alone."""
_MADE_ON = "Made on"
_TITLE_IN_FOOTER = 40


def short_title(paper: Paper) -> str:
    """Give the title as the foot of each page has room for it."""
    return cut(paper.title, most=_TITLE_IN_FOOTER)


def levels_of_contents(paper: Paper) -> int:
    """Say how many levels of headings the list of contents holds."""
    return 1 if len(paper.parts) > _MOST_HEADINGS else 2


def line_under_title(paper: Paper) -> str:
    """Say of what place and of which time it is."""
    return f"{paper.place.rstrip('.')}. {paper.period.rstrip('.')}."


def about_of(paper: Paper) -> list[tuple[str, str]]:
    """Say for whom and by whom it is, and always when it was made."""
    about = [(name, text) for name, text in paper.about if text]
    return about if any(name == _MADE_ON for name, _ in about) else [*about, (_MADE_ON, say_day(paper.made_on))]


def check_paper(paper: Paper) -> None:
    """Refuse a paper that cannot be set.

    Raises
    ------
    UsageError
        If a text holds a character that the font does not have.
    ValueError
        If its first part is a part of a part.
    """
    if paper.parts and paper.parts[0].level != 1:
        raise ValueError("the first part of a paper is of level 1")
    check_printable(_texts(paper))


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Give every text, and where it stands."""
    marking = (paper.marking.text, paper.marking.handling, *paper.marking.warnings)
    for text in (paper.title, paper.place, paper.period, paper.provenance, *marking):
        yield "the title, the marking or the provenance", text
    for name, text in paper.about:
        yield f"“{name}” under the title", f"{name}{text}"
    for part in paper.parts:
        for text in (part.heading, *(text for block in part.blocks for text in _texts_of(block))):
            yield f"the part of the document called “{part.heading}”", text


def _texts_of(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from (block.lead, block.text)
        case Points():
            yield from block.items
        case Table():
            yield from (block.caption, block.note, *(column.name for column in block.columns))
            yield from (cell for row in block.rows for cell in row)
        case Picture():
            yield block.text
        case Box():
            yield from (text for line in block.lines for text in _texts_of(line))
