"""How many of the catalogue's cases had the right outcome, of how many that ran."""

import re
from collections.abc import Iterable

CATALOGUE_SIZE = 91
_CASE = re.compile(r"test_each_corruption_gets_its_outcome\[([A-G]\d\d) ")


def score(passed: Iterable[str], failed: Iterable[str]) -> str:
    """A line for the end of a test run; "" where no case of the catalogue ran."""
    right, wrong = _cases(passed), _cases(failed)
    if not right | wrong:
        return ""
    named = f"; wrong: {', '.join(sorted(wrong))}" if wrong else ""
    return f"catalogue of bad inputs: {len(right - wrong)}/{len(right | wrong)} right (of {CATALOGUE_SIZE}){named}"


def _cases(node_ids: Iterable[str]) -> set[str]:
    return {found.group(1) for name in node_ids if (found := _CASE.search(name))}
