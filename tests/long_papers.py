"""Papers of many pages made by hand: with every kind of block, with texts that look like code, with the longest names."""

from datetime import date
from functools import cache

import shapely

from briefing.figure import Figure
from briefing.papers.area_map import area_map_figure
from briefing.papers.paper import Box, Column, Paper, Paragraph, Part, Picture, Points, Table
from disclosure.marking import make_marking
from disclosure.palette import CLASSES_OF_OVERLAP, style_of_class
from tests.papers import NASTY, prose

LONG_NAME = "Saint Bartholomew-on-the-Hill with Llanfairpwllgwyngyll, Netherseal & Stoke Golding Upper Lower End"[:100]


@cache
def small_map(*, width_mm: float = 178) -> Figure:
    """A map of six square areas."""
    squares = {f"X{number}": shapely.box(number * 1_000, 0, number * 1_000 + 1_000, 1_500) for number in range(6)}
    styles = dict(zip(squares, (style_of_class(one, dark=False) for one in CLASSES_OF_OVERLAP), strict=True))
    return area_map_figure(
        squares,
        styles=styles,
        key=[(style.label, style) for style in styles.values()],
        alt=f"Six areas, one of each class, {width_mm:g} mm wide.",
        labels={"X0": "1"},
        width_mm=width_mm,
        height_mm=90,
    )


def a_table(
    *, rows: int = 8, name: str = "Ward", caption: str = "Wards and how sure it is", note: str = "A note."
) -> Table:
    """A table with two columns of numbers."""
    columns = (
        Column("Ward", share=3),
        Column("District", share=2),
        Column("Probability", number=True),
        Column("Times", number=True),
    )
    cells = tuple((f"{name} {number}", "North", f"{number % 10 / 10:.1f}", f"{number:,}") for number in range(rows))
    return Table(caption, columns, cells, note=note)


def a_paper(*parts: Part, text: str = "A sentence of ordinary length that says one thing.", **changed: object) -> Paper:
    """A paper with every kind of block, or with `parts`."""
    usual = (
        Part("The bottom line", [Box((Paragraph(text, lead="What"), Paragraph(text, lead="How sure")))]),
        Part(
            "Where both are high",
            [Paragraph(text), Picture((small_map(),), text=text), Points((text, text)), a_table()],
        ),
        Part("Year by year", [Picture((small_map(width_mm=56),) * 3, text=text)], level=2),
        Part(
            "What the figures cannot tell", [Paragraph(text, quiet=True), Paragraph(text, lead="Limits")], new_page=True
        ),
    )
    asked = {
        "kind": "steering-pack",
        "title": "Steering group pack",
        "place": "Sixwards",
        "period": "Figures for July 2025 to June 2026",
        "marking": make_marking(handling="Do not forward.", invented=("wards",)),
        "made_on": date(2026, 11, 22),
        "parts": parts or usual,
        "provenance": "Snapshot 2024-25-q4-0123456789ab, settings 0123456789ab, software 0.1.0.",
        "about": (("For", "the Prevent steering group"),),
    }
    return Paper(**{**asked, **changed})  # type: ignore[arg-type]


def nasty_paper() -> Paper:
    """Every text looks like Typst, mathtext, XML and Jinja."""
    nasty_table = Table(NASTY, (Column(NASTY), Column(NASTY, number=True)), ((NASTY, NASTY),), note=NASTY)
    parts = (
        Part(
            NASTY, [Paragraph(NASTY, lead=NASTY), Points((NASTY,)), nasty_table, Box((Paragraph(NASTY, lead=NASTY),))]
        ),
        Part(NASTY, [Picture((small_map(),), text=NASTY), Paragraph(NASTY, quiet=True)], level=2),
    )
    return a_paper(*parts, title=NASTY, place=NASTY, period=NASTY, about=((NASTY, NASTY),), provenance=NASTY)


def long_paper() -> Paper:
    """Many pages: a table of 180 wards with names of 100 characters, parts of parts, pictures, long words."""
    parts = [
        Part(
            "The bottom line",
            [Box(tuple(Paragraph(prose(220), lead=lead) for lead in ("What", "How sure", "What we ask")))],
        ),
        Part("All wards", [Paragraph(prose(300)), a_table(rows=180, name=LONG_NAME, note=prose(200))]),
    ]
    for number in range(5):
        blocks = [
            Paragraph(prose(500)),
            Picture((small_map(),), text=prose(200)),
            a_table(rows=6),
            Paragraph("x" * 120),
        ]
        parts.append(Part(f"{number} {LONG_NAME}", blocks, level=1 + number % 2))
    return a_paper(*parts, about=tuple((f"Name {number}", prose(90)) for number in range(5)))
