"""The graph of one study: its assets under its name, the contract's checks, and its jobs."""

import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dagster import (
    AssetChecksDefinition,
    AssetKey,
    AssetsDefinition,
    AssetSelection,
    Definitions,
    define_asset_job,
    in_process_executor,
    load_assets_from_modules,
)

from data_contracts.contract import load as load_contract
from orchestration.assets import beside, shards, stages
from orchestration.assets.stage_asset import MAX_RUNTIME
from orchestration.boundary import expected_errors
from orchestration.checks import checks_of, leakage_checks_of
from orchestration.errors import MetaMedError, StudyError
from orchestration.runs.run_folder import GATE, NIGHTLY, STAGES, TRAINING
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

MAX_HOURS_VARIABLE, MAX_HOURS = "META_MED_MAX_HOURS", 6.0
STUDY_TAG = "meta-med/study"


@dataclass(frozen=True)
class StudyGraph:
    """The Dagster definitions of one study.

    Attributes:
        assets, checks: of all stages.
        job: training and then a night.
        nightly: what a hospital runs every night, with the champion.
        train: what it runs every week: a challenger, promoted only by evidence.
        evaluate: what it runs every month: every patient of the champion's training held out once.
        recalibrate: when new outcomes have come in: the champion's predictors, calibrated again.

    """

    study: LoadedStudy
    assets: Sequence[AssetsDefinition]
    checks: Sequence[AssetChecksDefinition]
    job: "UnresolvedAssetJobDefinition"
    nightly: "UnresolvedAssetJobDefinition"
    train: "UnresolvedAssetJobDefinition"
    evaluate: "UnresolvedAssetJobDefinition"
    recalibrate: "UnresolvedAssetJobDefinition"

    @property
    def jobs(self) -> tuple["UnresolvedAssetJobDefinition", ...]:
        """All of them."""
        return self.job, self.nightly, self.train, self.evaluate, self.recalibrate


def graph_of(study: LoadedStudy) -> StudyGraph:
    """The study's assets, checks and jobs; the job of all stages has the study's name in Dagster."""
    loaded = load_assets_from_modules([stages, beside, shards], key_prefix=study.key, group_name=study.key)
    return StudyGraph(
        study=study,
        assets=[asset for asset in loaded if isinstance(asset, AssetsDefinition)],
        checks=[checks_of(study.key, load_contract(study.contract)), leakage_checks_of(study.key)],
        job=job_of(
            study,
            study.key,
            (*STAGES, *shards.shard_names()),
            "Train, and then the night: what a first run does.",
        ),
        nightly=job_of(
            study,
            f"{study.key}_nightly",
            (*NIGHTLY, *shards.shard_names()),
            "Adapt the champion to the patients who changed; publish.",
        ),
        train=job_of(
            study, f"{study.key}_train", TRAINING, "Train a challenger; promote it only by evidence."
        ),
        evaluate=job_of(
            study,
            f"{study.key}_evaluate",
            (beside.CROSS_FIT,),
            "Hold every patient of the champion's training out once; the next publication shows the figures.",
        ),
        recalibrate=job_of(
            study,
            f"{study.key}_recalibrate",
            (*GATE, beside.RECALIBRATE),
            "Calibrate the champion's predictors again on the newest outcomes; promote the result by evidence.",
        ),
    )


def graphs_of(studies: Iterable[LoadedStudy]) -> tuple[list[StudyGraph], dict[str, list[str]]]:
    """The studies' graphs, and file -> mistakes of the studies that have none."""
    graphs: list[StudyGraph] = []
    invalid: dict[str, list[str]] = {}
    for study in studies:
        try:
            with expected_errors():
                graphs.append(graph_of(study))
        except MetaMedError as error:
            invalid[str(study.path)] = [str(error)]
    return graphs, invalid


def job_of(
    study: LoadedStudy, name: str, stages_of_it: Sequence[str], description: str
) -> "UnresolvedAssetJobDefinition":
    """A job of one study, limited to six hours or META_MED_MAX_HOURS, because Dagster has no limit by default."""
    return define_asset_job(
        name,
        selection=AssetSelection.assets(*(AssetKey([study.key, stage]) for stage in stages_of_it)),
        description=f"{study.spec.title}. {description}",
        tags={MAX_RUNTIME: str(max_runtime_seconds()), STUDY_TAG: study.name},
    )


def max_runtime_seconds() -> int:
    """The limit of a run.

    Raises:
        StudyError: META_MED_MAX_HOURS is no positive number.

    """
    text = os.environ.get(MAX_HOURS_VARIABLE) or str(MAX_HOURS)
    try:
        hours = float(text)
    except ValueError:
        hours = math.nan
    if not 0 < hours < math.inf:
        raise StudyError(f"{MAX_HOURS_VARIABLE} must be a number of hours above 0, such as 6 or 0.5.")
    return max(1, round(hours * 3600))


def definitions_of(graphs: Iterable[StudyGraph], workspace: Workspace, **also: Any) -> Definitions:
    """Definitions of these graphs over one workspace; steps run in the launching process."""
    graphs = list(graphs)
    return Definitions(
        assets=[asset for graph in graphs for asset in graph.assets],
        asset_checks=[checks for graph in graphs for checks in graph.checks],
        jobs=[job for graph in graphs for job in graph.jobs],
        resources={"workspace": workspace},
        **{"executor": in_process_executor, **also},
    )
