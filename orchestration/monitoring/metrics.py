"""The metrics of an installation, by study, in Prometheus' text format. Counts, shares, times and names only."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from meta_med.published import heads, reader
from meta_med.published.notes.last_runs import KINDS, LastRun
from orchestration.health import Health, health_of, served_studies
from orchestration.models.journal import ModelJournal
from orchestration.runs.last_run import last_run
from orchestration.study.registry import own_studies, tables_of
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from meta_med.published.heads import CurrentRelease

POOLED, ALL, CHAMPION = -1, "all", "champion"
LEVELS = {"coverage_50": "0.5", "coverage_80": "0.8", "coverage_90": "0.9"}
ROWS = {"rows_in": "delivered", "rows_accepted": "accepted", "rows_quarantined": "quarantined"}
GAUGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "studies_left_out": ("Study files that are broken, and so are not run", ()),
    "release_info": ("The release that is served, and the model version that made it", ("study", "release", "model")),
    "release_published_timestamp_seconds": ("When the served release was published", ("study",)),
    "release_age_seconds": ("Age of the served release", ("study",)),
    "release_sequence": ("The journal's number of the served release", ("study",)),
    "release_restored": ("1 where the served release is so by a rollback", ("study",)),
    "releases_withdrawn": ("Releases that were taken back and are held", ("study",)),
    "rows": ("Rows of the served release's delivery", ("study", "state")),
    "patients_quarantined": ("Patients with a row in quarantine", ("study",)),
    "patients": ("Patients of the served release by the best status of their predictions", ("study", "status")),
    "coverage_ratio": (
        "Share of held-out values inside the served model's intervals of this level", ("study", "outcome", "level"),
    ),
    "last_run_started_timestamp_seconds": ("When the last run of this kind was started", ("study", "kind")),
    "last_run_ended_timestamp_seconds": ("When the last run that has ended did so", ("study", "kind")),
    "last_run_duration_seconds": ("How long the last run that has ended took", ("study", "kind")),
    "last_run_success": ("1 where the last run that has ended did so well", ("study", "kind")),
    "last_run_exit_code": ("Exit code of the last run that has ended", ("study", "kind")),
    "model_info": ("The champion", ("study", "version")),
    "model_trained_timestamp_seconds": ("When the champion was trained", ("study",)),
    "model_age_seconds": ("Time since the champion was trained", ("study",)),
    "late": ("1 where a run or a delivery is late", ("study",)),
    "clock_jumped": ("1 where the served release is of the future", ("study",)),
    "inbox_not_read": ("Entries of the inbox that are not read", ("study",)),
}  # fmt: skip
"""Name, without its prefix -> help and labels."""


class Metrics:
    """The gauges of one moment."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._gauges = {
            name: Gauge(f"meta_med_{name}", text, labels, registry=self.registry)
            for name, (text, labels) in GAUGES.items()
        }

    def set(self, name: str, value: float, **labels: str) -> None:
        """Set a gauge."""
        gauge = self._gauges[name]
        (gauge.labels(**labels) if labels else gauge).set(value)

    def text(self) -> str:
        """In Prometheus' text format."""
        return generate_latest(self.registry).decode()


def metrics_of(workspace: Workspace, study: str | None = None) -> Metrics:
    """The metrics of one study, or of all that have a release, a delivery, a model or a run."""
    found, own = Metrics(), own_studies()
    found.set("studies_left_out", len(own.mistakes))
    for name in [study] if study else _known(workspace):
        health = health_of(name, workspace, tables_of(name, own))
        _set_health(found, health)
        _set_runs(found, workspace, name)
        _set_model(found, workspace, name)
        head = heads.head(workspace.store_url, name)
        if head is not None:
            _set_release(found, workspace, head, health)
    return found


def _known(workspace: Workspace) -> list[str]:
    reports = workspace.home / "reports"
    ran = [path.parent.name for path in reports.glob("*/last_run_*.json")]
    trained = [study for study, _ in ModelJournal(workspace.models).latest()]
    return sorted({*served_studies(workspace), *ran, *trained})


def _set_health(found: Metrics, health: Health) -> None:
    found.set("late", health.is_late, study=health.study)
    found.set("clock_jumped", any(text.startswith("W_CLOCK") for text in health.late), study=health.study)
    found.set("inbox_not_read", len(health.passed_over), study=health.study)


def _set_runs(found: Metrics, workspace: Workspace, study: str) -> None:
    for kind in KINDS:
        run = last_run(workspace, study, kind)
        if run is not None:
            started = _timestamp(run.started)
            found.set("last_run_started_timestamp_seconds", started, study=study, kind=kind)
            _set_ended(found, run, study=study, kind=kind)


def _set_ended(found: Metrics, run: LastRun, **labels: str) -> None:
    if not run.ended:
        return
    found.set("last_run_ended_timestamp_seconds", _timestamp(run.ended), **labels)
    found.set("last_run_duration_seconds", run.seconds, **labels)
    found.set("last_run_success", run.exit_code == 0, **labels)
    found.set("last_run_exit_code", run.exit_code, **labels)


def _set_model(found: Metrics, workspace: Workspace, study: str) -> None:
    journal = ModelJournal(workspace.models)
    champion = journal.champion(study)
    if champion is None:
        return
    trained = _timestamp(journal.entries(study, champion.version)[0].at)
    found.set("model_info", 1, study=study, version=champion.version)
    found.set("model_trained_timestamp_seconds", trained, study=study)
    found.set("model_age_seconds", workspace.now().timestamp() - trained, study=study)


def _set_release(found: Metrics, workspace: Workspace, head: "CurrentRelease", health: Health) -> None:
    study, facts = head.study, head.manifest
    age = (workspace.now() - head.published_at).total_seconds()
    found.set("release_info", 1, study=study, release=head.release_id, model=str(facts.get("model", "")))
    found.set("release_published_timestamp_seconds", head.published_at.timestamp(), study=study)
    found.set("release_age_seconds", age, study=study)
    found.set("release_sequence", head.sequence, study=study)
    found.set("release_restored", head.restored, study=study)
    found.set("releases_withdrawn", len(health.withdrawn), study=study)
    for name, state in ROWS.items():
        if name in facts:
            found.set("rows", facts[name], study=study, state=state)
    if "patients_quarantined" in facts:
        found.set("patients_quarantined", facts["patients_quarantined"], study=study)
    for status, count in reader.status_counts(workspace.store_url, head.release_id).items():
        found.set("patients", count, study=study, status=status)
    for outcome, level, value in _coverages(workspace, head):
        found.set("coverage_ratio", value, study=study, outcome=outcome, level=level)


def _coverages(workspace: Workspace, head: "CurrentRelease") -> Iterable[tuple[str, str, float]]:
    """Outcome, level and coverage of the served model over all support sizes."""
    for metric, level in LEVELS.items():
        table = reader.evaluation(workspace.store_url, head.release_id, metric=metric, cohort=ALL)
        own = table[(table["predictor"] == CHAMPION) & (table["support_size"] == POOLED)]
        for outcome, value in zip(own["outcome"], own["value"], strict=True):
            yield str(outcome), level, float(value)


def _timestamp(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
