"""A library of Gaussian models of courses: the closed form from which the network starts.

Model s has the covariance, at times t and u since the first record,

    between + slope t u + slow k(|t - u| / slow_scale) + fast exp(-|t - u| / fast_scale) cos(turn |t - u|)

with k(d) = exp(-d) for a rough, (1 + d) exp(-d) for a smooth and exp(-d^2) for a very smooth course (`smooth` 0, 1, 2),
noise on the diagonal, all times the study's own scale; a mean and drift that the study determines; linear effects of
covariates with prior variance `effect`. The variances between, slow, fast and noise sum to 1.
"""

import math
from dataclasses import dataclass, fields, replace
from typing import Any

import torch
from torch import Tensor

PATIENTS, CURVES = "patients", "curves"
LONGEST_SLOPE = 30.0  # time units over which a patient's own slope holds
LEAST_NOISE = 1e-6  # variance of curves without any
NUMBERS = 10  # by which a model is described to the network


@dataclass(frozen=True)
class CourseModels:
    """S models; each attribute is (S,), or (Z, D, 1, S) where each outcome of a study has models of its own.

    mean, drift: prior variances of a study's mean and of its drift per time unit, in its scale.
    most_evidence: the lenders' values count as at most this many: models of patients are wrong, and overconfident.
    freedom: prior degrees of freedom of a study's scale; kind: "patients", without waves, or "curves".
    """

    between: Tensor
    slow: Tensor
    fast: Tensor
    noise: Tensor
    slow_scale: Tensor
    fast_scale: Tensor
    slope: Tensor
    effect: Tensor
    smooth: Tensor
    turn: Tensor
    mean: float
    drift: float
    most_evidence: float
    freedom: float
    kind: str

    def covariance(self, t: Tensor, u: Tensor) -> Tensor:
        """(Z, D or 1, P, S, N, M) without noise of times t (Z, 1, P, N) and u (Z, 1, P, M)."""
        t, u = t[..., None, :, None], u[..., None, None, :]
        apart = (t - u).abs()
        straight = t.clamp(-LONGEST_SLOPE, LONGEST_SLOPE) * u.clamp(-LONGEST_SLOPE, LONGEST_SLOPE)
        found = torch.exp(apart * self._wide(-1.0 / self.fast_scale))
        if self.kind == CURVES:
            found = found * torch.cos(apart * self._wide(self.turn))
        far = apart * self._wide(1.0 / self.slow_scale)
        if self.kind == CURVES:
            far = torch.where(self._wide(self.smooth) == 2, far.square(), far)
        slow = far.neg().exp_().mul_(far.mul_(self._wide(self.smooth == 1)).add_(1.0))
        found = found.mul_(self._wide(self.fast)).addcmul_(self._wide(self.slow), slow)
        return found.addcmul_(self._wide(self.slope), straight).add_(self._wide(self.between))

    def strongest(self, log_weight: Tensor, kept: int) -> tuple["CourseModels", Tensor]:
        """The `kept` models of largest weight (Z, D, S) of each outcome, and their places (Z, D, kept)."""
        place = log_weight.topk(kept, -1).indices
        tensors = {f.name: getattr(self, f.name) for f in fields(self)}
        chosen: dict[str, Any] = {
            k: _of(v, place).unsqueeze(2) for k, v in tensors.items() if isinstance(v, Tensor)
        }
        return replace(self, **chosen), place

    def around(self, log_weight: Tensor, kept: int, copies: int, jitter: float) -> "CourseModels":
        """The `kept` models of largest weight (Z, D, S), and `copies` of each with times and noise moved a little."""
        centre, _ = self.strongest(log_weight, kept)
        shape = (1, 1, 1, kept, copies + 1)
        moved = torch.special.ndtri(_points(kept * (copies + 1), 3)).to(log_weight).T.reshape(3, *shape)
        moved[..., 0] = 0.0
        first, second, third = (jitter * moved[0]).exp(), (jitter * moved[1]).exp(), moved[2].exp()
        spread = {
            f.name: getattr(centre, f.name).unsqueeze(-1).expand(*centre.noise.shape, copies + 1)
            for f in fields(self)
            if isinstance(getattr(centre, f.name), Tensor)
        }
        spread["slow_scale"], spread["turn"] = spread["slow_scale"] * first, spread["turn"] * second
        spread["noise"] = (spread["noise"] * third).clamp(LEAST_NOISE, 0.2)
        flat: dict[str, Any] = {k: v.flatten(-2) for k, v in spread.items()}
        return replace(centre, **flat)

    def to(self, device: torch.device, dtype: torch.dtype) -> "CourseModels":
        """The same on a device."""
        tensors = {f.name: getattr(self, f.name) for f in fields(self)}
        moved: dict[str, Any] = {k: v.to(device, dtype) for k, v in tensors.items() if isinstance(v, Tensor)}
        return replace(self, **moved)

    def _wide(self, values: Tensor) -> Tensor:
        return values[..., None, None]

    def described(self) -> Tensor:
        """(..., S, NUMBERS) numbers of about unit size."""
        shares = torch.stack([self.between, self.slow, self.fast, self.noise], -1)
        scales = [0.5 * self.slow_scale.log() - 1.0, self.fast_scale.log() + 0.5]
        others = [8.0 * self.slope.sqrt(), self.effect.log() + 3.0, self.turn, self.smooth]
        return torch.cat([0.5 * (shares + 1e-3).log() + 1.0, torch.stack([*scales, *others], -1)], -1)


