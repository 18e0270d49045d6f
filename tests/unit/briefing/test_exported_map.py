"""Maps of a run as pictures: one a theme, with key, marking, period and where the figures came from."""

import io
import re
import struct
from dataclasses import replace
from xml.etree import ElementTree

import matplotlib.image
import pytest

from briefing.exported_map import HEIGHT, WIDTH, map_sheet, png_files, svg_files
from briefing.printable import width_mm
from tests.exported import SNAPSHOT, all_patterns, make_exported

SVG = "{http://www.w3.org/2000/svg}"
EDGE = 4.0
"""Millimetres of paper around what is drawn."""


def texts(svg: bytes) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))


def called(name: str, theme: int):
    """Draw a run of a partnership of this name."""
    exported = make_exported()
    exported = replace(exported, facts={**exported.facts, "partnership": name})
    return map_sheet(exported, theme=exported.themes[theme])


def test_there_is_a_picture_for_each_theme_and_the_first_is_named_as_the_other_files():
    assert list(svg_files(make_exported())) == ["overlap.svg", "overlap-certainty.svg"]
    assert list(png_files(make_exported())) == ["overlap.png", "overlap-certainty.png"]


def test_a_picture_says_marking_period_snapshot_version_and_whose_boundaries():
    exported = make_exported()
    said = texts(svg_files(exported)["overlap.svg"])
    for wanted in (
        *("OFFICIAL-SENSITIVE. Do not forward & keep.", "FICTIONAL AREA", exported.window, SNAPSHOT),
        *("Ward Overlap 0.1.0", "Contains OS data & more.", "wards of 2023", "border of a district"),
    ):
        assert wanted in said


def test_the_key_has_the_classes_that_are_on_the_map_and_no_other():
    said = texts(svg_files(make_exported())["overlap.svg"])
    assert "high on both" in said
    assert "no denominator" in said
    assert "incidents only" not in said


def test_every_pattern_is_drawn_and_the_same_run_gives_the_same_picture():
    first, second = (map_sheet(all_patterns(), theme=all_patterns().themes[0]) for _ in range(2))
    assert (first.svg, first.png) == (second.svg, second.png)
    assert "drawn as plus: 1" in first.alt
    assert first.svg.count(b"<pattern") == 4


def test_a_picture_is_as_wide_as_a_page_and_no_higher():
    wide, high = struct.unpack(">II", png_files(make_exported())["overlap.png"][16:24])
    assert wide == int(WIDTH / 25.4 * 200)
    assert high <= int((HEIGHT + 50) / 25.4 * 200)


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize(
    "name", ["North Yorkshire and York", "Leicester, Leicestershire and Rutland", f"{'Long ' * 30}end", "W" * 90]
)
def test_no_word_of_a_long_title_is_cut_off_at_the_edge_of_the_sheet(name, theme):
    figure = called(name, theme)
    dots = matplotlib.image.imread(io.BytesIO(figure.png))
    margin = int((EDGE - 0.5) / 25.4 * 200)
    assert (dots[:, :margin] == 1).all()
    assert (dots[:, -margin:] == 1).all()
    bold = [one for one in ElementTree.fromstring(figure.svg).iter(f"{SVG}text") if "11px" in one.get("style", "")]
    lines = ["".join(one.itertext()) for one in bold]
    assert len(lines) > 1 or theme == 0
    assert max(width_mm(one, size=11, bold=True) for one in lines) <= WIDTH - 2 * EDGE
    assert re.sub(r"\s", "", "".join(lines)).startswith(name.replace(" ", ""))
    assert lines[-1].endswith("2026")


def test_a_picture_gives_the_threshold_that_was_asked_and_none_where_none_was():
    exported = make_exported()
    assert "above 1.5 times the area's" in texts(map_sheet(exported, theme=exported.themes[0]).svg)
    public = replace(exported, facts={**exported.facts, "question": {"denominator": "residents"}})
    assert "times the area's" not in texts(map_sheet(public, theme=public.themes[0]).svg)


def test_title_and_marking_are_in_the_metadata_too():
    (figure, *_) = svg_files(make_exported()).values()
    root = ElementTree.fromstring(figure)
    title = root.findtext(f"{SVG}title")
    assert title is not None
    assert title.startswith("OFFICIAL-SENSITIVE: Sixwards: Overlap, ")
    (description,) = root.iter("{http://purl.org/dc/elements/1.1/}description")
    assert str(description.text).startswith("OFFICIAL-SENSITIVE. Do not forward & keep. Overlap, ")
    png = png_files(make_exported())["overlap.png"]
    assert b"OFFICIAL-SENSITIVE: Sixwards: Overlap" in png
