"""The pictures of a briefing: the same bytes every time, texts as texts, colour and pattern of each class, the same in words."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import shapely

from briefing.certainty_figure import certainty_figure
from briefing.figure import HATCHES, cut, draw, write
from briefing.figures import make_figures
from briefing.grading_figure import grading_figure
from briefing.map_figure import map_figure
from briefing.map_ground import map_ground
from briefing.map_key import round_length
from briefing.map_labels import LETTERS
from briefing.map_shapes import path_of
from briefing.trend_figure import short_band, trend_figure
from briefing.ward_facts import ward_facts
from disclosure.palette import CLASSES_OF_OVERLAP, style_of_certainty, style_of_class
from disclosure.wording import COARSE_RISK, PROBABILITY
from tests.briefings import CODES, FLAGGED, NEITHER, UNKNOWN, UNSURE, make_area
from tests.papers import NASTY, crowded_area, papers_of

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: bytes) -> str:
    """All text of a drawing, lines of one label with a blank between them."""
    return " ".join("".join(one.itertext()).strip() for one in ET.fromstring(svg).iter(f"{SVG}text"))


def test_the_same_briefing_gives_the_same_pictures():
    one, other = (papers_of(make_area())[1] for _ in range(2))
    certainty_figure.cache_clear()
    grading_figure.cache_clear()
    again = papers_of(make_area())[1]
    assert one == other == again
    assert b"2026-" not in one.map.svg.split(b"<defs>")[0]


def test_a_name_is_a_text_whatever_it_holds():
    drawing = draw(lambda axes: write(axes, 1, 5, NASTY), alt="x", width_mm=100, height_mm=10)
    assert texts(drawing.svg) == NASTY


def test_a_name_on_the_map_is_a_text_whatever_it_holds():
    area = make_area(names=("$x$ <b> & {{ 7 }}", "#eval(1)", "St Anne's", "Weir"))
    said = texts(map_figure(map_ground(area), FLAGGED).svg)
    assert "$x$ <b> & {{ 7 }}" in said
    assert "#eval(1)" in said


@pytest.mark.parametrize("name", CLASSES_OF_OVERLAP)
def test_the_map_has_each_class_in_the_colour_pattern_and_words_of_the_screen(name):
    area = make_area(classes={NEITHER: name})
    drawn = map_figure(map_ground(area), NEITHER)
    svg, style = drawn.svg.decode(), style_of_class(name, dark=False)
    assert style.fill in svg
    assert name in texts(drawn.svg)
    assert f"{area.rows[-1][NEITHER]['ward_name']}: {name}." in drawn.alt
    on_map = {"too uncertain to say", "no denominator", name}
    hatched = [one for one in on_map if HATCHES[style_of_class(one, dark=False).pattern]]
    assert svg.count("<pattern") == len(hatched)


def test_the_legend_holds_only_the_classes_on_the_map():
    said = texts(map_figure(map_ground(make_area()), FLAGGED).svg)
    assert "high on both" in said
    assert "referrals only" not in said
    assert "no denominator" not in said


def test_two_classes_that_look_alike_in_grey_are_told_apart_by_words_or_letters():
    area = make_area(classes={UNSURE: "incidents only", NEITHER: "referrals only"})
    said = texts(map_figure(map_ground(area), UNSURE).svg)
    assert "incidents only (marked I)" in said
    assert "(referrals only)" in said
    assert set(LETTERS) == {"incidents only", "referrals only"}


def test_every_neighbour_is_named_on_the_map_or_in_its_key():
    area = crowded_area()
    drawn = map_figure(map_ground(area), "X05900000")
    said = texts(drawn.svg)
    assert all(f"{number} The wholesale" in said for number in range(1, 13))
    assert drawn.height_mm > map_figure(map_ground(make_area()), FLAGGED).height_mm


def test_an_island_is_drawn_and_said():
    area = make_area()
    apart = area.outlines.geometry.to_numpy().copy()
    apart[0] = area.outlines.translate(0, 20_000).iloc[0]
    alone = replace(area, outlines=area.outlines.assign(geometry=apart))
    assert "No other ward of the area touches it" in map_figure(map_ground(alone), FLAGGED).alt


def test_every_part_and_every_hole_of_a_shape_is_drawn():
    holed = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))
    drawn = path_of(shapely.MultiPolygon([holed, shapely.box(20, 20, 21, 21)])).to_polygons()
    turns = [shapely.LinearRing(ring).is_ccw for ring in drawn]
    areas = [shapely.Polygon(ring).area for ring in drawn]
    assert list(zip(areas, turns, strict=True)) == [(81, True), (9, False), (1, True)]


@pytest.mark.parametrize("level", range(len(PROBABILITY.names)))
def test_the_bar_has_all_words_and_marks_one(level):
    drawn = certainty_figure(level)
    said = " ".join(texts(drawn.svg).split())
    assert all(word in said for word in PROBABILITY.names)
    assert "This ward" in said
    assert f"The ward is at: {PROBABILITY.names[level]}." in drawn.alt
    assert style_of_certainty(PROBABILITY.names[level], dark=False).fill in drawn.svg.decode()


def test_where_nothing_is_known_the_bar_marks_nothing():
    assert "This ward" not in texts(certainty_figure(-1).svg)
    assert "Nothing is known" in certainty_figure(-1).alt


def test_the_trend_has_a_column_a_year_and_no_number_but_years():
    area = make_area(years=3)
    drawn = trend_figure(ward_facts(area, FLAGGED), incidents=area.incidents_in_words)
    said = texts(drawn.svg)
    for year in ward_facts(area, FLAGGED).years:
        assert year.words.split(" to ")[1] in said
        assert year.words in drawn.alt
    assert not any(band.partition(" (")[2] and band.partition(" (")[2] in said for band in COARSE_RISK.names)
    assert {word for word in said.split() if any(one.isdigit() for one in word)} == {"2023", "2024", "2025", "2026"}


def test_a_year_of_which_nothing_is_known_says_so():
    area = make_area(years=1)
    assert "not known" in texts(trend_figure(ward_facts(area, UNKNOWN), incidents="x").svg)


def test_an_exact_value_is_no_band():
    with pytest.raises(ValueError, match="bands that councillors may have"):
        short_band("1.8342")


def test_without_years_or_grades_there_is_no_picture_of_them():
    area = make_area(years=0)
    briefing, figures = papers_of(area)
    assert figures.trend is None
    ungraded = replace(briefing, words=briefing.words.model_copy(update={"impact": None}))
    assert make_figures(ungraded, ground=map_ground(area)).grading is None


def test_the_grading_says_which_cell_is_marked():
    assert "Impact serious, likelihood possible" in grading_figure(3, 2).alt
    assert grading_figure(3, 2).png != grading_figure(2, 3).png


def test_a_name_is_cut_where_it_is_too_long_and_loses_what_cannot_be_seen():
    assert cut("x" * 5_000, most=40) == "x" * 39 + "…"
    assert cut("Ca\u202estle\u200b", most=40) == "Castle"
    assert cut("Castle", most=6) == "Castle"


@pytest.mark.parametrize(("metres", "length"), [(999, 500), (1_000, 1_000), (4_999, 2_000), (73, 50), (20_500, 20_000)])
def test_the_scale_bar_has_a_round_length(metres, length):
    assert round_length(metres) == length


def test_outlines_within_a_frame_fill_it():
    area = make_area()
    assert set(map_ground(area).inside((450_500, 300_100, 451_500, 300_900))) == set(CODES[:2])
