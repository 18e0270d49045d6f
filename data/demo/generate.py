"""The whole invented county from one seed."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.demo import plan, published
from data.demo.cells import make_cells
from data.demo.ground import Array, make_ground
from data.demo.incidents import draw_incidents
from data.demo.names import ward_names
from data.demo.outlines import make_outlines
from data.demo.partition import make_partition
from data.demo.populations import make_populations
from data.demo.referrals import INVENTED, draw_referrals
from data.demo.risks import planted_risks
from data.demo.truth import LAST_QUARTER, QUARTERS, place_truth, truth_table
from data.quarters import quarter_range

SEED = 4
CRS = "EPSG:27700"


@dataclass(frozen=True)
class DemoArea:
    """The invented county: every table but the truth carries `provenance`, all `invented`."""

    wards: gpd.GeoDataFrame
    """`ward_code`, `ward_name`, `district`, `district_code`, `provenance`, `geometry` (EPSG:27700, whole metres)."""
    population: pd.DataFrame
    """`ward_code`, `ward_name`, `district`, `residents`, `workday`, `provenance`."""
    referrals: pd.DataFrame
    """`ward_code`, `quarter`, `category`, `sector`, `count`, `provenance`."""
    incidents: pd.DataFrame
    """`date`, `easting`, `northing`, `strand`, `provenance`."""
    truth: pd.DataFrame
    """What was planted (`truth.truth_table`). For tests only."""


def generate(seed: int = SEED) -> DemoArea:
    """Generate the invented county; the same seed gives the same county.

    Parts draw from generators of their own, so that a change to one leaves the others as they were.
    """
    drawing, naming, peopling, risking, referring, happening = (
        np.random.Generator(np.random.PCG64(child)) for child in np.random.SeedSequence(seed).spawn(6)
    )
    wards = _wards(drawing, naming)
    centroids = _sketch_kilometres(wards)
    population = make_populations(wards, centroids, peopling)
    residents = population["residents"].to_numpy(dtype=float)
    quarters = quarter_range(LAST_QUARTER, QUARTERS)
    chosen = place_truth(wards, wards.geometry.to_numpy())
    referral_risk, incident_risk = planted_risks(centroids, chosen, residents, risking)
    share = residents / residents.sum()
    expected_referrals = published.REFERRALS_A_YEAR / 4 * referral_risk * share
    expected_incidents = published.INCIDENTS_A_YEAR / 4 * incident_risk * share
    return DemoArea(
        wards=wards.drop(columns="town"),
        population=population.assign(provenance=INVENTED),
        referrals=draw_referrals(wards["ward_code"].tolist(), expected_referrals, quarters, referring),
        incidents=draw_incidents(wards, expected_incidents, quarters, happening),
        truth=truth_table(wards, chosen, quarters),
    )


def _wards(drawing: np.random.Generator, naming: np.random.Generator) -> gpd.GeoDataFrame:
    """Draw and name the wards, coded district by district."""
    ground = make_ground(drawing)
    cells = make_cells(ground, drawing)
    partition = make_partition(cells, ground, drawing)
    outlines = make_outlines(cells, partition.ward, drawing)
    pieces = partition.pieces
    order = sorted(range(len(pieces)), key=lambda ward: (pieces[ward].code, pieces[ward].town or "", ward))
    known = pd.DataFrame(
        {
            "ward_code": [f"X05{number:06d}" for number in range(1, len(order) + 1)],
            "district": [pieces[ward].district for ward in order],
            "district_code": [pieces[ward].code for ward in order],
            "town": pd.array([pieces[ward].town for ward in order], dtype="str"),
            "provenance": INVENTED,
        }
    )
    wards = gpd.GeoDataFrame(known, geometry=outlines[order], crs=CRS)
    offsets = _sketch_kilometres(wards) - np.array([pieces[ward].centre for ward in order])
    wards.insert(1, "ward_name", ward_names(known, offsets=offsets, city=plan.CITY.name, rng=naming))
    return wards


def _sketch_kilometres(wards: gpd.GeoDataFrame) -> Array:
    centroids = shapely.get_coordinates(shapely.centroid(wards.geometry.to_numpy()))
    return np.asarray((centroids - np.asarray(plan.ORIGIN)) / 1000)
