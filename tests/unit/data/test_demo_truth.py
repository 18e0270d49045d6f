"""What is planted in the invented county is there to be found."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.demo import DemoArea, stored_area
from data.quarters import quarter_range, quarters_of

QUARTERS = quarter_range("2026/27 Q2", 16)


@pytest.fixture(scope="module")
def area() -> DemoArea:
    return stored_area()


@pytest.fixture(scope="module")
def incident_counts(area: DemoArea) -> pd.DataFrame:
    """Incidents by ward and quarter; a point on a border goes to the ward with the lower code."""
    located = area.incidents.dropna(subset="easting")
    points = gpd.GeoSeries.from_xy(
        located["easting"].astype(float), located["northing"].astype(float), crs="EPSG:27700"
    )
    rows, ward = shapely.STRtree(area.wards.geometry.to_numpy()).query(points.to_numpy(), predicate="intersects")
    found = pd.DataFrame({"row": rows, "ward": ward}).sort_values(["row", "ward"]).drop_duplicates("row")
    quarter = quarters_of(located["date"]).to_numpy()[found["row"]]
    return _table(area, pd.Series(1, index=found.index), area.wards["ward_code"].to_numpy()[found["ward"]], quarter)


@pytest.fixture(scope="module")
def referral_counts(area: DemoArea) -> pd.DataFrame:
    referrals = area.referrals
    return _table(area, referrals["count"], referrals["ward_code"].to_numpy(), referrals["quarter"].to_numpy())


def _table(area: DemoArea, count: "pd.Series[int]", ward: object, quarter: object) -> pd.DataFrame:
    flat = pd.DataFrame({"count": count.to_numpy(), "ward": ward, "quarter": quarter})
    wide = flat.pivot_table(index="ward", columns="quarter", values="count", aggfunc="sum", fill_value=0)
    return wide.reindex(index=area.wards["ward_code"], columns=QUARTERS, fill_value=0)


def _ratio(area: DemoArea, counts: pd.DataFrame, wards: "pd.Series[str]", quarters: list[str]) -> float:
    """Give observed over expected, by residents, of some wards together."""
    residents = area.population.set_index("ward_code")["residents"]
    expected = counts[quarters].sum().sum() * residents[wards].sum() / residents.sum()
    return float(counts.loc[wards, quarters].sum().sum() / expected)


def _wards(area: DemoArea, kind: str) -> list["pd.Series[str]"]:
    return [rows["ward_code"] for _, rows in area.truth[area.truth["kind"] == kind].groupby("area")]


def test_every_kind_is_planted_once_in_different_wards(area: DemoArea) -> None:
    kinds = area.truth.groupby("kind")["area"].nunique().to_dict()
    assert kinds == {
        "overlap": 3, "referrals only": 2, "incidents only": 1, "isolated": 1, "emerging": 1, "fading": 1,
    }  # fmt: skip
    assert area.truth["ward_code"].is_unique


def test_wards_of_a_planted_area_touch(area: DemoArea) -> None:
    outlines = area.wards.set_index("ward_code").geometry
    for name, rows in area.truth.groupby("area"):
        whole = shapely.union_all(outlines[rows["ward_code"]].to_numpy())
        assert whole.geom_type == "Polygon", name


@pytest.mark.parametrize("kind", ["overlap", "isolated"])
def test_overlapping_wards_are_high_on_both(
    area: DemoArea, referral_counts: pd.DataFrame, incident_counts: pd.DataFrame, kind: str
) -> None:
    for wards in _wards(area, kind):
        assert _ratio(area, referral_counts, wards, QUARTERS) > 2.2
        assert _ratio(area, incident_counts, wards, QUARTERS) > 2.5


def test_one_sided_areas_are_high_on_one_measure_only(
    area: DemoArea, referral_counts: pd.DataFrame, incident_counts: pd.DataFrame
) -> None:
    for wards in _wards(area, "referrals only"):
        assert _ratio(area, referral_counts, wards, QUARTERS) > 2.2
        assert _ratio(area, incident_counts, wards, QUARTERS) < 1.4
    (night_time,) = _wards(area, "incidents only")
    assert _ratio(area, incident_counts, night_time, QUARTERS) > 2.5
    assert _ratio(area, referral_counts, night_time, QUARTERS) < 1.4


def test_the_night_time_economy_is_not_high_for_the_people_who_are_there(
    area: DemoArea, incident_counts: pd.DataFrame
) -> None:
    (night_time,) = _wards(area, "incidents only")
    workday = area.population.set_index("ward_code")["workday"]
    expected = incident_counts.sum().sum() * workday[night_time].sum() / workday.sum()
    assert incident_counts.loc[night_time].sum().sum() / expected < 1.5


def test_one_area_emerges_and_one_fades(
    area: DemoArea, referral_counts: pd.DataFrame, incident_counts: pd.DataFrame
) -> None:
    (emerging,), (fading,) = _wards(area, "emerging"), _wards(area, "fading")
    early, late = QUARTERS[:8], QUARTERS[-4:]
    for counts in (referral_counts, incident_counts):
        assert _ratio(area, counts, emerging, late) > 2.0 > 1.5 > _ratio(area, counts, emerging, early)
        assert _ratio(area, counts, fading, early) > 2.2 > 1.5 > _ratio(area, counts, fading, late)


def test_the_rest_of_the_county_is_not_high_on_both(
    area: DemoArea, referral_counts: pd.DataFrame, incident_counts: pd.DataFrame
) -> None:
    residents = area.population.set_index("ward_code")["residents"]
    rest = ~area.wards["ward_code"].isin(area.truth["ward_code"]).to_numpy()
    high = [
        counts.sum(axis=1) > 2.0 * counts.sum().sum() * residents / residents.sum()
        for counts in (referral_counts, incident_counts)
    ]
    assert (high[0] & high[1])[rest].sum() == 0
