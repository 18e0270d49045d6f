"""The maps of the profile: the window of the refresh large, the years before it small, all by the same key."""

from collections.abc import Sequence

from briefing.figure import Figure
from briefing.map_ground import MapGround, map_ground
from briefing.papers.area_map import area_map_figure
from briefing.papers.paper import Block, Picture
from briefing.papers.period_words import marked, note_of_breaks, short_period
from briefing.papers.profile_facts import ProfileFacts
from briefing.papers.profile_wards import HIGH, numbers_of
from data.in_words import listed
from data.settings import Break
from disclosure.class_styles import ClassStyle
from disclosure.gate import Released
from disclosure.palette import CLASSES_OF_OVERLAP, style_of_class

SMALL = 56.0
"""Millimetres wide: three stand in a row."""
SMALL_HEIGHT = 57.0
LARGE_HEIGHT, LESS_LARGE_HEIGHT = 160.0, 100.0
"""With one row of small maps below it, and with two: all stand on a page."""
_IN_A_ROW = 3
MOST_NUMBERED = 60
"""Numbers on the map; of more wards only those that are high on both now are numbered."""


def map_blocks(facts: ProfileFacts) -> list[Block]:
    """Draw the maps."""
    ground = map_ground(facts.area)
    earlier = [one for one in facts.periods if one.window != facts.area.released.window]
    large = Picture((_large(facts, ground=ground),), _under_large(facts))
    if not earlier:
        return [large]
    small = tuple(_small(one, ground=ground, breaks=facts.breaks) for one in earlier)
    return [
        large,
        Picture(small, f"The periods before. {_note(facts)}Colours and patterns are those of the map above."),
    ]


def _note(facts: ProfileFacts) -> str:
    said = note_of_breaks([one.window for one in facts.periods], facts.breaks)
    return f"{said} " if said else ""


def _large(facts: ProfileFacts, *, ground: MapGround) -> Figure:
    present = {name for one in facts.periods for name in one.wards["class"]}
    return area_map_figure(
        ground.outlines,
        styles=_styles(facts.area.released),
        key=[(name, _style(name)) for name in CLASSES_OF_OVERLAP if name in present],
        alt=_in_words(facts.area.released, partnership=ground.partnership),
        labels=_labels(facts),
        borders=ground.borders,
        height_mm=LARGE_HEIGHT if len(facts.periods) <= _IN_A_ROW + 1 else LESS_LARGE_HEIGHT,
    )


def _small(released: Released, *, ground: MapGround, breaks: Sequence[Break]) -> Figure:
    return area_map_figure(
        ground.outlines,
        styles=_styles(released),
        key=(),
        alt=_in_words(released, partnership=ground.partnership),
        borders=ground.borders,
        title=marked(short_period(released.window), released.window, breaks),
        width_mm=SMALL,
        height_mm=SMALL_HEIGHT,
    )


def _labels(facts: ProfileFacts) -> dict[str, str]:
    numbers = numbers_of(facts)
    now = set(facts.area.released.flagged["ward_code"])
    return {code: number for code, number in numbers.items() if code in now or len(numbers) <= MOST_NUMBERED}


def _under_large(facts: ProfileFacts) -> str:
    window = facts.area.released.window.in_words()
    return (
        f"{window}. Numbers are those of the table above: wards that were {HIGH} in any of these periods, so that a number can "
        "stand on a ward that is not now."
        if _labels(facts)
        else f"{window}."
    )


def _in_words(released: Released, *, partnership: str) -> str:
    classes = released.wards["class"].value_counts().to_dict()
    said = [f"{name}: {classes[name]}" for name in CLASSES_OF_OVERLAP if name in classes]
    named = [f"{row['ward_name']} ({row['district']})" for row in _by_name(released)]
    high = f" High on both: {listed(named)}." if named else " No ward is high on both."
    return f"Map of {partnership}, {released.window.in_words()}. Wards by class: {'; '.join(said)}.{high}"


def _by_name(released: Released) -> Sequence[dict[object, object]]:
    rows = released.flagged.sort_values(["district", "ward_name", "ward_code"]).to_dict("records")
    return [dict(row) for row in rows]


def _styles(released: Released) -> dict[str, ClassStyle]:
    classes = zip(released.wards["ward_code"], released.wards["class"], strict=True)
    return {str(code): _style(str(name)) for code, name in classes}


def _style(name: str) -> ClassStyle:
    return style_of_class(name, dark=False)
