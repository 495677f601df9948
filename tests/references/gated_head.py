"""The gated head on one query: what was matched and the last own value, each behind its gate, and a delta."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from meta_med.learners.networks.heads import GatedHead
from tests.references.outer_loss import freedom
from tests.references.rows import Row, past_of


def answered(
    head: GatedHead, hidden: Tensor, evidence: Sequence[Tensor], query: Row, own: Sequence[Row]
) -> tuple[Tensor, Tensor, Tensor | None]:
    """(location, scale, df) of one query record; `evidence` by outcome."""
    raw = head.linear(hidden)
    m, d = head.layout.width, len(head.layout.outcomes)
    trust = F.softplus(raw[m : m + d] + head.start)
    location = raw[m + d : 2 * m + d] + torch.cat([t * e for t, e in zip(trust, evidence, strict=True)])
    if head.history:
        past = past_of(head.layout, query, own)
        location = location + torch.sigmoid(raw[:m]) * past.known * past.last
    return location, F.softplus(raw[2 * m + d :]) + 1e-3, freedom(head.raw_df)
