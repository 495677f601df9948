"""What a command loads before it says something: help and `status` are asked for often, and need few libraries.

What a night without news loads is tested in `tests/orchestration/stages/test_nothing_new.py`.
"""

import subprocess
import sys

from tests.orchestration.small_study import Finished

OF_A_RUN = (
    "torch",
    "dagster",
    "great_expectations",
    "sklearn",
    "matplotlib",
    "streamlit",
    "scipy.special",
    "scipy.stats",
)
"""Libraries that only a run, an evaluation or the dashboard needs."""
OF_TABLES = ("pandas", "numpy", "scipy", "pyarrow")
ALL_BUT_THE_PARSER = ("sqlalchemy", "pydantic", "rich", "yaml", "jinja2", "altair")

SCRIPT = """
import sys
from orchestration.command import main
try:
    main()
finally:
    print(*[name for name in {names} if name in sys.modules], file=sys.stderr)
"""


def loaded(names: tuple[str, ...], *words: object) -> tuple[str, list[str]]:
    """What the command prints in a fresh process, and which of these modules it has loaded by its end."""
    script = [sys.executable, "-c", SCRIPT.format(names=names), *map(str, words)]
    done = subprocess.run(script, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr.splitlines()[-1].split()


def test_help_loads_nothing_but_the_parser_of_the_command_line() -> None:
    shown, heavy = loaded((*OF_A_RUN, *OF_TABLES, *ALL_BUT_THE_PARSER), "--help")
    assert "rollback" in shown
    assert heavy == []


def test_status_loads_the_store_and_no_table(finished: Finished) -> None:
    shown, heavy = loaded((*OF_A_RUN, *OF_TABLES, "rich.progress"), "status", "--home", finished.home)
    assert finished.release_id in shown
    assert heavy == []
