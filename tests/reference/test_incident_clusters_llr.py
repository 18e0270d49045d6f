"""Areas of real incident points: police.uk public order offences, which stand in for hate crime and are snapped to streets."""

from pathlib import Path

import pandas as pd
import pytest
import shapely

from analysis.incident_clusters import cluster_incidents
from data.coordinates import points_from_degrees

POINTS = Path(__file__).parents[2].parent / "shared" / "data" / "llr" / "police_uk_street"
LEAST = 20

pytestmark = pytest.mark.skipif(not POINTS.is_dir(), reason="the real public files are not present beside the project")


@pytest.fixture(scope="module")
def incidents() -> pd.DataFrame:
    """One year, some of it without a location."""
    months = sorted(POINTS.glob("**/2021-*.csv"))
    rows = pd.concat([pd.read_csv(month, dtype="str") for month in months], ignore_index=True)
    rows = rows[rows["Crime type"] == "Public order"].reset_index(drop=True)
    points = points_from_degrees(rows["Longitude"], rows["Latitude"])
    return pd.DataFrame({"easting": points.easting, "northing": points.northing, "count": 1})


def test_a_year_of_real_points_is_shown_as_areas_that_can_be_published(incidents):
    found = cluster_incidents(incidents, least=LEAST)
    outlines = found.table.geometry.to_numpy()
    assert len(incidents) > 10_000
    assert incidents["easting"].duplicated().mean() > 0.4
    assert 50 < len(outlines) < 300
    assert found.table["incidents"].min() >= LEAST
    assert 0.4 < found.clustered / found.incidents < 0.9
    assert found.unlocated == incidents["easting"].isna().sum() > 0
    assert found.clustered + found.unclustered + found.unlocated == len(incidents)
    assert shapely.union_all(outlines).area == pytest.approx(shapely.area(outlines).sum())
    assert shapely.area(outlines).max() < 30e6  # less than a small town: reach keeps areas local


def test_the_order_of_the_rows_does_not_matter(incidents):
    mixed = incidents.sample(frac=1, random_state=1)
    found, again = cluster_incidents(incidents, least=LEAST), cluster_incidents(mixed, least=LEAST)
    assert again.table.equals(found.table)
    assert again.incident_area.sort_index().equals(found.incident_area)
