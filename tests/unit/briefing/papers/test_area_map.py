"""The map of a whole area: classes, badges that can be told apart and point to their wards, a key, the same bytes."""

import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from briefing.map_ground import map_ground
from briefing.map_shapes import polygons_of
from briefing.papers.area_map import area_map_figure
from briefing.papers.area_map_badges import HEIGHT, place_badges
from briefing.papers.area_map_key import key_entries, place_key
from briefing.printable import width_mm
from disclosure.palette import CLASSES_OF_OVERLAP, style_of_class
from tests.briefings import CODES, make_area
from tests.papers import NASTY

REAL = Path("../shared/data/llr/wards_dec2023.geojson")
STYLES = {name: style_of_class(name, dark=False) for name in CLASSES_OF_OVERLAP}
KEY = tuple(STYLES.items())
ROOM = (0.0, 0.0, 178.0, 120.0)


def texts(svg: bytes) -> list[str]:
    return ["".join(one.itertext()).strip() for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def grid(*, columns: int, rows: int, side: float, origin: tuple[float, float] = (0, 0)) -> dict[str, shapely.Polygon]:
    """Squares in a grid."""
    x, y = origin
    return {
        f"{row:02d}{column:02d}": shapely.box(
            x + column * side, y + row * side, x + (column + 1) * side, y + (row + 1) * side
        )
        for row in range(rows)
        for column in range(columns)
    }


def figure(**changed):
    ground = map_ground(make_area())
    asked = {
        "styles": {code: STYLES[ground.classes[code]] for code in CODES},
        "key": KEY,
        "alt": "Four wards in a row.",
        "labels": {CODES[0]: "1", CODES[2]: "B"},
        "borders": ground.borders,
    }
    return area_map_figure(ground.outlines, **{**asked, **changed})


def test_a_title_stands_above_the_map_and_takes_room_of_its_own():
    plain, titled = figure(width_mm=56, key=()), figure(width_mm=56, key=(), title="Year to March 2026")
    assert "Year to March 2026" in texts(titled.svg)
    assert titled.height_mm == plain.height_mm + 5


def test_the_same_map_gives_the_same_bytes():
    assert figure() == figure()
    assert b"2026-" not in figure().svg.split(b"<defs>")[0]


def test_every_class_in_the_key_stands_with_its_colour_and_its_words_with_districts_and_scale():
    drawn = figure()
    assert drawn.alt == "Four wards in a row."
    assert all(style.fill in drawn.svg.decode() for style in STYLES.values())
    assert set(STYLES) <= set(texts(drawn.svg))
    assert {"1", "B", "border of a district"} <= set(texts(drawn.svg))
    assert "500 m" in texts(drawn.svg)


def test_a_map_for_a_row_of_three_has_no_scale_and_no_key_unless_asked_for():
    small = figure(width_mm=56, key=(), labels={})
    assert texts(small.svg) == []
    assert small.width_mm == 56
    assert texts(figure(width_mm=56, labels={}).svg) == list(STYLES)


def test_the_picture_is_no_higher_than_it_needs_nor_than_it_may_be():
    assert figure().height_mm < 80
    tall = grid(columns=1, rows=6, side=1_000.0)
    drawn = area_map_figure(tall, styles=dict.fromkeys(tall, KEY[0][1]), key=KEY, alt="x", height_mm=90)
    assert drawn.height_mm <= 90


def test_a_text_in_the_key_is_a_text_whatever_it_holds_and_stays_within_its_width():
    drawn = figure(key=[(NASTY, KEY[0][1])], width_mm=56, labels={CODES[0]: "$x$"})
    assert "$x$" in texts(drawn.svg)
    assert "".join(texts(drawn.svg)[:-1]).replace(" ", "") == NASTY.replace(" ", "")
    longest = [(letter * 85, KEY[0][1]) for letter in "Wmi"]
    for width in (52.0, 178.0):
        placed = place_key(key_entries(longest, borders=True, scale=True), width=width)
        assert all(one.x + one.width <= width for one in placed.entries)


def test_an_outline_without_a_style_is_refused_and_so_is_a_map_of_nothing():
    with pytest.raises(ValueError, match="a style for each"):
        figure(styles={})
    with pytest.raises(ValueError, match="at least one outline"):
        area_map_figure({}, styles={}, key=(), alt="")


def test_a_ward_with_room_holds_its_badge_and_a_small_one_has_it_beside_with_a_line():
    large, small = shapely.box(0, 0, 30, 30), shapely.box(60, 60, 62, 62)
    badges = {one.text: one for one in place_badges({"a": large, "b": small}, labels={"a": "7", "b": "8"}, room=ROOM)}
    assert (badges["7"].x, badges["7"].y) == pytest.approx((15, 15))
    assert badges["7"].point is None
    assert small.contains(shapely.Point(badges["8"].point))
    assert not small.intersects(box_of(badges["8"]))


def box_of(badge) -> shapely.Polygon:
    return shapely.box(*(np.array([badge.x, badge.y]) - badge.half), *(np.array([badge.x, badge.y]) + badge.half))


@pytest.mark.parametrize("side", [1.5, 3.0, 12.0])
def test_no_badge_lies_on_another_or_on_the_point_of_another_or_outside(side):
    shapes = grid(columns=8, rows=6, side=side, origin=(60, 40))
    badges = place_badges(shapes, labels={code: code[1:] for code in shapes}, room=ROOM)
    assert len(badges) == len(shapes)
    boxes = [box_of(one) for one in badges]
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    points = [shapely.Point(one.point) for one in badges if one.point]
    assert not any(box.intersects(point) for box in boxes for point in points)
    assert all(shapely.box(*ROOM).contains(box) for box in boxes)


def test_lines_of_badges_of_one_size_do_not_cross():
    shapes = grid(columns=5, rows=4, side=2.0, origin=(80, 50))
    badges = place_badges(shapes, labels=dict.fromkeys(shapes, "8"), room=ROOM)
    lines = [shapely.LineString([one.point, (one.x, one.y)]) for one in badges if one.point]
    assert len(lines) == len(shapes)
    assert not any(one.crosses(other) for one, other in combinations(lines, 2))


def test_where_there_is_no_room_at_all_a_badge_stands_on_its_ward():
    shapes = grid(columns=10, rows=10, side=1.0)
    badges = place_badges(shapes, labels=dict.fromkeys(shapes, "88"), room=(0, 0, 12, 12))
    assert len(badges) == 100
    assert any(one.point is None for one in badges)


def test_a_long_label_is_cut_and_its_badge_is_as_wide_as_its_text():
    (badge,) = place_badges({"a": shapely.box(0, 0, 30, 30)}, labels={"a": "A1234567"}, room=ROOM)
    assert badge.text == "A12…"
    assert 2 * badge.half[0] > width_mm(badge.text, size=7.5, bold=True)
    assert 2 * badge.half[1] == HEIGHT


def test_real_wards_are_drawn_with_a_badge_for_each_ward_of_the_city():
    if not REAL.exists():
        pytest.skip("the outlines of real wards are not there")
    wards = gpd.read_file(REAL).to_crs("EPSG:27700")
    shapes = map(polygons_of, shapely.make_valid(wards.geometry.to_numpy()))
    outlines = dict(zip(wards["WD23CD"], shapes, strict=True))
    city = wards.loc[wards["LAD23NM"] == "Leicester", "WD23CD"]
    drawn = area_map_figure(
        outlines,
        styles=dict.fromkeys(outlines, KEY[3][1]),
        key=KEY,
        alt="x",
        labels={code: f"{number}" for number, code in enumerate(city, start=1)},
    )
    assert {f"{number}" for number in range(1, len(city) + 1)} <= set(texts(drawn.svg))
    assert drawn.height_mm <= 150
