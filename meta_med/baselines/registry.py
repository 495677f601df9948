"""Baselines by name."""

from meta_med.baselines.baseline import Baseline
from meta_med.baselines.boosting import BoostedLags, Population
from meta_med.baselines.cohort_offset import CohortOffset
from meta_med.baselines.mixed_model import MixedModel
from meta_med.baselines.own_values import LastValue, PatientMean, ShrunkMean
from meta_med.outcomes import OutcomeLayout

BASELINES: dict[str, type[Baseline]] = {
    "population": Population,
    "cohort_offset": CohortOffset,
    "last_value": LastValue,
    "patient_mean": PatientMean,
    "shrunk_mean": ShrunkMean,
    "mixed_model": MixedModel,
    "boosted_lags": BoostedLags,
}


def create_baseline(name: str, layout: OutcomeLayout) -> Baseline:
    """An unfitted baseline.

    Raises:
        ValueError: an unknown name; the known ones are listed.

    """
    if name not in BASELINES:
        raise ValueError(f"baseline {name!r} is unknown; known: {', '.join(BASELINES)}")
    return BASELINES[name](layout)
