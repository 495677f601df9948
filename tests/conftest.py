"""At the end of a run: how the gate did on the catalogue of bad inputs."""

import pytest

from tests.bad_inputs.score import score


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed, failed = (
        [report.nodeid for report in terminalreporter.stats.get(outcome, [])]
        for outcome in ("passed", "failed")
    )
    if line := score(passed, failed):
        terminalreporter.write_line(line)
