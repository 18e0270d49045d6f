"""Is the model that NUTS is given the product's? Checked by numbers on a small map before anything is sampled.

Both forms of the field against the dense covariance that the docstring of `analysis.field_precision` states, the
likelihood against SciPy's, the priors against `analysis.field_parameters.log_prior`.
"""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from numpy.typing import NDArray
from numpyro import handlers
from numpyro.infer.util import log_density
from scipy import stats

from analysis.field_parameters import FieldParameters, log_prior
from analysis.field_precision import INTERCEPT_PRECISION
from bench.exact.model import LEVEL, LOG_RISK, Form, Model, Reporting, log_likelihood, overlap_model
from bench.exact.spectrum import spectrum
from bench.overlap.areas import made_up_area
from bench.overlap.worlds import Map

Floats = NDArray[np.float64]

_STEP = 1e-5
_POINTS = (
    FieldParameters(sd=(0.8, 1.4), correlation=0.6, lam=0.85),
    FieldParameters(sd=(1.7, 0.3), correlation=-0.3, lam=0.2),
)
_SPREADS = (0.05, 0.6)


class DisagreementError(Exception):
    """The model that NUTS would be given is not the product's."""


def check_agreement() -> None:
    """Compare all parts.

    Raises
    ------
    DisagreementError
        Which part differs.
    """
    drawn = _small_map()
    _same("likelihood", *_likelihoods(drawn))
    for form in Form:
        model = overlap_model(drawn, spectrum(drawn.area.adjacency), reporting=Reporting.POISSON, form=form)
        prior = handlers.block(model, hide=["counts"])
        sites = {LEVEL: jnp.zeros(2), **_deviations(form, wards=drawn.area.wards)}
        for point in _POINTS:
            _same(f"covariance of the field, {form}", _covariance(prior, point, sites), _dense_covariance(drawn, point))
        peaks = np.array([_evidence(prior, point, sites) for point in _POINTS])
        wanted = np.array([log_prior(point.theta) - _jacobian(point) for point in _POINTS])
        _same(f"priors and scale of the field, {form}", peaks[1] - peaks[0], wanted[1] - wanted[0])


def _small_map() -> Map:
    """A dozen wards, two of them islands."""
    rng = np.random.default_rng(0)
    area = made_up_area(12, rng=rng, islands=0.17)
    counts = rng.poisson([2.0, 9.0], (12, 2))
    return Map(area=area, counts=counts, residents=rng.gamma(4, 1, 12), risks=np.ones((12, 2)), parameters=None)


def _deviations(form: Form, *, wards: int) -> dict[str, jax.Array]:
    """Zeros in place of what a form draws beside the level and the hyperparameters."""
    return {"white": jnp.zeros((wards - 1, 2))} if form is Form.EIGENBASIS else {"loose": jnp.zeros((wards, 2))}


def _same(what: str, found: Floats | float, wanted: Floats | float) -> None:
    if not np.allclose(found, wanted, rtol=1e-7, atol=1e-7):
        apart = float(np.abs(np.asarray(found) - np.asarray(wanted)).max())
        raise DisagreementError(f"The {what} of the model for NUTS is not the product's: {apart:.2g} apart.")


def _likelihoods(drawn: Map) -> tuple[Floats, Floats]:
    """Differences between risks and spreads, by the model and by SciPy."""
    rng, ours = np.random.default_rng(1), log_likelihood(drawn.counts, drawn.expected)
    risks = rng.normal(0, 0.5, (2, drawn.area.wards, 2))
    found = [float(ours(jnp.asarray(risks[0]), None) - ours(jnp.asarray(risks[1]), None))]
    poisson = [stats.poisson.logpmf(drawn.counts, drawn.expected * np.exp(risk)).sum() for risk in risks]
    gamma_poisson = []
    for spread, risk in zip(_SPREADS, risks, strict=True):
        size, fitted = 1 / spread**2, drawn.expected * np.exp(risk)
        gamma_poisson.append(stats.nbinom.logpmf(drawn.counts, size, size / (size + fitted)).sum())
        found.append(float(ours(jnp.asarray(risk), jnp.full(2, spread))))
    return (
        np.array([found[0], found[1] - found[2]]),
        np.array([poisson[0] - poisson[1], gamma_poisson[0] - gamma_poisson[1]]),
    )


def _at(model: Model, point: FieldParameters, flat: jax.Array, unravel: object) -> tuple[jax.Array, jax.Array]:
    """Log density and log risks at hyperparameters and a flat vector of all other unknowns."""
    values = {
        **unravel(flat),
        "sd": jnp.asarray(point.sd),
        "correlation": jnp.asarray(point.correlation),
        "lam": jnp.asarray(point.lam),
    }  # type: ignore[operator]
    density, found = log_density(model, (), {}, values)
    return density, found[LOG_RISK]["value"].ravel()


def _parts(model: Model, point: FieldParameters, sites: dict[str, jax.Array]) -> tuple[Floats, Floats, float]:
    """Precision of the other unknowns, how the log risks follow from them, and the log density where all are 0."""
    flat, unravel = ravel_pytree(sites)
    at = partial(_at, model, point, unravel=unravel)
    precision = -jax.jit(jax.hessian(lambda x: at(x)[0]))(flat)
    return np.asarray(precision), np.asarray(jax.jit(jax.jacobian(lambda x: at(x)[1]))(flat)), float(at(flat)[0])


def _covariance(model: Model, point: FieldParameters, sites: dict[str, jax.Array]) -> Floats:
    """(2 n, 2 n) of the log risks given the hyperparameters, ward-major."""
    precision, follow, _ = _parts(model, point, sites)
    return np.asarray(follow @ np.linalg.solve(precision, follow.T))


def _dense_covariance(drawn: Map, point: FieldParameters) -> Floats:
    links = drawn.area.adjacency.toarray()
    leroux = point.lam * (np.diag(links.sum(axis=0)) - links) + (1 - point.lam) * np.eye(len(links))
    field = np.kron(np.linalg.inv(leroux), np.linalg.inv(point.inverse_covariance))
    return np.asarray(field + np.kron(np.ones(links.shape), np.eye(2) / INTERCEPT_PRECISION))


def _evidence(model: Model, point: FieldParameters, sites: dict[str, jax.Array]) -> float:
    """Log of the integral over all other unknowns, up to a constant: the density of the hyperparameters."""
    precision, _, peak = _parts(model, point, sites)
    return peak - 0.5 * float(np.linalg.slogdet(precision)[1])


def _jacobian(point: FieldParameters) -> float:
    """Log of what turns a density of (sd, correlation, lam) into one of theta."""
    ahead, behind = (FieldParameters.from_theta(point.theta + step) for step in (_STEP, -_STEP))
    moved = [
        *np.subtract(ahead.sd, behind.sd),
        ahead.correlation - behind.correlation,
        ahead.lam - behind.lam,
    ]
    return float(np.log(np.array(moved) / (2 * _STEP)).sum())
