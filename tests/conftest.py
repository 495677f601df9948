"""Which examples the laws try, and what a run of the tests tells at its end: bad inputs and known cases."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.bad_inputs.score import score
from tests.cases.page import CASE, NOW
from tests.cases.page import page as page_of_cases
from tests.dashboard.access.page import ACCESS_CASE, access_page
from tests.faults.page import page as page_of_faults
from tests.faults.page import properties

# `make test` says the same of the same code every time; `make nightly` asks for new examples
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("exploring")
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cases-page", type=Path, help="write the page of known cases from the tests that ran")
    parser.addoption(
        "--faults-page", type=Path, help="write the page of known faults from the tests that ran"
    )
    parser.addoption(
        "--access-page", type=Path, help="write the page of cases of security from the tests that ran"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for name in (CASE, ACCESS_CASE):
            item.user_properties += [(name, str(mark.args[0])) for mark in item.iter_markers(name)]
        item.user_properties += properties(item)


@pytest.fixture
def now(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Says what a test of a known case saw, for the page of known cases or faults."""
    return lambda text: request.node.user_properties.append((NOW, text))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed, failed = (
        [report.nodeid for report in terminalreporter.stats.get(outcome, [])]
        for outcome in ("passed", "failed")
    )
    if line := score(passed, failed):
        terminalreporter.write_line(line)
    reports = [r for key in ("passed", "failed", "error") for r in terminalreporter.stats.get(key, [])]
    pages = {"cases_page": page_of_cases, "faults_page": page_of_faults, "access_page": access_page}
    for option, page in pages.items():
        if (file := terminalreporter.config.getoption(option)) is not None:
            file.write_text(page(reports))
