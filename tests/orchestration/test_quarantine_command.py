"""Held rows are reviewed by command, and let in by the next run: from a bad row to a record that is served."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from meta_med.published import reader
from orchestration.command.app import app, exit_code_of
from orchestration.errors import DataError
from orchestration.execution import run_graph
from orchestration.runs import stage_results
from orchestration.runs.run_folder import RunFolder
from orchestration.stages.validate import ledger_of
from orchestration.study.load import LoadedStudy, load
from orchestration.workspace import Workspace
from tests.orchestration.small_study import small_study, spoilt, workspace_at

ODD, CANARY = 5, 905.25
"""Line of the odd row, and its peak flow: above the range, and seen nowhere else."""
SIGNED = ("--by", "Ada Weber", "--why", "asked the clinic")


@pytest.fixture
def study(tmp_path: Path) -> LoadedStudy:
    """The small study with one odd row, under a contract that lets a person confirm it."""
    found = small_study(tmp_path / "study")
    contract = Path(found.contract)
    contract.write_text(contract.read_text().replace("max: 900}", "max: 900, releasable: true}"))
    visits = found.sources["visits"]
    lines = visits.read_text().splitlines()
    cells = lines[ODD - 1].split(",")
    lines[ODD - 1] = ",".join([*cells[:6], str(CANARY), cells[7]])
    visits.write_text("\n".join(lines) + "\n")
    return load(found.path)


@pytest.fixture
def workspace(tmp_path: Path, study: LoadedStudy) -> Workspace:
    return workspace_at(tmp_path / "home", study)


def validated_run(study: LoadedStudy, workspace: Workspace) -> RunFolder:
    return run_graph(study, workspace, last="validate").folder


def command(capsys: pytest.CaptureFixture[str], workspace: Workspace, *words: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `meta-med quarantine ...`."""
    given = ["quarantine", *map(str, words), "--home", str(workspace.home)]
    code = exit_code_of(lambda: app(given), as_json="--json" in given)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def as_json(capsys: pytest.CaptureFixture[str], workspace: Workspace, *words: object) -> dict:
    code, out, err = command(capsys, workspace, *words, "--json")
    assert code == 0, err
    return json.loads(out)


def values_of(study: LoadedStudy, workspace: Workspace) -> set[float]:
    """Every value of every record in the served release."""
    head = reader.head(workspace.store_url, study.name)
    assert head is not None
    subjects = pd.read_csv(study.sources["visits"])["patient"].unique()
    parts = [reader.records(workspace.store_url, head.release_id, str(s)) for s in subjects]
    return set(pd.concat(parts)["value"])


def test_a_held_row_reaches_the_store_only_after_its_release(
    study: LoadedStudy, workspace: Workspace, capsys
) -> None:
    before = run_graph(study, workspace)
    assert CANARY not in values_of(study, workspace)
    code, out, _ = command(
        capsys, workspace, "release", "--study", "asthma", "--confirm", "--line", ODD, *SIGNED
    )
    assert (code, "Rows released: 1" in out) == (0, True)
    after = run_graph(study, workspace)
    assert CANARY in values_of(study, workspace)
    assert before.published is not None
    assert after.published is not None
    assert after.published.release_id != before.published.release_id
    counts = [stage_results.gate_verdict(run.folder) for run in (before, after)]
    assert [c["rows_in"] for c in counts] == [740, 740]
    assert [c["rows_accepted"] + c["rows_quarantined"] for c in counts] == [740, 740]
    assert [c["rows_quarantined"] for c in counts] == [1, 0]
    told = stage_results.gate_findings(after.folder).set_index("code")["message"]
    assert told["N_READMITTED"].startswith("Re-admitted by Ada Weber: 1 row")


def test_list_and_show_tell_lines_and_reasons_without_a_value(
    study: LoadedStudy, workspace: Workspace, capsys
) -> None:
    folder = validated_run(study, workspace)
    (reason,) = as_json(capsys, workspace, "list")["reasons"]
    assert (reason["batch"], reason["rule"], reason["held"]) == (
        folder.fingerprint,
        "visits.peak_flow.hard_range",
        1,
    )
    (row,) = as_json(capsys, workspace, "show", "--study", study.path)["rows"]
    assert (row["file"], row["line"], row["status"]) == ("asthma_visits.csv", ODD, "held")
    shown = [command(capsys, workspace, *words) for words in (["list"], ["show", "--study", "asthma"])]
    assert not [out for _, out, err in shown if str(CANARY) in out + err or "A000" in out + err]
    assert as_json(capsys, workspace, "journal")["entries"] == []


def test_values_are_shown_only_to_a_name_with_a_reason(
    study: LoadedStudy, workspace: Workspace, capsys
) -> None:
    validated_run(study, workspace)
    code, out, err = command(capsys, workspace, "show", "--study", "asthma", "--values")
    assert (code, out) == (2, "")
    assert "A name is required" in err
    _, out, _ = command(capsys, workspace, "show", "--study", "asthma", "--values", *SIGNED)
    assert str(CANARY) in out
    (entry,) = as_json(capsys, workspace, "journal", "--study", "asthma")["entries"]
    assert (entry["action"], entry["who"], entry["why"]) == ("viewed values", "Ada Weber", "asked the clinic")
    assert entry["account"]


