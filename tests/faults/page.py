"""The page docs/results/faults.md: each known fault, what is right after it, and the tests that inject it.

A test injects a fault by `@pytest.mark.fault("P05", "I1", "I6")`, which names the invariants that it asserts, and says
what it saw by the fixture `now`. `pytest --faults-page FILE` writes the page from the tests that ran.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cases.page import Shown, cell, shown

CATALOGUE = Path(__file__).parent / "catalogue.yaml"
FAULT, INVARIANT = "fault", "invariant"


def catalogue() -> dict[str, dict[str, Any]]:
    """The faults by their number, and the invariants by theirs."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(CATALOGUE.read_text())
    return found


def properties(item: pytest.Item) -> list[tuple[str, object]]:
    """What the page needs to know of a test: its faults, and the invariants that it asserts after each."""
    marks = list(item.iter_markers(FAULT))
    told: list[tuple[str, object]] = [(FAULT, str(mark.args[0])) for mark in marks]
    return told + [(INVARIANT, f"{mark.args[0]}:{name}") for mark in marks for name in mark.args[1:]]


def page(reports: Iterable[pytest.TestReport]) -> str:
    """The page as Markdown."""
    told, known = list(reports), catalogue()
    seen, asserted = shown(told, FAULT), _asserted(told)
    faults = known["faults"]
    passed = sum(bool(seen[name].passed) and not seen[name].failed for name in faults)
    lines = [
        "# Known faults",
        "",
        "Written by `make faults` from the tests that it runs: each fault is injected",
        "into real stores, runs and models. Faults of access, audit and privacy have pages of their own.",
        "",
        *(f"- **{name}**: {text}" for name, text in known["invariants"].items()),
        "",
        f"**{passed} of {len(faults)} faults pass.**",
        "",
        "| fault | area | injected | right | invariants asserted | now | test |",
        "|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(n, row, seen[n], asserted[n]) for n, row in faults.items()), ""])


def _asserted(reports: Iterable[pytest.TestReport]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if report.when == "call" and report.passed:
            for text in (str(value) for name, value in report.user_properties if name == INVARIANT):
                fault, _, invariant = text.partition(":")
                found[fault].add(invariant)
    return found


def _line(name: str, row: dict[str, str], found: Shown, asserted: set[str]) -> str:
    verdict = "**fails**" if found.failed else "pass" if found.passed else "**not shown**"
    now = "; ".join([verdict, *found.now])
    files = sorted({test.partition("[")[0] for test in found.failed or found.passed})
    tests = "<br>".join(f"`{test}`" for test in files)
    cells = (name, row["area"], row["title"], row["right"], ", ".join(sorted(asserted)), now, tests)
    return "| " + " | ".join(cell(text) for text in cells) + " |"
