"""Small maps: each ward once, in the fill or the pattern of its class."""

import xml.etree.ElementTree as ET

from disclosure.class_styles import ClassStyle
from disclosure.layers import Layer
from pages.small_maps import SmallGround, draw_small

GROUND = SmallGround(codes=("a", "b", "c"), paths=("M0 0L1 0L1 1Z", "M2 0L3 0L3 1Z", "M4 0L5 0L5 1Z"), height=100.0)
STYLES = [
    ClassStyle("#801650", "none", "high on both"),
    ClassStyle("#eceef1", "none", "neither"),
    ClassStyle("#ffffff", "hatch", "too uncertain to say"),
]
LAYER = Layer(
    key="overlap", title="Overlap", explanation="", classes=tuple(one.label for one in STYLES), codes=(0, 2, 2)
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(**more: object) -> ET.Element:
    return ET.fromstring(draw_small(GROUND, LAYER, styles=STYLES, dark=False, **more))  # type: ignore[arg-type]


def test_wards_of_a_class_are_drawn_together_and_classes_without_wards_not_at_all() -> None:
    paths = [(one.get("fill"), one.get("d")) for one in drawn().findall(f"{SVG}path")]
    assert paths == [("#801650", GROUND.paths[0]), ("url(#c2)", GROUND.paths[1] + GROUND.paths[2])]


def test_what_is_uncertain_is_hatched_as_on_the_large_map() -> None:
    (pattern,) = drawn().findall(f"{SVG}defs/{SVG}pattern")
    assert pattern.get("id") == "c2"
    assert pattern[1].get("stroke") == STYLES[2].ink


def test_selected_wards_are_outlined() -> None:
    last = drawn(selected=("c", "x")).findall(f"{SVG}path")[-1]
    assert (last.get("fill"), last.get("d")) == ("none", GROUND.paths[2])
