"""Old wards to new ones against `tobler`, on squares and on the real wards of 2019 and 2023 where they are present."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from data.readers import read_wards
from data.settings import Wards
from geo.vintage_counts import convert_people, measure_moved
from geo.vintage_weights import vintage_weights
from tests.square_wards import SIDE, square_wards

FILES = Path(__file__).parents[3] / "shared" / "data" / "llr"


def llr(year: int) -> gpd.GeoDataFrame:
    path = FILES / f"wards_dec{year}.geojson"
    if not path.is_file():
        pytest.skip("the real wards of Leicester, Leicestershire and Rutland are not here")
    short = str(year)[2:]
    names = {"code": f"WD{short}CD", "name": f"WD{short}NM", "district": f"LAD{short}NM"}
    return read_wards(path, Wards(vintage=year, **names)).rows


def by_tobler(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, people: "pd.Series[float]") -> "pd.Series[float]":
    interpolate = pytest.importorskip("tobler.area_weighted", reason="tobler is not installed").area_interpolate
    source = old[["geometry"]].assign(people=people.reindex(old["ward_code"]).to_numpy())
    theirs = interpolate(source, new, extensive_variables=["people"], allocate_total=True)
    return pd.Series(theirs["people"].to_numpy(), index=new["ward_code"]).sort_index()


def test_with_every_piece_counted_areas_weigh_as_they_do_in_tobler_on_squares():
    old = square_wards(4, 4, residents=list(np.arange(16) * 100.0 + 50))
    new = square_wards(4, 4).translate(0.3 * SIDE, 0.2 * SIDE)
    new_wards = old.assign(ward_code=[f"N{n:02d}" for n in range(16)], geometry=new)
    people = old.set_index("ward_code")["residents"]
    # The last column and row of old wards lie half outside: tobler, too, gives what is inside the whole of a ward's people.
    ours = convert_people(people, vintage_weights(old, new_wards, widest_sliver=0).table)
    assert ours.to_numpy() == pytest.approx(by_tobler(old, new_wards, people).to_numpy(), rel=1e-6)


def test_with_every_piece_counted_areas_weigh_as_they_do_in_tobler_on_real_wards():
    old, new = llr(2019), llr(2023)
    people = pd.Series(np.random.default_rng(0).uniform(2_000, 12_000, len(old)), index=old["ward_code"])
    ours = convert_people(people, vintage_weights(old, new, widest_sliver=0).table)
    theirs = by_tobler(old, new, people)
    assert ours.index.tolist() == theirs.index.tolist()
    assert ours.to_numpy() == pytest.approx(theirs.to_numpy(), rel=1e-6)


def test_181_wards_of_2019_become_176_of_2023():
    old, new = llr(2019), llr(2023)
    found = vintage_weights(old, new)
    assert (len(old), len(new)) == (181, 176)
    assert found.table.drop_duplicates("from_code")["basis"].value_counts().to_dict() == {
        "code and outline": 135,
        "area": 21,
        "outline": 14,
        "name and outline": 11,
    }
    assert found.table["to_code"].nunique() == 176
    assert not found.remarks
    # Not one ward that kept its code has the outline that it had: what is more than drawing is seen between them.
    assert (found.drawing.how, round(found.drawing.width)) == ("measured", 384)
    districts = old.set_index("ward_code")["district"]
    assert set(found.split["from_code"].map(districts)) == {"Blaby", "Charnwood"}
    moved = measure_moved(old.set_index("ward_code").geometry.area.rename("area"), found.table)
    assert moved.split / moved.total == pytest.approx(0.0749, abs=1e-4)
