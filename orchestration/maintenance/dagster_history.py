"""What Dagster keeps of its past: runs with events and logs, ticks of schedules and sensors; the old part is removed.

All of it goes through Dagster's own API, whatever its storage is. The freshest run of each job stays, and the freshest
that ended well, so that every asset keeps its latest result; so does a run that has not ended.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.errors import PublishedStoreError
from orchestration.maintenance.old import Old
from orchestration.services.installation import SETTINGS, dagster_home
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from dagster import DagsterInstance, RunRecord


def old_history(workspace: Workspace, before: datetime | None, study: str | None = None) -> list[Old]:
    """What is older than `before` and may go; of one study its runs alone. Nothing where `before` is None."""
    if before is None:
        return []
    with _history(workspace) as instance:
        return [] if instance is None else _told(instance, before, study)


def remove_history(workspace: Workspace, before: datetime | None, study: str | None = None) -> list[Old]:
    """Remove what `old_history` tells; what was removed."""
    if before is None:
        return []
    with _history(workspace) as instance:
        if instance is None:
            return []
        gone = _told(instance, before, study)
        for old in _old_runs(instance, before, study).values():
            for record in old:
                _remove_run(instance, record.dagster_run.run_id)
        for state in instance.all_instigator_state() if study is None else ():
            instance.purge_ticks(state.instigator_origin_id, state.selector_id, before.timestamp())
        return gone


def _told(instance: "DagsterInstance", before: datetime, study: str | None) -> list[Old]:
    runs = [_of_runs(job, old) for job, old in _old_runs(instance, before, study).items()]
    return runs if study is not None else [*runs, *_old_ticks(instance, before)]


@contextmanager
def _history(workspace: Workspace) -> "Iterator[DagsterInstance | None]":
    """Dagster's instance of DAGSTER_HOME, else of the home; None where there is none."""
    folder = dagster_home(workspace)
    if not any((folder / name).exists() for name in (SETTINGS, "history", "storage")):
        yield None
        return
    with _opened(folder) as instance:
        yield instance


def _opened(folder: Path) -> "DagsterInstance":
    from dagster import DagsterInstance

    try:
        return DagsterInstance.from_config(str(folder))
    except Exception as error:
        # the text is about Dagster's settings and storage, and may hold a password
        raise PublishedStoreError(
            f"E_STORAGE: Dagster's history in {folder} cannot be opened: {type(error).__name__}. "
            "Fix its dagster.yaml or its storage; nothing was removed."
        ) from None


def _old_runs(
    instance: "DagsterInstance", before: datetime, study: str | None
) -> "dict[str, list[RunRecord]]":
    """Job -> its runs that may go, the newest first."""
    from dagster import DagsterRunStatus, RunsFilter

    from orchestration.graph import STUDY_TAG

    ended = [DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED]
    tags = {STUDY_TAG: study} if study is not None else {}
    wanted = RunsFilter(statuses=ended, created_before=before, tags=tags)
    by_job: dict[str, list[RunRecord]] = {}
    for record in instance.get_run_records(wanted):
        by_job.setdefault(record.dagster_run.job_name, []).append(record)
    fresh = {
        record.dagster_run.run_id
        for job in by_job
        for statuses in ([], [DagsterRunStatus.SUCCESS])
        for record in instance.get_run_records(RunsFilter(job_name=job, statuses=statuses), limit=1)
    }
    old = {job: [r for r in runs if r.dagster_run.run_id not in fresh] for job, runs in by_job.items()}
    return {job: runs for job, runs in old.items() if runs}


def _of_runs(job: str, old: "list[RunRecord]") -> Old:
    from orchestration.graph import STUDY_TAG

    oldest = min(record.create_timestamp for record in old)
    study = old[0].dagster_run.tags.get(STUDY_TAG, "")
    return Old("Dagster runs", study, job, _text(oldest), count=len(old))


def _remove_run(instance: "DagsterInstance", run_id: str) -> None:
    """Remove the captured output of a run, then the run and its events."""
    instance.compute_log_manager.delete_logs(prefix=[run_id])
    instance.delete_run(run_id)
    shard = getattr(instance.event_log_storage, "path_for_shard", None)
    if shard is not None:  # of SQLite: a file for each run, which is empty now and takes its room still
        Path(shard(run_id)).unlink(missing_ok=True)


def _old_ticks(instance: "DagsterInstance", before: datetime) -> Iterator[Old]:
    for state in instance.all_instigator_state():
        ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id, before=before.timestamp())
        if ticks:
            oldest = datetime.fromtimestamp(min(tick.timestamp for tick in ticks), UTC)
            yield Old("Dagster ticks", "", state.instigator_name, _text(oldest), count=len(ticks))


def _text(at: datetime) -> str:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")
