"""`meta-med evaluate --out` and `--all`: pages of a real, small study, and studies whose data are not there."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from orchestration.command.app import app, exit_code_of
from tests.orchestration.small_study import Finished, small_study
from tests.orchestration.test_command import meta_med


@pytest.mark.nightly
def test_a_study_is_evaluated_on_all_folds_and_again_at_once(
    finished: Finished, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    shutil.copytree(finished.home, home)
    words = ("evaluate", "--study", finished.study.path, "--home", home, "--out", out, "--json")
    code, said, _ = meta_med(capsys, *words)
    content = json.loads(said)
    assert code == 0
    assert Path(content["pages"]["asthma"]).read_text().startswith("# Asthma clinics")
    assert content["studies"]["asthma"]["n_patients"] == 150
    first = (out / "summary.json").read_text()
    code, _, _ = meta_med(capsys, *words)
    assert (code, (out / "summary.json").read_text()) == (0, first)


@pytest.mark.nightly
def test_a_study_with_the_mixed_model_has_its_ceiling_and_a_verdict_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = small_study(tmp_path / "mine")
    tree = yaml.safe_load(study.path.read_text())
    tree["baselines"] = ["last_value", "mixed_model"]
    study.path.write_text(yaml.safe_dump(tree))
    out = tmp_path / "out"
    words = ("evaluate", "--study", study.path, "--home", tmp_path / "home", "--out", out)
    code, said, err = meta_med(capsys, *words)
    assert code == 0, err
    assert "the champion against the cross-chosen baseline" in said
    page, summary = (out / "asthma.md").read_text(), (out / "summary.md").read_text()
    assert "Ceiling: a mixed model that also sees the next two records, which no prediction can" in page
    assert "Over 1 study, each weighing the same, the champion's error is" in summary
    found = json.loads((out / "data" / "asthma.json").read_text())
    assert found["facts"]["ceiling"]["n_patients"] > 20
    assert found["difference"]["low"] < found["difference"]["value"] < found["difference"]["high"]
    [kept] = (tmp_path / "home").rglob("ceiling.json")
    written = kept.stat().st_mtime_ns
    assert meta_med(capsys, *words)[0] == 0
    assert (kept.stat().st_mtime_ns, (out / "asthma.md").read_text()) == (written, page)


def test_studies_without_their_data_are_named_and_stop_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration import evaluate_study
    from orchestration.errors import ModelError
    from orchestration.study import registry

    known = {name: one for name, one in registry.known_studies(tmp_path).items() if name in {"opioid", "pbc"}}
    monkeypatch.setattr(registry, "known_studies", lambda _=None: known)

    def fails(*_: object, **__: object) -> None:
        raise ModelError("E_MADE_UP: training went wrong.")

    monkeypatch.setattr(evaluate_study, "cross_fitted", fails)
    words = [
        "evaluate",
        "--all",
        "--data",
        str(tmp_path),
        "--home",
        str(tmp_path / "h"),
        "--out",
        str(tmp_path / "o"),
    ]
    code = exit_code_of(lambda: app(words), as_json=False)
    assert code == 6  # of the one that failed, after all the others were written
    page = (tmp_path / "o/summary.md").read_text()
    assert "`opioid`: its data are not there: " in page
    assert "`pbc`: its evaluation failed (model)" in page
    assert "E_MADE_UP" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--all", "--study", "pbc"], ["--all", "--export", "x.csv"]])
def test_a_question_that_means_nothing_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = meta_med(capsys, "evaluate", *words)
    assert (code, out) == (2, "")
    assert "evaluate:" in err


@pytest.mark.nightly
def test_a_named_cohort_is_an_external_validation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = small_study(tmp_path / "mine")
    text = study.path.read_text().replace("folds: 5", "folds: 5\n  leave_cohorts_out: [Harbour]")
    study.path.write_text(text)
    words = ("evaluate", "--study", study.path, "--home", tmp_path / "home")
    code, said, _ = meta_med(capsys, *words, "--json")
    content = json.loads(said)
    assert (code, content["cohorts_left_out"]) == (0, ["Harbour"])
    assert {row["cohort"] for row in content["evaluation"]} == {"all", "Harbour"}
    code, said, _ = meta_med(capsys, *words)
    assert "Held out: every patient with a record in cohort Harbour" in said
    code, said, _ = meta_med(capsys, *words, "--out", tmp_path / "out", "--json")
    content = json.loads(said)
    assert (code, content["studies"]["asthma"]["n_patients"]) == (0, 50)
    assert "**Held out: cohort Harbour**" in Path(content["pages"]["asthma"]).read_text()
    study.path.write_text(text.replace("[Harbour]", "[Harbor]"))
    code, _, err = meta_med(capsys, *words)
    assert code == 2
    assert 'no cohort "Harbor" (did you mean "Harbour"?)' in err


@pytest.mark.nightly
def test_an_impossible_setting_is_left_out_with_its_reason_and_the_others_are_evaluated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every clinic is too small to be a cohort, so that there is one cohort, and none can be new."""
    study = small_study(tmp_path / "mine")
    tree = yaml.safe_load(study.path.read_text())
    tree["cohorts"]["min_subjects"] = 100_000
    tree["evaluation"] = {"settings": ["next", "new_cohort"]}
    study.path.write_text(yaml.safe_dump(tree))
    words = ("evaluate", "--study", study.path, "--home", tmp_path / "home", "--out", tmp_path / "out")
    code, said, err = meta_med(capsys, *words)
    assert code == 0, err
    page = (tmp_path / "out" / "asthma.md").read_text()
    assert "new_cohort" in page.split("## In short")[0] + page.split("## In short")[1].split("##")[0]
    assert "new_cohort" in said
    assert "## Error by own records" in page
