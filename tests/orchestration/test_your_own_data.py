"""The walk-through of docs/your_own_data.md, with its very files."""

import json
import re
import runpy
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from meta_med.published import reader
from orchestration.command.app import app, exit_code_of
from orchestration.study.load import spec_of
from tests.orchestration.small_study import EXAMPLE

PAGE = EXAMPLE.parent / "your_own_data.md"


def meta_med(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = exit_code_of(lambda: app([str(argument) for argument in arguments]), as_json=True)
    return code, capsys.readouterr().out


def test_the_csv_is_the_one_that_its_script_makes() -> None:
    made = runpy.run_path(str(EXAMPLE / "build.py"))["visits"]()
    assert made.to_csv(index=False, lineterminator="\n") == (EXAMPLE / "asthma_visits.csv").read_text()


def test_every_snippet_of_the_page_stands_in_a_file() -> None:
    files = (
        "\n".join(path.read_text() for path in EXAMPLE.glob("*.yaml"))
        + (EXAMPLE / "asthma_visits.csv").read_text()
    )
    snippets = re.findall(r"```(?:yaml)?\n(.*?)```", PAGE.read_text(), flags=re.DOTALL)
    told = [snippet for snippet in snippets if not snippet.startswith("meta-med")]
    assert len(told) >= 8
    rest = [snippet for snippet in told if snippet not in files]
    # of other data than the example's: they are valid in its study, whose contract lacks their columns
    example = yaml.safe_load((EXAMPLE / "asthma_study.yaml").read_text())
    for snippet in rest:
        assert spec_of({**example, **yaml.safe_load(snippet)}, "snippet").study == "asthma"
    assert len(rest) <= 2


@pytest.mark.nightly
def test_a_newcomer_gets_from_a_csv_to_a_release_with_two_yaml_files(tmp_path: Path, capsys) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for path in (*EXAMPLE.glob("*.yaml"), EXAMPLE / "asthma_visits.csv"):
        shutil.copy(path, mine)
    study, home = mine / "asthma_study.yaml", tmp_path / "home"

    code, out = meta_med(capsys, "validate", "--study", study, "--home", home, "--json")
    assert (code, json.loads(out)["verdict"]) == (0, "accept")

    code, out = meta_med(capsys, "run", "--study", study, "--home", home, "--json")
    assert code == 0
    evaluation = pd.DataFrame(json.loads(out)["evaluation"])
    assert {"champion", "bayesian_head", "neural_process", "boosted_lags"} <= set(evaluation["predictor"])

    url = f"sqlite:///{home / 'published.sqlite'}"
    head = reader.head(url, "asthma")
    assert head is not None
    assert reader.outcomes(url, head.release_id)["name"].tolist() == ["peak_flow", "woken_by_asthma"]
    assert set(reader.cohorts(url, head.release_id)["cohort"]) == {"Harbour", "Hill", "Riverside"}
