"""Homes of any name, and folders, disks and stores that cannot be written: reported with place and cause."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.published.engine import parse, sqlite_path, writing
from orchestration.command.app import app, exit_code_of
from orchestration.errors import PublishedStoreError
from orchestration.preflight.ready import require_ready
from orchestration.startup import home_folder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import STORE, Workspace, open_workspace
from orchestration.writable import require_file, require_writable
from tests.examples import examples

COMMAND = (sys.executable, "-c", "from orchestration.command import main; main()")
NAMES = ["fifty%20", "q?mode=ro", "hash#1", "a b", "ü'\"", "[bold]", ":smile:", "%", "$HOME", "x" * 200, "-n"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def meta_med(capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        code = exit_code_of(lambda: app([str(word) for word in words]), as_json="--json" in words)
        shown = capfd.readouterr()
        return code, shown.out, shown.err

    return run


@pytest.mark.case("science/15_store_outside_home")
def test_the_store_lies_in_its_home_whatever_the_home_is_called(tmp_path: Path, now) -> None:
    stores = set()
    for name in NAMES:
        workspace = open_workspace(tmp_path / name)
        require_ready(workspace, publishes=True)
        assert not (tmp_path / name / STORE).exists()  # asking makes no store
        with writing(workspace.store_url):
            pass
        stores.add(sqlite_path(parse(workspace.store_url)))
        assert (tmp_path / name / STORE).is_file()
    assert {path.name for path in tmp_path.iterdir()} == set(NAMES)
    assert len(stores) == len(NAMES)
    now(
        f"{len(NAMES)} homes with signs of URLs, markup and shells: each has its store, and nothing lies beside them"
    )


@examples(30)
@given(
    name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=40)
)
def test_two_homes_never_share_a_store(name: str) -> None:
    home = home_folder(Path("/homes") / name)
    from meta_med.published.engine import sqlite_url

    assert sqlite_path(parse(sqlite_url(home / STORE))) == home / STORE


def test_the_path_of_a_home_is_printed_to_the_letter(tmp_path: Path, meta_med: Run) -> None:
    from orchestration.command.output.terminal import Terminal

    Terminal(as_json=False).result({}, f"Report: {tmp_path}/[bold]:smile:[/]")
    assert exit_code_of(lambda: app(["status", "--home", str(tmp_path / "[/]")]), as_json=False) == 0


def test_a_home_whose_name_is_no_text_is_refused() -> None:
    with pytest.raises(PublishedStoreError, match="UTF-8"):
        home_folder(Path(os.fsdecode(b"/tmp/\xff")))


def fill_up(file: IO[bytes]) -> None:
    while True:
        file.write(bytes(1024))


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk that is full."""
    place = tmp_path / "full"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False
    ).returncode:
        pytest.skip("no right to mount a small disk here")
    try:
        with open(place / "fill", "wb", buffering=0) as fill, pytest.raises(OSError, match="No space left"):
            fill_up(fill)
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.fixture
def behind_a_file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("")
    return tmp_path / "file" / "home"


@pytest.fixture
def too_long(tmp_path: Path) -> Path:
    return tmp_path / ("x" * 300)


@pytest.fixture
def nowhere() -> Path:
    return Path("/proc/nowhere")


COMMANDS = ["run", "evaluate", "predict", "publish", "validate", "rollback", "status", "dashboard"]


@pytest.mark.case("data/home_and_store_doors")
@pytest.mark.parametrize(
    ("place", "cause"),
    [
        ("behind_a_file", "is a file where a folder is needed"),
        ("full", "No space left on device"),
        ("too_long", "File name too long"),
        ("nowhere", "/proc"),
    ],
)
def test_a_home_that_cannot_be_used_ends_every_command_with_5_and_the_cause(
    place: str, cause: str, study: LoadedStudy, request: pytest.FixtureRequest, meta_med: Run, now
) -> None:
    home = request.getfixturevalue(place)
    for command in COMMANDS:
        asked = {"status": [], "dashboard": ["--single-user"]}.get(command, ["--study", study.path])
        code, out, err = meta_med(command, *asked, "--home", home)
        assert (code, out) == (5, ""), command
        assert cause in err
        assert "defect" not in err
        assert "Traceback" not in err
    now(f"{len(COMMANDS)} commands end with 5 and say: {cause}")


