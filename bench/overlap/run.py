"""Draw the maps of each world, ask each method, score."""

from collections.abc import Iterator
from zlib import crc32

import numpy as np

from bench.overlap import local_statistics, models, rivals, scan
from bench.overlap.areas import Area
from bench.overlap.candidates import CANDIDATES
from bench.overlap.scoring import Score, score
from bench.overlap.verdicts import Method
from bench.overlap.worlds import Map, World, draw_map

KNOWN = "this model, true hyperparameters"
OPTIONAL = {
    "the same by GeoDa's engine": ("pygeoda", local_statistics.geoda_moran_on_both),
}


def methods() -> dict[str, Method]:
    """All methods that can run here, by name; the product first."""
    there = {name: method for name, (package, method) in OPTIONAL.items() if local_statistics.installed(package)}
    return {
        "fit_overlap": models.product,
        **CANDIDATES,
        "top fifth on both rates": rivals.top_fifth,
        "bivariate local Moran": local_statistics.bivariate_moran,
        "local Moran on EB rates, both": local_statistics.moran_on_both,
        "Gi* on EB rates, both": local_statistics.gi_star_on_both,
        **there,
        "Poisson tests above 1, BH": rivals.poisson_tests_above_1,
        "Poisson tests above 1.5, BH": rivals.poisson_tests_above_threshold,
        "gamma-Poisson, independent": rivals.gamma_poisson,
        "multivariate spatial scan": scan.multivariate_scan,
        KNOWN: models.known_parameters,
    }


def left_out() -> list[str]:
    """Names of methods that need a package that is not installed."""
    return [name for name, (package, _) in OPTIONAL.items() if not local_statistics.installed(package)]


def draw_maps(world: World, *, maps: int, seed: int, area: Area | None = None) -> list[Map]:
    """Draw the maps of a world: the same for the same seed and world, whatever else is run."""
    key = crc32(world.name.encode())
    return [draw_map(world, rng=np.random.default_rng([seed, key, number]), area=area) for number in range(maps)]


def scores_of(world: World, drawn: list[Map], *, asked: dict[str, Method]) -> Iterator[tuple[str, Score]]:
    """Score each method in one world."""
    for name, method in asked.items():
        if name == KNOWN and world.parameters is None:
            continue
        yield name, score([one.truth for one in drawn], [method(one) for one in drawn])
