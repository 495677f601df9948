"""The evaluation of a study: on its own fold as a table, or cross-fitted in all its settings as pages of results."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.boundary import expected_errors
from orchestration.errors import InterruptedRunError, MetaMedError
from orchestration.execution import run_graph
from orchestration.runs.run_folder import RunFolder
from orchestration.stages.cross_fit import cross_fitted_of
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from meta_med.evaluate.comparison.study_result import StudyResult
    from orchestration.results.verdict import StudyVerdict

KEPT_FACTS = ("seconds", "cpu_seconds", "peak_memory_mb", "processes")
Say = Callable[[str], None]
Progress = Callable[[str, int, int, Mapping[str, float]], None]


def evaluation_on_own_fold(study: LoadedStudy, workspace: Workspace) -> RunFolder:
    """The run folder with the table of the `evaluate` stage; missing stages before it are run."""
    return run_graph(study, workspace, last="evaluate").folder


def cross_fitted(study: LoadedStudy, workspace: Workspace, *, curve: bool = False) -> "StudyResult":
    """The cross-fitted results of a study in all its settings; resumable. The main one is kept for publication.

    Args:
        study: the study.
        workspace: where runs and fits are kept.
        curve: also measure the learning curve, unless it is there already.

    """
    return cross_fitted_of(run_graph(study, workspace, last="cohorts").folder, study, workspace, curve=curve)


@dataclass
class Pages:
    """The result of evaluating several studies: pages and verdicts by study, and why others have none."""

    written: dict[str, Path] = field(default_factory=dict)
    verdicts: dict[str, "StudyVerdict"] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    failed: dict[str, MetaMedError] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)


def write_pages(
    studies: Iterable[LoadedStudy],
    workspace: Workspace,
    out: Path,
    known: Iterable[str],
    *,
    curve: bool = False,
    say: Say = lambda _: None,
) -> Pages:
    """Evaluate each study and write its page, and after each the summary.

    A study that fails does not stop the others: it is named in the summary and in `Pages.failed`.

    Args:
        studies: to evaluate.
        workspace: where runs and fits are kept.
        out: folder of the pages.
        known: names of the studies that the summary includes if they have results.
        curve: also measure learning curves.
        say: is called with messages of progress.

    """
    from orchestration.results.summary import write_study, write_summary
    from orchestration.results.verdict import verdict_of

    pages, names = Pages(), list(known)
    for study in studies:
        if study.missing_files:
            pages.absent[study.name] = (
                f"its data are not there: {', '.join(study.missing_files)} (see --data)"
            )
            continue
        say(f"{study.name}: {study.spec.title}")
        try:
            result = cross_fitted(study, workspace, curve=curve)
            with expected_errors():
                pages.written[study.name] = write_study(result, out)
                pages.verdicts[study.name] = verdict_of(result)
                pages.summary = write_summary(out, pages.absent, names)
        except InterruptedRunError:
            raise
        except MetaMedError as error:
            pages.failed[study.name] = error
            pages.absent[study.name] = f"its evaluation failed ({error.family})"
            say(f"{study.name}: {error}")
    pages.summary = write_summary(out, pages.absent, names)
    return pages
