"""The familiar statistics against numbers that others have published of data that libpysal carries.

Columbus is 49 neighbourhoods (Anselin 1988), sids2 the 100 counties of North Carolina (Cressie 1993), stl 78 counties
around St Louis, desmith the ten areas of figure 5-31 of de Smith, Goodchild and Longley (2015).
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from libpysal import examples
from libpysal.graph import Graph, read_gal

from analysis.area_association import area_association
from analysis.around_ward import PAIRS
from analysis.empirical_bayes import empirical_bayes
from analysis.local_statistics import bivariate_moran, gi_star, local_lee, local_moran, surroundings_of


def surroundings(values, graph, *, permutations=99):
    values = np.asarray(values, dtype=float)
    return surroundings_of(
        values, neighbours=graph, alpha=0.05, permutations=permutations, rng=np.random.default_rng(1)
    )


def whole_area(values, graph):
    here = surroundings(values, graph)
    return area_association(here.z, weights=here.weights, permutations=999, rng=np.random.default_rng(1))


@pytest.fixture(scope="module")
def columbus():
    wards = gpd.read_file(examples.get_path("columbus.shp"))
    return wards, Graph.build_contiguity(wards, rook=False)


@pytest.fixture(scope="module")
def sids():
    return gpd.read_file(examples.get_path("sids2.shp")), read_gal(examples.get_path("sids2.gal"))


def quadrants(one):
    names = dict(zip(PAIRS, ["High-High", "Low-Low", "High-Low", "Low-High"], strict=False))
    return [names.get(label, "-") for label in one.label]


def test_lees_l_of_columbus(columbus):
    """esda, esda/tests/test_lee.py: L and its significance, which esda gives one-sided."""
    wards, graph = columbus
    found = whole_area(wards[["HOVAL", "CRIME"]], graph)
    assert found.lee == pytest.approx(np.array([[0.30136527, -0.23625603], [-0.23625603, 0.53512008]]), abs=1e-8)
    assert found.lee_p == pytest.approx(2 * np.array([[0.125, 0.026], [0.026, 0.001]]), abs=0.04)


def test_local_lee_of_columbus(columbus):
    """esda, esda/tests/test_lee.py: the first ten of 49, and their significance, which esda gives one-sided."""
    wards, graph = columbus
    found = local_lee(surroundings(wards[["HOVAL", "CRIME"]], graph, permutations=9_999))
    published = [0.10246023, -0.24169198, -0.1308714, 0.00895543, -0.16080899]
    published += [-0.00950808, -0.14615398, -0.0627634, 0.00661232, -0.42354628]
    assert found.value[:10] == pytest.approx(published, abs=1e-8)
    one_sided = np.array([0.154, 0.291, 0.358, 0.231, 0.146, 0.335, 0.325, 0.388, 0.244, 0.111])
    assert found.p[:10] == pytest.approx(2 * one_sided, abs=0.1)


def test_morans_i_of_two_measures_of_sids(sids):
    """esda, documentation of Moran_BV_matrix and esda/tests/test_moran.py."""
    counties, graph = sids
    assert whole_area(counties[["SIDR74", "SIDR79"]], graph).moran[0, 1] == pytest.approx(
        0.19362610652874668, rel=1e-12
    )
    assert whole_area(counties[["NWR79", "SIDR74"]], graph).moran[0, 1] == pytest.approx(0.37701382542927858, rel=1e-12)


def test_morans_i_of_the_homicide_rates_around_st_louis():
    """esda, esda/tests/test_moran.py."""
    counties = gpd.read_file(examples.get_path("stl_hom.shp"))
    found = whole_area(counties[["HR8893", "HR7984"]], read_gal(examples.get_path("stl.gal")))
    assert found.moran[0, 0] == pytest.approx(0.24365582621771659, rel=1e-9)


# spdep, reference page of localmoran_bv (CRIME of the ward, INC of its neighbours): statistic, two-sided simulated p, quadrant
SPDEP = {
    0: (-0.8578252210, 0.324, "Low-High"),
    1: (0.1802618568, 0.880, "Low-Low"),
    4: (-0.5037734606, 0.112, "High-Low"),
    6: (1.5201688711, 0.096, "Low-Low"),
    7: (-0.2016456990, 0.004, "High-Low"),
    11: (-1.2010054212, 0.008, "High-Low"),
    16: (0.1379508106, 0.028, "High-High"),
    18: (-0.3888822685, 0.608, "High-Low"),
    31: (-1.9581476375, 0.004, "Low-High"),
    34: (0.1181174820, 0.216, "High-High"),
    39: (-1.2709838927, 0.004, "Low-High"),
    48: (0.0094888641, 0.896, "Low-Low"),
}


def test_the_bivariate_local_moran_of_columbus(columbus):
    wards, graph = columbus
    here = surroundings_of(
        wards[["CRIME", "INC"]].to_numpy(),
        neighbours=graph,
        alpha=1,  # so that every ward shows its quadrant
        permutations=9_999,
        rng=np.random.default_rng(1),
    )
    found = bivariate_moran(here, measure=0)
    value, p, quadrant = zip(*SPDEP.values(), strict=True)
    chosen = list(SPDEP)
    assert found.value[chosen] == pytest.approx(np.array(value), abs=1e-10)
    # theirs is of 499 draws: four standard errors of it
    error = 4 * 2 * np.sqrt(np.array(p) / 2 * (1 - np.array(p) / 2) / 499) + 0.005
    assert (np.abs(found.p[chosen] - p) <= error).all()
    assert [quadrants(found)[ward] for ward in chosen] == list(quadrant)


def test_the_quadrants_of_local_moran_of_de_smith():
    """esda, documentation of Moran_Local: 1 high-high, 2 low-high, 3 low-low, 4 high-low."""
    z = pd.read_csv(examples.get_path("desmith.txt"), skiprows=1)["z"]
    here = surroundings_of(
        np.column_stack([z, z]),
        neighbours=read_gal(examples.get_path("desmith.gal")),
        alpha=1,
        permutations=99,
        rng=np.random.default_rng(1),
    )
    names = {1: "High-High", 2: "Low-High", 3: "Low-Low", 4: "High-Low"}
    assert quadrants(local_moran(here, measure=0)) == [names[q] for q in [4, 4, 4, 2, 3, 3, 1, 4, 3, 3]]


def test_gi_star_of_six_points():
    """esda, documentation of G_Local (binary weights, star): points within 15 of each other."""
    places = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)])
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    focal, neighbour = np.nonzero((apart > 0) & (apart <= 15))
    values = np.array([2, 3, 3.2, 5, 8, 7])
    graph = Graph.from_arrays(focal, neighbour, np.ones(len(focal)))
    found = gi_star(surroundings(np.column_stack([values, values]), graph), measure=0)
    published = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    assert found.value == pytest.approx(published, abs=1e-8)


def test_empirical_bayes_rates_of_sids(sids):
    """esda, esda/tests/test_smoothing.py: the first five counties."""
    counties, _ = sids
    found = empirical_bayes(counties["SID74"].to_numpy(), denominator=counties["BIR74"].to_numpy(dtype=float))
    assert found.rate[:5] == pytest.approx([0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349], abs=1e-7)


def test_empirical_bayes_rates_around_st_louis():
    """esda, documentation of Empirical_Bayes: the first ten counties."""
    counties = gpd.read_file(examples.get_path("stl_hom.shp"))
    found = empirical_bayes(counties["HC7984"].to_numpy(), denominator=counties["PO7984"].to_numpy(dtype=float))
    published = [2.36718950e-05, 4.54539167e-05, 4.78114019e-05, 2.76907146e-05, 6.58989323e-05]
    published += [3.66494122e-05, 5.79952721e-05, 2.03064590e-05, 3.31152999e-05, 3.02748380e-05]
    assert found.rate[:10] == pytest.approx(published, rel=1e-8)


def test_morans_i_of_standardised_rates_of_sids(sids):
    """esda, documentation of Moran_Rate and esda/tests/test_moran.py: the index of Assuncao and Reis (1999)."""
    counties, graph = sids
    found = empirical_bayes(counties["SID79"].to_numpy(), denominator=counties["BIR79"].to_numpy(dtype=float))
    assert found.variance > 0
    area = whole_area(np.column_stack([found.standardised, found.standardised]), graph)
    assert area.moran[0, 0] == pytest.approx(0.16622343552567395, rel=1e-7)
