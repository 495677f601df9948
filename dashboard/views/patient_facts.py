"""One patient as the page and the printed sheet show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.page_parts import Row
from dashboard.patients import ReadPatient
from dashboard.wording import names
from dashboard.wording import patient as words
from dashboard.wording.predictions import common_remarks, covariates
from dashboard.wording.times import duration


@dataclass(frozen=True)
class PatientShown:
    """A patient with their records and predictions.

    Attributes:
        read: the patient, authorised.
        subject: the published row.
        name: as shown.
        records: time_days, outcome, value.
        predictions: outcome -> the published row.
        outcomes: those with a prediction, in the study's order.
        horizons: the published rows of the forecast over time.

    """

    read: ReadPatient
    subject: dict[str, Any]
    name: str
    records: pd.DataFrame
    predictions: Mapping[str, Row]
    outcomes: list[Row]
    horizons: pd.DataFrame

    @property
    def about(self) -> tuple[str, ...]:
        """The guards' remarks on the patient: those that all predictions share."""
        return common_remarks([row["flags"] for row in self.predictions.values()])

    @property
    def facts(self) -> list[str]:
        """Covariates, cohort, number of records, and how far ahead is predicted."""
        shown = covariates(str(self.subject["display"]))
        return [
            *([shown] if shown else []),
            words.COHORT(cohort=str(self.subject["cohort"])),
            words.OWN_RECORDS(int(self.subject["n_records"])),
            *self._horizon(),
        ]

    @property
    def notes(self) -> list[str]:
        """What the status means, and whether the model was trained on the patient."""
        status = str(self.subject["status"])
        meaning = [names.STATUS_MEANING[status]()] if status in names.STATUS_MEANING else []
        return [*meaning, *([words.TRAINED_ON()] if self.subject["split"] == "train" else [])]

    def own(self, outcome: Row) -> pd.DataFrame:
        """The patient's records of one outcome."""
        own: pd.DataFrame = self.records[self.records["outcome"] == outcome["name"]]
        return own

    def ahead(self, outcome: Row) -> pd.DataFrame:
        """The forecast over time of one outcome, the nearest horizon first."""
        own: pd.DataFrame = self.horizons[self.horizons["outcome"] == outcome["name"]]
        return own.sort_values("horizon_days", ignore_index=True)

    def _horizon(self) -> list[str]:
        """How far ahead is predicted; nothing where times are an order, or the newest record itself is predicted."""
        times = [float(row["predicted_time_days"]) for row in self.predictions.values()]
        ahead = pd.Series(times, dtype="float64").max() - self.subject["newest_record_days"]
        return [words.HORIZON(duration=duration(ahead))] if ahead > 0 else []
