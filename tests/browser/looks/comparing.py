"""Whether a picture of a screen looks like the stored one: by what a person would see, and not by how edges were smoothed."""

from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from pixelmatch.contrib.PIL import pixelmatch

STROKE = 0.1
"""Share of the largest difference of two colours (YIQ) above which they are two on a stroke: in letters, lines and edges."""
SHADE = 5
"""Of 256 levels of a colour: more is another colour where a whole area has it."""
AREA = 5
"""Pixels each way that an area has at least: more than a stroke is wide."""
ALLOWED = 20
"""Pixels that may differ: fewer than a changed letter has."""
_AROUND = 4
"""Pixels around what differs that tell a smoothed edge from anything else."""
_MISSING = (255, 0, 255)
"""Colour of what only the larger picture has."""


@dataclass(frozen=True)
class Difference:
    """How far two pictures differ."""

    pixels: int
    """That differ by more than the smoothing of edges; `ALLOWED` or fewer are no other look."""
    box: tuple[int, int, int, int]
    """Left, top, right and bottom of what differs at all."""
    picture: Image.Image
    """The pixels that count in red, on the faded stored picture."""

    @property
    def is_seen(self) -> bool:
        """Whether this is another look."""
        return self.pixels > ALLOWED


def are_same(one: Image.Image, other: Image.Image) -> bool:
    """Whether no pixel differs at all."""
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None


def difference(stored: Image.Image, now: Image.Image) -> Difference | None:
    """Compare two pictures; `None` if not one pixel differs.

    Pictures of different size are compared on a canvas that holds both; what only one of them has counts as different.
    """
    size = max(stored.width, now.width), max(stored.height, now.height)
    before, after = _on_canvas(stored, size=size), _on_canvas(now, size=size)
    box = ImageChops.difference(before, after).getbbox()
    if box is None and stored.size == now.size:
        return None
    left, top, right, bottom = box or (0, 0, *size)
    wide = max(left - _AROUND, 0), max(top - _AROUND, 0), min(right + _AROUND, size[0]), min(bottom + _AROUND, size[1])
    counted = _counted(before.crop(wide), after.crop(wide))
    picture = Image.blend(before, Image.new("RGB", size, "white"), 0.8)
    picture.paste("red", wide, counted)
    pixels = counted.histogram()[255]
    if stored.size != now.size:
        pixels = max(pixels, ALLOWED + 1)
    return Difference(pixels, (left, top, right, bottom), picture)


def _counted(before: Image.Image, after: Image.Image) -> Image.Image:
    """Mark the pixels that count: strokes that differ clearly, and areas that differ at all.

    On strokes alone a changed shade would have to be let pass, since the smoothing of an edge changes shades too. It never fills
    an area, so that there a small difference says something.
    """
    marked = Image.new("RGBA", before.size)
    pixelmatch(before, after, marked, threshold=STROKE, diff_mask=True)
    furthest = reduce(ImageChops.lighter, ImageChops.difference(before, after).split())
    shade = furthest.point(lambda level: 255 * (level > SHADE))
    areas = shade.filter(ImageFilter.MinFilter(AREA)).filter(ImageFilter.MaxFilter(AREA))
    return ImageChops.lighter(marked.getchannel("A"), areas)


def _on_canvas(picture: Image.Image, *, size: tuple[int, int]) -> Image.Image:
    canvas = Image.new("RGB", size, _MISSING)
    canvas.paste(picture.convert("RGB"))
    return canvas


def write_evidence(
    stored: Image.Image, now: Image.Image, found: Difference, *, folder: Path, name: str
) -> tuple[Path, Path, Path]:
    """Write both pictures and one with both beside what differs between them; give the three files."""
    folder.mkdir(exist_ok=True)
    stored_file, now_file, both_file = (folder / f"{name}-{which}.png" for which in ("stored", "now", "difference"))
    width, height = found.picture.size
    beside = Image.new("RGB", (3 * width, height), "white")
    for place, picture in enumerate((stored, found.picture, now)):
        beside.paste(picture.convert("RGB"), (place * width, 0))
    stored.save(stored_file)
    now.save(now_file)
    beside.save(both_file)
    return stored_file, now_file, both_file
