"""The page of what can be predicted where nothing was trained, from the series of twenty patients."""

from collections.abc import Callable, Iterable
from pathlib import Path

from meta_med import run_files
from meta_med.cohorts.record_table import RecordTable
from meta_med.evaluate.comparison.untrained import DRAWS, LENDERS, Untrained, untrained, why_not
from meta_med.study import StudySpec

Say = Callable[[str], None]
STANDARD = "boosted_lags"  # what a hospital with data would train
HEAD = f"""# Nothing trained, {LENDERS} patients' series

Written by `meta-med bench untrained`. Of each study with continuous outcomes and several records a patient,
{LENDERS} patients who are not held out are drawn ({DRAWS} times; means). Their series are all that is known of the
study: scaling and contexts come from them, and a predictor that says *as it comes* was trained on nothing of it. What
is predicted are the held-out patients of the study's own fold, from one own record on. The error is the mean absolute
error in the study's standard deviations, averaged over patients and then over outcomes. Seconds of processor time, one
thread: reading the lenders, or fitting, and predicting. The last column is the difference to `{STANDARD}` trained on
all patients who are not held out.
"""


def run(
    page: Path,
    studies: Iterable[tuple[StudySpec, Path]],
    absent: Iterable[str] = (),
    say: Say = lambda _: None,
) -> str:
    """Measure each study and write the page.

    Args:
        page: the file; studies: configuration and the folder of its records; absent: studies without data.
        say: is called with messages of progress.

    """
    parts, left_out = [], [f"- `{name}`: its data are not there" for name in absent]
    for study, folder in studies:
        table = RecordTable.load(folder / run_files.RECORDS)
        if reason := why_not(table, study):
            left_out.append(f"- `{study.study}`: {reason}")
            continue
        say(f"{study.study}: {study.title}")
        parts.append(section(study, untrained(table, study)))
    text = "\n".join([HEAD, *parts, *(["## Not asked", "", *left_out, ""] if left_out else [])])
    page.write_text(text)
    return text


def section(study: StudySpec, found: list[Untrained]) -> str:
    """The table of one study, the smallest error first."""
    standard = next(one.error for one in found if one.predictor == STANDARD)
    lines = [
        f"## {study.title}",
        "",
        f"| `{study.study}`: predictor | patients' series | trained | error | seconds | to `{STANDARD}` |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in sorted(found, key=lambda one: one.error):
        trained = "as it comes" if one.untrained else "fitted on them"
        lines.append(
            f"| `{one.predictor}` | {one.patients} | {trained} | {one.error:.3f} | {one.seconds:.1f} "
            f"| {one.error / standard - 1:+.1%} |"
        )
    return "\n".join([*lines, ""])
