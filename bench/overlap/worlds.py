"""Worlds to try the overlap model in: how the true risks and the counts of a map come about.

A year of 176 wards holds 300 referrals and 3,500 incidents. True relative risks are relative to the whole area's true
rate, and expected counts are what the product itself makes of the counts and the residents.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.field_parameters import FieldParameters
from analysis.rates import expected_counts
from bench.overlap.areas import Area, made_up_area

Floats = NDArray[np.float64]

EVENTS = np.array([300.0, 3_500.0]) / 176
"""Referrals and incidents a ward and year."""
THRESHOLD = 1.5
SMOOTH = FieldParameters(sd=(1.3, 1.1), correlation=0.7, lam=0.9)
UNRELATED = FieldParameters(sd=(1.3, 1.1), correlation=0.0, lam=0.9)
GENTLE = FieldParameters(sd=(0.9, 0.9), correlation=0.6, lam=0.9)
GENTLE_UNRELATED = FieldParameters(sd=(0.9, 0.9), correlation=0.0, lam=0.9)
OPPOSED = FieldParameters(sd=(1.3, 1.1), correlation=-0.5, lam=0.9)

Risks = Callable[[Area, np.random.Generator], Floats]


@dataclass(frozen=True)
class World:
    """How a map is drawn."""

    name: str
    risks: Risks
    """Draws (n, 2) risks, up to a factor a measure."""
    years: float = 1.0
    wards: int = 176
    islands: float = 0.0
    uneven: float = 0.4
    """Standard deviation of the log of the residents."""
    overdispersion: tuple[float, float] = (0.0, 0.0)
    """Variance of the gamma factor by which reporting of each measure differs from risk, ward by ward."""
    parameters: FieldParameters | None = None
    """Where the risks are a draw of the model's own field."""


@dataclass(frozen=True, eq=False)
class Map:
    """One draw of a world. Known by identity, so that two methods can share what is costly."""

    area: Area
    counts: NDArray[np.int64]
    """(n, 2) referrals, incidents."""
    residents: Floats
    """(n,)."""
    risks: Floats
    """(n, 2) true relative risks; their mean weighted by residents is 1."""
    parameters: FieldParameters | None

    @property
    def expected(self) -> Floats:
        """(n, 2) what each ward would have at the whole area's rate."""
        columns = [expected_counts(counts.sum(), denominator=self.residents) for counts in self.counts.T]
        return np.column_stack(columns)

    @property
    def truth(self) -> NDArray[np.bool_]:
        """(n,) which wards are truly high on both."""
        return np.asarray((self.risks > THRESHOLD).all(axis=1))


def draw_map(world: World, *, rng: np.random.Generator, area: Area | None = None) -> Map:
    """Draw one map, on a made-up area unless one is given."""
    area = area or made_up_area(world.wards, rng=rng, islands=world.islands)
    residents = np.exp(world.uneven * rng.standard_normal(area.wards))
    risks = world.risks(area, rng)
    risks = risks * residents.sum() / (residents @ risks)
    means = EVENTS * world.years * area.wards * residents[:, None] / residents.sum() * risks
    if any(world.overdispersion):
        variance = np.maximum(world.overdispersion, 1e-9)
        means = means * rng.gamma(1 / variance, variance, means.shape)
    return Map(area=area, counts=rng.poisson(means), residents=residents, risks=risks, parameters=world.parameters)


def field(parameters: FieldParameters) -> Risks:
    """Draw both surfaces from the model's own field, by a dense factor."""

    def draw(area: Area, rng: np.random.Generator) -> Floats:
        links = area.adjacency.toarray()
        lam = parameters.lam
        precision = lam * (np.diag(links.sum(axis=0)) - links) + (1 - lam) * np.eye(area.wards)
        root = np.linalg.inv(np.linalg.cholesky(precision)).T
        across = np.linalg.cholesky(np.linalg.inv(parameters.inverse_covariance))
        return np.asarray(np.exp(root @ rng.standard_normal((area.wards, 2)) @ across.T))

    return draw


def with_ordinary_islands(parameters: FieldParameters) -> Risks:
    """Draw from the field, but islands as wide as the other wards: the field itself makes them wild where `lam` is high."""

    def draw(area: Area, rng: np.random.Generator) -> Floats:
        risks = field(parameters)(area, rng)
        alone = np.asarray(area.adjacency.sum(axis=1) == 0)
        wild, usual = (np.log(risks[wards]).std(axis=0) for wards in (alone, ~alone))
        return np.asarray(np.where(alone[:, None], risks ** (usual / np.where(alone.any(), wild, 1.0)), risks))

    return draw


