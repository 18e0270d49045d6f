"""Maps of a run as pictures: one a theme, with key, marking, period and where the figures came from."""

import struct
from xml.etree import ElementTree

from briefing.exported_map import HEIGHT, WIDTH, map_sheet, png_files, svg_files
from tests.exported import SNAPSHOT, all_patterns, make_exported


def texts(svg: bytes) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))


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
