"""Names of what the release has codes for: statuses, predictors, metrics, severities, verdicts, guards, checks."""

from collections.abc import Mapping
from typing import Literal

from dashboard.wording.message import Message, label

STATUS = {
    "personalised": Message("Personalised"),
    "cohort": Message("Cohort estimate"),
    "withheld": Message("Withheld"),
}
UNKNOWN_STATUS = Message("Unknown status")
STATUS_MEANING = {
    "personalised": Message("Adapted to this patient's own records."),
    "cohort": Message(
        "Not from own values of this outcome: predicted from the cohort and the patient's other values."
    ),
    "withheld": Message("No prediction is shown. This is not a low-risk result."),
}
STATUS_COLOUR: Mapping[str, Literal["green", "blue", "orange"]] = {
    "personalised": "green",
    "cohort": "blue",
    "withheld": "orange",
}
PREDICTORS = {
    "champion": Message("Meta-Med (champion)"),
    "blend": Message("Blend"),
    "un_adapted": Message("Un-adapted"),
    "chosen_baseline": Message("Best baseline on tuning patients"),
    "shrunk_mean": Message("Patient's own mean, shrunk"),
    "cohort_offset": Message("Population, moved to the cohort"),
    "last_value": Message("Last value carried forward"),
    "patient_mean": Message("Patient's own mean"),
    "mixed_model": Message("Mixed model"),
    "boosted_lags": Message("Boosting with lags"),
    "hierarchical_mixed": Message("Hierarchical mixed model"),
    "population": Message("Population"),
    "neural_process": Message("Neural process"),
    "bayesian_head": Message("Bayesian head"),
    "deep_kernel": Message("Deep kernel"),
    "siamese": Message("Siamese network"),
    "reptile": Message("Reptile"),
    "maml": Message("MAML"),
    "fomaml": Message("First-order MAML"),
    "anil": Message("ANIL"),
    "meta_sgd": Message("Meta-SGD"),
    "protonet": Message("Prototypes"),
    "mann": Message("Memory network"),
    "study_core": Message("Study core"),
}
METRICS = {
    "mae": Message("Mean absolute error"),
    "rmse": Message("Root mean squared error"),
    "crps": Message("Error of the whole distribution (CRPS)"),
    "log_score": Message("Log score of the whole distribution"),
    "auroc": Message("Ranking (AUROC, higher is better)"),
    "brier": Message("Brier score"),
    "log_loss": Message("Log loss"),
    "calibration_slope": Message("Calibration slope (1 is ideal)"),
    "calibration_intercept": Message("Calibration intercept (0 is ideal)"),
    "coverage_90": Message("Coverage of the 90 % interval"),
    "width_90": Message("Width of the 90 % interval"),
}
SEVERITIES = {"critical": Message("Critical"), "warning": Message("Warning"), "info": Message("Information")}
VERDICTS = {
    "accept": Message("Accepted: every row fits the contract."),
    "quarantine": Message("Accepted in part: rows that do not fit were held back and are not used."),
    "reject": Message("Rejected: the delivery was not used."),
}
NO_VERDICT = Message("The verdict on the delivery was not recorded.")
GUARDS = {
    "covariates": Message("Another kind of patient"),
    "trajectory": Message("An unexpected newest value"),
    "divergence": Message("Adaptation diverged"),
}
LEAKAGE_CHECKS = {
    "shuffled_outcomes": Message("Shuffled outcomes"),
    "permuted_patient": Message("Another patient's records"),
    "changed_future": Message("A changed future"),
}
CHECK_VERDICTS = {
    "held": Message("Holds"),
    "violated": Message("Violated"),
    "not judged": Message("Not evaluated"),
}


def predictor_label(name: str) -> str:
    """The display name of a predictor."""
    return label(PREDICTORS, name)


def metric_label(name: str) -> str:
    """The display name of a metric."""
    return METRICS[name]() if name in METRICS else name
