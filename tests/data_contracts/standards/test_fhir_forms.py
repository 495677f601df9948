"""Files of a FHIR export in every format: read, refused, or reported as passed over; none is missed silently."""

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from data_contracts.standards.convert import ConversionError, convert
from data_contracts.standards.mapping.parse import parse
from tests.data_contracts.standards.exports import (
    FHIR_MAPPING,
    converted,
    encounter,
    fhir,
    observation,
    patient,
    reasons,
    write_ndjson,
)

VALUES = [observation("o1", value=1.0), observation("o2", value=3.0)]


def base(tmp_path: Path) -> Path:
    return write_ndjson(tmp_path / "export", [patient(), encounter()])


def lines(*resources: dict[str, Any]) -> str:
    return "".join(json.dumps(r) + "\n" for r in resources)


def bundle(*entries: dict[str, Any], kind: str = "searchset", **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, **more, "entry": list(entries)}


FORMS = {
    "Observation.ndjson.1": lines(*VALUES),
    "Observation": lines(*VALUES),
    "Observation.json": json.dumps(VALUES),
    "pretty.json": json.dumps(VALUES, indent=2),
    "objects.json": "\n".join(json.dumps(v, indent=1) for v in VALUES),
    "bundle.json": json.dumps(bundle(*({"resource": v} for v in VALUES)), indent=4),
    "bundles.ndjson": lines(*(bundle({"resource": v}) for v in VALUES)),
    "nested.json": json.dumps(bundle({"resource": bundle(*({"resource": v} for v in VALUES))})),
    "cr.ndjson": lines(*VALUES).replace("\n", "\r"),
    "blank.ndjson": "\n \n\t\n" + lines(*VALUES).replace("\n", "\n\n  \n"),
    "unended.ndjson": lines(*VALUES)[:-1],
    "mixed.ndjson": lines({"resourceType": "Organization", "id": "a"}, *VALUES, encounter()),
    "braces.json": json.dumps([v | {"note": [{"text": 'a "}]\\" [{ \\\\'}]} for v in VALUES], indent=1),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_the_same_resources_gives_the_same_value(
    tmp_path: Path, name: str, packed: bool
) -> None:
    content = FORMS[name].encode()
    folder = base(tmp_path)
    (folder / name).write_bytes(gzip.compress(content) if packed else content)
    records, account = converted(folder)
    assert records["creatinine"].tolist() == [2.0], "the mean of both"
    assert account.resources["Observation"] == 2
    assert not account.passed_over


def test_every_file_that_is_not_read_is_named(tmp_path: Path) -> None:
    folder = write_ndjson(tmp_path / "export", [patient(), encounter(), *VALUES])
    others = {
        "README.txt": b"about", ".hidden": b"x", "_SUCCESS": b"", "more/.part.crc": b"x",
        "manifest.json": b'{"output": []}',
        "list.csv": b"a,b\n", "Observation.ndjson.bz2": bz2.compress(lines(*VALUES).encode()),
        "wide.json": lines(*VALUES).encode("utf-16"), "Patient.xml": b'<Patient xmlns="http://hl7.org/fhir"/>',
    }  # fmt: skip
    for name, content in others.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "Organization.ndjson").write_text(lines({"resourceType": "Organization", "id": "a"}))
    _, account = converted(folder)
    told = {entry["file"]: entry["code"] for entry in account.passed_over}
    # what may be packed or written otherwise is worth a look, if it is not read
    assert told.keys() >= others.keys() - {"Observation.ndjson.bz2"}
    assert (
        told["README.txt"] == told["_SUCCESS"] == told["list.csv"] == told["more/.part.crc"] == "N_FILE_OTHER"
    )
    assert told["wide.json"] == told["Patient.xml"] == "W_FILE_UNREADABLE"
    assert account.files_passed_over == len(told)
    assert account.resources["Organization"] == 1
    assert reasons(account)["N_TYPE_NOT_READ"] == 1
    read = {file["name"] for file in account.files}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == told.keys() | read


def test_utf_16_under_a_name_of_resources_is_refused_as_by_the_gate(tmp_path: Path) -> None:
    folder = base(tmp_path)
    (folder / "Observation.ndjson").write_bytes(lines(*VALUES).encode("utf-16"))
    with pytest.raises(ConversionError, match="E_ENCODING"):
        converted(folder)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (json.dumps(VALUES)[:-1], "E_TRUNCATED"),
        (json.dumps(VALUES, indent=1)[:-40], "E_TRUNCATED"),
        (json.dumps(bundle({"resource": VALUES[0]}), indent=1)[:-3], "E_TRUNCATED"),
        (lines(*VALUES)[:-30], "E_TRUNCATED"),
        (json.dumps(VALUES) + "]", "E_PARSE"),
        (json.dumps(VALUES) + json.dumps(VALUES), "E_PARSE"),
    ],
)
def test_a_file_that_is_cut_off_or_no_json_is_refused(tmp_path: Path, content: str, code: str) -> None:
    folder = base(tmp_path)
    (folder / "Observation.json").write_text(content)
    with pytest.raises(ConversionError, match=code):
        converted(folder)


