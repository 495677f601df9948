"""The health of an installation: the release served, its age, and what is late."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data_contracts.reading.file_names import is_table
from meta_med.published import heads
from meta_med.published.holds import Hold, holds
from meta_med.published.notes.last_runs import LATE_AFTER_HOURS
from meta_med.published.notes.model_states import STALE_AFTER_DAYS
from orchestration.deltas.note import damaged_notes
from orchestration.models.journal import ModelJournal
from orchestration.preflight.clock import clock_remarks, is_future
from orchestration.runs.inbox import PassedOver, deliveries, finished, unread_entries
from orchestration.runs.last_run import last_night
from orchestration.runs.study_runs import folders_of
from orchestration.workspace import Workspace

LATE, STALE_MODEL = "W_LATE", "W_MODEL_STALE"
COUNTED = ("rows_in", "rows_accepted", "rows_quarantined", "patients_quarantined")


@dataclass(frozen=True)
class Health:
    """One study's state.

    Attributes:
        checked_at: when the last run ended that left this release served, if it is later than its publication.
        model: the model version that the release was made with.
        too_few: outcome -> what is withheld or limited because patients are too few.
        worse: sentences on where the champion is worse than a baseline beyond doubt.
        withdrawn: one sentence for each release that was taken back and is held.
        stale: a sentence where the model that the release was made with is old.
        late: one sentence for everything that is late.
        passed_over: entries of the inbox that are not read.
        damaged: one sentence for each run folder whose note of deliveries is damaged; the next run is refused.

    """

    study: str
    release_id: str | None
    sequence: int | None = None
    published_at: str | None = None
    age_hours: float | None = None
    checked_at: str | None = None
    restored: bool = False
    model: str | None = None
    counts: dict[str, Any] = field(default_factory=dict)
    too_few: dict[str, str] = field(default_factory=dict)
    worse: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether a run or a delivery is late; a clock that jumped is another matter."""
        return any(text.startswith(LATE) for text in self.late)

    def content(self) -> dict[str, Any]:
        """As JSON-able values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """As lines for a heads."""
        remarks = [f"  late: {text}" for text in self.late]
        remarks += [f"  in the inbox, not read: {entry.line}" for entry in self.passed_over]
        remarks += [f"  damaged: {text}" for text in self.damaged]
        if self.release_id is None:
            return [f"{self.study}: no release is published.", *remarks]
        counts = ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in self.counts.items())
        back = " (after a rollback)" if self.restored else ""
        return [
            f"{self.study}: release {self.release_id}, number {self.sequence}{back}",
            f"  published {self.published_at}, {self.age_hours:.1f} hours ago; {counts}",
            *([f"  last run {self.checked_at}: nothing new"] if self.checked_at else []),
            *([f"  made with model {self.model}"] if self.model else []),
            *(f"  {text}" for text in self.stale),
            *(f"  too few patients: {name}. {text}" for name, text in self.too_few.items()),
            *(f"  worse than a baseline: {text}" for text in self.worse),
            *(f"  withdrawn: {text}" for text in self.withdrawn),
            *remarks,
        ]


def served_studies(workspace: Workspace) -> list[str]:
    """Studies that have a release or a delivery waiting."""
    inbox = workspace.home / "inbox"
    waiting = [path.name for path in inbox.iterdir() if path.is_dir()] if inbox.is_dir() else []
    return sorted({*heads.studies(workspace.store_url), *waiting})


def health_of(study: str, workspace: Workspace, tables: Iterable[str] = ()) -> Health:
    """The study's current state; `tables`: its tables, where they are known; by default those of its release."""
    head = heads.head(workspace.store_url, study)
    known = list(tables) or list(head.manifest.get("data_sha256", {}) if head else {})
    inbox, now = workspace.inbox(study), workspace.now()
    files = list(_waiting(inbox, known, now))
    written = [datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in files]
    newest = max((when for when in written if not is_future(when, now)), default=None)
    clocks = clock_remarks(workspace, study, files)
    unread = tuple(unread_entries(inbox, known, now)) if known else ()
    damaged = tuple(damaged_notes(folders_of(workspace, study)))
    if head is None:
        waits = [] if newest is None else [f"{LATE}: a delivery waits in the inbox."]
        return Health(study, None, late=(*clocks, *waits), passed_over=unread, damaged=damaged)
    age = hours_since(head.published_at, now)
    checked = last_night(workspace, study, head.release_id)
    looked = max(head.published_at, checked or head.published_at)
    return Health(
        study=study,
        release_id=head.release_id,
        sequence=head.sequence,
        published_at=head.published_at.isoformat(timespec="seconds"),
        age_hours=round(age, 3),
        checked_at=looked.isoformat(timespec="seconds") if looked > head.published_at else None,
        restored=head.restored,
        model=head.manifest.get("model"),
        counts={name: head.manifest[name] for name in COUNTED if name in head.manifest},
        too_few=dict(head.manifest.get("too_few", {})),
        worse=tuple(
            f"{entry['outcome']}. {entry['told']}"
            for entry in head.manifest.get("worse_than_baseline", [])
            if entry["sure"]
        ),
        withdrawn=tuple(_held(hold) for hold in holds(workspace.store_url, study)),
        passed_over=unread,
        damaged=damaged,
        stale=_stale_model(workspace, study, head.manifest.get("model"), now),
        late=(*clocks, *_late(hours_since(looked, now), newest is not None and newest > looked)),
    )


def _stale_model(workspace: Workspace, study: str, model: object, now: datetime) -> tuple[str, ...]:
    entries = ModelJournal(workspace.models).entries(study, str(model)) if model else []
    if (
        not entries
        or (days := hours_since(datetime.fromisoformat(entries[0].at), now) / 24) <= STALE_AFTER_DAYS
    ):
        return ()
    return (
        f"{STALE_MODEL}: model {model} was trained {days:.0f} days ago. Train a challenger (`meta-med run --train`, or "
        "the weekly job); `meta-med models list` tells those that were refused.",
    )


def _held(hold: Hold) -> str:
    return (
        f"release {hold.release_id}, taken back on {hold.since} by {hold.actor}. Nothing is published with its "
        "delivery or its model, where the served release has others, until `meta-med rollback --lift`."
    )


def _waiting(inbox: Path, tables: Sequence[str], now: datetime) -> Iterable[Path]:
    """The deliveries of a study; where its tables are not known, every file that could be one."""
    if tables:
        return deliveries(inbox, tables, now).values()
    return [path for path in finished(inbox, now) if is_table(path.name)]


def hours_since(then: datetime, now: datetime) -> float:
    """Hours between two times."""
    return (now - then).total_seconds() / 3600


def _late(hours_without_run: float, delivery_waits: bool) -> list[str]:
    late = []
    if hours_without_run > LATE_AFTER_HOURS:
        late.append(
            f"{LATE}: no run has ended well for {LATE_AFTER_HOURS:.0f} hours; did last night's run fail?"
        )
    if delivery_waits:
        late.append(
            f"{LATE}: a delivery newer than the release waits in the inbox; run the study, or see its report."
        )
    return late
