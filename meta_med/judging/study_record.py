"""One study's part of the verdict: the cells that the claims are about, kept as JSON between calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.judging.study_result import NEW_COHORT, StudyResult, cells, cohort_costs, interval_coverage
from meta_med.records import Bools

MIN_PATIENTS = 10  # of a cell or cohort that is counted: fewer show nothing either way
SERVED = "served"  # a fact that only the page shows: it is long
PLAIN = ("study", "title", "n_patients", "note", "counts")
FRAMES = ("cells", "coverage", "cohort_coverage", "costs")


@dataclass(frozen=True)
class StudyRecord:
    """One study's part of the verdict.

    Attributes:
        study, title: its names; n_patients: held-out patients of its main setting; cells, coverage,
            cohort_coverage, costs: see `study_result`; facts: seconds, memory and counts; note: what its reader
            must have in mind; counts: whether it counts in the claims.

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

    @classmethod
    def of(cls, result: StudyResult) -> "StudyRecord":
        """The part of what was found that the verdict needs."""
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
        )

    def to_json(self) -> dict[str, Any]:
        """Plain lists, tables as columns and rows, numbers to five digits."""
        frames = {name: _split(getattr(self, name)) for name in FRAMES}
        rest = {name: getattr(self, name) for name in PLAIN} | {"facts": dict(self.facts)}
        return {**rest, **frames}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "StudyRecord":
        """Read what `to_json` gave."""
        rest: dict[str, Any] = {n: content[n] for n in (*PLAIN, "facts")}
        frames = {name: _joined(content[name]) for name in FRAMES}
        return cls(**rest | frames)

    @property
    def headline(self) -> pd.DataFrame:
        """The cells that the claims are about.

        Those of the main setting with k >= 1; where nobody has an own record, those of a new cohort of which some
        patients are known: there, adapting to the cohort is all the adapting there is.
        """
        enough = self.cells[self.cells["n_patients"] >= MIN_PATIENTS]
        own = enough[enough["main"] & (enough["support_size"] > 0)]
        if len(own):
            return own
        return enough[_known_cohort(enough["setting"])]

    def of_headline(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of `coverage`, `cohort_coverage` or `costs` in the settings that the headline is about."""
        return table[table["setting"].isin(set(self.headline["setting"]))]


def _known_cohort(setting: "pd.Series[Any]") -> Bools:
    return np.asarray(setting.str.startswith(f"{NEW_COHORT}_") & ~setting.str.endswith("_0"))


def _split(table: pd.DataFrame) -> dict[str, Any]:
    rows = [[_short(v) for v in row] for row in table.itertuples(index=False)]
    return {"columns": list(table.columns), "rows": rows}


def _joined(content: Mapping[str, Any]) -> pd.DataFrame:
    """What `_split` gave. A column without a value is one of numbers, and `main` is yes or no even without rows."""
    table = pd.DataFrame(content["rows"], columns=content["columns"])
    empty = {name: float for name in table.columns if table[name].isna().all()}
    return table.astype(empty | {"main": bool})


def _short(value: Any) -> Any:
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(f"{value:.5g}") if np.isfinite(value) else None
    return None if value is None else str(value)
