"""Compares two contracts: what changes, and what that breaks for producers and for consumers."""

from data_contracts.difference.changes import Change, Effect
from data_contracts.difference.comparing import Difference, compare

__all__ = ["Change", "Difference", "Effect", "compare"]
