"""McDonald's omega total from a one-factor model fitted by maximum likelihood."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skm.stats._moments import Moments
from skm.stats._result import say

Floats = NDArray[np.float64]
_HEYWOOD = 1e-6


@dataclass(frozen=True, slots=True)
class Omega:
    """Omega total of one factor, (sum of loadings)^2 / ((sum of loadings)^2 + sum of uniquenesses).

    NaN with a reason (``alasan``) where the model cannot be fitted; ``butir`` names the questions at fault.
    """

    omega: float
    loadings: tuple[float, ...] = ()
    uniqueness: tuple[float, ...] = ()
    alasan: str = ""
    butir: tuple[str, ...] = ()

    def kalimat(self, lang: str | None = None) -> str:
        """Return omega as one sentence."""
        if math.isnan(self.omega):
            return say("omega-takada", lang, sebab=say(f"sebab-{self.alasan}", lang, butir=self.butir or ["-"]))
        return say("omega", lang, omega=self.omega)


def omega_total(m: Moments) -> Omega:
    """Fit one factor to the covariances and return omega total.

    The likelihood is minimised over the uniquenesses alone, given which the loadings are an eigenvector
    (K. G. Joreskog, Psychometrika 32 (1967) 443-482), by damped scoring steps on their logarithms. lavaan's
    ``cfa(estimator="ML")`` gives the same.
    """
    if m.k < 3:
        return Omega(math.nan, alasan="kurang-tiga-butir")
    if m.n <= m.k:
        return Omega(math.nan, alasan="kurang-responden-faktor")
    if m.constant:
        return Omega(math.nan, alasan="butir-tetap", butir=m.constant)
    if m.twins:
        return Omega(math.nan, alasan="butir-kembar", butir=tuple(f"{a} = {b}" for a, b in m.twins))
    c = m.covariance()
    scale = np.sqrt(np.diag(c))
    r = c / np.outer(scale, scale)
    if np.linalg.eigvalsh(r)[0] < 1e-10:
        return Omega(math.nan, alasan="korelasi-tunggal")
    fitted = _fit(r)
    if fitted is None:
        return Omega(math.nan, alasan="tidak-konvergen")
    loadings, unique = fitted
    bad = tuple(m.butir[j] for j in np.flatnonzero(unique < _HEYWOOD * 10))
    if bad:
        return Omega(math.nan, alasan="heywood", butir=bad)
    raw, rest = loadings * scale, unique * scale**2
    common = float(raw.sum()) ** 2
    return Omega(common / (common + float(rest.sum())), tuple(raw.tolist()), tuple(rest.tolist()))


def _fit(r: Floats) -> tuple[Floats, Floats] | None:
    """Return loadings and uniquenesses of one factor for a correlation matrix; None if no step helps any more."""
    theta = np.log(0.5 / np.diag(np.linalg.inv(r)))
    value, gradient, hessian, loadings = _likelihood(theta, r)
    for _ in range(500):
        if np.abs(gradient).max() < 1e-11:
            break
        step = np.linalg.solve(hessian + 1e-12 * np.eye(len(r)), -gradient)
        step *= min(1.0, 1.0 / np.abs(step).max())
        for _ in range(40):
            trial = np.maximum(theta + step, math.log(_HEYWOOD))
            found = _likelihood(trial, r)
            if found[0] <= value:
                break
            step /= 2
        else:
            break
        moved = np.abs(trial - theta).max()
        theta = trial
        value, gradient, hessian, loadings = found
        if moved < 1e-13:
            break
    at_bound = theta <= math.log(_HEYWOOD) + 1e-9
    if not at_bound.any() and np.abs(gradient).max() > 1e-6:
        return None
    return loadings, np.exp(theta)


def _likelihood(theta: Floats, r: Floats) -> tuple[float, Floats, Floats, Floats]:
    unique = np.exp(theta)
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(r / np.outer(root, root))
    rest, omega = values[:-1], vectors[:, :-1]
    value = float(np.sum(rest - np.log(rest) - 1))
    gradient = (omega**2) @ (1 - rest)
    # Scoring: the expected second derivatives, positive definite, safe far from the optimum.
    hessian = (omega @ omega.T) ** 2
    top = vectors[:, -1] * math.sqrt(max(float(values[-1]) - 1, 0.0)) * root
    return value, gradient, hessian, top if top.sum() >= 0 else -top
