"""The briefing as a PDF of two pages at most: tagged, PDF/UA-1 and PDF/A-2a, the same bytes for the same briefing."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing.content import Briefing
from briefing.figures import Figures
from briefing.paper_content import Content, paper_content
from briefing.typesetting import day_inputs, picture_input, set_pdf
from data.errors import UsageError

MOST_PAGES = 2
TEXT_SIZES = (10.5, 10.0, 9.5, 9.0)
"""Points: the largest that fits is taken."""
LAYOUTS = ("roomy", "flowing", "tight")
"""Of `templates/briefing.typ`; the first reads best."""
_ATTEMPTS = [(size, layout) for two in (TEXT_SIZES[:2], TEXT_SIZES[2:]) for layout in LAYOUTS for size in two]
"""Half a point is given up before the room between parts is."""
TEMPLATE = Path(__file__).parent / "templates" / "briefing.typ"


@dataclass(frozen=True)
class Pdf:
    """A document that fits."""

    content: bytes
    text_size: float
    """Points, of normal text."""
    own_page: bool
    """Whether the officer's part has a page of its own."""
    pages: int


def make_pdf(briefing: Briefing, figures: Figures) -> Pdf:
    """Set a briefing as a PDF.

    Raises
    ------
    UsageError
        If it does not fit on two pages at the smallest text size that can be read, or holds what cannot be shown.
    """
    content = paper_content(briefing)
    inputs = inputs_of(content, figures, day=briefing.issue.made_on)
    for text_size, layout in _ATTEMPTS:
        size_and_layout = {"size": f"{text_size}", "layout": layout}
        made, pages = set_pdf(TEMPLATE, {**inputs, **size_and_layout}, day=briefing.issue.made_on)
        if pages <= MOST_PAGES:
            return Pdf(content=made, text_size=text_size, own_page=layout == LAYOUTS[0], pages=pages)
    raise UsageError(_too_long(content))


def inputs_of(content: Content, figures: Figures, *, day: date) -> dict[str, str]:
    """What the template takes: the texts and the pictures as JSON, the date."""
    drawn = {"map": figures.map, "certainty": figures.certainty, "trend": figures.trend, "grading": figures.grading}
    pictures = {name: picture_input(figure) if figure else None for name, figure in drawn.items()}
    return {"content": json.dumps(content), "pictures": json.dumps(pictures), **day_inputs(day)}


def _too_long(content: Content) -> str:
    texts = {
        "the officer's context": len(content["context"]),
        "the reason for the grading": len(content["grading"]),
        "what is asked of the councillor": len(content["bottom_line"][2]["text"]),
        "the actions": sum(len(one["what"]) + len(one["owner"]) for one in content["actions"]),
    }
    longest = max(texts, key=texts.__getitem__)
    return (
        f"This briefing does not fit on {MOST_PAGES} pages, even in {TEXT_SIZES[-1]:g} point. Shorten {longest}: it is the "
        f"longest of the officer's texts, with {texts[longest]:,} characters."
    )
