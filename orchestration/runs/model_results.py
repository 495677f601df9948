"""What a training found out about its model, read back: the leakage checks, and where a baseline is better.

Each `place` is the run folder of the training, or the folder of the model version. Also the refusals: a violated
leakage check and, where the study asks for it, a champion that is worse than a baseline.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from meta_med import run_files
from meta_med.study import StudySpec
from orchestration.errors import ModelError

HELD, VIOLATED = "held", "violated"

# These are written out so that Dagster's definitions load no torch; tests hold them to meta_med's own.
LEAKAGE_CHECKS: Mapping[str, str] = {
    "shuffled_outcomes": "Outcomes dealt at random to other records cannot be predicted.",
    "permuted_patient": "With another patient's records the gain of adaptation is lost.",
    "changed_future": "The predicted record's own values and later records change no prediction.",
}


def leakage_findings(place: Path) -> pd.DataFrame:
    """One row per leakage check: claim, verdict, evidence, numbers."""
    return pd.read_parquet(place / run_files.LEAKAGE)


def leakage_verdicts(place: Path) -> dict[str, str]:
    """Leakage check -> held, violated or not judged."""
    found = leakage_findings(place)
    return {
        str(name): str(verdict) for name, verdict in zip(found["sentinel"], found["verdict"], strict=True)
    }


def violated_claims(place: Path) -> list[str]:
    """Claims that do not hold, each with its evidence; empty where the model may be published."""
    found = leakage_findings(place)
    violated = found[found["verdict"] == VIOLATED]
    return [f"{claim} {said}" for claim, said in zip(violated["claim"], violated["evidence"], strict=True)]


def leakage_message(violated: list[str]) -> str:
    """Why a model is not published, in one paragraph."""
    return (
        f"E_LEAK: the model has seen what it must not see. It fails: {' '.join(violated)} Nothing was published; "
        "the release before is still served. Look for a covariate declared `known: ahead` that is not, for "
        "patients who are in the data under two ids, and for outcomes among the covariates."
    )


def worse_than_baseline(place: Path) -> list[dict[str, Any]]:
    """Where the champion is worse than a baseline on held-out patients: outcome, told, sure and more."""
    found: list[dict[str, Any]] = json.loads((place / run_files.WORSE).read_text(encoding="utf-8"))
    return found


def worse_lines(found: list[dict[str, Any]]) -> list[str]:
    """The same as lines for a terminal, the certain ones first."""
    return [
        f"{'Worse' if entry['sure'] else 'Perhaps worse'} than a baseline: {entry['outcome']}. {entry['told']}"
        for entry in sorted(found, key=lambda entry: not entry["sure"])
    ]


def worse_message(place: Path, study: StudySpec) -> str | None:
    """Why a model that is worse than a baseline beyond doubt is not published, where the study refuses that."""
    sure = [entry for entry in worse_than_baseline(place) if entry["sure"]]
    if not sure or study.serve.worse_than_baseline != "refuse":
        return None
    told = " ".join(f"{entry['outcome']}: {entry['told']}" for entry in sure)
    return (
        f"E_WORSE: the champion is worse than a baseline. {told} Nothing was published; the release before is "
        "still served. Give it more patients or other learners, leave the outcome out, or write "
        "`serve.worse_than_baseline: say` to publish it with this remark."
    )


def refusal(place: Path, study: StudySpec) -> str | None:
    """Why a model must not be published, whatever the others are like; None where it may be."""
    violated = violated_claims(place)
    return leakage_message(violated) if violated else worse_message(place, study)


def require_publishable(place: Path, study: StudySpec) -> None:
    """Raise `ModelError` if a model must not be published."""
    if (why := refusal(place, study)) is not None:
        raise ModelError(why)


def too_few(place: Path) -> list[dict[str, str]]:
    """Outcomes that are withheld or limited because patients are too few: outcome, told."""
    found: dict[str, str] = json.loads((place / run_files.TOO_FEW).read_text(encoding="utf-8"))
    return [{"outcome": outcome, "told": told} for outcome, told in found.items()]