def _of(values: Tensor, place: Tensor) -> Tensor:
    """(Z, D, K) the values at places (Z, D, K) of (S,) or (Z, D, 1, S)."""
    return values[place] if values.ndim == 1 else values.squeeze(2).gather(-1, place)


def library(kind: str, size: int) -> CourseModels:
    """`size` models of a kind, "patients" or "curves", spread evenly over a broad prior (Sobol points)."""
    at = _points(size, 10)
    return _of_patients(at) if kind == PATIENTS else _of_curves(at)


def _points(size: int, dimensions: int) -> Tensor:
    """(size, dimensions) in (0, 1), the same at every call."""
    engine = torch.quasirandom.SobolEngine(dimensions, scramble=True, seed=11)  # type: ignore[no-untyped-call]
    return engine.draw(size).double().clamp(1e-4, 1 - 1e-4)


def _of_patients(at: Tensor) -> CourseModels:
    shares = (1.6 * torch.special.ndtri(at[:, :4]) + torch.tensor([0.7, 0.9, -0.6, -0.4])).softmax(-1)
    sloped = (at[:, 6] > 0.5).double()
    return CourseModels(
        between=shares[:, 0],
        slow=shares[:, 1],
        fast=shares[:, 2],
        noise=shares[:, 3] + 2e-3,
        slow_scale=_log_between(at[:, 4], 1.5, 60.0),
        fast_scale=_log_between(at[:, 5], 0.2, 2.0),
        slope=(0.15 * torch.special.ndtri(0.5 + 0.5 * at[:, 7])).square() * sloped,
        effect=_log_between(at[:, 8], 0.002, 0.3),
        smooth=(at[:, 9] < 0.35).double(),
        turn=torch.zeros_like(at[:, 0]),
        mean=1.0,
        drift=0.08**2,
        most_evidence=80.0,
        freedom=4.0,
        kind=PATIENTS,
    )


def _of_curves(at: Tensor) -> CourseModels:
    """Smooth and rough curves, and waves of any frequency, nearly without noise."""
    wave = (at[:, 0] < 0.4).double()
    rough = (at[:, 1] < 0.2).double()
    noise = _log_between(at[:, 2], 1e-5, 0.05)
    rest = 1.0 - noise
    return CourseModels(
        between=0.02 * rest * (1.0 - wave),
        slow=0.98 * rest * (1.0 - wave),
        fast=rest * wave,
        noise=noise,
        slow_scale=_log_between(at[:, 4], 0.15, 6.0),
        fast_scale=_log_between(at[:, 5], 300.0, 1e5),
        slope=torch.zeros_like(noise),
        effect=_log_between(at[:, 8], 0.002, 0.3),
        smooth=2.0 * (1.0 - rough),
        turn=_log_between(at[:, 6], 0.05, 4.0) * wave,
        mean=0.01,
        drift=1e-4,
        most_evidence=math.inf,
        freedom=2.0,
        kind=CURVES,
    )


def _log_between(at: Tensor, low: float, high: float) -> Tensor:
    return (math.log(low) + (math.log(high) - math.log(low)) * at).exp()
