"""Groups over the ward map: what is sent of them, and their part of the legend."""

import geopandas as gpd
import pandas as pd
from shapely import MultiPolygon, Point, box

from pages.components.map_groups import Group, groups_in_words, legend_items, marks_of, messages, places_of, rings_of

DISTRICTS = Group("districts", "Districts", ("North",))
AREAS = Group("areas", "Areas", ("A & B", "C"), of=(0, None, 1), statements=("No finding.",))
PLACES = Group("places", "Places", ("Here",), rings=((1, 2, 3, 4),))


def test_of_areas_the_number_of_each_ward_is_sent_and_of_districts_nothing_but_the_line() -> None:
    sent = messages([DISTRICTS, AREAS, PLACES])
    assert set(sent["districts"]) == {"dash", "width", "casing"}
    assert (sent["areas"]["of"], sent["areas"]["names"]) == ((0, None, 1), ("A & B", "C"))
    assert sent["places"]["rings"] == ((1, 2, 3, 4),)
    assert "names" not in sent["places"]


def test_of_what_is_provided_marks_are_sent_with_how_much_there_is_and_no_name() -> None:
    marks = marks_of(gpd.GeoSeries([Point(-1.1, 52.6), Point(0.5, 53.0)], crs="EPSG:4326"), counts=[2, 1])
    sent = messages([Group("provision", "Provided", ("Castle (2 forums)",), marks=marks)])["provision"]
    assert sent["marks"] == ((5_260_000, -110_000, 2), (5_300_000, 50_000, 1))
    assert "names" not in sent


def test_each_kind_has_dashes_of_its_own_and_areas_fit_within_district_borders() -> None:
    both, alone = messages([DISTRICTS, AREAS, PLACES]), messages([DISTRICTS, PLACES])
    assert len({one["dash"] for one in both.values()}) == 3
    assert both["districts"]["width"] > both["areas"]["casing"]  # type: ignore[operator]
    assert alone["districts"]["width"] < both["districts"]["width"]  # type: ignore[operator]


def test_wards_are_taken_in_map_order_and_those_in_no_area_that_is_shown_have_none() -> None:
    areas = pd.Series({"W3": "x", "W1": "y", "W2": None, "W4": "hidden"}, dtype="str")
    assert places_of(areas, ward_codes=["W1", "W2", "W3", "W4", "W5"], areas=["x", "y"]) == (1, None, 0, None, None)


def test_rings_are_steps_in_metres_of_a_degree_and_holes_and_parts_are_rings_too() -> None:
    ring, *others = rings_of(gpd.GeoSeries([box(-1.0, 52.0, -0.9, 52.1)], crs="EPSG:4326"))
    assert not others
    assert (sum(ring[0::2]), sum(ring[1::2])) == (ring[0], ring[1]), "closed: the way leads back to the first corner"
    assert ring[0] in (5_200_000, 5_210_000)
    assert sorted({abs(step) for step in ring[2:]}) == [0, 10_000]
    pierced = box(0, 0, 9, 9).difference(box(3, 3, 6, 6))
    assert len(rings_of(gpd.GeoSeries([MultiPolygon([pierced, box(20, 20, 29, 29)])], crs="EPSG:4326"))) == 3


def test_the_legend_counts_them_and_the_words_name_them_as_text() -> None:
    assert ">Areas</span>" in legend_items([AREAS])
    assert '<span class="n">2</span>' in legend_items([AREAS])
    said = groups_in_words([AREAS])
    assert "No finding." in said
    assert "A &amp; B, C" in said
    assert legend_items([]) == groups_in_words([]) == ""
