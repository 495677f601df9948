"""Laws of every conversion: each event is used or counted, in any order and chunk size, and no value is revealed."""

import json
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.contract.vocabulary import codes
from data_contracts.standards.export_files import ndjson
from data_contracts.standards.export_files.json_documents import CHUNK_BYTES
from data_contracts.standards.export_files.ledger import REASONS
from data_contracts.standards.fhir.shapes import schema
from tests.data_contracts.standards.exports import (
    LOINC,
    concept,
    converted,
    encounter,
    observation,
    patient,
    reasons,
)
from tests.data_contracts.standards.plain_fhir import creatinine_by_visit
from tests.examples import examples

MAPPING = """
mapping: visits
standard: fhir-r4
records: {by: visit}
subject: patient_id
time: time
visit: visit_id
columns:
  creatinine: {codes: ["loinc|2160-0"], units: {mg/dL: 1, umol/L: 0.0113}, take: mean}
"""
PEOPLE, VISITS = ["p1", "p2"], {"e1": "p1", "e2": "p1", "e3": "p2", "e4": "p2"}


UNFIT = '{"id": "o1", "status": 7}'


def visits() -> list[dict]:
    return [
        encounter(key, who, status="cancelled" if key == "e4" else "finished") for key, who in VISITS.items()
    ]


def reference(kind: str, key: str | None) -> dict | None:
    return {"reference": f"{kind}/{key}"} if key else None


def metas() -> st.SearchStrategy[dict]:
    """Few instants and numbers, so that versions tie; either may be missing."""
    instants = st.sampled_from(
        ["2020-02-01T00:00:00Z", "2020-02-01T01:00:00+01:00", "2020-02-03T00:00:00.5Z"]
    )
    numbers = st.sampled_from(["1", "2", "10", "a"])
    return st.fixed_dictionaries({}, optional={"lastUpdated": instants, "versionId": numbers})


@st.composite
def observation_lines(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 11)) == 0:
        return draw(st.sampled_from(["null", '{"id":', "[{}]", "no json", UNFIT]))
    quantity = {
        "value": draw(st.sampled_from([None, 0.5, 1.25, 80.0])),
        "code": draw(st.sampled_from(["mg/dL", "mg/dL", "umol/L", "mmol/L", None])),
        "comparator": draw(st.sampled_from([None, None, None, "<"])),
    }
    resource = {
        "resourceType": "Observation",
        "id": f"o{draw(st.integers(0, 12))}",
        "meta": draw(metas()),
        "status": draw(st.sampled_from(["final", "final", "final", "entered-in-error", "cancelled"])),
        "code": concept((LOINC, draw(st.sampled_from(["2160-0", "2160-0", "8480-6"])))),
        "subject": reference("Patient", draw(st.sampled_from([*PEOPLE, "p9"]))),
        "encounter": reference("Encounter", draw(st.sampled_from([*VISITS, "e9", None]))),
        "effectiveDateTime": draw(st.sampled_from(["2020-01-10T09:30:00Z", "2020-01-10T09:40:00Z", None])),
        "valueQuantity": quantity,
    }
    return json.dumps(resource)


def is_of_lines(lines: list[str]) -> bool:
    """A file that begins with a list is one JSON document: what stands after the list is refused."""
    return not lines[0].startswith("[")


def export(folder: Path, lines: list[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, resources in (("Patient", [patient(p) for p in PEOPLE]), ("Encounter", visits())):
        (folder / f"{name}.ndjson").write_text("".join(json.dumps(r) + "\n" for r in resources))
    (folder / "Observation.ndjson").write_text("".join(line + "\n" for line in lines))
    return folder


def frame_and_reasons(lines: list[str]) -> tuple[dict[str, float], dict[str, int]]:
    with tempfile.TemporaryDirectory() as place:
        records, account = converted(export(Path(place) / "export", lines), MAPPING)
        seen, used = account.seen.get("Observation", 0), sum(account.used.get("Observation", {}).values())
        assert seen == used + sum(e.count for e in account.left_out if e.table == "Observation")
        return dict(zip(records["visit_id"], records["creatinine"], strict=True)), reasons(account)


@examples(25)
@given(st.lists(observation_lines(), min_size=1, max_size=40).filter(is_of_lines))
def test_the_quick_way_equals_the_obvious_way(lines: list[str]) -> None:
    # what no schema fits is JSON all the same
    readable = [line for line in lines if line != UNFIT]
    people = [json.dumps(patient(p)) for p in PEOPLE]
    expected, left_out = creatinine_by_visit([*people, *map(json.dumps, visits()), *readable])
    left_out["W_LINE_UNREADABLE"] += len(lines) - len(readable)
    values, counted = frame_and_reasons(lines)
    assert values == pytest.approx(expected)
    assert counted == dict(+left_out)


@examples(25)
@given(st.lists(observation_lines(), min_size=1, max_size=40), st.integers(1, 5000))
def test_chunks_of_any_size_read_the_same(lines: list[str], chunk_bytes: int) -> None:
    content = "".join(line + "\n" for line in lines).encode()

    def read(size: int) -> tuple[list, list[int]]:
        chunks = list(ndjson.read(BytesIO(content), schema("Observation"), size))
        return [row for c in chunks for row in c.table.to_pylist()], [n for c in chunks for n in c.unreadable]

    assert read(chunk_bytes) == read(CHUNK_BYTES)


def test_nothing_that_is_told_holds_a_value_or_a_name(tmp_path: Path) -> None:
    """A canary in every cell that a server could fill wrongly."""
    canary = "Zyzzyva"
    odd = {
        "resourceType": "Observation", "id": canary, "status": canary,
        "code": concept((canary, canary), (LOINC, "2160-0")),
        "subject": {"reference": f"Patient/{canary}"}, "encounter": {"reference": f"Encounter/{canary}"},
        "effectiveDateTime": canary, "valueQuantity": {"value": 1.0, "unit": canary, "code": canary},
    }  # fmt: skip
    fine = odd | {"id": "x", "status": "final", "effectiveDateTime": "2020-01-10T09:30:00Z"}
    known = fine | {
        "id": "y",
        "subject": reference("Patient", "p1"),
        "encounter": reference("Encounter", "e1"),
    }
    lines = [json.dumps(r) for r in (odd, fine, known)] + [f'{{"{canary}": ']
    _, account = converted(export(tmp_path / "export", lines), MAPPING)
    assert set(reasons(account)) == {
        "N_EVENT_STATUS", "W_EVENT_SUBJECT_UNKNOWN", "W_EVENT_UNIT", "W_LINE_UNREADABLE", "N_VISIT_STATUS",
        "N_VISIT_EMPTY",
    }  # fmt: skip
    assert canary not in json.dumps(account.to_dict())


def test_the_same_export_gives_the_same_bytes(tmp_path: Path) -> None:
    lines = [json.dumps(observation(f"o{i}", value=float(i))) for i in range(3)]
    contents = []
    for turn in "ab":
        converted(export(tmp_path / turn / "export", lines), MAPPING)
        contents.append((tmp_path / turn / "records.parquet").read_bytes())
    assert contents[0] == contents[1]


def test_every_reason_has_one_meaning() -> None:
    assert not REASONS.keys() & set(codes())
    assert {code[:2] for code in REASONS} == {"N_", "W_"}
