"""How classes look: pattern inks that stand out, colours that are colours, swatches that match the map."""

import xml.etree.ElementTree as ET

import pytest

from disclosure.class_styles import MARKS, ClassStyle, _contrast, swatch_svg


def test_contrast_is_the_published_ratio() -> None:
    # WCAG 2.2: black on white is 21; #767676 on white is the well-known 4.54.
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(
    "fill", ["#ffffff", "#c9d0d8", "#808080", "#59636f", "#171c22", "#000000", "#f46a25", "#12436d"]
)
def test_a_pattern_stands_out_from_any_fill(fill: str) -> None:
    assert _contrast(ClassStyle(fill, "hatch", "x").ink, fill) >= 3


@pytest.mark.parametrize("fill", ["red", "#12436", "#12436g", "#12436D;}", "url(x)", ""])
def test_what_is_no_colour_is_refused(fill: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        ClassStyle(fill, "none", "x")


def test_an_unknown_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="none, hatch, dots, plus, minus"):
        ClassStyle("#ffffff", "stripes", "x")  # type: ignore[arg-type]


@pytest.mark.parametrize("pattern", list(MARKS))
def test_a_swatch_is_sound_svg_with_the_maps_own_marks(pattern: str) -> None:
    drawing = ET.fromstring(swatch_svg(ClassStyle("#c9d0d8", pattern, "x")))  # type: ignore[arg-type]
    marks = {path.get("d") for path in drawing.iter("path")}
    assert marks == ({MARKS[pattern]} if pattern != "none" else set())  # type: ignore[index]
    assert drawing.get("aria-hidden") == "true"
