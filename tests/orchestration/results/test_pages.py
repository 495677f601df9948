"""Pages of results, from made-up scores: what a reader finds first, and that nothing is kept from them."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from meta_med.evaluate.comparison.study_result import StudyResult, setting_result
from meta_med.study import SplitsSpec
from orchestration.results.page import FIGURES, study_page
from orchestration.results.summary import read_records, write_record, write_study, write_summary
from tests.meta_med.scored_example import FACTOR, SPEC, scored

FACTS = {
    "seconds": 90.0,
    "processes": 1,
    "peak_memory_mb": 1536.0,
    "record_wise": {"outcome": "Marker", "unit": "mmHg", "by_record": 0.7, "by_patient": 7.9, "n_records": 900},
    "curve": {
        "columns": ["varied", "predictor", "n_patients", "n_cohorts", "value", "low", "high"],
        "rows": [["n_patients", "mixed_model", n, 2, 1 / n, 0.9 / n, 1.1 / n] for n in (10, 100)],
    },
    "served": [
        {"setting": "next", "outcome": "marker", "support_size": "1", "parts": 5, "champions": {"blend": 4},
         "weights": {"neural_process": 0.7}},
    ],
}  # fmt: skip


def result(factor=FACTOR, settings=("next",), **changes) -> StudyResult:
    found = {name: setting_result(SPEC, name, scored(factor, n=80, **changes)) for name in settings}
    return StudyResult(SPEC, found, FACTS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    write_study(result(settings=("next", "new_cohort_0", "new_cohort_5")), folder)
    write_summary(folder, {"icu": "its data are not there"}, ["made_up", "icu"])
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return (folder / "made_up.md").read_text()


def test_the_verdict_stands_before_any_table(page: str) -> None:
    first = page.split("## In short")[1].split("![", maxsplit=1)[0]
    assert "**marker, in SD: better than the cross-chosen baseline.**" in first
    assert "**event: better than the cross-chosen baseline.**" in first
    assert "Against the best baseline with hindsight, last value: -2" in first
    assert "|" not in first
    for said in (
        "of 100 patients",
        "90 % prediction intervals covered",
        "Cohorts: 2",
        "took 1.5 minutes in 1 process",
        "1.5 GB",
    ):
        assert said in first


@pytest.mark.parametrize(
    ("own", "said"), [(1.0, "no clear difference"), (1.2, "worse than the cross-chosen baseline")]
)
def test_the_verdict_says_so_when_it_is_not_better(own: float, said: str, tmp_path: Path) -> None:
    page = study_page(result({**FACTOR, "champion": own}, seed=1), [], tmp_path)
    assert f"**marker, in SD: {said}" in page
    assert f"**event: {said}" in page


def test_every_picture_that_a_page_shows_is_there(folder: Path, page: str) -> None:
    shown = re.findall(r"\]\((figures/[^)]+)\)", page)
    names = ("error", "difference", "benefit", "coverage", "probabilities", "cohorts", "curve")
    assert shown == [f"{FIGURES}/made_up-{name}.svg" for name in names]
    for name in shown:
        assert (folder / name).read_text().lstrip().startswith("<?xml")
        assert (folder / name).stat().st_size < 150_000


def test_the_page_names_what_splitting_by_record_would_have_claimed(page: str) -> None:
    assert "**0.7** mmHg when records are split at random" in page
    assert "**7.9** mmHg when whole patients are held out" in page


def test_the_other_questions_are_answered_too(page: str) -> None:
    assert "a cohort that is not in training, 5 known patients" in page
    assert "neural process 0.70" in page


@pytest.mark.nightly
def test_the_same_numbers_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_study(result(settings=("next", "new_cohort_0", "new_cohort_5")), tmp_path)
    for path in (p for p in folder.rglob("made_up*") if p.is_file()):
        assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes()


@pytest.mark.nightly
def test_a_picture_that_no_longer_applies_goes(tmp_path: Path) -> None:
    (tmp_path / FIGURES).mkdir()
    (tmp_path / FIGURES / "made_up-curve.svg").write_text("old")
    write_study(StudyResult(SPEC, result().settings, {}), tmp_path)
    assert not (tmp_path / FIGURES / "made_up-curve.svg").exists()


def test_a_study_of_one_record_a_patient_has_its_page(tmp_path: Path) -> None:
    page = study_page(result(settings=("next", "new_cohort_0", "new_cohort_5"), sizes=1), [], tmp_path)
    assert "known patients of a new cohort" in page
    assert "no adaptation" not in page


@pytest.mark.nightly
def test_without_new_cohorts_the_one_record_is_what_the_summary_counts(tmp_path: Path) -> None:
    write_study(result(sizes=1), tmp_path)
    numbers = write_summary(tmp_path, {}, ["made_up"])["studies"]["made_up"]
    assert (numbers["cells"], numbers["better"]) == (2, 2)
    assert [e["metric"] for e in numbers["errors"]] == ["mae", "brier"]


def test_the_summary_answers_each_claim_with_yes_or_no_and_its_figure(folder: Path) -> None:
    page, content = (folder / "summary.md").read_text(), json.loads((folder / "summary.json").read_text())
    for claim in content["claims"]:
        assert claim["text"] in page
        assert claim["found"] in page
    assert page.count("**yes**") + page.count("**no**") >= 7
    assert content["studies"]["made_up"]["minutes"] == 1.5
    assert "- `icu`: its data are not there" in page


def test_the_summary_holds_known_studies_only(folder: Path, tmp_path: Path) -> None:
    write_record(result(), tmp_path)
    records, older = read_records(tmp_path)
    assert ([r.study for r in records], older) == (["made_up"], [])
    assert write_summary(tmp_path, {}, ["another"])["studies"] == {}


def test_no_patient_is_named_on_a_page(page: str) -> None:
    """Pages are public: parts of fewer than 20 patients have no line of coverage."""
    rows = page.split("## 90 % intervals: coverage and width")[1].split("##", maxsplit=1)[0].splitlines()
    counts = [
        int(row.split("|")[-2].replace(",", ""))
        for row in rows
        if row.startswith("| cohort") or "sex:" in row
    ]
    assert counts
    assert min(counts) >= 20


def test_what_a_reader_must_have_in_mind_stands_below_the_verdict(tmp_path: Path) -> None:
    aside = replace(SPEC, note="A line between visits.", evaluation=replace(SPEC.evaluation, claims=False))
    write_record(replace(result(), spec=aside), tmp_path)
    first = (
        study_page(replace(result(), spec=aside), [], tmp_path)
        .split("## In short")[1]
        .split("\n## ", maxsplit=1)[0]
    )
    assert "**Note.** A line between visits." in first
    assert "counts in none of the claims" in first
    write_summary(tmp_path, {}, ["made_up"])
    summary = (tmp_path / "summary.md").read_text()
    assert "- `made_up` (in none of the claims): A line between visits." in summary


def test_the_page_says_whom_intervals_in_new_cohorts_are_about(page: str, tmp_path: Path) -> None:
    assert "over the patients of these 2 cohorts only" in page
    one = scored(n=96)
    many = replace(one, cohort=one.subject % 12, cohort_names=[f"site {c}" for c in range(12)])
    found = {name: setting_result(SPEC, name, many) for name in ("next", "new_cohort_5")}
    page = study_page(StudyResult(SPEC, found, FACTS), [], tmp_path)
    assert "intervals over cohorts (12 of them) and their patients" in page


def test_the_claims_stand_again_without_the_patients_that_were_looked_at(tmp_path: Path) -> None:
    write_record(result(), tmp_path)
    used = replace(SPEC.evaluation, used_in_development=True)
    write_record(replace(result(), spec=replace(SPEC, study="other", evaluation=used)), tmp_path)
    content = write_summary(tmp_path, {}, ["made_up", "other"])
    assert "## Without other" in (tmp_path / "summary.md").read_text()
    assert [c["name"] for c in content["claims_unseen"]][:2] == ["lower_error", "better_studies"]


def test_the_verdict_in_words_stands_before_the_claims(folder: Path) -> None:
    page, content = (folder / "summary.md").read_text(), json.loads((folder / "summary.json").read_text())
    told, claims = page.split("## Are the claims met?")[:2]
    assert [f"- {sentence}" for sentence in content["verdict"]] == [
        line for line in told.split("## The verdict")[1].splitlines() if line
    ]
    assert "Over 1 studies" not in told
    assert "*Cross-chosen baseline*" in claims


def test_the_other_choices_of_the_baseline_stand_beside_the_cross_chosen_one(page: str, folder: Path) -> None:
    part = page.split("### Other choices of the baseline")[1].split("##", maxsplit=1)[0]
    assert (
        "| outcome | cross-chosen (most often) | best with hindsight | best of the study with hindsight | chosen on "
        "tuning patients |"
    ) in part
    assert re.search(r"\| event \| ▼ -2\d\.\d % \[.*\] \(last value\) \| ▼ -2", part)
    summary = (folder / "summary.md").read_text()
    assert (
        "to the best with hindsight | to the best of the study with hindsight | to that of tuning" in summary
    )


def test_crps_and_log_score_stand_beside_the_errors(page: str) -> None:
    errors = page.split("## Error by own records: marker, in SD")[1].split("##", maxsplit=1)[0]
    assert "| k ≥ 1 | CRPS, k ≥ 1 | log score, k ≥ 1 |" in errors
    assert page.count("minus the logarithm of the probability density") == 1
    assert (
        "| k ≥ 1 | log loss, k ≥ 1 |"
        in page.split("## Error by own records: event")[1].split("##", maxsplit=1)[0]
    )


CEILING = {
    "ceiling": -0.4, "ceiling_low": -0.42, "ceiling_high": -0.38, "champion": -0.2, "champion_low": -0.22,
    "champion_high": -0.18, "share": 0.5, "cells": 4, "n_patients": 80,
}  # fmt: skip


def test_the_ceiling_and_the_share_of_it_are_told_with_what_they_are(tmp_path: Path) -> None:
    with_it = result().with_facts(ceiling=CEILING)
    page = study_page(with_it, [], tmp_path)
    assert (
        "Ceiling: a mixed model that also sees the next two records, which no prediction can, has an error of -40.0 % "
        "[-42.0 %, -38.0 %] against the cross-chosen baseline's. The champion reaches 50 % of that gain (-20.0 %"
    ) in page
    write_record(with_it, tmp_path)
    content = write_summary(tmp_path, {}, ["made_up"])
    assert (content["studies"]["made_up"]["ceiling"], content["studies"]["made_up"]["share_of_ceiling"]) == (
        -0.4,
        0.5,
    )
    assert "no prediction can attain it" in (tmp_path / "summary.md").read_text()
    none = study_page(with_it.with_facts(ceiling=CEILING | {"share": None}), [], tmp_path)
    assert "no share of it is given" in none
    assert "Ceiling" not in study_page(result().with_facts(ceiling={}), [], tmp_path)


def test_a_page_of_an_older_version_is_named_and_not_counted(tmp_path: Path) -> None:
    write_record(result(), tmp_path)
    file = tmp_path / "data" / "made_up.json"
    content = json.loads(file.read_text())
    (tmp_path / "data" / "older.json").write_text(
        json.dumps({k: v for k, v in content.items() if k != "difference"} | {"study": "older"})
    )
    found = write_summary(tmp_path, {}, ["made_up", "older"])
    assert list(found["studies"]) == ["made_up"]
    assert "evaluate it again" in found["absent"]["older"]


def test_a_page_says_which_cohorts_were_held_out(page: str, tmp_path: Path) -> None:
    assert "Held out: cohort" not in page
    named = replace(SPEC, splits=SplitsSpec(leave_cohorts_out=("north", "south")))
    external = study_page(StudyResult(named, result().settings, FACTS), [], tmp_path)
    assert "**Held out: cohorts north, south**" in external.split("## In short")[0]
    assert "named cohorts held out" in external.split("## Protocol")[1]
