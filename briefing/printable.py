"""What the font of the papers can show. It comes with matplotlib, so that papers are the same on every machine."""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from textwrap import wrap

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

from data.errors import UsageError
from data.visible_text import visible_text

FONT = "DejaVu Sans"
LONGEST_NAME = 100
"""Characters of a ward's name."""


def font_folder() -> Path:
    """Folder of the font's files."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


@cache
def _known() -> frozenset[str]:
    """Characters that both the normal and the bold face have, and that can be seen."""
    plain, bold = (FT2Font(font_folder() / name).get_charmap() for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"))
    return frozenset(one for one in map(chr, plain.keys() & bold.keys()) if visible_text(one))


def check_printable(texts: Iterable[tuple[str, str]]) -> None:
    """Refuse text that the papers cannot show.

    Parameters
    ----------
    texts
        What each text is, e.g. `the context`, and the text.

    Raises
    ------
    UsageError
        One sentence for each text with a character that the font does not have.
    """
    wrong = [what for what, text in texts if not _known().issuperset(text)]
    if wrong:
        raise UsageError(
            "\n".join(
                f"A character of {what} cannot be shown in a document: a picture, or a script that the font lacks. Replace it."
                for what in dict.fromkeys(wrong)
            )
        )


@cache
def _face(*, bold: bool) -> FT2Font:
    face = FT2Font(font_folder() / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))
    face.set_size(10, 72)
    return face


def width_mm(text: str, *, size: float, bold: bool = False) -> float:
    """Width of the widest line of a text in millimetres, at a size in points."""
    return max(_line_width(line, bold=bold) for line in text.split("\n")) * size / 10 * 25.4 / 72


def in_lines(text: str, *, width: float, size: float, bold: bool = False) -> str:
    """Break a text where it is wider than `width`, in millimetres."""
    if (wide := width_mm(text, size=size, bold=bold)) <= width:
        return text
    most = min(
        len(text), int(2 * len(text) * width / wide) + 1
    )  # no line has letters half as wide as all have on average
    tries = ("\n".join(wrap(text, letters)) for letters in range(most, 0, -1))
    return next((one for one in tries if width_mm(one, size=size, bold=bold) <= width), text)


@lru_cache(maxsize=4096)
def _line_width(line: str, *, bold: bool) -> float:
    """Points, at ten points."""
    face = _face(bold=bold)
    return sum(face.load_char(ord(one)).linearHoriAdvance for one in line) / 65536
