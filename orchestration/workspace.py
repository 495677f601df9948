"""One installation: its home folder and store, its clock and its listener."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from meta_med.published.engine import sqlite_url
from orchestration.startup import home_folder
from orchestration.writable import make_folder, require_writable

if TYPE_CHECKING:
    from orchestration.study.load import LoadedStudy


class Listener(Protocol):
    """Is called with the progress of stages and of meta-training; gets names and numbers, never patients."""

    def stage_started(self, stage: str) -> None:
        """A stage starts."""

    def stage_ended(self, stage: str, *, reused: bool, seconds: float) -> None:
        """A stage has succeeded; `reused` where an earlier run had done it."""

    def progress(self, label: str, done: int, total: int, numbers: Mapping[str, float]) -> None:
        """Meta-training of `label` has done this many steps."""


class SilentListener:
    """A listener that does nothing."""

    def stage_started(self, stage: str) -> None:
        """Nothing."""

    def stage_ended(self, stage: str, *, reused: bool, seconds: float) -> None:
        """Nothing."""

    def progress(self, label: str, done: int, total: int, numbers: Mapping[str, float]) -> None:
        """Nothing."""


STORE = "published.sqlite"
OWNER_ONLY = 0o700


def utc_now() -> datetime:
    """The only place that reads the wall clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workspace:
    """One installation.

    Attributes:
        home: the folder of all state.
        store_url: where releases are published.
        now: the clock; tests pass their own.
        listener: gets progress, for a progress bar or a log.
        given: contract table name -> file, read instead of the study's own source.
        studies: the studies that may run here, by name.
        full: whether a night adapts every patient, also those whose records are the same as before.

    """

    home: Path
    store_url: str
    now: Callable[[], datetime] = utc_now
    listener: Listener = field(default_factory=SilentListener)
    given: Mapping[str, Path] = field(default_factory=dict)
    studies: Mapping[str, "LoadedStudy"] = field(default_factory=dict)
    full: bool = False

    @property
    def runs(self) -> Path:
        """One folder per fingerprint of data, contract, study and code."""
        return self.home / "runs"

    @property
    def models(self) -> Path:
        """Model versions by study, and the journal of their states."""
        return self.home / "models"

    @property
    def locks(self) -> Path:
        """Empty files that processes lock."""
        return self.home / "locks"

    def study_of(self, key: str) -> "LoadedStudy":
        """The study that Dagster knows by this name."""
        return next(study for study in self.studies.values() if study.key == key)

    def inbox(self, study: str) -> Path:
        """Where deliveries for a study are put."""
        return self.home / "inbox" / study

    @property
    def quarantine(self) -> Path:
        """Held rows, the decisions about them, and their journal."""
        return self.home / "quarantine"

    def reports(self, study: str) -> Path:
        """Folder of the newest data-quality report of a study."""
        return self.home / "reports" / study


def open_workspace(
    home: Path | None = None,
    *,
    listener: Listener | None = None,
    given: Mapping[str, Path] | None = None,
    studies: Iterable["LoadedStudy"] = (),
    full: bool = False,
) -> Workspace:
    """Open the workspace at `home`, else at META_MED_HOME, else at `.meta_med`; made for its owner only.

    Raises:
        PublishedStoreError: the home cannot be made or written.

    """
    place = home_folder(home)
    make_folder(place, OWNER_ONLY)
    require_writable(place)
    return Workspace(
        home=place,
        store_url=os.environ.get("META_MED_STORE") or sqlite_url(place / STORE),
        listener=listener or SilentListener(),
        given=given or {},
        studies={study.name: study for study in studies},
        full=full,
    )
