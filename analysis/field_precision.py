"""The prior precision of two log relative-risk surfaces: a bivariate CAR field with Leroux mixing.

Unknowns are ward-major: `x = (eta[0, 0], eta[0, 1], eta[1, 0], ..., b[0], b[1])`, where `eta[i, k]` is the log
relative risk of ward `i` on measure `k` and `b` holds the two intercepts. Given `b`, `eta - b` is Gaussian with
precision `Q kron inv(Sigma)`, `Q = lam (D - W) + (1 - lam) I`. Treating the intercepts as the last "ward" of a graph
keeps all of it sparse, where integrating them out would fill the matrix.

An island (a ward without neighbours) has precision `(1 - lam) inv(Sigma)`: it borrows nothing from other wards but
the intercept and the hyperparameters. `lam` stays below 1, so `Q` is always positive definite.

Sources: Leroux, Lei and Breslow (2000), in Statistical Models in Epidemiology; Gelfand and Vounatsou (2003),
Biostatistics 4:11; MacNab (2011), Statistical Methods in Medical Research 20:1.
"""

from copy import copy

import numpy as np
import qdldl
import scipy.sparse as sp
from numpy.polynomial import Chebyshev
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtr

from analysis import field_parameters
from analysis.field_parameters import FieldParameters

INTERCEPT_PRECISION = 0.01
"""Prior of each intercept: Normal(0, 10 squared) on the log scale, which is nearly flat."""

_DEGREE = 60
_SPARE = 0.01
"""Rounding at the ends of the range of `lam`."""

Floats = NDArray[np.float64]


class FieldPrecision:
    """Assembles the precision on one fixed pattern, so that a factorisation can be repeated without a new ordering.

    Parameters
    ----------
    adjacency : csr_array
        (n, n) binary and symmetric, zero diagonal.
    """

    def __init__(self, adjacency: sp.csr_array) -> None:
        self.wards = int(adjacency.shape[0])
        self.unknowns = 2 * self.wards + 2
        self._adjacency = adjacency
        self._degree = np.asarray(adjacency.sum(axis=1), dtype=np.float64)
        self._set_pattern()
        self._leroux_determinant = self._interpolated_determinant()

    def _set_pattern(self) -> None:
        """Upper triangle of the graph with the intercept as last node, each node being 2 by 2."""
        upper = sp.coo_array(sp.triu(self._adjacency, k=1))
        nodes, edges, last = np.arange(self.wards), upper.row.size, self.wards
        row = np.concatenate([nodes, [last], upper.row, nodes])
        column = np.concatenate([nodes, [last], upper.col, np.full(self.wards, last)])
        smooth = np.concatenate([self._degree, [0.0], np.full(edges, -1.0), np.zeros(self.wards)])
        plain = np.concatenate([np.ones(self.wards), [self.wards], np.zeros(edges), -np.ones(self.wards)])
        block, p, q = (part.ravel() for part in np.meshgrid(np.arange(row.size), [0, 1], [0, 1], indexing="ij"))
        r, c = 2 * row[block] + p, 2 * column[block] + q
        kept = r <= c
        block, p, q, r, c = block[kept], p[kept], q[kept], r[kept], c[kept]
        order = np.lexsort((r, c))
        self._smooth, self._plain = smooth[block[order]], plain[block[order]]
        self._element = (2 * p + q)[order]
        rows, columns = r[order], c[order]
        self._diagonal = np.flatnonzero(rows == columns)
        starts = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=self.unknowns))])
        self._pattern = sp.csc_matrix(
            (np.zeros(rows.size), rows, starts), shape=(self.unknowns, self.unknowns), dtype=np.float64
        )

    def matrix(self, parameters: FieldParameters, *, weights: Floats) -> sp.csc_matrix:
        """Upper triangle of the precision plus the likelihood's curvature.

        Parameters
        ----------
        weights : ndarray
            (2 n,) curvature of each count's log likelihood, ward-major.

        Returns
        -------
        csc_matrix
            (2 n + 2, 2 n + 2), always with the same stored pattern.
        """
        values = parameters.lam * self._smooth + (1 - parameters.lam) * self._plain
        values *= parameters.inverse_covariance.ravel()[self._element]
        values[self._diagonal[:-2]] += weights
        values[self._diagonal[-2:]] += INTERCEPT_PRECISION
        matrix = copy(self._pattern)  # its constructor would check the pattern anew, which takes longer than the rest
        matrix.data = values
        return matrix

    def times(self, parameters: FieldParameters, x: Floats) -> Floats:
        """Multiply the prior precision by a (2 n + 2,) vector, without forming it."""
        surfaces, intercepts, across = x[:-2].reshape(-1, 2), x[-2:], parameters.inverse_covariance
        smooth = self._degree[:, None] * surfaces - self._adjacency @ surfaces
        apart = (1 - parameters.lam) * (surfaces - intercepts)
        field = (parameters.lam * smooth + apart) @ across
        pull = -apart.sum(axis=0) @ across + INTERCEPT_PRECISION * intercepts
        return np.concatenate([field.ravel(), pull])

    def log_determinant(self, parameters: FieldParameters) -> float:
        """Log determinant of the prior precision of all 2 n + 2 unknowns."""
        leroux = float(self._leroux_determinant(logit(parameters.lam)))
        across = self.wards * float(np.linalg.slogdet(parameters.inverse_covariance)[1])
        return 2 * leroux + across + 2 * float(np.log(INTERCEPT_PRECISION))

    def _interpolated_determinant(self) -> Chebyshev:
        """Log determinant of `lam (D - W) + (1 - lam) I` as a function of the logit of `lam`.

        It is smooth, so that factors at few points give it everywhere: the singularities nearest to the line are at
        pi from it, and the error falls by 1.4 with each degree (Trefethen 2013, Approximation Theory, chapter 8).
        """
        matrix = sp.csc_matrix(sp.triu(self._adjacency + sp.eye_array(self.wards), format="csc"))
        diagonal = matrix.indptr[1:] - 1

        def fill(lam: float) -> sp.csc_matrix:
            matrix.data[:] = -lam
            matrix.data[diagonal] = lam * self._degree + (1 - lam)
            return matrix

        factor = qdldl.Solver(fill(0.5), upper=True)

        def determinant(logits: Floats) -> Floats:
            values = []
            for lam in expit(logits):
                factor.update(fill(lam), upper=True)
                values.append(np.log(factor.factors()[1]).sum())
            return np.array(values)

        domain = logit(ndtr(np.array([field_parameters.LOWER[3] - _SPARE, field_parameters.UPPER[3] + _SPARE])))
        return Chebyshev.interpolate(determinant, _DEGREE, domain=domain)
