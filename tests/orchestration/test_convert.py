"""An export in a standard comes in by command, by study and by inbox, and then meets the ordinary gate."""

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml

from orchestration.command.app import app, exit_code_of
from orchestration.errors import DataError, StudyError
from orchestration.stages import ingest
from orchestration.stages.run_stage import StageRun, run_stage
from orchestration.study.load import LoadedStudy, load
from tests.data_contracts.standards.exports import FHIR_MAPPING, encounter, observation, patient, write_ndjson
from tests.orchestration.small_study import workspace_at

CONTRACT = """
kind: DataContract
apiVersion: v3.0.2
id: visits
name: visits
version: 1.0.0
status: active
schema:
  - name: visits
    customProperties: [{property: maxQuarantineFraction, value: 0.5}]
    properties:
      - {name: patient_id, primaryKey: true, primaryKeyPosition: 1,
         customProperties: [{property: role, value: subject}]}
      - {name: time, logicalType: timestamp, primaryKey: true, primaryKeyPosition: 2,
         customProperties: [{property: role, value: time}]}
      - name: creatinine
        logicalType: number
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: 0.05, max: 30}}
      - {name: sex}
      - {name: age, logicalType: number}
"""
STUDY = {
    "study": "renal",
    "title": "Kidneys",
    "contract": "contract.yaml",
    "sources": {"visits": "export"},
    "mappings": {"visits": "mapping.yaml"},
    "records": {"source": "visits", "subject": "patient_id", "time": {"column": "time", "unit": "date"}},
    "outcomes": [{"name": "creatinine"}],
    "covariates": [{"name": "age"}],
    "learners": [{"name": "bayesian_head"}],
}
MAPPING = "\n".join(
    line
    for line in FHIR_MAPPING.splitlines()
    if not line.startswith(("  systolic", "  diasto", "  smoker", "  diab"))
)


def export(folder: Path, *values: float) -> Path:
    visits = [encounter(f"e{i}", start=f"2020-01-{10 + i}T09:00:00Z") for i in range(len(values))]
    results = [
        observation(
            f"o{i}",
            value=value,
            encounter={"reference": f"Encounter/e{i}"},
            effectiveDateTime=f"2020-01-{10 + i}T09:30:00Z",
        )
        for i, value in enumerate(values)
    ]
    strange = observation(
        "x", valueQuantity={"value": 3, "code": "mmol/L"}, encounter={"reference": "Encounter/e0"}
    )
    return write_ndjson(folder, [patient(), *visits, *results, strange])


def study_in(folder: Path, **changes: object) -> LoadedStudy:
    (folder / "contract.yaml").write_text(CONTRACT)
    (folder / "mapping.yaml").write_text(MAPPING)
    (folder / "study.yaml").write_text(yaml.safe_dump(STUDY | changes))
    return load(folder / "study.yaml")


