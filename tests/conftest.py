"""Which examples the laws try, and, at the end of a run, how the gate did on the catalogue of bad inputs."""

import pytest
from hypothesis import settings

from tests.bad_inputs.score import score

# `make test` says the same of the same code every time; `make nightly` asks for new examples
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("exploring")
settings.load_profile("repeatable")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed, failed = (
        [report.nodeid for report in terminalreporter.stats.get(outcome, [])]
        for outcome in ("passed", "failed")
    )
    if line := score(passed, failed):
        terminalreporter.write_line(line)
