"""Running a study's graph in this process; it is the graph that Dagster's own service runs."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from dagster import (
    AssetKey,
    DagsterExecutionInterruptedError,
    DagsterInstance,
    ExecuteInProcessResult,
)
from filelock import FileLock, Timeout

from orchestration.assets.beside import RECALIBRATE
from orchestration.assets.dagster_run import FINGERPRINT
from orchestration.assets.stage_asset import FAMILY, MAY_BE_RETRIED, REMARKS
from orchestration.boundary import expected_errors
from orchestration.checks import GATE as GATE_CHECK
from orchestration.errors import (
    FAMILIES,
    INTERRUPTED,
    DataError,
    InternalError,
    InterruptedRunError,
    MetaMedError,
    PublishedStoreError,
    StoreBusyError,
)
from orchestration.graph import definitions_of, graph_of
from orchestration.models.champion import needs_training
from orchestration.runs import stage_results
from orchestration.runs.run_folder import GATE, OF_THE_NIGHT, TRAINING, RunFolder, stages_up_to
from orchestration.runs.run_outcome import Published, RunOutcome
from orchestration.stages import promote as promote_stage
from orchestration.study.load import LoadedStudy
from orchestration.workspace import OWNER_ONLY, Workspace

QUIET_CONSOLE = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""The command prints its own lines; the events are still in Dagster's history."""


def run_graph(
    study: LoadedStudy, workspace: Workspace, last: str = "publish", *, train: bool = False
) -> RunOutcome:
    """Materialize the study's assets up to the stage `last`.

    A stage of a night is preceded by a training where no champion can serve the study, or where `train` asks for one.

    Raises:
        MetaMedError: in the family of who must act.

    """
    return _executed(study, workspace, study.key, stages_to(last, study, workspace, train=train))


def recalibrate(study: LoadedStudy, workspace: Workspace) -> RunOutcome:
    """Recalibrate the champion on the newest delivery; what became of it is `promoted` of the outcome.

    Raises:
        MetaMedError: in the family of who must act.

    """
    return _executed(study, workspace, f"{study.key}_{RECALIBRATE}", (*GATE, RECALIBRATE))


def _executed(study: LoadedStudy, workspace: Workspace, name: str, stages: Sequence[str]) -> RunOutcome:
    """Materialize these assets by the job of this name."""
    job = definitions_of([graph_of(study)], workspace).resolve_job_def(name)
    keys = [AssetKey([study.key, stage]) for stage in stages]
    with _only_run_of(study, workspace, stages), _instance() as instance:
        result = job.execute_in_process(
            instance=instance, asset_selection=keys, raise_on_error=False, run_config=QUIET_CONSOLE
        )
        if _was_interrupted(result):
            raise InterruptedRunError(INTERRUPTED)
        if not result.success:
            raise failure_of(result, study, workspace)
        return _outcome(result, study, workspace)


def stages_to(last: str, study: LoadedStudy, workspace: Workspace, *, train: bool) -> tuple[str, ...]:
    """The stages that lead to this one, with those of a training where it is needed or asked for."""
    way = stages_up_to(last)
    if last not in OF_THE_NIGHT:
        return way
    with expected_errors():
        trains = train or needs_training(study, workspace)
    return (*TRAINING, *way[len(GATE) :]) if trains else way


@contextmanager
def _only_run_of(study: LoadedStudy, workspace: Workspace, stages: Sequence[str]) -> Iterator[None]:
    """The right to run these stages: one training and one night of a study at a time, each beside the other."""
    workspace.locks.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    ways = {"run": OF_THE_NIGHT, "train": (*TRAINING[len(GATE) :], RECALIBRATE)}
    asked = [name for name, own in ways.items() if set(own) & set(stages)] or ["run"]
    try:
        with ExitStack() as held:
            for name in asked:
                held.enter_context(FileLock(workspace.locks / f"{study.name}.{name}.lock", timeout=0))
            yield
    except Timeout:
        raise StoreBusyError(
            f'E_RUN_BUSY: another run of study "{study.name}" is in progress in {workspace.home}. '
            "Wait for it, or stop it; nothing was changed by this one."
        ) from None