def test_the_home_is_found_out_before_any_library_is_loaded(behind_a_file: Path) -> None:
    script = (
        "import sys\nfrom orchestration.command.app import app, exit_code_of\n"
        f"words = ['run', '--study', 'pbc', '--home', {str(behind_a_file)!r}]\n"
        "code = exit_code_of(lambda: app(words), as_json=False)\n"
        "heavy = ('torch', 'dagster', 'pandas', 'sqlalchemy')\n"
        "print(code, [m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "5 []"


@pytest.mark.case("data/home_and_store_doors")
def test_an_output_that_cannot_be_written_is_found_out_before_anything_is_computed(
    study: LoadedStudy, behind_a_file: Path, tmp_path: Path, meta_med: Run, monkeypatch, now
) -> None:
    monkeypatch.setattr("orchestration.execution.run_graph", pytest.fail)
    home = ("--home", tmp_path / "home")
    for words in (
        ("evaluate", "--study", study.path, "--export", behind_a_file.with_suffix(".csv"), *home),
        ("evaluate", "--study", study.path, "--out", behind_a_file, *home),
        ("pretrain", "--out", behind_a_file),
        ("bench", "speed", "--out", behind_a_file),
    ):
        code, _, err = meta_med(*words)
        assert code == 5, words
        assert "is a file where a folder is needed" in err
    now("evaluate --export and --out, pretrain --out and bench --out end with 5 before computing")


def test_a_result_that_a_full_disk_takes_away_is_no_success(tmp_path: Path) -> None:
    for words in (
        ["status", "--home", str(tmp_path / "home")],
        ["status", "--home", str(tmp_path / "home"), "--json"],
    ):
        with open("/dev/full", "w") as full_disk:
            done = subprocess.run(
                [*COMMAND, *words], stdout=full_disk, stderr=subprocess.PIPE, text=True, check=False
            )
        assert done.returncode == 5
        assert "stdout" in done.stderr
        assert "Traceback" not in done.stderr


def test_libraries_texts_reach_no_stream() -> None:
    script = (
        "import logging, threading, warnings\nfrom orchestration.startup import withhold_library_texts\n"
        "withhold_library_texts()\n"
        "warnings.warn('CANARY')\nlogging.getLogger('some.library').error('CANARY')\n"
        "logging.getLogger('meta_med.x').warning('ours')\n"
        "def fail(): raise ValueError('CANARY')\n"
        "t = threading.Thread(target=fail); t.start(); t.join()\n"
        "class Late:\n def __del__(self): raise KeyError('CANARY')\n"
        "del_me = Late(); del del_me\nraise RuntimeError('CANARY')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "CANARY" not in done.stdout + done.stderr
    assert [kind for kind in ("ours", "ValueError", "KeyError", "RuntimeError") if kind in done.stderr] == [
        "ours", "ValueError", "KeyError", "RuntimeError",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["run", "predict", "dashboard", "status"])
def test_a_lost_server_ends_with_5_before_anything_is_computed(
    study: LoadedStudy, tmp_path: Path, meta_med: Run, monkeypatch, command: str
) -> None:
    monkeypatch.setenv("META_MED_STORE", "postgresql://u:secret@127.0.0.1:9/d")
    monkeypatch.setattr("orchestration.execution.run_graph", pytest.fail)
    asked = {"status": [], "dashboard": ["--single-user"]}.get(command, ["--study", study.path])
    code, _, err = meta_med(command, *asked, "--home", tmp_path / "home")
    assert code == 5
    assert "is the server running" in err
    assert "secret" not in err


@pytest.mark.parametrize(
    "place", ["runs", "locks", "models", "models/asthma", "quarantine", "reports", "reports/asthma"]
)
def test_a_folder_of_the_home_that_cannot_be_used_is_told_before_anything_is_read(
    place: str, tmp_path: Path, study: LoadedStudy, meta_med: Run
) -> None:
    blocked = tmp_path / "home" / place
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("")
    code, _, err = meta_med("run", "--study", study.path, "--home", tmp_path / "home")
    assert code == 5
    assert f"E_STORAGE: {blocked} is a file where a folder is needed" in err
    assert not (tmp_path / "home" / "published.sqlite").exists()


@pytest.mark.nightly
def test_a_home_may_be_named_by_a_way_upwards(
    tmp_path: Path, study: LoadedStudy, meta_med: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    code, out, err = meta_med("run", "--study", study.path, "--home", "../home", "--json")
    assert (code, err.count("E_")) == (0, 0)
    assert json.loads(out)["store"] == f"sqlite:///{tmp_path / 'home' / 'published.sqlite'}"


def test_nothing_is_left_of_trying(workspace: Workspace) -> None:
    before = sorted(workspace.home.rglob("*"))
    require_writable(workspace.home)
    require_file(workspace.home / "new.csv")
    assert sorted(workspace.home.rglob("*")) == before
    with pytest.raises(PublishedStoreError, match="is a folder where a file"):
        require_file(workspace.home)


def test_an_error_as_json_is_json_also_for_a_home_that_cannot_be_used(
    behind_a_file: Path, meta_med: Run
) -> None:
    code, out, _ = meta_med("status", "--home", behind_a_file, "--json")
    assert (code, json.loads(out)["error"]["family"]) == (5, "store")


def test_the_bytes_that_are_tried_have_no_name_that_a_kill_could_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.append(os.listdir(tmp_path)))
    require_writable(tmp_path)
    assert seen == [[]]
