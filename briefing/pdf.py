"""The briefing as a PDF of two pages at most: tagged, PDF/UA-1 and PDF/A-2a, the same bytes for the same briefing.

Typst sets it with the font that comes with matplotlib, reads no font of the machine and asks no network. The texts go in as data.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from typst import Compiler

from briefing.content import Briefing
from briefing.figures import Figure, Figures
from briefing.paper_content import Content, paper_content
from briefing.printable import font_folder
from data.errors import UsageError

MOST_PAGES = 2
TEXT_SIZES = (10.5, 10.0, 9.5, 9.0)
"""Points: the largest that fits is taken."""
LAYOUTS = ("roomy", "flowing", "tight")
"""Of `templates/briefing.typ`; the first reads best."""
TEMPLATE = Path(__file__).parent / "templates" / "briefing.typ"

_COMPILING = threading.Lock()
"""The compiler keeps the inputs of the last document, which is asked for its number of pages."""


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
    for text_size in TEXT_SIZES:
        for layout in LAYOUTS:
            made, pages = _set({**inputs, "size": f"{text_size}", "layout": layout}, day=briefing.issue.made_on)
            if pages <= MOST_PAGES:
                return Pdf(content=made, text_size=text_size, own_page=layout == LAYOUTS[0], pages=pages)
    raise UsageError(_too_long(content))


def _set(inputs: Mapping[str, str], *, day: date) -> tuple[bytes, int]:
    at = int(datetime.combine(day, time(), tzinfo=UTC).timestamp())
    with _COMPILING:
        made = _compiler().compile(format="pdf", sys_inputs=dict(inputs), pdf_standards=["ua-1", "a-2a"], timestamp=at)
        pages = json.loads(_compiler().query("<pages>", field="value", one=True))
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made, int(pages)


@cache
def _compiler() -> Compiler:
    """Fonts are read once."""
    return Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[str(font_folder())], ignore_system_fonts=True)


def inputs_of(content: Content, figures: Figures, *, day: date) -> dict[str, str]:
    """What the template takes: the texts and the pictures as JSON, the date."""
    pictures = {
        "map": _picture(figures.map),
        "certainty": _picture(figures.certainty),
        "trend": _picture(figures.trend),
        "grading": _picture(figures.grading),
    }
    return {
        "content": json.dumps(content),
        "pictures": json.dumps(pictures),
        "year": f"{day.year}",
        "month": f"{day.month}",
        "day": f"{day.day}",
    }


def _picture(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {"svg": figure.svg.decode(), "alt": figure.alt, "width": figure.width_mm}


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
