"""One word of the rule vocabulary: where it may stand, what it takes, what follows when it is broken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from data_contracts.contract.model import Outcome

Scope = Literal["column", "table"]
Argument = Literal["number", "share", "bound", "text", "column", "columns", "values", "table", "flag", "any"]
Judge = Literal["rows", "whole", "relation", "batch"]


@dataclass(frozen=True, kw_only=True)
class RuleWord:
    """One word of the vocabulary.

    `judge` says who decides: "rows" (a mask of rows, by Great Expectations), "whole" (a number about the
    table), "relation" (needs a second table), "batch" (needs the previous delivery).
    """

    scope: Scope
    judge: Judge
    code: str
    outcome: Outcome
    takes: Mapping[str, Argument] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    says: str
    """The promise kept, after the name of the column or table."""
    breaks: str = ""
    """The promise broken by rows, likewise; rules about the whole word their own findings."""
