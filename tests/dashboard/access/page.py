"""The page docs/results/access.md: each case of security, what is done to the dashboard, and what its tests saw.

A test shows a case by `@pytest.mark.access_case("S04")` and says what it saw by the fixture `now`. `make access`
writes the page from the tests that ran.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from tests.cases.page import Shown, cell, shown

ROWS = Path(__file__).with_name("rows.yaml")
ACCESS_CASE = "access_case"


def rows() -> dict[str, dict[str, str]]:
    """Case -> area, title, what is done, what is right."""
    found: dict[str, dict[str, str]] = yaml.safe_load(ROWS.read_text())
    return found


def access_page(reports: Iterable[pytest.TestReport]) -> str:
    """The page as Markdown."""
    seen, known = shown(reports, ACCESS_CASE), rows()
    right = sum(bool(seen[case].passed) and not seen[case].failed for case in known)
    lines = [
        "# Access: cases of security",
        "",
        "Written by `make access` from the tests that it runs: what is done to the dashboard, and what comes of it.",
        "",
        f"**{right} of {len(known)} cases pass.**",
        "",
        "| case | area | what | done to it | right is | verdict | tests |",
        "|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(case, row, seen[case]) for case, row in known.items()), ""])


def _line(case: str, row: dict[str, str], found: Shown) -> str:
    verdict = "**fails**" if found.failed else "pass" if found.passed else "**not shown**"
    tests = sorted({name.partition("[")[0] for name in found.failed or found.passed})
    told = "; ".join([verdict, *found.now])
    parts = (case, row["area"], row["title"], row["inject"], row["expect"], told)
    return "| " + " | ".join([*map(cell, parts), "<br>".join(f"`{name}`" for name in tests)]) + " |"
