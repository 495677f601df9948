"""How small or large a risk may be told: no more certain than the records that it was checked on allow."""

import numpy as np

from meta_med.cohorts.record_table import Floats, Ints


def bounds_of_risk(y: Floats, subject: Ints) -> tuple[float, float]:
    """Smallest and largest probability of a yes-or-no outcome that these records vouch for.

    No number of records without an event shows a risk of 0: after n of them it is 1 / (2 n + 2) by Jeffreys' rule,
    where n counts records that tell as much as independent ones (`_independent`). It is never above the share of
    records that had the event (below the largest, the same of those without), so that nobody is told a risk that is
    higher than everybody's for the bound alone.

    Args:
        y: (R,) 0 or 1; subject: (R,) whose record it is.

    """
    if not len(y):
        return 0.0, 1.0
    least = 0.5 / (_independent(y, subject) + 1)
    share = float(y.mean())
    # of an event that nobody had, the records themselves are all there is to say how rare it is
    floor, gap = (s if s > 0 else 0.5 / (len(y) + 1) for s in (share, 1 - share))
    return min(least, floor), 1 - min(least, gap)


def _independent(y: Floats, subject: Ints) -> float:
    """How many independent records tell a share as exactly as these do: R over the design effect (Kish 1965).

    The design effect is the variance of the share over subjects, against that of independent records; no less than
    1, and never so large that fewer than the subjects are left.
    """
    _, index = np.unique(subject, return_inverse=True)
    binomial = len(y) * float(y.mean()) * (1 - float(y.mean()))
    if binomial == 0:
        return float(len(y))
    own = np.bincount(index, y - y.mean())
    return float(np.clip(len(y) / (float((own**2).sum()) / binomial), len(own), len(y)))