def test_a_sheet_goes_out_and_its_correction_comes_in(
    study: LoadedStudy, workspace: Workspace, capsys, tmp_path: Path
) -> None:
    first = validated_run(study, workspace)
    sheet = tmp_path / "held.csv"
    assert as_json(capsys, workspace, "export", sheet, "--study", "asthma", *SIGNED)["rows"] == 1
    text = sheet.read_text(encoding="utf-8-sig")
    sheet.write_text(text.replace(str(CANARY), "405.25"))
    done = as_json(capsys, workspace, "release", "--study", "asthma", "--fixed", sheet, *SIGNED)
    assert done["corrected_cells"] == {"peak_flow": 1}
    second = validated_run(study, workspace)
    assert second.fingerprint != first.fingerprint
    accepted = stage_results.valid_tables(second)["visits"]
    assert accepted["peak_flow"].iloc[ODD - 2] == 405.25
    assert as_json(capsys, workspace, "list")["reasons"] == []
    assert validated_run(study, workspace).fingerprint == second.fingerprint


def test_a_release_is_once_and_can_be_taken_back(study: LoadedStudy, workspace: Workspace, capsys) -> None:
    validated_run(study, workspace)
    (row,) = as_json(capsys, workspace, "show", "--study", "asthma")["rows"]
    name = ("--study", "asthma", "--row", row["row"], *SIGNED)
    assert command(capsys, workspace, "release", "--confirm", *name)[0] == 0
    code, _, err = command(capsys, workspace, "release", "--confirm", *name)
    assert (code, "A row is released once" in err) == (2, True)
    assert command(capsys, workspace, "discard", *name)[0] == 0
    assert stage_results.gate_verdict(validated_run(study, workspace))["rows_quarantined"] == 1
    actions = [entry["action"] for entry in as_json(capsys, workspace, "journal")["entries"]]
    assert actions == ["released as they are", "discarded"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["release", "--confirm"], "Select rows"),
        (["release"], "either --fixed FILE, or --confirm"),
        (["discard"], "Select rows"),
        (["release", "--confirm", "--row", "4711"], "No such row"),
        (["release", "--fixed", "absent.csv"], "no such file"),
        (["discard", "--rule", "visits.age.*"], "No held row"),
    ],
)
def test_a_call_that_cannot_be_ends_with_2_and_decides_nothing(
    study: LoadedStudy, workspace: Workspace, capsys, words: list[str], says: str
) -> None:
    validated_run(study, workspace)
    code, out, err = command(capsys, workspace, *words, "--study", "asthma", *SIGNED)
    assert (code, out) == (2, "")
    assert says in err
    assert as_json(capsys, workspace, "journal")["entries"] == []


def test_a_refused_delivery_is_kept_and_the_ledger_outlives_the_run_folder(
    study: LoadedStudy, workspace: Workspace, capsys, tmp_path: Path
) -> None:
    import shutil

    bad = replace(workspace, given={"visits": spoilt(study, tmp_path)})
    with pytest.raises(DataError):
        validated_run(study, bad)
    shutil.rmtree(workspace.runs)
    (reason,) = as_json(capsys, workspace, "list")["reasons"]
    assert (reason["verdict"], reason["code"], reason["rows"]) == ("reject", "E_COLUMNS_MISSING", 740)


def test_old_deliveries_are_forgotten_by_name_and_reason_and_the_newest_is_not(
    study: LoadedStudy, workspace: Workspace, capsys
) -> None:
    validated_run(study, workspace)
    asked = ("forget", "--study", study.name, "--before", "2999-01-01")
    assert as_json(capsys, workspace, *asked, *SIGNED) == {"batches": 0, "rows": 0, "files": 0}
    code, _, said = command(capsys, workspace, *asked, "--by", "Ada Weber", "--why", " ")
    assert (code, "A reason is required" in said) == (2, True)
    (entry,) = as_json(capsys, workspace, "journal")["entries"]
    assert entry["action"] == "forgot"


def test_a_damaged_ledger_ends_a_run_before_anything_is_published(
    study: LoadedStudy, workspace: Workspace, capsys
) -> None:
    validated_run(study, workspace)
    ledger_of(workspace).path.write_bytes(b"CANARY" * 1000)
    code, _, err = command(capsys, workspace, "list")
    assert (code, "E_QUARANTINE_DAMAGED" in err) == (5, True)
    assert "Traceback" not in err
    assert "CANARY" not in err


def test_every_command_has_help_with_its_exit_codes(workspace: Workspace, capsys) -> None:
    for name in ("list", "show", "export", "release", "discard", "forget", "journal"):
        code = exit_code_of(lambda name=name: app(["quarantine", name, "--help"]), as_json=False)
        assert code == 0
        assert "Exit codes" in capsys.readouterr().out


def test_the_sheet_is_the_table_a_steward_knows(
    study: LoadedStudy, workspace: Workspace, capsys, tmp_path: Path
) -> None:
    validated_run(study, workspace)
    as_json(capsys, workspace, "export", tmp_path / "held.csv", "--study", "asthma", *SIGNED)
    with (tmp_path / "held.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["quarantine_line"], row["quarantine_codes"]) == (str(ODD), "Q_HARD_RANGE")
    assert list(row)[5:] == study.sources["visits"].read_text().splitlines()[0].split(",")
