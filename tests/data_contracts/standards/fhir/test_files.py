"""Files of FHIR exports: compressed, in parts, truncated, with invalid lines, or with references to other servers."""

import gzip
import json
import os
from pathlib import Path

import pytest

from data_contracts.standards.convert import ConversionError
from tests.data_contracts.standards.exports import (
    converted,
    encounter,
    fhir,
    observation,
    patient,
    write_ndjson,
)


def test_packed_files_and_parts_are_read(tmp_path: Path) -> None:
    folder = write_ndjson(tmp_path / "export", [patient(), encounter()])
    (folder / "observations").mkdir()
    for number in (1, 2):
        line = json.dumps(observation(f"o{number}", value=float(number))).encode() + b"\n"
        (folder / "observations" / f"{number}.Observation.ndjson.gz").write_bytes(gzip.compress(line))
    records, account = converted(folder)
    assert records["creatinine"].tolist() == [1.5]
    assert len({file["sha256"] for file in account.files}) == 4


def test_lines_that_are_none_are_counted_with_their_number(tmp_path: Path) -> None:
    folder = write_ndjson(tmp_path / "export", [patient(), encounter()])
    good = json.dumps(observation())
    lines = ["null", good, "", '{"id":', "[1]", '{"id": 7}', good.replace("o1", "o2"), "x" * 50]
    (folder / "Observation.ndjson").write_text("\n".join(lines) + "\n")
    (folder / "Observation.ndjson").write_text("\n".join([lines[1], *lines]) + "\n")
    records, account = converted(folder)
    assert records["creatinine"].tolist() == [1.0]
    entry = next(e for e in account.left_out if e.code == "W_LINE_UNREADABLE")
    assert (entry.count, entry.lines) == (5, (2, 5, 6, 7, 9))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("Observation.ndjson", b'{"resourceType": "Observation", "id": "o1"', "E_TRUNCATED"),
        (
            "Observation.ndjson.gz",
            gzip.compress(b'{"resourceType":"Observation"}\n' * 999)[:-9],
            "E_TRUNCATED",
        ),
        ("Observation.ndjson.part", b"{}\n", "E_UNSTABLE_FILE"),
    ],
)
def test_an_export_that_is_not_whole_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    folder = write_ndjson(tmp_path / "export", [patient(), encounter(), observation()])
    (folder / name).write_bytes(content)
    with pytest.raises(ConversionError, match=code):
        converted(folder)


def test_links_missing_files_and_other_servers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="E_FILE_MISSING"):
        converted(tmp_path / "nowhere")
    folder = write_ndjson(tmp_path / "export", [patient(), observation()])
    with pytest.raises(ConversionError, match=r"E_FILE_MISSING.*Encounter"):
        converted(folder)
    servers = [
        observation(f"o{i}", subject={"reference": f"http://{s}/Patient/p1"}) for i, s in enumerate("ab")
    ]
    with pytest.raises(ConversionError, match="more than one server"):
        fhir(tmp_path, *servers)
    os.symlink("/etc/hostname", folder / "Condition.ndjson")
    with pytest.raises(ConversionError, match="E_PATH_REFUSED"):
        converted(folder)
