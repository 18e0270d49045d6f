"""Typst: a template and texts to a PDF that is tagged, PDF/UA-1 and PDF/A-2a; the same bytes for the same texts.

It sets with the font that comes with matplotlib, reads no font of the machine and asks no network. The texts go in as data.
"""

import json
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from typst import Compiler

from briefing.figure import Figure
from briefing.printable import font_folder

_COMPILING = threading.Lock()
"""A compiler keeps the inputs of the last document, which is asked for its number of pages."""


def set_pdf(template: Path, inputs: Mapping[str, str], *, day: date) -> tuple[bytes, int]:
    """Set a PDF, and count its pages.

    Parameters
    ----------
    template
        A Typst document, which ends with its number of pages as metadata labelled `<pages>`.
    inputs
        What the template finds in `sys.inputs`.
    day
        The date that the file bears.
    """
    at = int(datetime.combine(day, time(), tzinfo=UTC).timestamp())
    with _COMPILING:
        compiler = _compiler(template)
        made = compiler.compile(format="pdf", sys_inputs=dict(inputs), pdf_standards=["ua-1", "a-2a"], timestamp=at)
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made, int(pages)


@cache
def _compiler(template: Path) -> Compiler:
    """Fonts are read once."""
    return Compiler(str(template), root=str(template.parent), font_paths=[str(font_folder())], ignore_system_fonts=True)


def day_inputs(day: date) -> dict[str, str]:
    """Give a date as templates take it."""
    return {"year": f"{day.year}", "month": f"{day.month}", "day": f"{day.day}"}


def picture_input(figure: Figure) -> dict[str, Any]:
    """Give a picture as templates take it."""
    return {"svg": figure.svg.decode(), "alt": figure.alt, "width": figure.width_mm}