def meta_med(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    words = [str(argument) for argument in arguments]
    code = exit_code_of(lambda: app(words), as_json="--json" in words)
    return code, capsys.readouterr().out


def test_the_command_writes_table_and_account(tmp_path: Path, capsys) -> None:
    export(tmp_path / "export", 1.0, 2.0)
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    out = tmp_path / "visits.parquet"
    code, said = meta_med(capsys, "convert", tmp_path / "mapping.yaml", tmp_path / "export", "--out", out)
    assert code == 0
    assert "2 records of 1 patients" in said
    assert "W_EVENT_UNIT" in said
    assert pd.read_parquet(out)["creatinine"].tolist() == [1.0, 2.0]
    assert out.stat().st_mode & 0o077 == 0, "patients' data are for their owner"
    account = json.loads((tmp_path / "visits.conversion.json").read_text())
    assert account["seen"] == {"Patient": 1, "Encounter": 2, "Observation": 3}


def test_the_command_says_who_must_act(tmp_path: Path, capsys) -> None:
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    (tmp_path / "wrong.yaml").write_text(MAPPING.replace("codes", "code"))
    place = ["--out", tmp_path / "visits.parquet", "--json"]
    code, said = meta_med(capsys, "convert", tmp_path / "mapping.yaml", tmp_path / "nowhere", *place)
    assert (code, json.loads(said)["error"]["family"]) == (4, "data")
    code, said = meta_med(capsys, "convert", tmp_path / "wrong.yaml", tmp_path, *place)
    assert code == 2
    assert "did you mean 'codes'" in json.loads(said)["error"]["message"]
    code, _ = meta_med(
        capsys, "convert", tmp_path / "mapping.yaml", tmp_path, "--out", tmp_path / "visits.csv"
    )
    assert code == 2


def test_a_run_converts_by_itself_and_keeps_the_account(tmp_path: Path) -> None:
    export(tmp_path / "export", 1.0, 2.0)
    study = study_in(tmp_path)
    workspace = workspace_at(tmp_path / "home", study)
    folder = ingest.ingest(study, workspace)
    assert pd.read_parquet(folder.sources()["visits"])["creatinine"].tolist() == [1.0, 2.0]
    assert folder.conversions()["visits"]["mapping"] == "visits"
    assert ingest.ingest(study, workspace) == folder, "the same export, the same run"
    told = run_stage("ingest", StageRun(study, workspace, folder)).tables["left_out"]
    assert told["code"].tolist() == ["W_EVENT_UNIT"]
    export(tmp_path / "export", 1.0, 2.5)
    assert ingest.ingest(study, workspace) != folder


def test_each_of_several_exports_of_changed_patients_keeps_its_account(tmp_path: Path) -> None:
    export(tmp_path / "export", 1.0, 2.0)
    study = study_in(tmp_path, delivery="delta")
    workspace = workspace_at(tmp_path / "home", study)
    first = ingest.ingest(study, workspace)
    assert set(first.conversions()) == {"visits 000000"}
    (first.path / "judgement.json").write_text('{"verdict": "accept"}')
    for number in (1, 2):
        export(workspace.inbox("renal") / f"visits_{number}", *([float(number)] * (number + 1)))
    folder = ingest.ingest(study, workspace)
    tables = sorted(folder.sources()["visits"].rglob("*.parquet"))
    assert [len(pd.read_parquet(table)) for table in tables] == [2, 2, 3]
    assert {name: account["rows"] for name, account in folder.conversions().items()} == {
        "visits 000001": 2,
        "visits 000002": 3,
    }
    lines = ingest.account_lines(folder.conversions())
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == list(
        folder.conversions()
    )


def test_an_export_in_the_inbox_is_converted_and_a_table_is_taken_as_it_is(tmp_path: Path) -> None:
    export(tmp_path / "export", 1.0)
    study = study_in(tmp_path)
    workspace = workspace_at(tmp_path / "home", study)
    other = export(workspace.inbox("renal") / "visits_2020-02", 4.0, 5.0)
    assert ingest.source_files(study, workspace)["visits"] == other
    taken = ingest.ingest(study, workspace).sources()["visits"]
    assert pd.read_parquet(taken)["creatinine"].tolist() == [4.0, 5.0]
    table = tmp_path / "visits.csv"
    table.write_text("patient_id,time,creatinine,sex,age\np1,2020-01-10T09:00:00Z,1.0,F,60\n")
    given = workspace_at(tmp_path / "home", study, visits=table)
    assert ingest.ingest(study, given).sources()["visits"].read_bytes() == table.read_bytes()


def test_what_was_converted_goes_through_the_gate(tmp_path: Path, capsys) -> None:
    export(tmp_path / "export", 1.0, 99.0)
    study_in(tmp_path)
    code, said = meta_med(
        capsys, "validate", "--study", tmp_path / "study.yaml", "--home", tmp_path / "home", "--json"
    )
    content = json.loads(said)
    assert code == 3
    assert (content["rows_in"], content["rows_quarantined"]) == (2, 1)
    assert "Q_HARD_RANGE" in {finding["code"] for finding in content["findings"]}
    assert content["conversions"]["visits"]["rows"] == 2
    page = Path(content["report"]).read_text(encoding="utf-8")
    assert "From the export to the records" in page
    assert "have a unit that the mapping does not declare" in page
    (told,) = json.loads(Path(content["report_json"]).read_text(encoding="utf-8"))["conversions"]
    assert (told["standard"], told["records"]) == ("FHIR R4", 2)


def test_an_export_that_cannot_be_trusted_stops_the_run(tmp_path: Path) -> None:
    folder = export(tmp_path / "export", 1.0)
    study = study_in(tmp_path)
    (folder / "Observation.000.ndjson").write_text('{"resourceType": "Observation", "id": ')
    with pytest.raises(Exception, match="E_TRUNCATED") as refused:
        ingest.ingest(study, workspace_at(tmp_path / "home", study))
    assert not isinstance(refused.value, DataError | StudyError), "the rim translates it"
    assert list((tmp_path / "home" / "runs").iterdir()) == []


def test_a_study_hears_of_its_mappings_mistakes(tmp_path: Path) -> None:
    export(tmp_path / "export", 1.0)
    with pytest.raises(StudyError, match=r'"mappings.visit": there is no such table.*did you mean "visits"'):
        study_in(tmp_path, mappings={"visit": "mapping.yaml"})
    with pytest.raises(StudyError, match="no such file"):
        study_in(tmp_path, mappings={"visits": "other.yaml"})
    (tmp_path / "study.yaml").write_text(yaml.safe_dump(STUDY))
    (tmp_path / "mapping.yaml").write_text(MAPPING.replace("  sex:", "  gender:"))
    with pytest.raises(StudyError, match=r'makes no column "sex"'):
        load(tmp_path / "study.yaml")
