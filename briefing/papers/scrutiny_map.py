"""The maps of the scrutiny paper: areas of wards in bands, one map a measure, numbered as in its tables."""

from briefing.figure import Figure
from briefing.map_shapes import path_of
from briefing.papers.area_map import area_map_figure
from briefing.papers.scrutiny_facts import ScrutinyFacts
from briefing.papers.scrutiny_words import HIGH, LOW, SAME, map_in_words
from disclosure.palette import styles_of_levels
from disclosure.suppression import WITHHELD
from disclosure.wording import COARSE_RISK

_BELOW, _ABOUT, _HIGH = COARSE_RISK.names
_KEY = {
    _HIGH: f"{HIGH}: {COARSE_RISK.edges[1]:g} times the whole area or more",
    _ABOUT: SAME,
    _BELOW: f"{LOW}: under {COARSE_RISK.edges[0]:g} times the whole area",
    WITHHELD: WITHHELD,
}
_TITLES = {"referrals": "Referrals to Prevent"}
HEIGHT = 100.0
"""Millimetres: two stand on a page."""


def level_map(facts: ScrutinyFacts, *, measure: str) -> Figure:
    """Draw the bands of one measure."""
    styles = styles_of_levels(facts.areas.levels, dark=False)
    table = facts.areas.table
    levels = {str(code): str(level) for code, level in zip(table["area_code"], table[f"level_{measure}"], strict=True)}
    return area_map_figure(
        facts.outlines,
        styles={code: styles[level] for code, level in levels.items()},
        key=[(words, styles[level]) for level, words in _KEY.items() if level in levels.values()],
        alt=f"Map of {facts.partnership} in areas of wards. {map_in_words(facts, measure=measure)}",
        labels=facts.numbers,
        borders=[path_of(shape) for shape in facts.districts],
        title=_TITLES.get(measure, facts.incidents_in_words.capitalize()),
        height_mm=HEIGHT,
    )
