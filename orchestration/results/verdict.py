"""A study's own verdict, for a terminal and for JSON: the champion against the cross-chosen baseline, by outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meta_med.evaluate.comparison.study_record import ABSENT
from meta_med.evaluate.comparison.study_result import StudyResult
from meta_med.study import StudySpec
from orchestration.results.headlines import (
    MOST,
    Headline,
    beside_error,
    beside_text,
    headlines_of,
    worse_outcomes,
)


@dataclass(frozen=True)
class VerdictLine:
    """One headline of one setting, and the coverage or AUROC that stands beside the error ("" and NaN without)."""

    headline: Headline
    beside: str
    beside_value: float

    @property
    def beside_text(self) -> str:
        """What stands beside the error, as text."""
        return beside_text(self.beside, self.beside_value)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        head, row = self.headline, self.headline.row
        return {
            "setting": head.setting,
            "outcome": head.outcome,
            "metric": head.error.name,
            "unit": row.unit,
            "champion": row.champion,
            "cross_chosen_baseline": row.against,
            "cross_chosen_baseline_error": row.other,
            "relative": row.relative,
            "relative_low": row.relative_low,
            "relative_high": row.relative_high,
            "best_baseline_with_hindsight": head.hindsight.against,
            "relative_with_hindsight": head.hindsight.relative,
            "verdict": head.verdict,
            "n_patients": row.n_patients,
            **({self.beside: self.beside_value} if self.beside else {}),
        }


@dataclass(frozen=True)
class StudyVerdict:
    """The verdict of a study.

    Attributes:
        spec: the study.
        lines: in every setting, those of the headlines and of the outcomes that are worse.
        absent: setting -> why it has no result.

    """

    spec: StudySpec
    lines: tuple[VerdictLine, ...]
    absent: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"outcomes": [line.to_json() for line in self.lines], "absent_settings": dict(self.absent)}


def verdict_of(result: StudyResult) -> StudyVerdict:
    """The verdict of all settings, the main one first."""
    lines = []
    for found in sorted(result.settings.values(), key=lambda one: one is not result.main):
        shown = [*headlines_of(found, result.spec), *worse_outcomes(found, result.spec)[:MOST]]
        lines += [VerdictLine(one, *beside_error(found, one.outcome)) for one in shown]
    return StudyVerdict(result.spec, tuple(lines), result.facts.get(ABSENT, {}))
