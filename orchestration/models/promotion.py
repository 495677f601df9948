"""Promotion by evidence: a trained challenger becomes the champion of its study, or is refused with the reason."""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from meta_med.study import ModelFailure, StudyMismatch
from orchestration.boundary import translated
from orchestration.models.champion import misfit
from orchestration.models.journal import (
    CANDIDATE,
    CHAMPION,
    PROGRAM,
    REFUSED,
    REMOVED,
    Entry,
    ModelJournal,
    Signature,
    State,
)
from orchestration.models.versions import open_version, read_manifest, version_folder, write_version
from orchestration.runs import model_results, stage_results
from orchestration.runs.stage_run import StageRun

if TYPE_CHECKING:
    from meta_med.model_version.compare import Judged, ModelComparison
    from meta_med.model_version.serving_model import ServingModel

NOT_COMPARED = "not_compared"
CANNOT_PREDICT = (StudyMismatch, ModelFailure, ValueError, LookupError, RuntimeError, OSError, TypeError)
"""What a champion of another study or code may raise; it must not keep a challenger from its place."""


@dataclass(frozen=True)
class Promotion:
    """What became of a challenger.

    Attributes:
        version: its name; state: what it is now; why: in a sentence; evidence: what the state rests on.
        decided_now: False where it had its state before.

    """

    version: str
    state: State
    why: str
    evidence: Mapping[str, Any]
    decided_now: bool = True

    @property
    def promoted(self) -> bool:
        """Whether it is the champion."""
        return self.state == CHAMPION


def promote(step: StageRun) -> Promotion:
    """Keep the model version of a finished training, and promote or refuse it.

    A version that a person has retired or refused stays so; one that the program has is judged again.
    """
    return decide(step, write_version(step.study, step.workspace, step.folder).name, "Trained.")


def decide(step: StageRun, version: str, origin: str) -> Promotion:
    """Promote or refuse a version whose folder is there; `origin` says in a sentence where it comes from."""
    journal = ModelJournal(step.workspace.models)
    last = journal.latest(step.study.name).get((step.study.name, version))
    removed = last is not None and last.state == REMOVED
    known = journal.decided(step.study.name, version) if removed else last
    if known is not None and (known.state == CHAMPION or known.by_a_person):
        if removed:  # what a person decided holds for the files that are there again
            journal.record(step.study.name, version, known.state, _repeated(step, known), known.evidence)
        return _as_it_was(known)
    if last is None or removed:
        journal.record(step.study.name, version, CANDIDATE, _signed(step, origin))
    decided = _judged(step, version, journal.champion(step.study.name))
    journal.record(step.study.name, version, decided.state, _signed(step, decided.why), decided.evidence)
    return decided


def _as_it_was(last: Entry) -> Promotion:
    by = f" by {last.who}" if last.by_a_person else ""
    why = f"The result is version {last.version} of before; it has been {last.state}{by} since {last.at}."
    return Promotion(last.version, last.state, f"{why} {last.why}", last.evidence, decided_now=False)


def _signed(step: StageRun, why: str) -> Signature:
    return Signature(PROGRAM, why, getpass.getuser(), step.workspace.now())


def _repeated(step: StageRun, entry: Entry) -> Signature:
    return Signature(entry.who, f"Trained again. {entry.why}", getpass.getuser(), step.workspace.now())


def _judged(step: StageRun, version: str, champion: Entry | None) -> Promotion:
    """The decision on a challenger, with its evidence."""
    folder = version_folder(step.workspace, step.study.name, version)
    evidence: dict[str, Any] = {"leakage_checks": model_results.leakage_verdicts(folder)}
    if (why := model_results.refusal(folder, step.study.spec)) is not None:
        return Promotion(version, REFUSED, why, {**evidence, "refused_by": why.partition(":")[0]})
    if champion is None:
        return Promotion(version, CHAMPION, "The leakage checks hold, and there was no champion.", evidence)
    return _against(step, version, champion, evidence)


def _against(step: StageRun, version: str, champion: Entry, evidence: dict[str, Any]) -> Promotion:
    """The decision on a challenger against the present champion."""
    evidence, serves = {**evidence, "champion": champion.version}, False
    found: ModelComparison | None = None
    try:
        old = open_version(step.workspace, step.study.name, champion.version)
        serves = misfit(step.study, read_manifest(step.workspace, step.study.name, champion.version)) is None
        found = compared(step, version, old)
    except CANNOT_PREDICT as error:
        evidence[NOT_COMPARED] = str(translated(error))
    if found is not None:
        evidence["comparison"] = found.to_json()
    state, why = _decision(champion.version, found, serves=serves)
    return Promotion(version, state, why, evidence)


def _decision(champion: str, found: "ModelComparison | None", *, serves: bool) -> tuple[State, str]:
    """State and reason; a champion that can serve no longer is replaced unless the challenger is surely worse."""
    if found is None or found.overall is None:
        return _without_comparison(champion, found, serves=serves)
    told = (
        f"Its score is {_percent(found.overall.value)} (90 % interval {_percent(found.overall.low)} to "
        f"{_percent(found.overall.high)}) against champion {champion} on {found.patients:,} held-out patients whom "
        f"neither has seen; the margin is {_percent(found.margin)}."
    )
    if found.surely_worse:
        return REFUSED, f"Worse than the champion in {', '.join(found.surely_worse)}. {told}"
    if found.shown_not_worse:
        return CHAMPION, f"Not worse than the champion. {told}"
    if not serves:
        return CHAMPION, f"Not surely worse than the champion, which can no longer serve. {told}"
    return REFUSED, f"Not shown to be no worse than the champion. {told}"


def _without_comparison(champion: str, found: "ModelComparison | None", *, serves: bool) -> tuple[State, str]:
    if not serves:
        return CHAMPION, (
            f"The leakage checks hold; champion {champion} can no longer serve, and nothing compares the two."
        )
    what = (
        "it could not be compared."
        if found is None
        else f"{found.patients} held-out patients whom neither has seen are too few to compare on."
    )
    return REFUSED, f"Not shown to be no worse than champion {champion}: {what}"


def _percent(share: float) -> str:
    return f"{100 * share:+.1f} %"


def compared(step: StageRun, version: str, champion: "ServingModel") -> "ModelComparison":
    """Both models on the held-out patients of this delivery whom neither has seen.

    Raises:
        StudyMismatch: the champion makes other subjects of these rows, so that there are no pairs.

    """
    from meta_med.model_version.compare import compare

    spec = step.study.spec
    new = open_version(step.workspace, step.study.name, version)
    own, other = _judged_by(new, step), _judged_by(champion, step)
    if not np.array_equal(own.prepared.table.subject_ids, other.prepared.table.subject_ids):
        raise StudyMismatch("the champion's study makes other subjects of these rows")
    ready = own.prepared
    unseen = ready.splits.subjects("held_out") & champion.people.never_fitted_on(ready.table)
    return compare(own, other, unseen, spec.promote.margin, spec.seed)


def _judged_by(model: "ServingModel", step: StageRun) -> "Judged":
    """The model with this delivery's rows as its records."""
    from meta_med.cohorts.assemble import assemble_with_account
    from meta_med.cohorts.persons import merge_persons
    from meta_med.model_version.compare import Judged

    found = assemble_with_account(stage_results.valid_tables(step.folder), model.study, model.columns)
    ready = model.prepared(merge_persons(found.table, stage_results.linked_subjects(step.folder)))
    return Judged(ready, model.fitted(ready), model.champion, model.calibrations)
