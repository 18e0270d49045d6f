"""The trend in bands: a row for each measure and one for both, a column for each year; position, shade and words, no number."""

import math
from dataclasses import dataclass
from functools import lru_cache
from textwrap import fill

from matplotlib.axes import Axes

from briefing.figure import BORDER, INK, PAPER, QUIET, Figure, box, draw, write
from briefing.ward_facts import WardFacts, YearFacts
from disclosure.palette import style_of_certainty
from disclosure.wording import COARSE_RISK, PROBABILITY

WIDTH = 178.0
"""Millimetres."""
_LABELS, _HEAD, _ROW = 37.0, 7.6, 9.2
_WIDEST = 46.0
"""Of a column: one year alone does not fill the page."""
NOT_KNOWN = "not known"
SHADES = ("#c9ced6", "#808890", INK)
"""Of the bands of risk, from low to high."""


@dataclass(frozen=True)
class _Cell:
    left: float
    bottom: float
    wide: float


def trend_figure(facts: WardFacts, *, incidents: str) -> Figure:
    """Draw how a ward stood year by year.

    Parameters
    ----------
    facts : WardFacts
        With bands of `COARSE_RISK`, as councillors have them, and at least one year.
    incidents
        What the second measure is called.

    Raises
    ------
    ValueError
        If a band is another one, such as an exact value.
    """
    return _drawn(facts.years, ("Referrals to Prevent", incidents.capitalize(), "Both truly high?"))


@lru_cache(maxsize=64)
def _drawn(years: tuple[YearFacts, ...], rows: tuple[str, str, str]) -> Figure:
    """Draw it once for all wards that stood alike: most of a pack."""
    return draw(
        lambda axes: _paint(axes, years, rows=rows),
        alt=_in_words(years, rows=rows),
        width_mm=WIDTH,
        height_mm=_HEAD + len(rows) * _ROW + 0.5,
    )


def short_band(band: str) -> str:
    """Give a band without its numbers."""
    if not band or band == "nan":
        return NOT_KNOWN
    if band not in COARSE_RISK.names:
        raise ValueError("papers hold the bands that councillors may have, and no other")
    return band.partition(" (")[0]


def _in_words(years: tuple[YearFacts, ...], *, rows: tuple[str, str, str]) -> str:
    said = [
        f"{year.words}: {rows[0]} {short_band(year.referrals_band)}, {rows[1]} {short_band(year.incidents_band)}, "
        f"that both are high {year.certainty or NOT_KNOWN}."
        for year in years
    ]
    return " ".join(("Table of years.", *said))


def _paint(axes: Axes, years: tuple[YearFacts, ...], *, rows: tuple[str, str, str]) -> None:
    wide = min((WIDTH - _LABELS - 0.5) / max(len(years), 1), _WIDEST)
    right = _LABELS + wide * len(years)
    for place, row in enumerate(rows):
        bottom = (len(rows) - 1 - place) * _ROW + 0.3
        axes.plot((0, right), (bottom + _ROW, bottom + _ROW), color=BORDER, linewidth=0.6)
        write(axes, 0, bottom + _ROW / 2, fill(row, 21), bold=True)
    for place, year in enumerate(years):
        left = _LABELS + place * wide
        write(axes, left + 1, len(rows) * _ROW + 3.9, year.words.replace(" to ", " to\n"), color=QUIET)
        _risk(axes, _Cell(left, 2 * _ROW + 0.3, wide), band=year.referrals_band)
        _risk(axes, _Cell(left, _ROW + 0.3, wide), band=year.incidents_band)
        _both(axes, _Cell(left, 0.3, wide), word=year.certainty)


def _risk(axes: Axes, cell: _Cell, *, band: str) -> None:
    """Draw three steps, the ward's one filled: where it is and how dark both say how high."""
    words = short_band(band)
    level = COARSE_RISK.names.index(band) if words != NOT_KNOWN else -1
    for step, shade in enumerate(SHADES):
        place = (cell.left + 1, cell.bottom + 0.8 + step * 2.7, 5.0, 2.3)
        box(axes, place, fill=shade if step == level else PAPER, edge=INK if step == level else BORDER)
    _say(axes, cell, words=words, bold=level == len(SHADES) - 1)


def _both(axes: Axes, cell: _Cell, *, word: str) -> None:
    if word in PROBABILITY.names:
        box(axes, (cell.left + 1, cell.bottom + 0.8, 5, 7.7), style=style_of_certainty(word, dark=False))
    _say(axes, cell, words=word or NOT_KNOWN, bold=False)


def _say(axes: Axes, cell: _Cell, *, words: str, bold: bool) -> None:
    letters = math.floor((cell.wide - 8) / 1.45)
    write(axes, cell.left + 7.2, cell.bottom + _ROW / 2, fill(words, letters), bold=bold)
