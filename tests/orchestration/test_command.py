"""The command as its users meet it: results on stdout, exit codes, and errors that say what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from orchestration.command.app import app, exit_code_of
from orchestration.study.load import LoadedStudy
from tests.orchestration.small_study import Finished, spoilt

COMMAND = (sys.executable, "-c", "from orchestration.command import main; main()")


@pytest.fixture
def ran(finished: Finished, tmp_path: Path) -> Finished:
    """A copy of the finished run's home, to be changed freely."""
    return finished.copied(tmp_path / "copy")


def meta_med(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command in this process."""
    words = [str(argument) for argument in arguments]
    code = exit_code_of(lambda: app(words), as_json="--json" in words)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_run_prints_the_table_and_where_everything_is(ran: Finished, capsys) -> None:
    code, out, err = meta_med(capsys, "run", "--study", ran.study.path, "--home", ran.home)
    assert code == 0
    for expected in (
        "champion",
        "bayesian_head",
        "last_value",
        "un_adapted",
        "740 in, 740 accepted",
        "nothing changed",
    ):
        assert expected in out
    for path in (ran.home / "reports/asthma/data_quality.html", ran.home / "published.sqlite"):
        assert str(path) in out
        assert path.is_file()
    assert f"meta-med dashboard --single-user --home {ran.home}" in out
    assert "adapt  as before" in err


def test_run_as_json_prints_only_the_result(ran: Finished, capsys) -> None:
    code, out, _ = meta_med(capsys, "run", "--study", ran.study.path, "--home", ran.home, "--json")
    content = json.loads(out)
    assert code == 0
    assert content["release_id"] == ran.release_id
    assert content["changed"] is False
    row = content["evaluation"][0]
    assert set(row) >= {
        "study",
        "outcome",
        "predictor",
        "cohort",
        "support_size",
        "metric",
        "value",
        "ci_low",
        "ci_high",
    }


def test_a_rejected_delivery_ends_run_with_4(ran: Finished, capsys, tmp_path: Path) -> None:
    bad = spoilt(ran.study, tmp_path)
    code, out, err = meta_med(
        capsys, "run", "--study", ran.study.path, "--home", ran.home, "--source", f"visits={bad}"
    )
    assert (code, out) == (4, "")
    assert "E_COLUMNS_MISSING" in err
    assert "Traceback" not in err


def test_an_error_as_json_says_who_must_act(capsys) -> None:
    code, out, _ = meta_med(capsys, "run", "--study", "pcb", "--json")
    assert code == 2
    assert json.loads(out)["error"]["family"] == "study"


@pytest.mark.parametrize(
    "arguments", [["run"], ["run", "--study"], ["walk"], ["run", "--study", "pbc", "--budget", "1"]]
)
def test_a_wrong_command_ends_with_2(capsys, arguments: list[str]) -> None:
    code, out, err = meta_med(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "Usage" in err or "Error" in err


@pytest.mark.parametrize(
    "command",
    [
        "run",
        "validate",
        "evaluate",
        "predict",
        "publish",
        "rollback",
        "status",
        "bench",
        "pretrain",
        "dashboard",
    ],
)
def test_every_command_has_help_with_its_exit_codes(capsys, command: str) -> None:
    code, out, _ = meta_med(capsys, command, "--help")
    assert code == 0
    assert "Exit codes" in out


def broken(study: LoadedStudy, folder: Path) -> Path:
    """The study's table with one impossible peak flow in line 6."""
    text = study.sources["visits"].read_text().splitlines()
    text[5] = ",".join([*text[5].split(",")[:6], "9999", "0"])
    path = folder / "visits.csv"
    path.write_text("\n".join(text) + "\n")
    return path


def test_validate_ends_with_0_on_clean_files(study: LoadedStudy, capsys, tmp_path: Path) -> None:
    code, out, _ = meta_med(capsys, "validate", "--study", study.path, "--home", tmp_path / "home")
    assert code == 0
    assert "ACCEPT: 740 rows in, 740 accepted" in out


def test_validate_ends_with_3_and_names_line_and_rule(study: LoadedStudy, capsys, tmp_path: Path) -> None:
    bad = broken(study, tmp_path)
    code, out, _ = meta_med(
        capsys, "validate", "--study", study.path, bad, "--home", tmp_path / "home", "--json"
    )
    content = json.loads(out)
    assert code == 3
    assert content["verdict"] == "quarantine"
    assert (content["rows_in"], content["rows_accepted"], content["rows_quarantined"]) == (740, 739, 1)
    (finding,) = [f for f in content["findings"] if f["code"] == "Q_HARD_RANGE"]
    assert set(finding) >= {"code", "severity", "rule", "column", "cohort", "count", "lines"}
    assert (finding["column"], finding["count"], finding["lines"]) == ("peak_flow", 1, [6])
    assert "9999" not in out
    assert Path(content["report"]).is_file()


def test_validate_ends_with_4_on_a_rejected_file(study: LoadedStudy, capsys, tmp_path: Path) -> None:
    bad = spoilt(study, tmp_path, "delivered.csv")
    code, out, _ = meta_med(capsys, "validate", "--study", study.path, bad, "--home", tmp_path / "home")
    assert code == 4
    assert "REJECT" in out


def test_validate_says_which_files_it_cannot_place(capsys, tmp_path: Path) -> None:
    file = tmp_path / "delivered.csv"
    file.write_text("id\n1\n")
    for given, expected in [
        (file, "does not say which table"),
        (f"measurments={tmp_path / 'gone.csv'}", 'did you mean "measurements"'),
        (tmp_path / "gone.csv", "no file"),
    ]:
        code, _, err = meta_med(capsys, "validate", "--study", "nafld", given, "--home", tmp_path / "home")
        assert code == 2
        assert expected in err


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".json"])
def test_evaluate_exports_the_whole_table(ran: Finished, capsys, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"evaluation{suffix}"
    code, out, _ = meta_med(
        capsys, "evaluate", "--study", ran.study.path, "--home", ran.home, "--export", path
    )
    read = {".parquet": pd.read_parquet, ".csv": pd.read_csv, ".json": pd.read_json}[suffix]
    assert code == 0
    assert "champion" in out
    assert {"mae", "coverage_90"} <= set(read(path)["metric"])


def test_evaluate_refuses_a_form_that_it_cannot_write(ran: Finished, capsys, tmp_path: Path) -> None:
    code, _, err = meta_med(
        capsys, "evaluate", "--study", ran.study.path, "--home", ran.home, "--export", tmp_path / "a.xlsx"
    )
    assert code == 2
    assert ".parquet, .csv, .json" in err


def test_predict_and_publish_say_what_they_did(ran: Finished, capsys) -> None:
    code, out, _ = meta_med(capsys, "predict", "--study", ran.study.path, "--home", ran.home, "--json")
    assert code == 0
    assert json.loads(out)["counts"]["predictions"] > 0
    code, out, _ = meta_med(capsys, "publish", "--study", ran.study.path, "--home", ran.home)
    assert code == 0
    assert "was served already" in out


def test_status_shows_release_age_and_counts(ran: Finished, capsys) -> None:
    code, out, _ = meta_med(capsys, "status", "--home", ran.home, "--json")
    (state,) = json.loads(out)["studies"]
    assert code == 0
    assert (state["study"], state["release_id"]) == ("asthma", ran.release_id)
    assert state["counts"]["rows_in"] == 740
    code, out, _ = meta_med(capsys, "status", "--home", ran.home)
    assert f"asthma: release {ran.release_id}" in out


def test_status_of_an_empty_home_says_how_to_start(capsys, tmp_path: Path) -> None:
    code, out, _ = meta_med(capsys, "status", "--home", tmp_path / "home")
    assert code == 0
    assert "meta-med run --study pbc" in out
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


def test_rollback_without_an_earlier_release_ends_with_5(ran: Finished, capsys) -> None:
    code, _, err = meta_med(capsys, "rollback", "--study", "asthma", "--home", ran.home)
    assert code == 5
    assert "asthma" in err


def test_rollback_serves_the_release_before(ran: Finished, capsys, tmp_path: Path) -> None:
    other = broken(ran.study, tmp_path)
    code, _, _ = meta_med(capsys, "run", "--study", ran.study.path, "--home", ran.home, "--source", other)
    assert code == 0
    code, out, _ = meta_med(capsys, "rollback", "--study", "asthma", "--home", ran.home, "--json")
    assert code == 0
    assert json.loads(out)["release_id"] == ran.release_id


def test_the_stores_password_is_not_shown() -> None:
    from orchestration.command.output.run_report import shown_url

    assert "secret" not in shown_url("postgresql+psycopg2://me:secret@host/db")


def test_help_is_quick_and_loads_no_heavy_library() -> None:
    script = (
        "import sys\nfrom orchestration.command.app import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('torch', 'dagster', 'pandas', 'streamlit', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_status_is_quick_and_loads_no_data_frames(finished: Finished) -> None:
    script = (
        "import sys\nfrom orchestration.command.app import app\n"
        f"try: app(['status', '--home', {str(finished.home)!r}])\nexcept SystemExit: pass\n"
        "print([m for m in ('torch', 'dagster', 'pandas', 'numpy', 'rich.progress') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert finished.release_id in done.stdout
    assert done.stdout.strip().endswith("[]")


def test_a_store_that_cannot_be_reached_ends_with_5(tmp_path: Path) -> None:
    place = {
        "META_MED_STORE": "postgresql+psycopg2://nobody:secret@127.0.0.1:1/none",
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [*COMMAND, "status", "--home", tmp_path / "home"],
        capture_output=True,
        text=True,
        env=place,
        check=False,
    )
    assert done.returncode == 5
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr
