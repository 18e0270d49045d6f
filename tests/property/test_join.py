"""The join against brute force, on random coverages and random points."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from geo.join import join_to_wards

SIDE = 100
SAME_DISTANCE = 1e-6


@st.composite
def coverages(draw: st.DrawFn) -> gpd.GeoDataFrame:
    """Wards made of cells of a slanted lattice: shared borders, corners, holes, parts, gaps and overlaps."""
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    owners = draw(st.lists(st.integers(0, 5), min_size=columns * rows, max_size=columns * rows))
    widen = draw(st.sampled_from([0.0, 0.0, 3.0, -3.0]))
    slant = draw(st.sampled_from([0.0, 1 / 3]))
    cells: dict[int, list[Polygon]] = {}
    for number, owner in enumerate(owners):
        x, y = (number % columns) * SIDE, (number // columns) * SIDE
        cells.setdefault(owner, []).append(box(x - widen, y - widen, x + SIDE + widen, y + SIDE + widen))
    shapes = [shapely.union_all(parts) for parts in cells.values()]
    slanted = shapely.transform(shapes, lambda xy: xy + slant * xy[:, ::-1])
    codes = draw(st.permutations([f"W{owner}" for owner in cells]))
    return gpd.GeoDataFrame(
        {"ward_code": codes, "ward_name": [f"Name {code}" for code in codes], "district": "Mere"},
        geometry=list(slanted),
        crs="EPSG:27700",
    )


def records_of(wards: gpd.GeoDataFrame) -> st.SearchStrategy[pd.DataFrame]:
    """Records at corners, on borders, between wards and far off, some with a code or a name, some with nothing."""
    corners = shapely.get_coordinates(np.asarray(wards.geometry.array, dtype=object))
    # To the micrometre: below that, a distance can underflow to zero where the point is not covered.
    number = st.one_of(
        st.floats(-250, 800).map(lambda value: round(value, 6)),
        st.integers(-3, 16).map(lambda half: half * SIDE / 2),
        st.just(np.nan),
    )
    along = st.tuples(st.integers(0, len(corners) - 2), st.sampled_from([0.0, 0.5, 1.0])).map(
        lambda drawn: tuple(corners[drawn[0]] + drawn[1] * (corners[drawn[0] + 1] - corners[drawn[0]]))
    )
    code = st.sampled_from([None, None, None, "", "W0", "W1 ", "X"])
    name = st.sampled_from([None, None, None, " ", "name w2", "Name W3", "Nobody"])
    row = st.tuples(code, name, st.sampled_from(["Mere", None]), st.one_of(along, st.tuples(number, number)))
    return st.lists(row, max_size=12).map(as_records)


def as_records(rows: list[tuple[str | None, str | None, str | None, tuple[float, float]]]) -> pd.DataFrame:
    columns = ["ward_code", "ward_name", "district", "easting", "northing"]
    frame = pd.DataFrame([(*said, *place) for *said, place in rows], columns=columns)
    return frame.astype(dict.fromkeys(columns[:3], "str") | dict.fromkeys(columns[3:], float))


def brute_force(row: pd.Series, wards: gpd.GeoDataFrame, tolerance: float) -> tuple[str | None, str]:
    """Say the rules again, one record and one ward at a time."""
    shapes = dict(sorted(zip(wards["ward_code"], wards.geometry, strict=True)))
    code = "" if pd.isna(row["ward_code"]) else row["ward_code"].strip()
    name = "" if pd.isna(row["ward_name"]) else row["ward_name"].strip()
    if code in shapes:
        return code, "code"
    if name.title().replace("name", "Name").removeprefix("Name ") in shapes:
        return name.title().removeprefix("Name "), "name"
    if np.isfinite(row["easting"]) and np.isfinite(row["northing"]):
        point = shapely.Point(row["easting"], row["northing"])
        covering = [each for each, shape in shapes.items() if shape.covers(point)]
        if covering:
            return covering[0], "point"
        distances = {each: shape.distance(point) for each, shape in shapes.items()}
        least = min(distances.values())
        if least <= tolerance:
            return next(each for each, far in distances.items() if far <= least + SAME_DISTANCE), "nearest"
        return None, "outside"
    return None, "unmatched" if code or name else "unlocated"


def outcomes(records: pd.DataFrame) -> list[tuple[str | None, str]]:
    codes = [None if pd.isna(code) else code for code in records["ward_code"]]
    return list(zip(codes, records["joined_by"], strict=True))


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_every_record_gets_the_ward_that_brute_force_gives_it(data: st.DataObject) -> None:
    wards = data.draw(coverages())
    records = data.draw(records_of(wards))
    tolerance = data.draw(st.sampled_from([0.0, 1.0, 50.0, 120.0]))
    result = join_to_wards(records, wards, tolerance=tolerance)
    assert outcomes(result.records) == [brute_force(row, wards, tolerance) for _, row in records.iterrows()]
    report = result.report
    assert report.read == len(records) == report.used + report.unlocated + report.outside + report.unmatched
    assert report.used == result.records["ward_code"].notna().sum()


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_the_order_of_records_and_of_wards_changes_nothing(data: st.DataObject) -> None:
    wards = data.draw(coverages())
    records = data.draw(records_of(wards))
    row_order = data.draw(st.permutations(range(len(records))))
    ward_order = data.draw(st.permutations(range(len(wards))))
    straight = join_to_wards(records, wards)
    mixed = join_to_wards(records.iloc[list(row_order)], wards.iloc[list(ward_order)])
    pd.testing.assert_frame_equal(mixed.records.sort_index(), straight.records)
    assert mixed.report == straight.report


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 7.5, 50.0]))
def test_a_ward_in_many_parts_with_holes_is_joined_as_covers_says(seed: int, tolerance: float) -> None:
    rng = np.random.default_rng(seed)
    blobs = shapely.buffer(shapely.points(rng.uniform(0, 400, (8, 2))), rng.uniform(10, 80, 8))
    ward = shapely.difference(shapely.union_all(blobs), shapely.Point(200, 200).buffer(40))
    shape = ward if isinstance(ward, MultiPolygon) else MultiPolygon([ward])
    wards = gpd.GeoDataFrame(
        {"ward_code": ["W"], "ward_name": "W", "district": "D"}, geometry=[shape], crs="EPSG:27700"
    )
    xy = rng.uniform(-100, 500, (200, 2))
    joined = join_to_wards(pd.DataFrame(xy, columns=["easting", "northing"]), wards, tolerance=tolerance).records
    points = shapely.points(xy)
    expected = shapely.covers(shape, points) | (shapely.distance(shape, points) <= tolerance)
    assert (joined["ward_code"].notna().to_numpy() == expected).all()
