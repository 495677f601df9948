"""The style that DESIGN asks for, as tests over the source."""

import ast
import re
from statistics import median

import pytest

from orchestration.maintenance.retention import names
from tests.architecture.source_trees import PACKAGES, ROOT, calls, files, functions, imports, name, tree

BANNED_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
LONG_FILES: dict[str, str] = {}
"""Files above 300 lines, each with the reason why it is one idea."""


def test_functions_are_short() -> None:
    lengths = dict(functions())
    assert median(lengths.values()) <= 12
    assert {where: length for where, length in lengths.items() if length > 80} == {}


def test_files_are_short_or_say_why_not() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in files()}
    assert {file for file, length in lengths.items() if length > 300} == set(LONG_FILES)


def test_no_file_is_named_after_nothing() -> None:
    stems = {name(path): set(path.stem.split("_")) for path in files() if path.stem != "__init__"}
    assert {file for file, words in stems.items() if words & BANNED_WORDS} == set()


def test_init_files_hold_no_logic() -> None:
    allowed = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign)
    for path in files():
        if path.name == "__init__.py":
            assert len(path.read_text().splitlines()) < 20, name(path)
            assert all(isinstance(node, allowed) for node in tree(path).body), name(path)


@pytest.mark.fault("M05")
def test_nothing_can_run_code_from_data() -> None:
    forbidden_modules = {"pickle", "cPickle", "dill", "joblib", "cloudpickle", "shelve", "marshal"}
    forbidden_calls = {"yaml.load", "torch.load", "eval", "exec", "pd.read_pickle", "os.system"}
    assert [place for place in imports() if place[1].split(".")[0] in forbidden_modules] == []
    assert [place for place in calls() if place[1] in forbidden_calls] == []
    assert switched_on("allow_pickle", "shell") == []


def switched_on(*switches: str) -> list[str]:
    """The files that give one of these arguments anything but False."""
    given = (
        (name(path), word)
        for path in files()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        for word in call.keywords
    )
    return [
        file
        for file, word in given
        if word.arg in switches and not (isinstance(word.value, ast.Constant) and word.value.value is False)
    ]


def test_no_page_shows_raw_html() -> None:
    text = "\n".join(path.read_text() for path in files())
    for way in ("unsafe_allow_html", "components.v1", "components.html", "st.iframe"):
        assert way not in text


def test_only_the_clock_reads_the_time() -> None:
    """A clock that jumps must not matter: whoever needs the time is handed it."""
    naked = {
        "datetime.now",
        "datetime.utcnow",
        "time.time",
        "date.today",
        "pd.Timestamp.now",
        "datetime.today",
    }
    # file_bytes.py: how long ago the file system says that a file was written
    allowed = {"orchestration/workspace.py", "data_contracts/gate.py", "data_contracts/reading/file_bytes.py"}
    found = {place.partition(":")[0] for place, called in calls() if called in naked}
    shown = {file for file in found if not file.startswith("dashboard/")}
    assert shown <= allowed


def test_asset_modules_leave_annotations_as_they_are() -> None:
    """Dagster reads them at run time."""
    for path in (ROOT / "orchestration" / "assets").glob("*.py"):
        assert "from __future__ import annotations" not in path.read_text()


def test_every_module_says_what_it_is() -> None:
    assert [name(path) for path in files() if not ast.get_docstring(tree(path))] == []


def test_stages_assets_and_commands_use_the_same_words() -> None:
    from dagster import AssetsDefinition

    from orchestration.assets import stages
    from orchestration.command.app import app
    from orchestration.runs.run_folder import STAGES

    assets = {name: value for name, value in vars(stages).items() if isinstance(value, AssetsDefinition)}
    commands = {command.callback.__name__ for command in app.registered_commands}
    assert tuple(assets) == STAGES
    assert all(asset.key.path == [name] for name, asset in assets.items())
    assert {"validate", "evaluate", "predict", "publish"} <= commands


def test_every_variable_of_the_environment_stands_in_the_guide() -> None:
    """Written in full, or as a family: `META_MED_KEEP_RUNS`, `_MODELS`, ..."""
    guide = "\n".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    constants = (node for path in files() for node in ast.walk(tree(path)) if isinstance(node, ast.Constant))
    read = {str(node.value) for node in constants if re.fullmatch(r"META_MED_[A-Z_]+", str(node.value))}
    assert len(read) > 15
    assert {variable for variable in read if variable not in guide} == set()
    assert {setting.upper() for setting in names() if f"_{setting.upper()}`" not in guide} == set()


def test_the_packages_are_the_documented_ones() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert found == set(PACKAGES)
