"""The page of known cases: every row has a test that shows it, and every test that shows a case has its row."""

import re
from pathlib import Path

import pytest

from tests.cases.page import CASE, NOW, page, rows

TESTS = Path(__file__).parents[1]


def _marked() -> set[str]:
    pattern = re.compile(r'mark\.case\(\s*"([^"]+)"')
    files = [file for file in TESTS.rglob("*.py") if file.parent.name != "cases"]
    return {name for file in files for name in pattern.findall(file.read_text())}


def test_every_case_that_a_test_names_has_a_row() -> None:
    assert _marked() <= set(rows())


def _report(name: str, outcome: str, *told: tuple[str, str]) -> pytest.TestReport:
    return pytest.TestReport(
        name, ("f", 1, name), {}, outcome, None, "call", user_properties=list(told), sections=[]
    )


def test_a_case_is_right_only_if_all_its_tests_pass() -> None:
    some = next(iter(rows()))
    good = _report("a", "passed", (CASE, some), (NOW, "holds 90 %"))
    bad = _report("b", "failed", (CASE, some))
    assert "| right; holds 90 % | `a` |" in page([good])
    assert "| **wrong**; holds 90 % | `b` |" in page([good, bad])
    assert "| **not shown** |" in page([])
