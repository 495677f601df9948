"""What the leakage checks found in a run, and the refusal to publish where one is violated."""

from collections.abc import Mapping

import pandas as pd

from meta_med import run_files
from orchestration.errors import ModelError
from orchestration.runs.run_folder import RunFolder

HELD, VIOLATED = "held", "violated"

# Written out so that Dagster's definitions load no torch; a test holds them to meta_med's own.
CHECKS: Mapping[str, str] = {
    "shuffled_outcomes": "Outcomes dealt at random to other records cannot be predicted.",
    "permuted_patient": "With another patient's records the gain of adaptation is lost.",
    "changed_future": "The predicted record's own values and later records change no prediction.",
}


def findings(folder: RunFolder) -> pd.DataFrame:
    """One row a leakage check: claim, verdict, evidence, numbers."""
    return pd.read_parquet(folder.path / run_files.LEAKAGE)


def verdicts(folder: RunFolder) -> dict[str, str]:
    """Leakage check -> held, violated or not judged."""
    found = findings(folder)
    return {
        str(name): str(verdict) for name, verdict in zip(found["sentinel"], found["verdict"], strict=True)
    }


def violated(folder: RunFolder) -> list[str]:
    """Claims that do not hold, with what was found instead; empty where the model may be published."""
    found = findings(folder)
    broken = found[found["verdict"] == VIOLATED]
    return [f"{claim} {said}" for claim, said in zip(broken["claim"], broken["evidence"], strict=True)]


def refusal(broken: list[str]) -> str:
    """Why a model is not published, in one paragraph."""
    return (
        f"E_LEAK: the model has seen what it must not see. It fails: {' '.join(broken)} Nothing was published; "
        "the release before is still served. Look for a covariate declared `known: ahead` that is not, for "
        "patients who are in the data under two ids, and for outcomes among the covariates."
    )


def require_held(folder: RunFolder) -> None:
    """Raise `ModelError` if a leakage check is violated."""
    if broken := violated(folder):
        raise ModelError(refusal(broken))
