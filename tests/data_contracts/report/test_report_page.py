"""The page is self-contained, begins with the verdict, and shows counts but no values."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.bundled.tables import bundled
from data_contracts.contract import Contract, load
from data_contracts.gate import validate
from data_contracts.report import page as report
from data_contracts.validation.result import GateResult

BAD_INPUTS = load(Path(__file__).parents[2] / "bad_inputs" / "contract.yaml")


@pytest.fixture(scope="module")
def pbc() -> tuple[GateResult, Contract]:
    contract = load("pbc")
    return validate(contract, {"visits": bundled("pbc/visits.csv")}), contract


class Tags(HTMLParser):
    """Collects tags and attributes, and checks that every opened tag is closed."""

    VOID = frozenset({"meta", "br", "rect", "line", "polyline", "circle", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_the_page_asks_nothing_of_the_network(pbc: tuple[GateResult, Contract]) -> None:
    page = report.page(report.facts(*pbc), "pbc")
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert not {t for t, _ in tags.seen} & {"script", "link", "img", "iframe", "object", "embed"}
    assert not [a for _, attrs in tags.seen for a in attrs if a in {"src", "href", "srcset"}]
    assert not re.search(r"url\(|@import|https?://", page)


def test_the_verdict_comes_first(pbc: tuple[GateResult, Contract]) -> None:
    page = report.page(report.facts(*pbc), "A title with <b>")
    assert "A title with &lt;b&gt;" in page
    assert page.index("1,945 rows are used") < page.index("Findings") < page.index("Missing values")


def test_extreme_values_are_not_on_the_page(pbc: tuple[GateResult, Contract]) -> None:
    text = report.page(report.facts(*pbc), "pbc")
    for value in ("13862", "13,862", "1775"):
        assert value not in text


def test_bars_of_few_rows_have_no_height(pbc: tuple[GateResult, Contract]) -> None:
    content = json.loads(report.json_text(report.facts(*pbc)))
    bili = next(d for d in content["distributions"] if d["column"] == "bili")
    values = pbc[0].valid["visits"]["bili"]
    assert bili["rows"] == len(values)
    assert None in bili["bars"]
    assert max(b for b in bili["bars"] if b) == 1.0
    assert (bili["labels"], bili["kind"]) == (["0.1", "40"], "log")


def test_the_json_holds_the_verdict_and_every_finding(
    pbc: tuple[GateResult, Contract], tmp_path: Path
) -> None:
    page, machine = report.write_facts(report.facts(*pbc), "pbc", tmp_path)
    content = json.loads(machine.read_text())
    assert page.read_text() == report.page(report.facts(*pbc), "pbc")
    assert content["verdict"] == "accept"
    assert len(content["findings"]) == len(pbc[0].findings)
    assert sum(k["checks"] for k in content["kahn"]) == sum(
        k["kept"] + k["doubtful"] for k in content["kahn"]
    )


def base(tmp_path: Path) -> Path:
    from tests.bad_inputs.base_table import base_table

    frame = base_table()
    third = frame.index[frame["cohort_id"] == "C3"]
    frame.loc[third[:24], "weight_kg"] = -5
    frame.loc[frame.index[frame["cohort_id"] == "C1"][:3], "weight_kg"] = -5
    path = tmp_path / "records.csv"
    frame.to_csv(path, index=False)
    return path


def test_rule_by_cohort_tells_no_small_count(tmp_path: Path) -> None:
    result = validate(BAD_INPUTS, {"records": base(tmp_path)})
    counts = result.by_cohort.set_index(["rule", "cohort"])["count"]
    assert counts["records.weight_kg.hard_range", "C3"] == 24
    (cells,) = json.loads(report.json_text(report.facts(result, BAD_INPUTS)))["cohorts"]
    row = next(r for r in cells["rules"] if r["rule"] == "records.weight_kg.hard_range")
    shown = dict(zip(cells["cohorts"], [c["text"] for c in row["cells"]], strict=True))
    assert shown["C1"] == "1–10"
    assert shown["C2"] == ""
    assert shown["C3"].endswith("%")
    assert "By cohort" in report.page(report.facts(result, BAD_INPUTS), "t")


def test_a_rejected_delivery_has_a_page_too(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    pd.read_csv(base(tmp_path)).drop(columns="time").to_csv(path, index=False)
    result = validate(BAD_INPUTS, {"records": path})
    page = report.page(report.facts(result, BAD_INPUTS), "t")
    assert "Rejected" in page
    assert "Nothing of this delivery is used" in page
    assert "E_COLUMNS_MISSING" in page
