"""What changes between two contracts, and what it breaks: for those who deliver, and for those who read."""

from data_contracts.difference.changes import Change, Effect
from data_contracts.difference.comparing import Difference, compare

__all__ = ["Change", "Difference", "Effect", "compare"]
