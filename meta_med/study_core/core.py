"""The study-in-context core: predictions for a study on which nothing was trained.

Read: units from the lenders, the closed form's forecast (`evidence`), and the network's correction of it. Nothing about
a study is learned or stored; its lenders are its only training data.
"""

from dataclasses import dataclass, fields

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.study_core.course_models import CURVES, PATIENTS, library
from meta_med.study_core.distribution import WINDOW, RepeatMixture
from meta_med.study_core.evidence import OwnForecast, StudyEvidence, of_patients, of_study
from meta_med.study_core.network import COMPONENTS, StudyNetwork
from meta_med.study_core.relations import related, study_numbers
from meta_med.study_core.study import Series, StudyInContext
from meta_med.study_core.tokens import (
    ANCHORS,
    Past,
    anchors_of,
    past_of,
    query_tokens,
    record_tokens,
    repeat_share,
)
from meta_med.study_core.units import Arranged, Units, arrange

CHUNK = 2048  # predictions at a time, which bounds memory


class StudyCore(nn.Module):
    """Closed form and network.

    Args:
        kind: of the course models, "patients" or "curves"; models: how many; sizes: of the network.

    """

    def __init__(self, kind: str = PATIENTS, models: int = 24, **sizes: int) -> None:
        super().__init__()
        self.kind, self.models = kind, models
        self.network = StudyNetwork(**sizes)
        self.precise = torch.float64 if kind == CURVES else torch.float32

    def read(self, lenders: Series) -> "ReadStudy":
        """Condition on lenders, whose records are in order of time."""
        units = Units.of(lenders)
        arranged = arrange(lenders, units)
        with torch.no_grad():
            models = library(self.kind, self.models).to(lenders.time.device, self.precise)
            evidence = of_study(models, _cast(arranged, self.precise))
            surprise = evidence.surprise.to(arranged.y.dtype)
            numbers = study_numbers(arranged, surprise)
            relations = related(arranged, surprise)
            tokens = record_tokens(arranged, surprise, arranged)
        return ReadStudy(self.precise, units, arranged, evidence, tokens, numbers, relations)

    def predict(self, study: StudyInContext) -> RepeatMixture:
        """(Z, R, D) distributions of the predicted records, from own records strictly before them.

        Curves have no order, so all of a curve's own records are read.
        """
        with torch.no_grad():
            read = self.read(study.lenders.in_order())
            own = _with_query(study, before_only=self.kind == PATIENTS)
            parts = [self._predict(read, part) for part in own.chunks(CHUNK)]
        return RepeatMixture(
            *(torch.cat([getattr(p, f.name) for p in parts], 1) for f in fields(RepeatMixture))
        )

    def _predict(self, read: "ReadStudy", own: Series) -> RepeatMixture:
        asked = read.asked(own, torch.tensor([own.time.shape[-1] - 1], device=own.time.device))
        return (asked.closed_form() if self.kind == CURVES else asked.answered(self.network)).taken(0)


@dataclass(frozen=True)
class ReadStudy:
    """A study's lenders, read: units, closed form, tokens of their records, numbers and relations of outcomes."""

    precise: torch.dtype
    units: Units
    lenders: Arranged
    evidence: StudyEvidence
    tokens: Tensor
    numbers: Tensor
    relations: Tensor

    def asked(self, own: Series, at: Tensor) -> "Asked":
        """The records at positions `at` (Q,), with all that those at earlier positions say of them in closed form."""
        records = arrange(own, self.units)
        with torch.no_grad():
            closed = of_patients(self.evidence, _cast(records, self.precise), at)
            closed = _cast_forecast(closed, records.y.dtype)
            past = past_of(records, at)
            tokens = query_tokens(records, at, past, closed, self.lenders)
            numbers = self.numbers[:, :, None, None].expand(*tokens.shape[:4], -1)
            place = torch.arange(records.time.shape[-1], device=at.device)
            before = (place < at.unsqueeze(1)).to(tokens.dtype)
            return Asked(
                self,
                own.y.permute(0, 3, 1, 2).gather(-1, past.place.clamp(min=0)).nan_to_num(),
                records,
                closed,
                past,
                torch.cat([tokens, numbers], -1),
                record_tokens(records, closed.surprise, self.lenders),
                before * records.seen.unsqueeze(-2),
                records.time[..., at].unsqueeze(-1) - records.time.unsqueeze(-2),
                repeat_share(past, self.lenders),
            )


