"""Incidents into areas, on points placed by hand."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.incident_clusters import NO_SIGNIFICANCE, IncidentClusters, cluster_incidents
from data.errors import RefusedInputError, UsageError

EAST, NORTH = 450_000, 300_000


def incidents_at(*places: tuple[float, float, int], step: float = 0.0) -> pd.DataFrame:
    """So many incidents at each place (metres east and north of a corner), `step` metres from each other."""
    spots = [(EAST + x + step * number, NORTH + y) for x, y, times in places for number in range(times)]
    return pd.DataFrame(spots, columns=["easting", "northing"], dtype=float).assign(count=1)


def cluster(incidents: pd.DataFrame, **options) -> IncidentClusters:
    return cluster_incidents(incidents, **{"least": 8, **options})


TWO = incidents_at((125, 125, 12), (5_125, 125, 9), (2_600, 2_600, 3), step=5.0)


def test_two_groups_far_apart_are_two_areas_and_the_rest_is_in_none():
    found = cluster(TWO)
    assert sorted(found.table["incidents"]) == [9, 12]
    assert sorted(found.table["share"]) == [pytest.approx(9 / 24), pytest.approx(12 / 24)]
    assert sorted(found.table["places"]) == [9, 12]
    assert (found.incidents, found.clustered, found.unclustered, found.unlocated) == (24, 21, 3, 0)
    assert found.incident_area.isna().tolist() == [False] * 21 + [True] * 3
    assert found.incident_area.nunique() == 2
    assert found.table.crs == "EPSG:27700"


def test_areas_are_whole_squares_of_the_national_grid():
    outlines = cluster(TWO).table.geometry
    assert sorted(shape.bounds for shape in outlines) == [
        (450_000, 300_000, 450_250, 300_250),
        (455_000, 300_000, 455_250, 300_250),
    ]
    corners = shapely.get_coordinates(cluster(TWO, square=400.0).table.geometry.to_numpy())
    assert (corners % 400 == 0).all()


def test_an_outline_does_not_give_away_where_in_its_squares_the_incidents_are():
    here = cluster(incidents_at((10, 10, 9), step=1.0))
    there = cluster(incidents_at((200, 220, 9), step=2.0))
    assert here.table["area_code"].tolist() == there.table["area_code"].tolist()
    assert here.table.geometry.geom_equals(there.table.geometry).all()


def test_incidents_all_on_one_point_are_one_area():
    found = cluster(incidents_at((125, 125, 200)))
    assert found.table["incidents"].tolist() == [200]
    assert found.table["places"].tolist() == [1]


def test_points_with_many_incidents_each_do_not_spoil_the_groups():
    # densities of infinity less infinity, were every copy of a point given to HDBSCAN
    found = cluster(incidents_at((100, 100, 50), (150, 100, 50), (5_000, 0, 40), (9_000, 0, 3)))
    assert sorted(found.table["incidents"]) == [40, 100]
    assert found.unclustered == 3


def test_counts_of_a_row_are_incidents():
    rows = incidents_at((125, 125, 1), (5_000, 0, 1)).assign(count=[9, 5])
    found = cluster(rows)
    assert found.table["incidents"].tolist() == [9]
    assert (found.incidents, found.unclustered) == (14, 5)


def test_rows_that_count_nothing_make_no_area_but_have_one_if_they_lie_in_it():
    rows = incidents_at((125, 125, 9), (126, 125, 1), (5_000, 0, 20)).assign(count=[1] * 9 + [0] * 21)
    found = cluster(rows)
    assert found.table["incidents"].tolist() == [9]
    assert found.incident_area.notna().tolist() == [True] * 10 + [False] * 20


def test_fewer_than_the_least_are_no_area():
    for rows in (incidents_at((125, 125, 7)), incidents_at((0, 0, 7), (9_000, 0, 7), step=3.0)):
        found = cluster(rows)
        assert found.table.empty
        assert found.unclustered == len(rows)
        assert found.incident_area.isna().all()
        assert "No 8 incidents lie closer together" in found.statement


def test_incidents_without_a_location_are_counted_apart():
    rows = pd.concat([TWO, pd.DataFrame({"easting": [np.nan, EAST], "northing": [NORTH, np.nan], "count": [2, 3]})])
    found = cluster(rows.reset_index(drop=True))
    assert (found.incidents, found.clustered, found.unclustered, found.unlocated) == (29, 21, 3, 5)
    assert sorted(found.table["share"]) == [pytest.approx(9 / 29), pytest.approx(12 / 29)]


@pytest.mark.parametrize("rows", [incidents_at(), incidents_at((0, 0, 3)).assign(easting=np.nan)])
def test_no_points_are_no_areas(rows):
    found = cluster(rows)
    assert found.table.empty
    assert list(found.table.columns) == ["area_code", "incidents", "share", "places", "geometry"]
    assert found.unlocated == len(rows)


def test_groups_closer_together_than_the_distance_asked_for_are_one():
    rows = incidents_at((0, 0, 12), (300, 0, 12), (9_000, 0, 12), step=2.0)
    assert sorted(cluster(rows, apart=100.0).table["incidents"]) == [12, 12, 12]
    assert sorted(cluster(rows, apart=400.0).table["incidents"]) == [12, 24]


def test_an_area_counts_every_incident_in_its_outline_and_areas_do_not_overlap():
    rng = np.random.default_rng(5)
    middles = rng.uniform(0, 6_000, (12, 2))
    spread = np.concatenate(
        [rng.normal(middle, 200, (40, 2)) for middle in middles] + [rng.uniform(0, 6_000, (300, 2))]
    )
    rows = pd.DataFrame(spread + np.array([EAST, NORTH]), columns=["easting", "northing"]).assign(count=1)
    found = cluster(rows, least=15)
    outlines = found.table.geometry.to_numpy()
    assert len(outlines) > 5
    assert (shapely.get_type_id(outlines) == shapely.GeometryType.POLYGON).all()
    assert shapely.union_all(outlines).area == pytest.approx(shapely.area(outlines).sum())
    points = shapely.points(rows[["easting", "northing"]].to_numpy())
    counted = [int(shapely.contains(outline, points).sum()) for outline in outlines]
    assert counted == found.table["incidents"].tolist()
    assert min(counted) >= 15
    assert found.table["area_code"].is_monotonic_increasing


def test_the_statement_claims_no_significance_and_holds_no_count():
    found = cluster(incidents_at((125, 125, 137), (5_125, 125, 149)))
    assert NO_SIGNIFICANCE in found.statement
    assert found.statement.startswith("2 areas of whole squares of 250 m, each with at least 8 incidents.")
    assert not any(number in found.statement for number in ("137", "149", "286"))


def test_nothing_given_is_changed():
    before = TWO.copy()
    cluster(TWO)
    assert TWO.equals(before)


def test_an_account_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="do not add up"):
        dataclasses.replace(cluster(TWO), unlocated=1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"least": 1}, "least: expected 2 incidents or more"),
        ({"apart": 0.0}, "apart: expected metres above 0"),
        ({"apart": 300.0, "reach": 200.0}, "reach: expected at least as many metres as apart"),
        ({"square": float("nan")}, "square: expected metres above 0"),
    ],
)
def test_options_that_make_no_sense_are_refused(options, said):
    with pytest.raises(UsageError, match=said):
        cluster(TWO, **options)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (TWO.drop(columns="northing"), "no column northing"),
        (TWO.assign(count=0.713), "column count of the incidents: expected whole numbers"),
        (TWO.assign(count=-713), "column count of the incidents: expected whole numbers"),
        (TWO.assign(easting=-1.713, northing=52.6), "look like degrees"),
    ],
)
def test_incidents_that_cannot_be_used_are_refused_without_a_value(rows, said):
    with pytest.raises(RefusedInputError, match=said) as refused:
        cluster(rows)
    assert "713" not in str(refused.value)
