"""The page docs/results/cases.md: each known case, what happened before, what happens now, and its tests.

A test shows a case by `@pytest.mark.case("science/05_conformal_ties")` and says what it saw by the fixture `now`.
The rows (what happened before, what is right) stand in `tests/cases/rows/*.yaml`. `pytest --cases-page FILE` writes
the page from the tests that ran.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

ROWS = Path(__file__).parent / "rows"
CASE, NOW = "case", "now"


@dataclass(frozen=True)
class Row:
    """One case as it was reported."""

    before: str
    right: str


@dataclass
class Shown:
    """What the tests of one case showed."""

    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    now: list[str] = field(default_factory=list)


def rows() -> dict[str, Row]:
    """Case -> row, over all files; a case stands once."""
    found: dict[str, Row] = {}
    for file in sorted(ROWS.glob("*.yaml")):
        for name, row in yaml.safe_load(file.read_text()).items():
            assert name not in found, f"{name} stands twice"
            found[name] = Row(**row)
    return dict(sorted(found.items()))


def shown(reports: Iterable[pytest.TestReport], mark: str = CASE) -> dict[str, Shown]:
    """Case -> what its tests showed; a test counts once, however many phases it has. `mark` names the cases."""
    cases: dict[str, Shown] = defaultdict(Shown)
    for report in reports:
        told = report.user_properties
        for case in (str(value) for name, value in told if name == mark):
            if report.failed:
                cases[case].failed.add(report.nodeid)
            elif report.when == "call" and report.passed:
                cases[case].passed.add(report.nodeid)
                cases[case].now += [str(v) for name, v in told if name == NOW and v not in cases[case].now]
    return cases


def page(reports: Iterable[pytest.TestReport]) -> str:
    """The page as Markdown."""
    seen, known = shown(reports), rows()
    right = sum(bool(seen[c].passed) and not seen[c].failed for c in known)
    lines = [
        "# Known ways to be quietly wrong",
        "",
        "Written by `make cases` from the tests that it runs: reports of other people's tools, tried on this one.",
        "*Before* is what version 0.1 did; *now* is what the tests saw when this page was written.",
        "",
        f"**{right} of {len(known)} cases right.**",
        "",
        "| case | before | right | now | test |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(name, row, seen[name]) for name, row in known.items()), ""])


def _line(name: str, row: Row, found: Shown) -> str:
    verdict = "**wrong**" if found.failed else "right" if found.passed else "**not shown**"
    now = "; ".join([verdict, *found.now])
    tests = "<br>".join(f"`{test}`" for test in sorted(found.failed or found.passed))
    return "| " + " | ".join(cell(text) for text in (name, row.before, row.right, now, tests)) + " |"


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
