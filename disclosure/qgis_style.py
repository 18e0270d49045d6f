"""Styles of QGIS (QML) for wards in classes: the fills and patterns of the screens and papers.

Written from what QGIS itself saves (QML is not specified elsewhere): a categorised renderer, one fill symbol a class. A pattern
is a second layer of its symbol. Sizes are in millimetres on screen or paper, so that they do not grow with the map.
"""

from collections.abc import Mapping
from xml.etree import ElementTree

from disclosure.class_styles import ClassStyle, Pattern
from disclosure.export_themes import Theme

_VERSION = "3.22.0"
"""The oldest QGIS that is known to read these."""
_BORDER = "#808890"
_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_NO_LINE = {"outline_style": "no", "outline_width": "0"}


def qml_of(theme: Theme) -> str:
    """Write the style of one theme."""
    root = ElementTree.Element("qgis", version=_VERSION, styleCategories="Symbology")
    renderer = ElementTree.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=theme.column, symbollevels="0", forceraster="0"
    )
    categories = ElementTree.SubElement(renderer, "categories")
    symbols = ElementTree.SubElement(renderer, "symbols")
    for number, (value, style) in enumerate(theme.styles.items()):
        entry = {"value": value, "symbol": str(number), "label": style.label, "render": "true", "type": "string"}
        ElementTree.SubElement(categories, "category", entry)
        _add_symbol(symbols, name=str(number), style=style)
    return _HEAD + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_symbol(symbols: ElementTree.Element, *, name: str, style: ClassStyle) -> None:
    symbol = ElementTree.SubElement(symbols, "symbol", type="fill", name=name, alpha="1", clip_to_extent="1")
    border = {"outline_color": _colour(_BORDER), "outline_style": "solid", "outline_width": "0.2"}
    units = {"outline_width_unit": "MM", "joinstyle": "round"}
    _add_layer(symbol, "SimpleFill", {"color": _colour(style.fill), "style": "solid", **border, **units})
    if style.pattern != "none":
        _add_pattern(symbol, name=f"@{name}@1", ink=_colour(style.ink), pattern=style.pattern)


def _add_pattern(symbol: ElementTree.Element, *, name: str, ink: str, pattern: Pattern) -> None:
    """Draw hatching by lines, the others by marks; the class of the screen's tile says how (`disclosure.class_styles`)."""
    if pattern == "hatch":
        lines = {"angle": "45", "distance": "1.5", "distance_unit": "MM", "line_width": "0.3"}
        layer = _add_layer(symbol, "LinePatternFill", {**lines, "color": ink})
        inner = ElementTree.SubElement(layer, "symbol", type="line", name=name, alpha="1", clip_to_extent="1")
        _add_layer(inner, "SimpleLine", {"line_color": ink, "line_width": "0.3", "line_width_unit": "MM"})
        return
    spread = {"distance_x": "2", "distance_y": "2", "distance_x_unit": "MM", "distance_y_unit": "MM"}
    layer = _add_layer(symbol, "PointPatternFill", spread)
    inner = ElementTree.SubElement(layer, "symbol", type="marker", name=name, alpha="1", clip_to_extent="1")
    mark = {
        "dots": {"name": "circle", "size": "0.7", **_NO_LINE},
        "plus": {"name": "cross_fill", "size": "1.4", **_NO_LINE},
        "minus": {"name": "line", "angle": "90", "size": "1.4", "outline_color": ink, "outline_width": "0.35"},
    }[pattern]
    _add_layer(inner, "SimpleMarker", {"color": ink, "size_unit": "MM", **mark})


def _add_layer(symbol: ElementTree.Element, kind: str, options: Mapping[str, str]) -> ElementTree.Element:
    layer = ElementTree.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    listed = ElementTree.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ElementTree.SubElement(listed, "Option", type="QString", name=name, value=value)
    return layer


def _colour(fill: str) -> str:
    """Write `#rrggbb` as QGIS does: red, green, blue and opacity, 0 to 255."""
    parts = (int(fill[start : start + 2], 16) for start in (1, 3, 5))
    return ",".join(str(part) for part in (*parts, 255))
