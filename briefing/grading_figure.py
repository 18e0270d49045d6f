"""The officer's grading of impact and likelihood on a grid of four by four."""

from functools import lru_cache

from matplotlib.axes import Axes

from briefing.figure import BORDER, INK, PAPER, QUIET, Figure, box, draw, write
from briefing.officers_words import IMPACT, LIKELIHOOD

WIDTH, HEIGHT = 76.0, 37.0
"""Millimetres."""
_LEFT, _BOTTOM, _WIDE, _HIGH = 18.0, 10.0, 14.3, 5.8
_SHADES = ("#ffffff", "#eceef1", "#d5d9de", "#b4bbc4", "#939ca8", "#808890", "#6c7580")
"""By the sum of both grades: a shade says no more than where the cell lies."""


@lru_cache(maxsize=32)
def grading_figure(impact: int, likelihood: int) -> Figure:
    """Draw the grid with the officer's cell marked; both grades are 1 to 4."""
    said = f"Impact {IMPACT[impact - 1]}, likelihood {LIKELIHOOD[likelihood - 1]}"
    return draw(
        lambda axes: _paint(axes, impact, likelihood),
        alt=f"Grid of impact, 1 to 4 upwards, and likelihood, 1 to 4 to the right. Marked: {said}.",
        width_mm=WIDTH,
        height_mm=HEIGHT,
    )


def _paint(axes: Axes, impact: int, likelihood: int) -> None:
    for row, name in enumerate(IMPACT):
        write(axes, _LEFT - 1.5, _BOTTOM + (row + 0.5) * _HIGH, name, ha="right")
        for column in range(len(LIKELIHOOD)):
            box(axes, _cell(row, column), fill=_SHADES[row + column], edge=BORDER)
    for column, name in enumerate(LIKELIHOOD):
        write(axes, _LEFT + (column + 0.5) * _WIDE, _BOTTOM - 1, name.replace(" ", "\n"), ha="center", va="top")
    write(axes, 0, _BOTTOM + 4 * _HIGH + 2, "Impact", color=QUIET, bold=True)
    write(axes, 0, _BOTTOM - 2.6, "Likelihood", color=QUIET, bold=True)
    left, bottom, wide, high = _cell(impact - 1, likelihood - 1)
    box(axes, (left, bottom, wide, high), fill=INK, edge=INK, line=2)
    write(axes, left + wide / 2, bottom + high / 2, "graded", color=PAPER, bold=True, ha="center")


def _cell(row: int, column: int) -> tuple[float, float, float, float]:
    return _LEFT + column * _WIDE, _BOTTOM + row * _HIGH, _WIDE, _HIGH
