"""The pictures of a flagged ward that stand beside each other: its map among its neighbours, and how it stood by year."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from textwrap import fill

from matplotlib.axes import Axes

from briefing.figure import BORDER, INK, PAPER, QUIET, Figure, box, draw, write
from briefing.map_frame import frame_around
from briefing.map_ground import MapGround
from briefing.map_shapes import path_of
from briefing.papers.area_map import area_map_figure
from briefing.trend_figure import NOT_KNOWN, SHADES, short_band
from briefing.ward_facts import WardFacts, YearFacts
from disclosure.palette import CLASSES_OF_OVERLAP, style_of_certainty, style_of_class
from disclosure.wording import COARSE_RISK, PROBABILITY

MAP_WIDTH, MAP_HEIGHT = 79.0, 60.0
"""Millimetres."""
_YEARS_WIDTH, _HEAD, _ROW = 93.0, 8.4, 8.6
_COLUMNS = (23.5, 44.7, 66.0)
"""Millimetres from the left: where the measures begin."""
_STEP, _WORDS = 2.0, 7.0
"""Millimetres: a step of the sign for a band, and where the words after it begin."""
_LETTERS = (11, 15)
"""In a line of a cell of a measure, and of both."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def ward_map(ground: MapGround, code: str, *, numbers: Mapping[str, str]) -> Figure:
    """Draw a ward and its neighbours, each in its class and with its badge (`badges_near`)."""
    outlines = ground.inside(frame_around(ground, code).view)
    badges = {code: numbers[code], **badges_near(ground, code, numbers=numbers)}
    return area_map_figure(
        outlines,
        styles={one: style_of_class(ground.classes[one], dark=False) for one in outlines},
        key=(),
        alt=_map_in_words(ground, code, numbers=numbers),
        labels={one: badge for one, badge in badges.items() if one in outlines},
        borders=(path_of(outlines[code]),),
        width_mm=MAP_WIDTH,
        height_mm=MAP_HEIGHT,
    )


def badges_near(ground: MapGround, code: str, *, numbers: Mapping[str, str]) -> Mapping[str, str]:
    """Give each neighbour of a ward its number in the pack, or else a letter: a, b, ..., z, aa, ab, ..."""
    around = ground.neighbours.get(code, ())
    letters = (*_ALPHABET, *map("".join, product(_ALPHABET, repeat=2)))
    unnumbered = dict(zip((one for one in around if one not in numbers), letters, strict=False))
    return {one: numbers.get(one) or unnumbered[one] for one in around}


def neighbours_in_words(ground: MapGround, code: str, *, numbers: Mapping[str, str]) -> str:
    """Name the neighbours of a ward with their badges, class by class; empty where there is none."""
    badges = badges_near(ground, code, numbers=numbers)
    said = {
        name: [f"{badge} {ground.names[one]}" for one, badge in badges.items() if ground.classes[one] == name]
        for name in CLASSES_OF_OVERLAP
    }
    return "; ".join(f"{name}: {', '.join(wards)}" for name, wards in said.items() if wards)


def _map_in_words(ground: MapGround, code: str, *, numbers: Mapping[str, str]) -> str:
    start = f"Map of {ground.names[code]}, number {numbers[code]}, among its neighbours."
    told = neighbours_in_words(ground, code, numbers=numbers)
    return f"{start} {told}." if told else f"{start} No other ward of the area touches it."


def years_figure(facts: WardFacts, *, incidents: str) -> Figure | None:
    """Draw how a ward stood year by year: a row a year, a column a measure; position, shade and words, no number.

    Returns
    -------
    Figure or None
        Nothing where no single year may be told.
    """
    if not facts.years:
        return None
    return _drawn(facts.years, ("Referrals to Prevent", incidents.capitalize(), "Both truly high?"))


@lru_cache(maxsize=64)
def _drawn(years: tuple[YearFacts, ...], columns: tuple[str, str, str]) -> Figure:
    """Draw it once for all wards that stood alike."""
    return draw(
        lambda axes: _paint(axes, years, columns=columns),
        alt=" ".join(("Table of years.", *(_year_in_words(one, columns=columns) for one in years))),
        width_mm=_YEARS_WIDTH,
        height_mm=_HEAD + len(years) * _ROW,
    )


def _year_in_words(year: YearFacts, *, columns: tuple[str, str, str]) -> str:
    return (
        f"{year.words}: {columns[0]} {short_band(year.referrals_band)}, {columns[1]} {short_band(year.incidents_band)}, "
        f"that both are high {year.certainty or NOT_KNOWN}."
    )


def _paint(axes: Axes, years: tuple[YearFacts, ...], *, columns: tuple[str, str, str]) -> None:
    top = _HEAD + len(years) * _ROW
    for place, name in enumerate(columns):
        write(axes, _COLUMNS[place], top - _HEAD / 2, fill(name, 12), bold=True)
    for row, year in enumerate(reversed(years)):
        upper = top - _HEAD - row * _ROW
        middle = upper - _ROW / 2
        axes.plot((0, _YEARS_WIDTH), (upper, upper), color=BORDER, linewidth=0.6)
        write(axes, 0, middle, f"Year to\n{year.words.partition(' to ')[2]}", color=QUIET)
        _risk(axes, _COLUMNS[0], middle, band=year.referrals_band)
        _risk(axes, _COLUMNS[1], middle, band=year.incidents_band)
        _both(axes, _COLUMNS[2], middle, word=year.certainty)


def _risk(axes: Axes, left: float, middle: float, *, band: str) -> None:
    """Draw three steps, the ward's one filled: where it is and how dark both say how high."""
    words = short_band(band)
    level = COARSE_RISK.names.index(band) if words != NOT_KNOWN else -1
    for step, shade in enumerate(SHADES):
        place = (left, middle - 1.5 * _STEP - 0.4 + step * (_STEP + 0.4), 5.0, _STEP)
        box(axes, place, fill=shade if step == level else PAPER, edge=INK if step == level else BORDER)
    write(axes, left + _WORDS, middle, fill(words, _LETTERS[0]), bold=level == len(SHADES) - 1)


def _both(axes: Axes, left: float, middle: float, *, word: str) -> None:
    if word in PROBABILITY.names:
        box(axes, (left, middle - 3.4, 5.0, 6.8), style=style_of_certainty(word, dark=False))
    write(axes, left + _WORDS, middle, fill(word or NOT_KNOWN, _LETTERS[1]))
