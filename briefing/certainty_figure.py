"""The certainty bar: the words of the yardstick from left to right, the ward's one marked."""

from functools import lru_cache
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from briefing.figure import INK, PAPER, Figure, box, draw, write
from disclosure.palette import style_of_certainty
from disclosure.wording import PROBABILITY

WIDTH, HEIGHT = 178.0, 16.0
"""Millimetres."""
_BAR, _STRIP = 11.8, 3.0


@lru_cache(maxsize=16)
def certainty_figure(level: int) -> Figure:
    """Draw the bar.

    Parameters
    ----------
    level
        Which of `PROBABILITY.names` the ward has, or -1 where nothing is known: then none is marked.
    """
    return draw(lambda axes: _paint(axes, level), alt=_in_words(level), width_mm=WIDTH, height_mm=HEIGHT)


def _in_words(level: int) -> str:
    words = PROBABILITY.names
    marked = f"The ward is at: {words[level]}." if level >= 0 else "Nothing is known of this ward."
    scale = f"on a scale of {len(words)} words from {words[0]} to {words[-1]}"
    return f"How probable it is that both are truly high, {scale}. {marked}"


def _paint(axes: Axes, level: int) -> None:
    wide = (WIDTH - 1) / len(PROBABILITY.names)
    for place, word in enumerate(PROBABILITY.names):
        _segment(axes, 0.5 + place * wide, wide, word=word, marked=place == level)
    if level >= 0:
        _mark(axes, 0.5 + level * wide, wide)


def _segment(axes: Axes, left: float, wide: float, *, word: str, marked: bool) -> None:
    box(axes, (left, _BAR - _STRIP, wide, _STRIP), style=style_of_certainty(word, dark=False))
    if marked:
        box(axes, (left, 0.5, wide, _BAR - _STRIP - 0.5), fill=INK, edge=INK)
    middle = (_BAR - _STRIP) / 2 + 0.25
    write(axes, left + wide / 2, middle, fill(word, 15), ha="center", bold=marked, color=PAPER if marked else INK)


def _mark(axes: Axes, left: float, wide: float) -> None:
    tip, middle = _BAR + 0.4, left + wide / 2
    axes.add_artist(
        Polygon([(middle, tip), (middle - 2, tip + 3), (middle + 2, tip + 3)], facecolor=INK, edgecolor=INK)
    )
    box(axes, (left, 0.5, wide, _BAR - 0.5), edge=INK, line=1.6)
    at_the_end = left + wide > WIDTH - wide
    x, side = (middle - 3, "right") if at_the_end else (middle + 3, "left")
    write(axes, x, tip + 1.8, "This ward", ha=side, bold=True)
