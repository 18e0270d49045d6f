"""The overlap model written for NUTS (NumPyro), with the product's own priors, in two forms of one distribution.

The intercepts are integrated out: with the field they only move each surface's mean over the wards, the `level`, whose
prior is then `Normal(0, Sigma / (n (1 - lam)) + 100 I)`. What is left are deviations that sum to 0. Two ways to
write them, neither of which factorises anything inside the gradient:

- `eigenbasis`: whitened. Independent standard normals, scaled and turned by the eigenvectors of the Laplacian: two dense
  products a gradient. NUTS meets no funnel where a standard deviation may be 0.
- `neighbours`: the deviations of incidents themselves, as their counts say much of them, and of referrals what incidents
  leave open, scaled to 1; their density by differences between neighbours, its determinant by the eigenvalues. Linear in
  the number of wards, and several times as fast at 176, but its chains do not mix where risks are all but equal.

Hoffman and Gelman (2014), Journal of Machine Learning Research 15:1593; Phan, Pradhan and Jankowiak (2019),
arXiv:1912.11554; eigenvalues for the determinant: Jin, Carlin and Banerjee (2005), Biometrics 61:950.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from numpyro.distributions import constraints
from scipy.sparse import triu

from analysis.field_parameters import SD_RATE
from analysis.field_precision import INTERCEPT_PRECISION
from analysis.model_parameters import SPREAD_RATE
from bench.exact.spectrum import Spectrum
from bench.overlap.worlds import Map

numpyro.enable_x64()

Model = Callable[[], None]
LEVEL, LOG_RISK = "level", "log_risk"


class Reporting(StrEnum):
    """How counts scatter around expected count times risk."""

    POISSON = "poisson"
    SHARED = "shared"
    """Negative binomial, one standard deviation of the reporting factor for both measures."""
    PER_MEASURE = "per-measure"
    """Negative binomial, one for each measure."""

    @property
    def hyperparameters(self) -> tuple[str, ...]:
        """Names under which the model draws them."""
        field = ("sd", "correlation", "lam")
        return field if self is Reporting.POISSON else (*field, "spread")

    @property
    def acceptance(self) -> float:
        """Share of proposals that NUTS tunes its step for: NumPyro's default, or shorter steps.

        The curvature of a count's likelihood falls severalfold as the spread grows: steps tuned for one end diverge at the
        other.
        """
        return 0.8 if self is Reporting.POISSON else 0.95


PRODUCT = Reporting.SHARED
"""What `fit_overlap` assumes."""


class Form(StrEnum):
    """How the deviations are written."""

    EIGENBASIS = "eigenbasis"
    NEIGHBOURS = "neighbours"


@dataclass(frozen=True)
class _Hyperparameters:
    sd: jax.Array
    correlation: jax.Array
    lam: jax.Array

    @property
    def covariance(self) -> jax.Array:
        """(2, 2) Sigma."""
        across = self.correlation * self.sd[0] * self.sd[1]
        return jnp.array([[self.sd[0] ** 2, across], [across, self.sd[1] ** 2]])


def overlap_model(drawn: Map, spectrum: Spectrum, *, reporting: Reporting, form: Form) -> Model:
    """Write the model of one map's counts.

    Parameters
    ----------
    spectrum : Spectrum
        Of the map's neighbours.
    """
    deviations = {Form.EIGENBASIS: _in_eigenbasis, Form.NEIGHBOURS: _by_neighbours}[form](drawn, spectrum)
    likelihood = log_likelihood(drawn.counts, drawn.expected)
    wards = drawn.area.wards

    def model() -> None:
        point = _hyperparameters()
        within = point.covariance / (wards * (1 - point.lam)) + jnp.eye(2) / INTERCEPT_PRECISION
        level = numpyro.sample(LEVEL, dist.MultivariateNormal(jnp.zeros(2), within))
        log_risk = numpyro.deterministic(LOG_RISK, level + deviations(point))
        numpyro.factor("counts", likelihood(log_risk, _spread(reporting)))

    return model


def _hyperparameters() -> _Hyperparameters:
    """Draw them from the priors of `analysis.field_parameters`; `bench.exact.agreement` checks that they are."""
    sd = numpyro.sample("sd", dist.Exponential(SD_RATE).expand([2]).to_event(1))
    correlation = numpyro.sample("correlation", dist.Uniform(-1.0, 1.0))
    numpyro.factor("towards 0", jnp.log1p(-(correlation**2)))
    return _Hyperparameters(sd=sd, correlation=correlation, lam=numpyro.sample("lam", dist.Uniform(0.0, 1.0)))


def _spread(reporting: Reporting) -> jax.Array | None:
    """(2,) standard deviation of the factor by which reporting differs from risk."""
    if reporting is Reporting.POISSON:
        return None
    size = 2 if reporting is Reporting.PER_MEASURE else 1
    spread = numpyro.sample("spread", dist.Exponential(SPREAD_RATE).expand([size]).to_event(1))
    return jnp.broadcast_to(spread, (2,))


def _in_eigenbasis(drawn: Map, spectrum: Spectrum) -> Callable[[_Hyperparameters], jax.Array]:
    values, vectors = jnp.asarray(spectrum.values), jnp.asarray(spectrum.vectors)
    shape = (drawn.area.wards - 1, 2)

    def deviations(point: _Hyperparameters) -> jax.Array:
        white = numpyro.sample("white", dist.Normal(0.0, 1.0).expand(shape).to_event(2))
        unit = vectors @ (white / jnp.sqrt(point.lam * values + 1 - point.lam)[:, None])
        return _joined(point, unit[:, 0], incidents=point.sd[1] * unit[:, 1])

    return deviations


def _by_neighbours(drawn: Map, spectrum: Spectrum) -> Callable[[_Hyperparameters], jax.Array]:
    values, wards = jnp.asarray(spectrum.values), drawn.area.wards
    pairs = triu(drawn.area.adjacency, format="coo")
    here, there = jnp.asarray(pairs.row), jnp.asarray(pairs.col)

    def deviations(point: _Hyperparameters) -> jax.Array:
        loose = numpyro.sample("loose", dist.ImproperUniform(constraints.real_matrix, (), (wards, 2)))
        means = loose.mean(axis=0)
        # the means move no risk: anything proper keeps them in place
        numpyro.factor("means", -0.5 * wards * (means**2).sum())
        rest, incidents = (loose - means).T
        unit = jnp.stack([rest, incidents / point.sd[1]])
        rough = ((unit[:, here] - unit[:, there]) ** 2).sum()
        volume = jnp.log(point.lam * values + 1 - point.lam).sum() - (wards - 1) * jnp.log(point.sd[1])
        numpyro.factor("field", volume - 0.5 * (point.lam * rough + (1 - point.lam) * (unit**2).sum()))
        return _joined(point, rest, incidents=incidents)

    return deviations


def _joined(point: _Hyperparameters, rest: jax.Array, *, incidents: jax.Array) -> jax.Array:
    """Both measures, (n, 2): of referrals `rest` is the part that incidents leave open, scaled to 1."""
    shared = point.correlation * incidents / point.sd[1]
    referrals = point.sd[0] * (shared + jnp.sqrt(1 - point.correlation**2) * rest)
    return jnp.column_stack([referrals, incidents])


def log_likelihood(counts: np.ndarray, expected: np.ndarray) -> Callable[[jax.Array, jax.Array | None], jax.Array]:
    """Log likelihood of (n, 2) counts at (n, 2) log relative risks, without factors that hold no unknown.

    Given a spread, negative binomial with shape `1 / spread**2`; without one, Poisson. Written so that nothing cancels where
    the spread is small: the gamma functions' ratio is the product of `1 + j spread**2` over `j` below the count.
    """
    y, mean = jnp.asarray(counts, dtype=float), jnp.asarray(expected)
    below = jnp.arange(int(counts.max(initial=0)), dtype=float)[:, None]
    # (j, 2) how many wards have more than j events
    more = jnp.asarray((counts[None] > np.asarray(below)[..., None]).sum(axis=1), dtype=float)

    def value(log_risk: jax.Array, spread: jax.Array | None) -> jax.Array:
        fitted = mean * jnp.exp(log_risk)
        if spread is None:
            return (y * log_risk - fitted).sum()
        v = spread**2
        shape = (more * jnp.log1p(below * v)).sum()
        return shape + (y * log_risk - (y + 1 / v) * jnp.log1p(v * fitted)).sum()

    return value
