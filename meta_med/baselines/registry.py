"""Baselines by name."""

from typing import TYPE_CHECKING

from meta_med.plug_ins.registry import Registry

if TYPE_CHECKING:
    from meta_med.baselines.baseline import Baseline
    from meta_med.outcomes import OutcomeLayout

BASELINES: "Registry[Baseline]" = Registry(
    kind="baseline",
    group="meta_med.baselines",
    base="meta_med.baselines.baseline:Baseline",
    built_in={
        "population": "meta_med.baselines.boosting:Population",
        "cohort_offset": "meta_med.baselines.cohort_offset:CohortOffset",
        "last_value": "meta_med.baselines.own_values:LastValue",
        "patient_mean": "meta_med.baselines.own_values:PatientMean",
        "shrunk_mean": "meta_med.baselines.own_values:ShrunkMean",
        "mixed_model": "meta_med.baselines.mixed_model:MixedModel",
        "boosted_lags": "meta_med.baselines.boosting:BoostedLags",
        "hierarchical_mixed": "meta_med.baselines.hierarchical.hierarchical_mixed:HierarchicalMixed",
        "study_core": "meta_med.study_core.predictor:StudyCorePredictor",
    },
)
"""All baselines; their modules are loaded on use only, because a study is read without torch."""


ON_SERIES = ("hierarchical_mixed", "study_core")


def fitted_on_series(learner: str) -> bool:
    """Whether a learner of a study reads all training series at once, as a baseline does, without meta-training.

    Such a method can stand under `learners`, where a study counts it as one of its own, and under `baselines`, as what
    they are compared with.
    """
    return learner in ON_SERIES


def create_baseline(name: str, layout: "OutcomeLayout") -> "Baseline":
    """An unfitted baseline.

    Raises:
        StudyMismatch: an unknown name; the known ones are listed.
        PlugInError: a baseline of another distribution that cannot be used.

    """
    return BASELINES.load(name)(layout)
