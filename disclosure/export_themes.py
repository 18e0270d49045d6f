"""How an exported table is coloured: which column says the class, and how each class of it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.class_styles import ClassStyle
from disclosure.gate import Released
from disclosure.layers import NOT_MODELLED
from disclosure.palette import style_of_certainty, style_of_class, styles_of, styles_of_levels
from disclosure.suppression import WITHHELD
from disclosure.ward_areas import ReleasedAreas
from disclosure.wording import PROBABILITY

_MEASURES = {"referrals": "Referrals", "incidents": "Recorded incidents"}


@dataclass(frozen=True)
class Theme:
    """One way of colouring a table."""

    column: str
    """Holds the class of each row, in words."""
    title: str
    styles: Mapping[str, ClassStyle]
    """By class, in the order of a key; wards without any have the empty text."""
    file: str = ""
    """What the name of its picture has after that of the other files; empty for the usual way."""


def themes_of_overlap(released: Released) -> tuple[Theme, ...]:
    """Give the themes of a run by ward: the class first, as on the map, then how certain it is that both are high."""
    classes = {one.label: one for one in styles_of(released.layers["overlap"], dark=False)}
    certain = {name: style_of_certainty(name, dark=False) for name in reversed(PROBABILITY.names)}
    return (
        Theme("class", "Overlap", classes),
        Theme(
            "certainty",
            "How certain that both are high",
            {**certain, "": style_of_class(NOT_MODELLED, dark=False)},
            file="certainty",
        ),
    )


def themes_of_areas(areas: ReleasedAreas) -> tuple[Theme, ...]:
    """Give the themes of areas of wards: the band of each measure."""
    levels = areas.levels if areas.levels[-1] == WITHHELD else (*areas.levels, WITHHELD)
    styles = styles_of_levels(levels, dark=False)
    return tuple(Theme(f"level_{measure}", title, styles, file=measure) for measure, title in _MEASURES.items())
