"""Invented place names."""

import numpy as np
import pandas as pd
import pytest

from data.demo.names import REPEATED, ward_names


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


@pytest.fixture
def wards() -> pd.DataFrame:
    districts = ["City"] * 8 + ["Up"] * 9 + ["Down"] * 6
    towns = ["City"] * 8 + ["Otterby"] * 4 + [None] * 5 + [None] * 6
    return pd.DataFrame({"district": districts, "town": pd.array(towns, dtype="str")})


@pytest.fixture
def offsets(wards: pd.DataFrame) -> np.ndarray:
    offsets = np.zeros((len(wards), 2))
    offsets[8:12] = [(0.1, 0.0), (0.0, 2.0), (0.0, -2.0), (0.6, 0.5)]
    return offsets


def test_town_wards_are_named_for_where_they_lie(wards: pd.DataFrame, offsets: np.ndarray) -> None:
    names = ward_names(wards, offsets=offsets, city="City", rng=rng())
    assert names[8:11] == ["Otterby Central", "Otterby North", "Otterby South"]
    assert names[11].startswith("Otterby ")


def test_city_wards_do_not_carry_the_name_of_the_city(wards: pd.DataFrame, offsets: np.ndarray) -> None:
    names = ward_names(wards, offsets=offsets, city="City", rng=rng())
    assert not any("City" in name for name in names[:8])


@pytest.mark.parametrize("seed", range(5))
def test_one_name_stands_in_two_districts_and_no_other_twice(
    wards: pd.DataFrame, offsets: np.ndarray, seed: int
) -> None:
    named = wards.assign(name=ward_names(wards, offsets=offsets, city="City", rng=rng(seed)))
    twice = named[named["name"].duplicated(keep=False)]
    assert twice["name"].tolist() == [REPEATED, REPEATED]
    assert twice["district"].nunique() == 2


def test_the_same_seed_gives_the_same_names(wards: pd.DataFrame, offsets: np.ndarray) -> None:
    first, again, other = (ward_names(wards, offsets=offsets, city="City", rng=rng(seed)) for seed in (3, 3, 4))
    assert first == again != other