@contextmanager
def _instance() -> Iterator[DagsterInstance]:
    """Dagster's instance of DAGSTER_HOME, else an ephemeral one."""
    with _opened(os.environ.get("DAGSTER_HOME")) as instance:
        yield instance


def _opened(home: str | None) -> DagsterInstance:
    if not home:
        return DagsterInstance.ephemeral()
    try:
        return DagsterInstance.get()
    except Exception as error:
        # the text is about Dagster's settings and storage, and may hold a password
        raise PublishedStoreError(
            f"E_STORAGE: Dagster's history in {home} (DAGSTER_HOME) cannot be opened: {type(error).__name__}. "
            "Fix its dagster.yaml or its storage, or run without DAGSTER_HOME."
        ) from None


def _was_interrupted(result: ExecuteInProcessResult) -> bool:
    # Dagster keeps the class of an error as a name only
    interrupted = DagsterExecutionInterruptedError.__name__
    errors = [event.step_failure_data.error for event in result.all_events if event.is_step_failure]
    return any(error is not None and error.cls_name == interrupted for error in errors)


def failure_of(result: ExecuteInProcessResult, study: LoadedStudy, workspace: Workspace) -> MetaMedError:
    """The error of the step that failed first, in its family."""
    event = next((event for event in result.all_events if event.is_step_failure), None)
    if event is None:
        return InternalError(
            "The run ended without success and without a failed step: was it cancelled? Run it again."
        )
    stated = event.step_failure_data.user_failure_data
    if stated is not None and stated.description:
        family = FAMILIES.get(str(stated.metadata[FAMILY].value), InternalError)
        busy = stated.metadata[MAY_BE_RETRIED].value
        return StoreBusyError(stated.description) if busy else family(stated.description)
    if _check_has_blocked(result):
        return _blocked(_folder(result, study, workspace))
    error = event.step_failure_data.error
    kind = error.cls_name if error else None
    return InternalError(f"Step {event.step_key} failed with {kind}. Please report it.")


def _check_has_blocked(result: ExecuteInProcessResult) -> bool:
    """Whether the check that blocks has failed: the gate's."""
    found = result.get_asset_check_evaluations()
    return any(not check.passed and check.check_name == GATE_CHECK for check in found)


def _blocked(folder: RunFolder) -> MetaMedError:
    """The error of the check that stopped the run."""
    return DataError(stage_results.rejection_message(stage_results.gate_verdict(folder)))


def _folder(result: ExecuteInProcessResult, study: LoadedStudy, workspace: Workspace) -> RunFolder:
    return RunFolder(workspace.runs / str(_materialized(result, study, "ingest")[FINGERPRINT]))


def _outcome(result: ExecuteInProcessResult, study: LoadedStudy, workspace: Workspace) -> RunOutcome:
    metadata = _materialized(result, study, "publish")
    done = (
        Published(str(metadata["release"]), int(str(metadata["sequence"])), bool(metadata["changed"]))
        if metadata
        else None
    )
    promoted = _materialized(result, study, promote_stage.STAGE) or _materialized(result, study, RECALIBRATE)
    return RunOutcome(
        folder=_folder(result, study, workspace),
        published=done,
        promoted=promoted,
        remarks=tuple(str(_materialized(result, study, "ingest").get(REMARKS, "")).splitlines()),
    )


def _materialized(result: ExecuteInProcessResult, study: LoadedStudy, stage: str) -> dict[str, object]:
    for event in result.get_asset_materialization_events():
        if event.asset_key == AssetKey([study.key, stage]):
            return {name: entry.value for name, entry in event.materialization.metadata.items()}
    return {}
