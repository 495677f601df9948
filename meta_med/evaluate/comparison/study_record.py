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
    mean_difference,
)
from meta_med.evaluate.mean_of_cells import MeanOfCells

MIN_PATIENTS = 10  # of a cell or cohort that counts in the claims
SERVED = "served"  # a long fact that is shown on the page only
CEILING = "ceiling"  # a fact: what `ceiling.ceiling` returns
ABSENT = "absent_settings"  # a fact: setting -> why it could not be evaluated
PLAIN = ("study", "title", "n_patients", "note", "counts", "used_in_development")
FRAMES = ("cells", "coverage", "cohort_coverage", "costs")


class OlderRecord(ValueError):
    """A file of a version without the comparison that the claims are about; the argument is the study's name."""


@dataclass(frozen=True)
class StudyRecord:
    """One study's part of the verdict.

    Attributes:
        study, title: its names.
        n_patients: held-out patients of its main setting.
        cells, coverage, cohort_coverage, costs: tables of `cells`, `interval_coverage` and `cohort_costs`.
        facts: seconds, memory and counts.
        difference: the mean relative difference to the cross-chosen baseline over the cells that claims are about, each
            weighing the same: value, low, high (95 %), p_better (one-sided), n_units (patients, or cohorts if
            over_cohorts); empty without cells.
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
    difference: Mapping[str, Any]
    note: str = ""
    counts: bool = True
    used_in_development: bool = False

    @classmethod
    def of(cls, result: StudyResult) -> "StudyRecord":
        """The part of a study's results that the verdict needs."""
        found = cells(result)
        return cls(
            result.spec.study,
            result.spec.title,
            result.main.n_patients,
            found,
            interval_coverage(result),
            interval_coverage(result, "cohort"),
            cohort_costs(result),
            {name: fact for name, fact in result.facts.items() if name != SERVED},
            _plain_difference(mean_difference(result, headline_cells(found))),
            result.spec.note,
            result.spec.evaluation.claims,
            result.spec.evaluation.used_in_development,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain lists, tables as columns and rows, numbers to five digits."""
        frames = {name: _to_plain(getattr(self, name)) for name in FRAMES}
        rest = {name: getattr(self, name) for name in PLAIN}
        rest |= {"facts": dict(self.facts), "difference": _rounded_values(self.difference)}
        return {**rest, **frames}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "StudyRecord":
        """Read what `to_json` returned.

        Raises:
            OlderRecord: it is of a version without the comparison that the claims are about.

        """
        if "difference" not in content:
            raise OlderRecord(str(content["study"]))
        rest: dict[str, Any] = {n: content[n] for n in (*PLAIN, "facts")}
        rest["difference"] = {n: np.nan if v is None else v for n, v in content["difference"].items()}
        return cls(**rest | {name: _from_plain(content[name]) for name in FRAMES})

    @property
    def headline(self) -> pd.DataFrame:
        """The cells that the claims are about: `headline_cells`."""
        return headline_cells(self.cells)

    def of_headline(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of `coverage`, `cohort_coverage` or `costs` in the settings of the headline."""
        return table[table["setting"].isin(set(self.headline["setting"]))]


def headline_cells(every: pd.DataFrame) -> pd.DataFrame:
    """Of `cells`, those that the claims are about.

    Those of the main setting with k >= 1; where nobody has an own record, those of a new cohort with some known
    patients, where adaptation is to the cohort only; else those of k = 0.
    """
    enough = every[every["n_patients"] >= MIN_PATIENTS]
    own = enough[enough["main"] & (enough["support_size"] > 0)]
    if len(own):
        return own
    new = enough[_known_cohort(enough["setting"])]
    return new if len(new) else enough[enough["main"]]


def new_cohort_questions(record: StudyRecord) -> pd.DataFrame:
    """One row per setting about cohorts never seen: setting, known (patients), value (mean relative difference).

    The mean is over cells with k >= 1, over those with k = 0 where nobody has an own record.
    """
    rows = record.cells[record.cells["setting"].str.startswith(f"{NEW_COHORT}_")]
    rows = rows[rows["n_patients"] >= MIN_PATIENTS]
    own = rows[rows["support_size"] > 0]
    means = (own if len(own) else rows).groupby("setting", sort=False)["cross_relative"].mean()
    table = means.rename("value").reset_index()
    return table.assign(known=table["setting"].str.rsplit("_", n=1).str[-1])


def _known_cohort(setting: "pd.Series[Any]") -> Bools:
    return np.asarray(setting.str.startswith(f"{NEW_COHORT}_") & ~setting.str.endswith("_0"))


def _plain_difference(found: MeanOfCells | None) -> dict[str, Any]:
    return (
        {} if found is None else {**vars(found.mean), **{n: v for n, v in vars(found).items() if n != "mean"}}
    )


def _rounded_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _rounded(value) for name, value in values.items()}


def _to_plain(table: pd.DataFrame) -> dict[str, Any]:
    rows = [[_rounded(v) for v in row] for row in table.itertuples(index=False)]
    return {"columns": list(table.columns), "rows": rows}


def _from_plain(content: Mapping[str, Any]) -> pd.DataFrame:
    """The inverse of `_to_plain`. A column without values becomes float, but for `main` and `setting`."""
    table = pd.DataFrame(content["rows"], columns=content["columns"])
    empty = {name: float for name in table.columns if table[name].isna().all()}
    return table.astype(empty | {"main": bool, "setting": str})


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
