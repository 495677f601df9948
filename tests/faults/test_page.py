"""The page of known faults: every fault has a test that injects it, and every test that names one names a known one."""

import re
from pathlib import Path

import pytest

from tests.faults.page import FAULT, INVARIANT, catalogue, page

TESTS = Path(__file__).parents[1]
MARK = re.compile(r'mark\.fault\(((?:\s*"[A-Z]\d+",?\s*)+)\)')


def marked() -> list[list[str]]:
    """The words of every mark."""
    found = [words for file in TESTS.rglob("*.py") for words in MARK.findall(file.read_text())]
    return [re.findall(r'"([A-Z]\d+)"', words) for words in found]


def test_every_fault_is_injected_and_every_mark_names_a_known_one() -> None:
    known = catalogue()
    assert {fault for fault, *_ in marked()} == set(known["faults"])
    assert {name for _, *names in marked() for name in names} == set(known["invariants"])


def _report(name: str, outcome: str, *told: tuple[str, str]) -> pytest.TestReport:
    return pytest.TestReport(
        name, ("f", 1, name), {}, outcome, None, "call", user_properties=list(told), sections=[]
    )


def test_a_fault_passes_only_if_all_its_tests_pass() -> None:
    good = _report("a", "passed", (FAULT, "P05"), (INVARIANT, "P05:I6"), ("now", "told"))
    bad = _report("b", "failed", (FAULT, "P05"))
    assert "| I6 | pass; told | `a` |" in page([good])
    assert "**fails**" in page([good, bad])
    assert "**not shown**" in page([])