@dataclass(frozen=True)
class Asked:
    """Predicted records: tokens (Z, D, P, Q, ·), own records' tokens (Z, D, P, N, ·), which of them may be used
    (Z, D, P, Q, N) and how old they are (Z, P, Q, N); last (Z, D, P, Q): the last own values as they were given.
    Nothing of it depends on the network."""

    read: ReadStudy
    last: Tensor
    records: Arranged
    closed: OwnForecast
    past: Past
    tokens: Tensor
    own_tokens: Tensor
    usable: Tensor
    age: Tensor
    share: Tensor

    def closed_form(self) -> "Forecast":
        """The closed form's forecast: a normal distribution for each course model, weighted by its evidence."""
        closed = self.closed
        never, last = torch.zeros_like(closed.mean), self.past.last
        window = torch.full_like(last, WINDOW)
        mixture = RepeatMixture(closed.log_weight, closed.means, closed.scales, never, last, window)
        return Forecast(mixture, closed, self.read.units, self.last)

    def answered(self, network: StudyNetwork) -> "Forecast":
        """The network's forecast."""
        lenders = self.read.lenders
        of_lenders = network.records(self.read.tokens, lenders.time, lenders.seen)
        pooled = network.lenders(of_lenders, lenders.time, lenders.seen)
        lends = (lenders.seen.sum(-1) > 0).to(pooled.dtype)
        of_own = network.records(self.own_tokens, self.records.time, self.records.seen)
        out = network(self.tokens, (of_own, self.usable, self.age), (pooled, lends), self.read.relations)
        anchors = anchors_of(self.past, self.closed)
        mixture = mixture_of(out, self.closed, anchors, self.share, self.past.last, self.past.known)
        return Forecast(mixture, self.closed, self.read.units, self.last)


@dataclass(frozen=True)
class Forecast:
    """Distributions (Z, D, P, Q) in the study's units, the closed form's from which they start, and the last own
    values as they were given."""

    mixture: RepeatMixture
    closed: OwnForecast
    units: Units
    last: Tensor

    def taken(self, q: int) -> RepeatMixture:
        """(Z, P, D) of the q-th position, in the study's own values."""
        m, last = self.mixture, self.last[..., q].transpose(1, 2)
        one = RepeatMixture(*(getattr(m, f.name)[:, :, :, q].transpose(1, 2) for f in fields(m)))
        centre, spread = (t.unsqueeze(1).expand_as(last) for t in (self.units.centre, self.units.spread))
        return one.moved(centre, spread, last)


def mixture_of(
    out: Tensor, closed: OwnForecast, anchors: Tensor, share: Tensor, last: Tensor, known: Tensor
) -> RepeatMixture:
    """The network's outputs as a correction of the closed form: components beside its mean, in its sd."""
    parts = torch.split(out, [COMPONENTS, COMPONENTS, COMPONENTS, ANCHORS, 1], -1)
    lean = (parts[3] * (anchors - closed.mean.unsqueeze(-1))).sum(-1)
    sd = closed.sd.unsqueeze(-1)
    location = (closed.mean + lean).unsqueeze(-1) + sd * parts[1]
    scale = sd * parts[2].clamp(-6.0, 4.0).exp()
    odds = share.clamp(1e-4, 0.98).logit() + parts[4].squeeze(-1)
    repeat = torch.sigmoid(odds.clamp(-12.0, 6.0)) * known
    window = torch.full_like(last, WINDOW)
    return RepeatMixture(F.log_softmax(parts[0], -1), location, scale, repeat, last, window)


def _with_query(study: StudyInContext, *, before_only: bool) -> Series:
    """Own records in order, then the predicted one without its outcomes; records at or after it are left out."""
    own, asked = study.own, study.query_time.unsqueeze(-1)
    kept = own.time < asked if before_only else ~own.time.isnan()
    own = Series(
        torch.where(kept, own.time, torch.nan),
        torch.where(kept.unsqueeze(-1), own.y, torch.nan),
        torch.where(kept.unsqueeze(-1), own.x, torch.nan),
    ).in_order()
    nothing = own.y.new_full((*own.y.shape[:2], 1, own.y.shape[3]), torch.nan)
    return Series(
        torch.cat([own.time, asked], -1),
        torch.cat([own.y, nothing], 2),
        torch.cat([own.x, study.query_x.unsqueeze(2)], 2),
    )


def _cast(records: Arranged, dtype: torch.dtype) -> Arranged:
    return Arranged(*(getattr(records, f.name).to(dtype) for f in fields(records)))


def _cast_forecast(found: OwnForecast, dtype: torch.dtype) -> OwnForecast:
    return OwnForecast(*(getattr(found, f.name).to(dtype) for f in fields(found)))
