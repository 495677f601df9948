"""What a newcomer reads of studies that are not like the bundled ones: nothing empty, unknown, signed or dead."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console, RenderableType

from meta_med.calibrate.record_scores import Scored
from meta_med.evaluate.comparison.results_page import results_page
from meta_med.evaluate.comparison.study_result import StudyResult, setting_result
from meta_med.study import StudySpec
from orchestration.command.output.error_tables import error_tables
from orchestration.command.output.verdict_table import own_fold_table, verdict_table
from orchestration.results.page import study_page
from orchestration.results.summary import write_record, write_study, write_summary
from orchestration.results.verdict import verdict_of
from tests.meta_med.scored_example import FACTOR, SPEC, scored

EVENT, DEATH = SPEC.outcomes[1], "Death"
PATIENTS = 40
Case = tuple[StudySpec, Scored]


def binary_only() -> Case:
    one = scored(n=PATIENTS)
    kept = {who: {key: s for key, s in own.items() if key[0] == "event"} for who, own in one.scores.items()}
    rng = np.random.default_rng(0)
    risk = {who: {"event": rng.uniform(0.2, 0.8, len(one.size))} for who in one.scores}
    named = replace(EVENT, label=DEATH)
    return replace(SPEC, outcomes=(named,)), replace(one, scores=kept, probabilities=risk)


def once_each() -> Case:
    spec, one = binary_only()
    return spec, _rows(one, one.size == 0)


def one_class() -> Case:
    spec, one = binary_only()
    return spec, replace(one, events={"event": np.zeros(len(one.size))})


def single_baseline() -> Case:
    factor = {name: FACTOR[name] for name in ("champion", "learner", "last_value", "chosen_baseline")}
    return replace(SPEC, baselines=("last_value",)), scored(factor, n=PATIENTS)


def zero_difference() -> Case:
    one = scored(n=PATIENTS)
    return SPEC, replace(one, scores={**one.scores, "champion": one.scores["last_value"]})


def one_patient() -> Case:
    return SPEC, scored(n=1)


def worse_death() -> Case:
    """Continuous outcomes get better, the binary one worse."""
    one, bad = scored(n=PATIENTS), scored({**FACTOR, "champion": 1.25}, n=PATIENTS)
    own = {k: bad.scores["champion"][k] if k[0] == "event" else s for k, s in one.scores["champion"].items()}
    named = replace(EVENT, label=DEATH)
    return replace(SPEC, outcomes=(SPEC.outcomes[0], named)), replace(
        one, scores={**one.scores, "champion": own}
    )


CASES: tuple[Callable[[], Case], ...] = (
    binary_only, once_each, one_class, single_baseline, zero_difference, one_patient, worse_death,
)  # fmt: skip


def _rows(one: Scored, kept: np.ndarray) -> Scored:
    return replace(
        one,
        size=one.size[kept],
        subject=one.subject[kept],
        cohort=one.cohort[kept],
        scores={who: {k: s[kept] for k, s in own.items()} for who, own in one.scores.items()},
        events={name: y[kept] for name, y in one.events.items()},
        probabilities={who: {n: p[kept] for n, p in own.items()} for who, own in one.probabilities.items()},
        age=one.age[kept],
        groups={name: labels[kept] for name, labels in one.groups.items()},
    )


def result_of(case: Callable[[], Case], **facts: object) -> StudyResult:
    spec, one = case()
    settings = ("next", "new_cohort_5") if case is binary_only else ("next",)
    found = {name: setting_result(spec, name, one) for name in settings}
    return StudyResult(spec, found, {"seconds": 60.0, "processes": 1, **facts})


def shown(*parts: RenderableType) -> str:
    """The parts as a terminal shows them."""
    console = Console(file=io.StringIO(), width=160)
    for part in parts:
        console.print(part)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[], Case]], dict[str, str]]:
    """Case -> the name and text of each page and each output of the terminal."""
    return cache(lambda case: everything(case, tmp_path_factory.mktemp(case.__name__)))


def everything(case: Callable[[], Case], folder: Path) -> dict[str, str]:
    result = result_of(case)
    write_record(result, folder)
    page = folder / f"{result.spec.study}.md"
    page.write_text(study_page(result, [], folder))
    write_summary(folder, {}, [result.spec.study])
    table = result.main.evaluation
    texts = {
        "page": page.read_text(),
        "summary": (folder / "summary.md").read_text(),
        "verdict": shown(*verdict_table(verdict_of(result))),
        "errors": shown(*error_tables(table, result.spec), own_fold_table(table, result.spec)),
        "export": results_page(table, result.spec.title),
    }
    for name, text in texts.items():
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            assert (folder / target).is_file(), f"{name} links to {target}"
    return texts


Said = Callable[[Callable[[], Case]], dict[str, str]]


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_unknown_signed_or_dead(case: Callable[[], Case], said: Said) -> None:
    for name, text in said(case).items():
        for bad in (
            r"\bnan\b",
            r"\binf\b",
            r"[-+]0(\.0+)?(?![.\d])",
            r"e[-+]\d\d",
            r"\d%",
            "None",
            "two cores",
        ):
            found = re.search(bad, re.sub(r"\]\([^)]*\)", "]", text))
            assert not found, f"{name}: {text[max(found.start() - 80, 0) : found.end() + 20]}"


def test_a_study_of_yes_or_no_alone_is_told_by_its_own_metrics(said: Said) -> None:
    of = said(binary_only)
    assert "From one own record on, the champion's Brier score was" in of["page"]
    assert "## Ranking and calibration by own records: Death" in of["page"]
    for heading in ("Ranking (AUROC)", "Intercept of the calibration line", "Slope of the calibration line"):
        table = of["page"].split(f"### {heading}")[1].split("##")[0]
        assert "| predictor | k = 0 | k = 1 | k = 2 | k = 3 | k ≥ 1 |" in table
        assert re.search(r"\*\*champion\*\* \| -?\d\.\d\d \[-?\d\.\d\d, -?\d\.\d\d\]", table)
    assert "prediction intervals" not in of["page"]
    assert "Brier score of Death, held-out patients" in of["errors"]
    assert "AUROC" in of["errors"]
    assert re.search(r"records with the event: \d+ of 120", of["errors"])
    assert "no data" in of["summary"]  # of coverage; the claims about error are answered


def test_one_record_a_patient_is_told_as_such(said: Said) -> None:
    of = said(once_each)
    assert "nobody has earlier records of their own" in of["errors"]
    assert "The champion's Brier score was" in of["page"]
    assert "| 1 of 1 cells (100 %)" in of["summary"]


def test_of_one_class_there_is_no_ranking_and_it_is_said_why(said: Said) -> None:
    of = said(one_class)
    assert "too few records with the event (0) for a ranking" in of["page"]
    assert "No AUROC and no calibration line: fewer than 5 records with the event" in of["page"]
    assert "| records with the event | 0 of 40 |" in of["page"]
    assert "too few records with the event, or without it, for AUROC" in of["errors"]


def test_a_single_baseline_is_not_every_baseline(said: Said) -> None:
    of = said(single_baseline)
    assert "**marker, in SD: better than the only baseline.**" in of["page"]
    assert "every baseline" not in of["page"].split("## In short")[1].split("![")[0]


def test_no_difference_is_said_in_words(said: Said) -> None:
    of = said(zero_difference)
    assert "was the same as that of the cross-chosen baseline, most often last value" in of["page"]
    assert "as wide as the best baseline's" in of["page"]


def test_an_outcome_that_is_worse_is_named_everywhere(said: Said) -> None:
    of = said(worse_death)
    assert "**marker, in SD: better than the cross-chosen baseline.**" in of["page"]
    assert "**Death: worse than the cross-chosen baseline.**" in of["page"]
    assert re.search(r"Death: .* ▲ \+2\d\.\d \[", of["verdict"])
    assert re.search(
        r"\| made_up \| Brier score \| 1 \| 3 \| 0 \| 3 \| .* \| event \+2\d\.\d % \|", of["summary"]
    )


def test_a_worse_outcome_among_averaged_ones_is_named(tmp_path: Path) -> None:
    one, bad = scored(n=PATIENTS), scored({**FACTOR, "champion": 1.3}, n=PATIENTS)
    own = one.scores["champion"] | {k: s for k, s in bad.scores["champion"].items() if k[0] == "marker"}
    result = StudyResult(
        SPEC, {"next": setting_result(SPEC, "next", replace(one, scores={**one.scores, "champion": own}))}, {}
    )
    page = study_page(result, [], tmp_path)
    assert "**Single outcomes worse than their cross-chosen baseline:** marker ▲ +" in page
    assert "MAE" in shown(*verdict_table(verdict_of(result)))


def test_a_setting_without_a_result_is_named_with_its_reason(tmp_path: Path) -> None:
    result = result_of(once_each, absent_settings={"later": "Nobody has later records."})
    page = study_page(result, [], tmp_path)
    write_record(result, tmp_path)
    write_summary(tmp_path, {}, ["made_up"])
    assert (
        "No result in setting `later`. Nobody has later records."
        in page.split("## In short")[1].split("![")[0]
    )
    assert "- `made_up`, setting `later`: Nobody has later records." in (tmp_path / "summary.md").read_text()
    assert "later: no result. Nobody has later records." in shown(*verdict_table(verdict_of(result)))
    assert verdict_of(result).to_json()["absent_settings"] == {"later": "Nobody has later records."}


@pytest.mark.nightly
@pytest.mark.parametrize("case", [binary_only, one_class])
def test_probabilities_have_a_figure(case: Callable[[], Case], tmp_path: Path) -> None:
    page = write_study(result_of(case), tmp_path).read_text()
    assert "(figures/made_up-probabilities.svg)" in page
    assert "AUROC" in (tmp_path / "figures/made_up-probabilities.svg").read_text()


def test_beside_the_documentation_pages_link_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    (tmp_path / "evaluation.md").write_text("How predictions are judged.")
    page = study_page(result_of(once_each), [], folder)
    assert "[evaluation.md](../evaluation.md)" in page
