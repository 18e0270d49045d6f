"""Totals are kept and nobody gets a negative, whatever the wards, the shares and the counts."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.vintage_counts import convert_counts, convert_people
from geo.vintage_weights import vintage_weights
from tests.square_wards import EAST, NORTH, SIDE, square_wards

OLD = square_wards(3, 3)
CODES = OLD["ward_code"].tolist()


@st.composite
def weights(draw: st.DrawFn) -> pd.DataFrame:
    rows = []
    for code in CODES[:4]:
        parts = draw(st.lists(st.floats(1e-9, 1.0), min_size=1, max_size=4))
        to = draw(st.lists(st.sampled_from(CODES), min_size=len(parts), max_size=len(parts), unique=True))
        rows += [(code, one, part / sum(parts)) for one, part in zip(to, parts, strict=True)]
    return pd.DataFrame(rows, columns=["from_code", "to_code", "share"])


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    cell = st.tuples(
        st.sampled_from(CODES[:4]),
        st.sampled_from(["2022/23 Q4", "2023/24 Q1", "2023/24 Q2"]),
        st.sampled_from(["one", "other", None]),
        st.sampled_from(["education", None]),
        st.integers(0, 40) | st.integers(0, 10**9),
    )
    columns = ["ward_code", "quarter", "category", "sector", "count"]
    table = pd.DataFrame(draw(st.lists(cell, min_size=1, max_size=40)), columns=columns)
    return table.astype(dict.fromkeys(columns[:4], "str") | {"count": "int64"})


@settings(deadline=None, max_examples=60)
@given(counts=tables(), shares=weights(), seed=st.integers(0, 2**32))
def test_every_total_is_kept_and_every_window_is_near_its_share(counts: pd.DataFrame, shares: pd.DataFrame, seed: int):
    dealt = convert_counts(counts, shares, seed=seed).counts
    assert (dealt["count"] >= 0).all()
    keys = ["quarter", "category", "sector"]
    pd.testing.assert_series_equal(
        dealt.groupby(keys, dropna=False)["count"].sum(), counts.groupby(keys, dropna=False)["count"].sum()
    )
    expected = convert_people(
        counts.groupby("ward_code")["count"].sum().astype(float), shares[shares["from_code"].isin(counts["ward_code"])]
    )
    got = dealt.groupby("ward_code")["count"].sum().reindex(expected.index)
    # Less than 3 for each old ward in four pieces; large counts meet the floor of floats.
    assert (np.abs(got - expected) < 3 * 4 + 1e-6 * expected).all()


@settings(deadline=None, max_examples=30)
@given(cuts=st.lists(st.floats(0.05, 2.95), min_size=1, max_size=4, unique=True), tilt=st.floats(-0.5, 0.5))
def test_shares_of_each_ward_sum_to_one_and_people_to_what_they_were(cuts: list[float], tilt: float):
    new = _sliced(sorted(cuts), tilt=tilt)
    found = vintage_weights(OLD, new)
    assert set(found.table["from_code"]) == set(CODES)
    assert found.table.groupby("from_code")["share"].sum().to_numpy() == pytest.approx(1.0)
    assert (found.table["share"] > 0).all()
    people = OLD.set_index("ward_code")["residents"]
    assert convert_people(people, found.table).sum() == pytest.approx(people.sum())


def _sliced(cuts: list[float], *, tilt: float):
    """The same ground, cut by lines from south to north that lean."""
    ground = OLD.union_all()
    north = NORTH + 3 * SIDE
    lines = [
        shapely.LineString([(EAST + SIDE * (x - tilt), NORTH - SIDE), (EAST + SIDE * (x + tilt), north + SIDE)])
        for x in cuts
    ]
    everything = shapely.union_all([ground.boundary, *lines])
    parts = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.node(everything))))
    inside = [part for part in parts if ground.contains(part.representative_point()) and part.area > 1]
    return OLD.iloc[[0] * len(inside)].assign(
        ward_code=[f"N{number:02d}" for number in range(len(inside))], geometry=inside
    )
