"""No value and no identifier of a patient leaves the gate, except in the valid rows and the quarantine."""

from pathlib import Path

import pytest

from data_contracts.contract import load
from data_contracts.report import page as report
from tests.spec.gate.drawn_table import VISITS, gate

CANARIES = ("CANARY7", "66613", "2031-12-24", "zebra", "MrsRoe")
DIRTY = (
    b"patient,day,hdl,sex,MrsRoe 66613\n"
    b"CANARY7,2020-01-01,66613,f,1\n"
    b"CANARY7,2020-01-01,50,zebra,1\n"
    b"CANARY7,2031-12-24,CANARY7,f,1\n"
    b"CANARY7,2020-05-01,52,f,1\n"
    b"=CANARY7,2020-05-01,53,f,1\n"
)


@pytest.mark.access_case("S13")
@pytest.mark.parametrize(
    "raw",
    [
        DIRTY,
        DIRTY.replace(b",f", b",zebra"),
        DIRTY.split(b"\n", 1)[1],
        DIRTY[:-9],
        DIRTY.replace(b"50", b'"50'),
    ],
    ids=["held rows", "rejected", "no header", "cut off", "open quote"],
)
def test_findings_and_report_hold_no_canary(
    raw: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    result = gate(tmp_path, raw)
    contract = load(tmp_path / "drawn.yaml")
    said = "\n".join(
        [
            result.to_json(),
            repr(result),
            result.to_frame().to_csv(),
            report.page(report.facts(result, contract), "drawn"),
            report.json_text(report.facts(result, contract)),
            *capfd.readouterr(),
            caplog.text,
        ]
    )
    assert result.findings
    assert [c for c in CANARIES if c in said] == []


def test_the_same_delivery_gives_the_same_report(tmp_path: Path) -> None:
    (tmp_path / "drawn.yaml").write_text(VISITS)
    pages = [
        report.page(report.facts(gate(tmp_path, DIRTY), load(tmp_path / "drawn.yaml")), "drawn")
        for _ in range(2)
    ]
    assert pages[0] == pages[1]
