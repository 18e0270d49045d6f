"""What a map is told of its colours: the class of each ward, how classes look, and the same for what may be chosen next.

The colours of what may be chosen next are there already when it is chosen, so that the map need not wait for the server. They
come from released layers that the same reader may look at with one click.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.class_styles import MARKS, ClassStyle

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""One character a ward: 7,500 wards are 7,500 bytes."""

Message = dict[str, object]


@dataclass(frozen=True)
class Colours:
    """What one measure looks like on the map."""

    title: str
    """What it is called in the choice of measure."""
    codes: Sequence[int]
    """(n,) Index into `styles`, one a ward in the outlines' order."""
    styles: Sequence[ClassStyle]
    """At most 36."""


@dataclass(frozen=True)
class Ahead:
    """What may be chosen next, all of it released to whoever looks."""

    control: str
    """Accessible name of the page's group of radio buttons that it is chosen in; the text of each is a title."""
    colours: tuple[Colours, ...]


def message(codes: Sequence[int], *, styles: Sequence[ClassStyle], n: int) -> Message:
    """Write the classes of n wards for the browser.

    Raises
    ------
    ValueError
        If there is not one code a ward, or a code has no style.
    """
    return {"codes": _letters(codes, n=n, of=len(styles)), "classes": [_drawn(style) for style in styles]}


def _letters(codes: Sequence[int], *, n: int, of: int) -> str:
    if of > len(_DIGITS):
        raise ValueError(f"at most {len(_DIGITS)} classes")
    if len(codes) != n:
        raise ValueError(f"{len(codes)} codes for {n} wards")
    if n and (min(codes) < 0 or max(codes) >= of):
        raise ValueError("a code has no style")
    return "".join([_DIGITS[code] for code in codes])


def _drawn(style: ClassStyle) -> dict[str, str]:
    return {
        "fill": style.fill,
        "ink": style.ink,
        "marks": MARKS[style.pattern],
        "pattern": style.pattern,
        "label": style.label,
    }
