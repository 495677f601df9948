"""A ward's delivery judged and kept in a ledger."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from data_contracts.contract import Contract, load
from data_contracts.gate import validate
from data_contracts.quarantine_store.decide import corrections
from data_contracts.quarantine_store.journal import Signature
from data_contracts.quarantine_store.keep import HeldDelivery, keep
from data_contracts.quarantine_store.ledger import Ledger
from data_contracts.validation.result import GateResult

NOW = datetime(2024, 6, 1, tzinfo=UTC)
ADA = Signature(who="Ada Weber", why="called the ward", account="ada", at=NOW)
BEN = Signature(who="Ben Lee", why="checked the chart", account="ben", at=NOW)

CONTRACT = """
kind: DataContract
apiVersion: v3.0.2
id: ward
name: ward
version: 1.0.0
status: active
schema:
  - name: visits
    customProperties: [{property: maxQuarantineFraction, value: 0.9}]
    properties:
      - name: patient
        logicalType: string
        primaryKey: true
        primaryKeyPosition: 1
        customProperties: [{property: role, value: subject}]
      - name: day
        logicalType: date
        primaryKey: true
        primaryKeyPosition: 2
        customProperties: [{property: role, value: time}]
      - name: pulse
        logicalType: number
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: 20, max: 250, releasable: true}}
      - name: weight
        logicalType: number
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: 1, max: 400}}
"""
ROWS = (
    "A-71,2024-01-01,70,80",
    "A-71,2024-02-01,15,81",
    "B-72,2024-01-01,900,5000",
    "B-72,2024-02-01,72,4100",
    "=C-73,2024-01-01,64,60,70",
    "C-73,2024-02-01,-5,61",
)
VALUES = ("A-71", "B-72", "C-73", "900", "5000", "4100", "2024-02-01")


def deliver(folder: Path, rows: Sequence[str] = ROWS) -> Path:
    """The delivery as a file."""
    path = folder / "visits.csv"
    path.write_text("patient,day,pulse,weight\n" + "".join(f"{row}\n" for row in rows))
    return path


def run(folder: Path, name: str, rows: Sequence[str] = ROWS, contract: str = CONTRACT) -> GateResult:
    """What a run does: judge the delivery with every correction so far, and keep what is held."""
    (folder / "ward.yaml").write_text(contract)
    deliver(folder, rows)
    result, loaded, upto = judged_again(folder)
    keep_again(folder, result, loaded, upto, name)
    return result


def judged_again(folder: Path) -> tuple[GateResult, Contract, int]:
    """The delivery that is there under the contract that is there."""
    loaded, given = load(folder / "ward.yaml"), corrections(ledger_in(folder), "ward")
    result = validate(loaded, {"visits": folder / "visits.csv"}, now=NOW, corrections=given)
    return result, loaded, max((c.number for c in given), default=0)


def keep_again(folder: Path, result: GateResult, loaded: Contract, upto: int, name: str = "first") -> None:
    """Keeps what is held."""
    batch = HeldDelivery(study="ward", name=name, at=NOW, decisions_upto=upto)
    keep(ledger_in(folder), batch, result, loaded, {"visits": folder / "visits.csv"})


def ledger_in(folder: Path) -> Ledger:
    """The ledger of this test."""
    return Ledger(folder / "home" / "quarantine")
