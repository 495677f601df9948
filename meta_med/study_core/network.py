"""The network of the study-in-context core: from tokens to a correction of the closed form.

Attention runs along one axis at a time: records of a patient, then the outcomes of a record, then patients (the
lenders). It knows no names: outcomes, lenders and covariates can be exchanged, and there can be any number of each.
"""

import torch
from torch import Tensor, nn

from meta_med.study_core.attention import LenderAttention, OutcomeAttention, Perceptron, RecordAttention
from meta_med.study_core.relations import STUDY_NUMBERS
from meta_med.study_core.tokens import ANCHORS, QUERY_INPUTS, RECORD_INPUTS

COMPONENTS = 6
# The mixture before any training is nearly the closed form's normal distribution.
START_WEIGHT = (-2.0, -0.5, 1.5, 0.0, -2.0, -4.0)
START_SCALE = (-1.6, -0.7, -0.05, 0.2, 0.8, 1.6)
OUTPUTS = 3 * COMPONENTS + ANCHORS + 1


class Block(nn.Module):
    """One reading of own records, lenders and the other outcomes by the predicted records' tokens."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.own = RecordAttention(width, heads)
        self.lenders = LenderAttention(width, heads)
        self.outcomes = OutcomeAttention(width, heads)
        self.refine = Perceptron(width)


class StudyNetwork(nn.Module):
    """Corrections of the closed form by what lenders and own records look like.

    Args:
        width: of the tokens; heads: of attention; blocks: readings by the predicted records' tokens.

    """

    def __init__(self, *, width: int = 32, heads: int = 4, blocks: int = 2) -> None:
        super().__init__()
        self.sizes = {"width": width, "heads": heads, "blocks": blocks}
        self.record = nn.Sequential(nn.Linear(RECORD_INPUTS, width), nn.GELU(), nn.Linear(width, width))
        self.course, self.course_refine = RecordAttention(width, heads), Perceptron(width)
        self.pool = nn.Parameter(0.2 * torch.randn(width))
        self.pooling, self.pooled = RecordAttention(width, heads), Perceptron(width)
        self.query = nn.Sequential(
            nn.Linear(QUERY_INPUTS + STUDY_NUMBERS, 2 * width), nn.GELU(), nn.Linear(2 * width, width)
        )
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(blocks))
        self.norm, self.out = nn.LayerNorm(width), nn.Linear(width, OUTPUTS)
        nn.init.zeros_(self.out.weight)
        with torch.no_grad():
            start = [*START_WEIGHT, *[0.0] * COMPONENTS, *START_SCALE, *[0.0] * ANCHORS, 0.0]
            self.out.bias.copy_(torch.tensor(start))

    def records(self, tokens: Tensor, time: Tensor, seen: Tensor) -> Tensor:
        """(Z, D, P, N, W) of record tokens; each reads itself and the patient's earlier records."""
        hidden = self.record(tokens)
        n = time.shape[-1]
        causal = torch.ones((n, n), dtype=hidden.dtype, device=hidden.device).tril()
        age = time.unsqueeze(-1) - time.unsqueeze(-2)
        refined: Tensor = self.course_refine(self.course(hidden, hidden, causal * seen.unsqueeze(-2), age))
        return refined

    def lenders(self, records: Tensor, time: Tensor, seen: Tensor) -> Tensor:
        """(Z, D, L, W) one token of each lender's course."""
        asking = self.pool.expand(*records.shape[:3], 1, -1)
        age = time.amax(-1, keepdim=True).unsqueeze(-1) - time.unsqueeze(-2)
        pooled: Tensor = self.pooled(self.pooling(asking, records, seen.unsqueeze(-2), age)).squeeze(-2)
        return pooled

    def forward(
        self,
        queries: Tensor,
        own: tuple[Tensor, Tensor, Tensor],
        lenders: tuple[Tensor, Tensor],
        relations: Tensor,
    ) -> Tensor:
        """(Z, D, P, Q, OUTPUTS).

        Args:
            queries: (Z, D, P, Q, QUERY_INPUTS + STUDY_NUMBERS).
            own: records' tokens (Z, D, P, N, W), which are usable (Z, D, P, Q, N), and their age (Z, P, Q, N).
            lenders: their tokens (Z, D, L, W), and which lend (Z, D, L).
            relations: (Z, D, D, RELATIONS) correlations of outcomes.

        """
        tokens = self.query(queries)
        for block in self.blocks:
            if isinstance(block, Block):
                tokens = block.lenders(block.own(tokens, *own), *lenders)
                tokens = block.refine(block.outcomes(tokens, relations))
        out: Tensor = self.out(self.norm(tokens))
        return out
