"""The registry of kinds of outcome, and their metrics. A new kind is one file and one line here."""

from meta_med.outcomes.binary import Binary
from meta_med.outcomes.categorical import Categorical
from meta_med.outcomes.continuous import Continuous
from meta_med.outcomes.kind import Metric, OutcomeKind

KINDS: dict[str, OutcomeKind] = {
    kind.name: kind
    for kind in (
        Continuous(),
        Binary(),
        Categorical(),
    )
}


def kind_of(name: str) -> OutcomeKind:
    """The kind of this name.

    Raises:
        ValueError: there is no such kind.

    """
    if name not in KINDS:
        *others, last = KINDS
        raise ValueError(f"kind must be {', '.join(others)} or {last}")
    return KINDS[name]


def metrics() -> dict[str, Metric]:
    """Metric name -> metric, of all kinds."""
    return {metric.name: metric for kind in KINDS.values() for metric in kind.metrics}


def joint_metrics() -> dict[str, Metric]:
    """Metric name -> metric of all records jointly, of all kinds."""
    return {metric.name: metric for kind in KINDS.values() for metric in kind.joint_metrics}


def headlines() -> tuple[str, ...]:
    """Names of the main errors of pages, one for each kind that has scores."""
    return tuple(dict.fromkeys(kind.metrics[0].name for kind in KINDS.values() if kind.metrics))


def proper_scores() -> tuple[str, ...]:
    """Names of the proper scores, one for each kind that has scores."""
    return tuple(dict.fromkeys(kind.proper for kind in KINDS.values() if kind.metrics))


def kind_of_error(metric: str) -> OutcomeKind:
    """The kind whose main error is this metric."""
    return next(kind for kind in KINDS.values() if kind.metrics and kind.metrics[0].name == metric)
