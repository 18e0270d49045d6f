"""How a class of wards looks: on the map and in its legend the same fill, the same pattern, the same words."""

import re
from dataclasses import dataclass
from typing import Literal

Pattern = Literal["none", "hatch", "dots", "plus", "minus"]

MARKS: dict[Pattern, str] = {
    "none": "",
    "hatch": "M-2 2l4-4M0 8l8-8M6 10l4-4",
    "dots": "M.9 2a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0-2.2 0M4.9 6a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0-2.2 0",
    "plus": "M3.3 1.2h1.4v2.1h2.1v1.4h-2.1v2.1h-1.4v-2.1h-2.1v-1.4h2.1z",
    "minus": "M1.2 3.3h5.6v1.4h-5.6z",
}
"""What is drawn over the fill in a tile of 8 by 8 pixels, as an SVG path. The map in the browser gets the same."""

TILE = 8
STROKE = 1.4
"""Pixels, of hatching."""
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_INKS = ("#737c87", "#9aa3ae", "#4a525c", "#c9d0d8", "#0b0c0c", "#ffffff")
"""From quiet to loud."""
_ENOUGH = 3.0
"""Contrast that WCAG 2.2 asks of graphics (criterion 1.4.11)."""


@dataclass(frozen=True)
class ClassStyle:
    """One class of wards, for a light page or a dark one."""

    fill: str
    """Colour of the area, `#rrggbb`."""
    pattern: Pattern
    """Hatching says "uncertain" and dots "withheld", plus "come" and minus "going", without relying on colour."""
    label: str
    """The class in words: stands in the tooltip and the legend."""

    def __post_init__(self) -> None:
        """Refuse what would not be a colour: it ends up in the browser's drawing code."""
        if not _COLOUR.fullmatch(self.fill):
            raise ValueError("a fill is written #rrggbb")
        if self.pattern not in MARKS:
            raise ValueError(f"a pattern is one of {', '.join(MARKS)}")

    @property
    def ink(self) -> str:
        """Colour of the pattern: the quietest grey that stands out from the fill."""
        contrasts = {ink: _contrast(ink, self.fill) for ink in _INKS}
        enough = (ink for ink, contrast in contrasts.items() if contrast >= _ENOUGH)
        return next(enough, max(contrasts, key=contrasts.__getitem__))


def swatch_svg(style: ClassStyle, *, width: int = 24, height: int = 16) -> str:
    """Draw one class for a legend, as SVG that is hidden from screen readers: the label stands beside it."""
    box = f'width="{width}" height="{height}"'
    columns, rows = range(0, width, TILE), range(0, height, TILE)
    tiles = "".join(f'<path transform="translate({x} {y})" d="{MARKS[style.pattern]}"/>' for x in columns for y in rows)
    drawn = {
        "none": "",
        "hatch": f'<g fill="none" stroke="{style.ink}" stroke-width="{STROKE}">{tiles}</g>',
        **dict.fromkeys(("dots", "plus", "minus"), f'<g fill="{style.ink}">{tiles}</g>'),
    }
    return (
        f'<svg {box} viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false" style="overflow:hidden">'
        f'<rect {box} fill="{style.fill}"/>{drawn[style.pattern]}'
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" fill="none" stroke="#808890"/></svg>'
    )


def _contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(fill: str) -> float:
    parts = (int(fill[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
