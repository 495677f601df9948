"""How many patients a number must rest on, before it is told: one table for all that is learned, chosen or judged.

Below its number a thing is refused (a study of which nothing is left), withheld with its reason (an outcome, an
interval), or marked; it is never told bare. Patients are counted, not records: records of one patient say nothing of
how much patients differ.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from meta_med.cohorts.splits import Split

Use = Literal[
    "learn", "choose", "calibrate", "judge", "compare", "decide alone", "an event", "a leakage check"
]


@dataclass(frozen=True)
class Need:
    """How many patients something needs, and why so many."""

    patients: int
    why: str


NEEDS: Mapping[Use, Need] = {
    "learn": Need(
        5,
        "How much patients differ cannot be told from fewer than five (Gelman & Hill 2007, 12.9); spreads are "
        "cross-validated over five folds of patients.",
    ),
    "choose": Need(1, "Training ends where the loss of tuning patients is least: without one it has no end."),
    "calibrate": Need(
        1, "The largest score of one patient is a 50 % quantile of the next one's, and no more."
    ),
    "judge": Need(2, "A standard error over patients needs two; one patient's error is an anecdote."),
    "compare": Need(
        5, "A mean difference of fewer pairs is not told from luck by two of its standard errors."
    ),
    "decide alone": Need(
        60,
        "In a cohort, a tenth of a standard deviation is then about one standard error of a mean difference.",
    ),
    "an event": Need(
        5, "Patients with the event and patients without it: a risk of fewer is a rate, no ranking."
    ),
    "a leakage check": Need(5, "An interval over fewer patients holds any verdict."),
}

BY_SPLIT: Mapping[Split, Use] = {
    "train": "learn",
    "tuning": "choose",
    "calibration": "calibrate",
    "held_out": "judge",
}
SPLIT_AND_TASK: Mapping[Split, tuple[str, str]] = {
    "train": ("training", "to learn from"),
    "tuning": ("tuning", "to choose on"),
    "calibration": ("calibration", "to calibrate on"),
    "held_out": ("held-out", "to judge on"),
}
POOLED_BELOW = (
    20  # patients; a stratum of fewer asks its neighbours too: its mean is known to a fifth of their spread
)


def needed(use: Use) -> int:
    """How many patients it needs."""
    return NEEDS[use].patients


def needed_by(split: Split) -> int:
    """How many patients with an outcome a split needs."""
    return needed(BY_SPLIT[split])


def needed_for_level(level: float) -> int:
    """Calibration patients that a two-sided conformal interval needs: the least n with (n + 1) level <= n.

    With fewer, not even the largest of their scores is a quantile of that level for one more patient (Vovk 2005;
    Lei et al. 2018): 1 for 50 %, 4 for 80 %, 9 for 90 %.
    """
    return math.ceil(level / (1 - level) - 1e-9)


def too_few(split: Split) -> str:
    """A sentence for a screen: no count of the patients there are, which may be told of a small group."""
    n, (who, task) = needed_by(split), SPLIT_AND_TASK[split]
    if n == 1:
        return f"No {who} patient has this value, so there is nobody {task}."
    return f"Fewer than {n} {who} patients have this value, too few {task}."


def no_interval(levels: Iterable[float]) -> str:
    """A sentence for a screen that says which intervals are not told; "" if all are."""
    missing = sorted(levels)
    if not missing:
        return ""
    named = " and ".join(f"{100 * level:.0f} %" for level in missing)
    few = needed_for_level(missing[0])
    if few == 1:
        return f"No {named} interval: no calibration patient has this value."
    return f"No {named} interval: fewer than {few} calibration patients have this value."