def clusters(*, shared: int, own: int, members: int = 7, risk: float = 2.5) -> Risks:
    """Plant round clusters: `shared` ones on both measures and `own` ones on each measure alone."""

    def draw(area: Area, rng: np.random.Generator) -> Floats:
        risks = np.ones((area.wards, 2))
        free = np.ones(area.wards, dtype=bool)
        for measures in [[0, 1]] * shared + [[0], [1]] * own:
            chosen = area.nearest[rng.choice(np.flatnonzero(free))][: max(2, min(members, area.wards // 10))]
            for measure in measures:
                risks[chosen[free[chosen]], measure] = risk
            free[area.nearest[chosen, :members].ravel()] = False
        return risks

    return draw


def isolated(*, wards: int = 6, risk: float = 3.0) -> Risks:
    """Raise single wards on both measures."""

    def draw(area: Area, rng: np.random.Generator) -> Floats:
        risks = np.ones((area.wards, 2))
        risks[rng.choice(area.wards, wards, replace=False)] = risk
        return risks

    return draw


def equal(area: Area, rng: np.random.Generator) -> Floats:
    """Give every ward the same risk. `rng` is not used: nothing is drawn."""
    del rng
    return np.ones((area.wards, 2))


def heavy_tailed(*, correlation: float) -> Risks:
    """Draw log risks with Student t tails of 3 degrees of freedom, half of them smooth."""

    def draw(area: Area, rng: np.random.Generator) -> Floats:
        smooth = np.log(field(FieldParameters(sd=(0.8, 0.7), correlation=correlation, lam=0.9))(area, rng))
        across = np.linalg.cholesky(np.array([[1.0, correlation], [correlation, 1.0]]))
        own = 0.35 * rng.standard_t(3, (area.wards, 2)) @ across.T
        return np.asarray(np.exp(np.clip(smooth + own, -4, 3)))

    return draw


def worlds() -> list[World]:
    """All worlds of the benchmark."""
    smooth, unrelated = field(SMOOTH), field(UNRELATED)
    return [
        World("smooth, associated; a year", smooth, parameters=SMOOTH),
        World("smooth, associated; a quarter", smooth, years=0.25, parameters=SMOOTH),
        World("smooth, associated; three years", smooth, years=3, parameters=SMOOTH),
        World("smooth, associated; 20 wards", smooth, wards=20, parameters=SMOOTH),
        World("smooth, associated; 400 wards", smooth, wards=400, parameters=SMOOTH),
        World("smooth, associated; a tenth islands", with_ordinary_islands(SMOOTH), islands=0.1),
        World("smooth, associated; uneven residents", smooth, uneven=1.2, parameters=SMOOTH),
        World("gentle, associated; a year", field(GENTLE), parameters=GENTLE),
        World("gentle, associated; a quarter", field(GENTLE), years=0.25, parameters=GENTLE),
        World("gentle, unrelated; a year", field(GENTLE_UNRELATED), parameters=GENTLE_UNRELATED),
        World("gentle, unrelated; a quarter", field(GENTLE_UNRELATED), years=0.25, parameters=GENTLE_UNRELATED),
        World("unrelated; a year", unrelated, parameters=UNRELATED),
        World("unrelated; a quarter", unrelated, years=0.25, parameters=UNRELATED),
        World("unrelated; three years", unrelated, years=3, parameters=UNRELATED),
        World("unrelated; 20 wards", unrelated, wards=20, parameters=UNRELATED),
        World("opposed; a year", field(OPPOSED), parameters=OPPOSED),
        World("clusters on both", clusters(shared=3, own=0)),
        World("clusters on one only", clusters(shared=0, own=3)),
        World("clusters on both and on one", clusters(shared=2, own=2)),
        World("single wards; a year", isolated()),
        World("single wards; a quarter", isolated(), years=0.25),
        World("equal risks; a year", equal),
        World("equal risks; a quarter", equal, years=0.25),
        World("heavy-tailed, associated", heavy_tailed(correlation=0.6)),
        World("heavy-tailed, unrelated", heavy_tailed(correlation=0.0)),
        World("heavy-tailed, unrelated; a quarter", heavy_tailed(correlation=0.0), years=0.25),
        World("overdispersed reporting, associated", smooth, overdispersion=(0.1, 0.1)),
        World("overdispersed reporting, unrelated", unrelated, overdispersion=(0.1, 0.1)),
        World("overdispersed reporting, equal risks", equal, overdispersion=(0.1, 0.1)),
        World("wildly overdispersed reporting, associated", smooth, overdispersion=(0.3, 0.3)),
        World("overdispersed referrals only, associated", smooth, overdispersion=(0.4, 0.0)),
        World("overdispersed referrals only, unrelated", unrelated, overdispersion=(0.4, 0.0)),
    ]
