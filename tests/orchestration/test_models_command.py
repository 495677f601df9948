"""`meta-med models`: what a person sees of model versions, and what their decisions leave behind."""

import json
from pathlib import Path

import pytest

from meta_med.published import reader
from orchestration.command.app import app, exit_code_of
from orchestration.models.champion import champion_of
from orchestration.models.journal import CHAMPION, RETIRED, ModelJournal
from orchestration.models.versions import version_folder
from tests.orchestration.small_study import Finished

SIGNED = ("--by", "Ann", "--why", "a drill")


@pytest.fixture
def ran(finished: Finished, tmp_path: Path) -> Finished:
    return finished.copied(tmp_path / "copy")


@pytest.fixture
def version(ran: Finished) -> str:
    found = champion_of(ran.study, ran.workspace())
    assert found is not None
    return found


def models(capsys: pytest.CaptureFixture[str], ran: Finished, *words: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `meta-med models`."""
    whole = ["models", *map(str, words), "--home", str(ran.home)]
    code = exit_code_of(lambda: app(whole), as_json="--json" in whole)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_the_list_tells_state_and_soundness(ran: Finished, version: str, capsys) -> None:
    code, out, _ = models(capsys, ran, "list", "--json")
    (own,) = json.loads(out)["versions"]
    assert code == 0
    assert (own["version"], own["state"], own["by"], own["damage"]) == (version, CHAMPION, "meta-med", "")
    assert own["facts"]["counts"]["patients"] == 150
    assert version in models(capsys, ran, "list")[1]


def test_without_a_version_the_list_says_how_to_begin(ran: Finished, tmp_path: Path, capsys) -> None:
    code = exit_code_of(lambda: app(["models", "list", "--home", str(tmp_path / "new")]), as_json=False)
    assert code == 0
    assert "meta-med run --study pbc" in capsys.readouterr().out
    assert not ModelJournal(tmp_path / "new" / "models").path.exists()


def test_show_prints_origin_scores_and_evidence(ran: Finished, version: str, capsys) -> None:
    code, out, _ = models(capsys, ran, "show", version[:6])
    assert code == 0
    for expected in (version, "study_sha256", "peak_flow", "crps", "leakage checks: changed_future held"):
        assert expected in out
    content = json.loads(models(capsys, ran, "show", version, "--json")[1])
    assert [entry["state"] for entry in content["history"]] == ["candidate", "champion"]
    assert {row["outcome"] for row in content["scores"]} == {"peak_flow", "woken_by_asthma", "all"}


def test_a_retired_champion_serves_no_night_and_its_release_stays(
    ran: Finished, version: str, capsys
) -> None:
    assert models(capsys, ran, "retire", version, *SIGNED)[0] == 0
    workspace = ran.workspace()
    last = ModelJournal(workspace.models).entries()[-1]
    assert (last.state, last.who, last.why, last.version) == (RETIRED, "Ann", "a drill", version)
    assert last.account
    head = reader.head(workspace.store_url, ran.study.name)
    assert head is not None
    assert head.release_id == ran.release_id
    code, _, err = models(capsys, ran, "retire", version, *SIGNED)
    assert (code, "retired already" in err) == (2, True)
    whole = ["run", "--study", str(ran.study.path), "--home", str(ran.home)]
    assert exit_code_of(lambda: app(whole), as_json=False) == 6
    assert "E_NO_MODEL" in capsys.readouterr().err
    assert models(capsys, ran, "promote", version, *SIGNED)[0] == 0
    assert exit_code_of(lambda: app(whole), as_json=False) == 0


def test_a_decision_needs_a_name_and_a_reason(ran: Finished, version: str, capsys) -> None:
    code, _, err = models(capsys, ran, "retire", version, "--by", " ", "--why", "x")
    assert (code, "--by and --why" in err) == (2, True)
    assert len(ModelJournal(ran.workspace().models).entries()) == 2


@pytest.mark.parametrize(("name", "told"), [("ffff", "there is none"), ("a", "at least 4")])
def test_an_unknown_or_too_short_name_is_told(ran: Finished, capsys, name: str, told: str) -> None:
    code, _, err = models(capsys, ran, "show", name)
    assert (code, told in err) == (2, True)


def test_a_damaged_version_is_listed_as_such_and_cannot_be_promoted(
    ran: Finished, version: str, capsys
) -> None:
    models(capsys, ran, "retire", version, *SIGNED)
    path = version_folder(ran.workspace(), ran.study.name, version) / "guards.json"
    path.chmod(0o600)
    path.write_text("{}")
    assert "DAMAGED" in models(capsys, ran, "list")[1]
    assert "guards.json" in models(capsys, ran, "show", version)[1]
    code, _, err = models(capsys, ran, "promote", version, *SIGNED)
    assert (code, "E_MODEL_DAMAGED: guards.json" in err) == (6, True)


def test_diff_tells_what_two_versions_differ_in(ran: Finished, version: str, tmp_path: Path, capsys) -> None:
    rows = ran.study.sources["visits"].read_text().splitlines()
    visits = tmp_path / "visits.csv"
    visits.write_text("\n".join(rows[:-1]) + "\n")
    from orchestration.execution import run_graph

    done = run_graph(ran.study, ran.workspace(visits=visits), "promote")
    code, out, _ = models(capsys, ran, "diff", version, done.promoted["model"], "--json")
    content = json.loads(out)
    assert code == 0
    assert set(content["facts"]) == {"data_sha256", "counts"}
    assert content["scores"]
    assert "people.parquet" not in content["files"] or content["files"]
