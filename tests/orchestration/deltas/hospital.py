"""A study with deliveries of changed patients, and a hospital that delivers them."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from meta_med.published import reader
from orchestration.execution import run_graph
from orchestration.runs.run_outcome import RunOutcome
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace
from tests.orchestration.small_study import workspace_at

FIRST, SECOND = ("A000", "A003"), ("A003", "A007")
"""Patients of two deliveries; one is in both."""


@dataclass
class Hospital:
    """A study with deliveries of changed patients, and what the hospital has delivered so far."""

    study: LoadedStudy
    home: Path
    minute: int = 0

    @property
    def workspace(self) -> Workspace:
        return workspace_at(self.home, self.study)

    @property
    def rows(self) -> pd.DataFrame:
        return pd.read_csv(self.study.sources["visits"], dtype=str)

    def changed(self, patients: Iterable[str], by: float) -> pd.DataFrame:
        """All rows of these patients with another peak flow."""
        own = self.rows[self.rows["patient"].isin(list(patients))].copy()
        return own.assign(peak_flow=(own["peak_flow"].astype(float) + by).astype(str))

    def delivers(self, name: str, rows: pd.DataFrame) -> Path:
        """A file in the inbox, a minute younger than the one before."""
        inbox = self.workspace.inbox(self.study.name)
        inbox.mkdir(parents=True, exist_ok=True)
        rows.to_csv(inbox / name, index=False)
        self.minute += 1
        when = time.time() - 36000 + 60 * self.minute
        os.utime(inbox / name, (when, when))
        return inbox / name

    def runs(self, last: str = "publish") -> RunOutcome:
        return run_graph(self.study, self.workspace, last=last)

    def validated(self) -> pd.DataFrame:
        """The valid rows of the next run; nothing is published."""
        folder = self.runs("validate").folder.path
        return pd.read_parquet(folder / "valid" / "visits.parquet").astype({"patient": "str"})

    def served(self) -> str:
        head = reader.head(self.workspace.store_url, self.study.name)
        assert head is not None
        return head.release_id


def peak_flow(rows: pd.DataFrame, patient: str) -> list[float]:
    return rows.loc[rows["patient"] == patient, "peak_flow"].astype(float).tolist()


def expected(hospital: Hospital, patient: str, by: float) -> list[float]:
    return hospital.changed([patient], by)["peak_flow"].astype(float).tolist()
