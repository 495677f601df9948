"""Minimum numbers of patients: one table for everything that is learned, chosen, calibrated, evaluated or shown.

With fewer patients a study is refused, an outcome or an interval is withheld with its reason, or a number is marked.
Patients are counted, not records: records of one patient do not show how much patients differ.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # so that this loads nothing heavy
    from meta_med.cohorts.splits import Split

Use = Literal[
    "learn",
    "choose",
    "calibrate",
    "evaluate",
    "compare",
    "decide alone",
    "an event",
    "a leakage check",
    "show a cohort",
    "a horizon",
]


@dataclass(frozen=True)
class Need:
    """The minimum number of patients of a use, and the reason for it."""

    patients: int
    why: str


NEEDS: Mapping[Use, Need] = {
    "learn": Need(
        5,
        "How much patients differ cannot be estimated from fewer than five (Gelman & Hill 2007, 12.9); spreads are "
        "cross-validated over five folds of patients.",
    ),
    "choose": Need(1, "Early stopping needs the loss of at least one tuning patient."),
    "calibrate": Need(1, "The score of one patient is a 50 % quantile of the next one's, and no more."),
    "evaluate": Need(2, "A standard error over patients needs two; one patient's error is an anecdote."),
    "compare": Need(
        5, "A mean difference of fewer pairs cannot be separated from chance by two standard errors."
    ),
    "decide alone": Need(
        60,
        "In a cohort, a tenth of a standard deviation is then about one standard error of a mean difference.",
    ),
    "an event": Need(
        5, "Patients with the event, and as many without it: fewer support a rate, not a ranking."
    ),
    "show a cohort": Need(
        11,
        "Figures of a cohort of 1 to 10 patients could identify a person and are not published under its name, like "
        "the counts of the data-quality page.",
    ),
    "a horizon": Need(
        20,
        "The share of twenty patients inside a 90 % interval has a standard error of 7 percentage points; fewer do not "
        "tell 90 % from 75 %.",
    ),
    "a leakage check": Need(5, "A confidence interval over fewer patients decides nothing."),
}

BY_SPLIT: "Mapping[Split, Use]" = {
    "train": "learn",
    "tuning": "choose",
    "calibration": "calibrate",
    "held_out": "evaluate",
}
SPLIT_AND_TASK: "Mapping[Split, tuple[str, str]]" = {
    "train": ("training", "to learn from"),
    "tuning": ("tuning", "to choose on"),
    "calibration": ("calibration", "to calibrate on"),
    "held_out": ("held-out", "to evaluate on"),
}
# Patients of a stratum below which it is pooled with its neighbours; with 20 the standard error of a mean is about a
# fifth of the standard deviation.
POOLED_BELOW = 20


def needed(use: Use) -> int:
    """Minimum number of patients of a use."""
    return NEEDS[use].patients


def needed_by(split: "Split") -> int:
    """Minimum number of patients with an outcome in a split."""
    return needed(BY_SPLIT[split])


def needed_for_level(level: float) -> int:
    """Minimum number of calibration patients of a conformal interval: the least n with (n + 1) level <= n.

    With fewer patients even the largest score is below the quantile of that level for one more patient (Vovk 2005;
    Lei et al. 2018): 1 for 50 %, 4 for 80 %, 9 for 90 %.

    Args:
        level: of the interval, in (0, 1).
    """
    return math.ceil(level / (1 - level) - 1e-9)


def too_few(split: "Split") -> str:
    """Why an outcome is withheld, as a sentence for a screen; it gives no count of patients."""
    n, (who, task) = needed_by(split), SPLIT_AND_TASK[split]
    if n == 1:
        return f"No {who} patient has this value, so there is nobody {task}."
    return f"Fewer than {n} {who} patients have this value, too few {task}."


def no_interval(levels: Iterable[float]) -> str:
    """Which intervals are withheld, as a sentence for a screen; "" if none is."""
    missing = sorted(levels)
    if not missing:
        return ""
    named = " and ".join(f"{100 * level:.0f} %" for level in missing)
    few = needed_for_level(missing[0])
    if few == 1:
        return f"No {named} interval: no calibration patient has this value."
    return f"No {named} interval: fewer than {few} calibration patients have this value."
