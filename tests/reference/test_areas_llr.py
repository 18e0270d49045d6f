"""Areas of the real wards of Leicester, Leicestershire and Rutland; the counts on them are drawn, none is public."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from sklearn.metrics import adjusted_rand_score

from analysis.areas import Areas, make_areas
from geo.neighbours import ward_neighbours

LLR = Path(__file__).parents[2].parent / "shared" / "data" / "llr"
LEAST = 8

pytestmark = pytest.mark.skipif(not LLR.is_dir(), reason="the real public files are not present beside the project")


@pytest.fixture(scope="module")
def wards() -> gpd.GeoDataFrame:
    real = gpd.read_file(LLR / "wards_dec2023.geojson").to_crs("EPSG:27700")
    real = real.rename(columns={"WD23CD": "ward_code", "WD23NM": "ward_name", "LAD23NM": "district"})
    people = pd.read_csv(LLR / "population_census2021_wd24_bestfit.csv").set_index(["ltla24_name", "ward24_name"])
    key = pd.MultiIndex.from_frame(real[["district", "ward_name"]])
    return real.assign(residents=people["total_residents"].reindex(key).to_numpy(dtype=float))


@pytest.fixture(scope="module")
def neighbours(wards):
    return ward_neighbours(wards)


def draw(wards, *, seed: int) -> np.ndarray:
    """(n, 2) a year of 300 referrals and 3,500 incidents at risks that differ, as they do, by a factor of two or so."""
    rng = np.random.default_rng(seed)
    risk = np.exp(0.4 * np.random.default_rng(99).standard_normal((len(wards), 2)))
    people = wards["residents"].fillna(0).to_numpy()
    weight = risk * people[:, None]
    return rng.poisson(weight / weight.sum(axis=0) * [300, 3_500])


def areas_of(wards, neighbours, counts) -> Areas:
    return make_areas(wards, referrals=counts[:, 0], incidents=counts[:, 1], neighbours=neighbours, least=LEAST)


def test_the_areas_are_publishable_balanced_compact_and_keep_to_districts(wards, neighbours):
    table = areas_of(wards, neighbours, draw(wards, seed=0)).table
    assert len(table) >= 15
    assert table[["referrals", "incidents"]].min().min() >= LEAST
    assert table["wards"].sum() == 176
    assert table["in_one_piece"].all()
    assert (shapely.get_num_geometries(shapely.buffer(table.geometry.to_numpy(), 1.0)) == 1).all()
    assert table["residents"].std(ddof=0) / table["residents"].mean() < 0.4
    assert table["compactness"].mean() > 0.35
    assert table["area_name"].is_unique


def test_most_wards_stay_together_when_the_counts_are_drawn_again(wards, neighbours):
    years = [areas_of(wards, neighbours, draw(wards, seed=seed)).ward_area for seed in range(6)]
    agreement = [adjusted_rand_score(one, other) for one in years for other in years if one is not other]
    assert np.mean(agreement) > 0.9