def test_what_stands_between_resources_and_is_none_is_counted(tmp_path: Path) -> None:
    folder = base(tmp_path)
    (folder / "Observation.json").write_text(json.dumps([VALUES[0], None, VALUES[1], 7, [1]], indent=1))
    _, account = converted(folder)
    assert reasons(account)["W_LINE_UNREADABLE"] == 3


def test_a_synthea_bundle_ties_its_resources_by_their_addresses(tmp_path: Path) -> None:
    """A patient's resources in one pretty-printed transaction, with urn:uuid references, some without an id."""
    visit = {k: v for k, v in encounter().items() if k != "id"} | {"subject": {"reference": "urn:uuid:p-1"}}
    value = observation(subject={"reference": "urn:uuid:p-1"}, encounter={"reference": "urn:uuid:e-1"})
    entries = [
        {
            "fullUrl": "urn:uuid:p-1",
            "resource": patient("p-1"),
            "request": {"method": "POST", "url": "Patient"},
        },
        {"fullUrl": "urn:uuid:e-1", "resource": visit, "request": {"method": "POST", "url": "Encounter"}},
        {"fullUrl": "urn:uuid:o-1", "resource": value, "request": {"method": "POST", "url": "Observation"}},
    ]
    (tmp_path / "export").mkdir()
    whole = json.dumps(bundle(*entries, kind="transaction"), indent=2)
    (tmp_path / "export" / "Anna.json").write_text(whole)
    records, account = converted(tmp_path / "export", FHIR_MAPPING)
    assert records[["patient_id", "creatinine"]].to_numpy().tolist() == [["p-1", 1.0]]
    assert reasons(account) == {}


def deletion(url: str, **response: str) -> dict[str, Any]:
    return {"request": {"method": "DELETE", "url": url}, **({"response": response} if response else {})}


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        (deletion("Observation/o1"), False),
        (deletion("https://s.org/fhir/Observation/o1"), False),
        (deletion("Observation/o1", lastModified="2020-02-03T00:00:00Z"), False),
        # written again after it was deleted
        (deletion("Observation/o1", lastModified="2020-02-01T00:00:00Z"), True),
        (deletion("Observation/o9"), True),
        (deletion("Condition/o1"), True),
    ],
)
def test_a_deletion_takes_back_what_is_no_newer(tmp_path: Path, entry: dict, kept: bool) -> None:
    value = observation("o1", meta={"lastUpdated": "2020-02-02T00:00:00Z", "versionId": "2"})
    folder = write_ndjson(tmp_path / "export", [patient(), encounter(), value])
    (folder / "deleted").mkdir()
    (folder / "deleted" / "Bundle.ndjson").write_text(lines(bundle(entry, kind="history")))
    records, account = converted(folder)
    assert len(records) == kept
    assert reasons(account)["N_DELETION"] == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [("Patient/p1", "N_PATIENT_DELETED"), ("Encounter/e1", "N_VISIT_DELETED"), ("Observation?x=y", None)],
)
def test_patients_visits_and_the_unknown_can_be_deleted(tmp_path: Path, url: str, reason: str | None) -> None:
    folder = write_ndjson(tmp_path / "export", [patient(), encounter(), observation()])
    (folder / "deleted.json").write_text(json.dumps(bundle(deletion(url), kind="transaction")))
    records, account = converted(folder)
    assert reasons(account)[reason or "W_DELETION_UNREADABLE"] == 1
    assert records.empty == bool(reason)


def test_a_history_bundle_holds_every_version(tmp_path: Path) -> None:
    versions = [
        {
            "resource": observation(value=float(v), meta={"versionId": str(v)}),
            "request": {"method": "PUT", "url": "x"},
        }
        for v in (9, 10, 2)
    ]
    folder = base(tmp_path)
    (folder / "history.json").write_text(json.dumps(bundle(*versions, kind="history")))
    records, account = converted(folder)
    assert records["creatinine"].tolist() == [10.0], "numbers are ordered as numbers"
    assert reasons(account) == {"N_EVENT_SUPERSEDED": 2}


def test_an_export_of_which_nothing_is_used_is_an_error_that_says_why(tmp_path: Path) -> None:
    folder = write_ndjson(
        tmp_path / "export", [patient(), encounter(), observation(subject={"reference": "x"})]
    )
    (folder / "notes.txt").write_text("x")
    with pytest.raises(ConversionError, match=r"E_NO_ROWS(.|\n)*W_EVENT_NO_SUBJECT: 1 ") as error:
        convert(parse(FHIR_MAPPING.encode(), file="m"), folder, tmp_path / "out.parquet")
    assert error.value.exit_code == 4
    assert error.value.account is not None
    assert not (tmp_path / "out.parquet").exists()


def test_what_the_server_could_not_export_is_told(tmp_path: Path) -> None:
    problem = {"resourceType": "OperationOutcome", "issue": []}
    _, account = fhir(tmp_path, observation(), problem)
    assert reasons(account) == {"W_EXPORT_PROBLEM": 1}


def test_a_type_that_is_none_is_not_shown(tmp_path: Path) -> None:
    _, account = fhir(tmp_path, observation(), {"resourceType": "Anna"})
    assert "Anna" not in json.dumps({k: v for k, v in account.to_dict().items() if k != "files"})
    assert reasons(account) == {"N_TYPE_NOT_READ": 1}
