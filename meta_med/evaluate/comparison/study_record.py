"""One study's part of the verdict over all studies: the cells that the claims are about, kept as JSON between calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.cohorts.record_table import Bools
from meta_med.evaluate.comparison.study_result import (
    NEW_COHORT,
    StudyResult,
    cells,
    cohort_costs,
    interval_coverage,
)
from meta_med.outcomes.registry import headlines, metrics

MIN_PATIENTS = 10  # of a cell or cohort that counts in the claims
SERVED = "served"  # a long fact that is shown on the page only
ABSENT = "absent_settings"  # a fact: setting -> why it could not be evaluated
PLAIN = ("study", "title", "n_patients", "note", "counts")
USED = "used_in_development"
FRAMES = ("cells", "coverage", "cohort_coverage", "costs")


@dataclass(frozen=True)
class StudyRecord:
    """One study's part of the verdict.

    Attributes:
        study, title: its names.
        n_patients: held-out patients of its main setting.
        cells, coverage, cohort_coverage, costs: tables of `cells`, `interval_coverage` and `cohort_costs`.
        facts: seconds, memory and counts.
        note: a remark for readers of its results.
        counts: whether it counts in the claims.
        used_in_development: whether options of the product were chosen on its patients.

    """

    study: str
    title: str
    n_patients: int
    cells: pd.DataFrame
    coverage: pd.DataFrame
    cohort_coverage: pd.DataFrame
    costs: pd.DataFrame
    facts: Mapping[str, Any]
    note: str = ""
    counts: bool = True
    used_in_development: bool = False

    @classmethod
    def of(cls, result: StudyResult) -> "StudyRecord":
        """The part of a study's results that the verdict needs."""
        return cls(
            result.spec.study,
            result.spec.title,
            result.main.n_patients,
            cells(result),
            interval_coverage(result),
            interval_coverage(result, "cohort"),
            cohort_costs(result),
            {name: fact for name, fact in result.facts.items() if name != SERVED},
            result.spec.note,
            result.spec.evaluation.claims,
            result.spec.evaluation.used_in_development,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain lists, tables as columns and rows, numbers to five digits."""
        frames = {name: _to_plain(getattr(self, name)) for name in FRAMES}
        rest = {name: getattr(self, name) for name in (*PLAIN, USED)} | {"facts": dict(self.facts)}
        return {**rest, **frames}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "StudyRecord":
        """Read what `to_json` returned.

        Older files lack the key `used_in_development`, which is then false, and the metric of a cell, which then
        follows from its unit.
        """
        rest: dict[str, Any] = {n: content[n] for n in (*PLAIN, "facts")} | {USED: content.get(USED, False)}
        frames = {name: _from_plain(content[name]) for name in FRAMES}
        if "metric" not in frames["cells"]:
            frames["cells"] = frames["cells"].assign(metric=_headline_metric(frames["cells"]["unit"]))
        return cls(**rest | frames)

    @property
    def headline(self) -> pd.DataFrame:
        """The cells that the claims are about.

        Those of the main setting with k >= 1; where nobody has an own record, those of a new cohort with some known
        patients, where adaptation is to the cohort only; else those of k = 0.
        """
        enough = self.cells[self.cells["n_patients"] >= MIN_PATIENTS]
        own = enough[enough["main"] & (enough["support_size"] > 0)]
        if len(own):
            return own
        new = enough[_known_cohort(enough["setting"])]
        return new if len(new) else enough[enough["main"]]

    def of_headline(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of `coverage`, `cohort_coverage` or `costs` in the settings of the headline."""
        return table[table["setting"].isin(set(self.headline["setting"]))]


def _known_cohort(setting: "pd.Series[Any]") -> Bools:
    return np.asarray(setting.str.startswith(f"{NEW_COHORT}_") & ~setting.str.endswith("_0"))


def _headline_metric(unit: "pd.Series[Any]") -> "pd.Series[Any]":
    """The main error of each cell: the one with this unit of its own, else the one in units of the outcome."""
    units = {metrics()[name].unit: name for name in headlines()}
    return unit.map(units).fillna(units[""])


def _to_plain(table: pd.DataFrame) -> dict[str, Any]:
    rows = [[_rounded(v) for v in row] for row in table.itertuples(index=False)]
    return {"columns": list(table.columns), "rows": rows}


def _from_plain(content: Mapping[str, Any]) -> pd.DataFrame:
    """The inverse of `_to_plain`. A column without values becomes float, and `main` is bool even without rows."""
    table = pd.DataFrame(content["rows"], columns=content["columns"])
    empty = {name: float for name in table.columns if table[name].isna().all()}
    return table.astype(empty | {"main": bool})


def _rounded(value: Any) -> Any:
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(f"{value:.5g}") if np.isfinite(value) else None
    return None if value is None else str(value)


def minutes(facts: Mapping[str, Any]) -> float | None:
    """Wall minutes of a study's evaluation, over all its folds; None where it was not recorded."""
    return facts["seconds"] / 60 if "seconds" in facts else None


def processor_minutes(facts: Mapping[str, Any]) -> float | None:
    """Processor minutes of all processes together; independent of other load on the machine."""
    return facts["cpu_seconds"] / 60 if "cpu_seconds" in facts else None


def peak_gigabytes(facts: Mapping[str, Any]) -> float | None:
    """Largest memory of all processes together; None where it was not recorded."""
    return facts["peak_memory_mb"] / 1024 if "peak_memory_mb" in facts else None
