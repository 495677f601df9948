"""`meta-med contract` as its users meet it: a draft to edit, mistakes in words, exit codes that a script can trust."""

import json
from pathlib import Path

import pytest
import yaml

from orchestration.command.app import app, exit_code_of
from tests.bad_inputs.base_table import base_table


def meta_med(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    words = [str(argument) for argument in arguments]
    code = exit_code_of(lambda: app(words), as_json="--json" in words)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "visits.csv"
    base_table(patients=30).to_csv(path, index=False)
    return path


def test_a_draft_on_stdout_is_a_contract_and_nothing_else(table: Path, capsys, tmp_path: Path) -> None:
    code, out, err = meta_med(capsys, "contract", "draft", table)
    assert code == 0
    assert [t["name"] for t in yaml.safe_load(out)["schema"]] == ["visits"]
    assert "the gate's verdict on this table: accept" in err
    (tmp_path / "mine.yaml").write_text(out)
    code, out, _ = meta_med(capsys, "contract", "check", tmp_path / "mine.yaml")
    assert code == 0
    assert "no mistakes" in out


def test_a_draft_brings_the_schema_for_the_editor_and_replaces_nothing(
    table: Path, capsys, tmp_path: Path
) -> None:
    folder = tmp_path / "contracts"
    folder.mkdir()
    code, out, _ = meta_med(capsys, "contract", "draft", table, "--out", folder / "visits.yaml", "--json")
    assert code == 0
    assert json.loads(out)["written"] == [str(folder / "visits.yaml"), str(folder / "contract.schema.json")]
    first = (folder / "visits.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=contract.schema.json"
    code, _, err = meta_med(capsys, "contract", "draft", table, "--out", folder / "visits.yaml")
    assert code == 2
    assert "A draft replaces no contract" in err


def test_what_cannot_be_read_gives_no_draft(capsys, tmp_path: Path) -> None:
    code, _, err = meta_med(capsys, "contract", "draft", tmp_path / "nowhere.csv")
    assert code == 4
    assert "nowhere.csv" in err
    assert meta_med(capsys, "contract", "draft", tmp_path, "--timezone", "Mars")[0] == 2


def test_a_mistaken_contract_is_told_with_all_its_mistakes(capsys, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("kind: Contract\nname: x\n")
    code, _, err = meta_med(capsys, "contract", "check", path)
    assert code == 2
    assert "mine.yaml: " in err
    assert "kind: must be DataContract" in err


def test_a_difference_that_breaks_somebody_ends_with_three(capsys, tmp_path: Path) -> None:
    from importlib.resources import files

    text = files("data_contracts").joinpath("contracts/pbc.yaml").read_text()
    path = tmp_path / "pbc.yaml"
    path.write_text(text.replace("max: 120}", "max: 110}"))
    code, out, _ = meta_med(capsys, "contract", "diff", "pbc", path, "--json")
    told = json.loads(out)
    assert code == 3
    assert (told["breaks_producer"], told["breaks_consumer"], told["level"]) == (True, False, "major")
    assert [c["place"] for c in told["changes"]] == ["visits.age.hard_range"]
    code, out, _ = meta_med(capsys, "contract", "diff", "pbc", path)
    assert "Breaks those who deliver." in out
    assert "3.0.0 or higher" in out
    assert meta_med(capsys, "contract", "diff", "pbc", "pbc")[0] == 0


def test_the_schema_can_be_piped_into_a_file(capsys, tmp_path: Path) -> None:
    code, out, _ = meta_med(capsys, "contract", "schema")
    assert code == 0
    assert json.loads(out)["properties"]["kind"] == {"const": "DataContract"}
    assert meta_med(capsys, "contract", "schema", "--out", tmp_path / "s.json")[0] == 0
    assert json.loads((tmp_path / "s.json").read_text()) == json.loads(out)
