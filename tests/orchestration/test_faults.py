"""Whatever breaks, and whatever its text says: the exit code of who must act, and no value on a stream or in a log."""

import builtins
import errno
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from dagster import DagsterInstance
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.errors import CheckBrokenError, DeliveryError, QuarantineBusyError
from meta_med.published.errors import StoreBusy, StoreUnreadable
from orchestration import execution
from orchestration.boundary import expected_errors, translated
from orchestration.command.app import app, exit_code_of
from orchestration.errors import FAMILIES, DataError, MetaMedError
from orchestration.models import promotion
from orchestration.runs.run_folder import STAGES, RunFolder
from orchestration.runs.stage_run import StageRun
from orchestration.stages import publish, run_stage, validate, work
from tests.examples import examples
from tests.orchestration.small_study import Finished

CANARY = "CANARY-7f3a"
CODES = {kind.exit_code for kind in FAMILIES.values()}


class Strange(Exception):
    """An exception that cannot even be printed."""

    def __str__(self) -> str:
        raise RuntimeError(CANARY)


def ours() -> list[type[Exception]]:
    """Every exception of Python that takes a text."""
    kinds = [k for k in vars(builtins).values() if isinstance(k, type) and issubclass(k, Exception)]
    return [
        k
        for k in kinds
        if k not in (UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError, ExceptionGroup)
    ]


ERRORS: dict[str, Callable[[], Exception]] = {
    **{kind.__name__: partial(kind, CANARY) for kind in ours()},
    "UnicodeEncodeError": lambda: UnicodeEncodeError("utf-8", CANARY, 0, 1, CANARY),
    "ExceptionGroup": lambda: ExceptionGroup(CANARY, [ValueError(CANARY)]),
    "a full disk": lambda: OSError(errno.ENOSPC, CANARY, f"/nowhere/{CANARY}.csv"),
    "no right": lambda: PermissionError(errno.EACCES, CANARY, CANARY),
    "a lost folder": lambda: FileNotFoundError(errno.ENOENT, CANARY, f"/nowhere/{CANARY}/x"),
    "a library's full disk": lambda: RuntimeError(
        f"{CANARY}: I/O error: No space left on device (os error 28)"
    ),
    "pandas' DataError": lambda: pd.errors.DataError(CANARY),
    "a missing key": lambda: KeyError(CANARY),
    "SQLite": lambda: sqlite3.IntegrityError(CANARY),
    "unprintable": Strange,
    "a stage's own": lambda: DataError("E_SOME: the file is wrong."),
    "the gate's": lambda: CheckBrokenError("rule", "ValueError"),
    "the delivery's": lambda: DeliveryError("a file"),
    "the store's": lambda: StoreUnreadable("It is damaged."),
    "a busy quarantine": QuarantineBusyError,
}
FULL = {"a full disk", "no right", "a lost folder", "a library's full disk"}


def break_within(inner: Exception, outer: Exception) -> None:
    try:
        fails(inner)()
    except Exception:
        raise outer from None


@examples(60)
@given(name=st.sampled_from(sorted(ERRORS)), inner=st.sampled_from(sorted(ERRORS)))
def test_an_error_of_any_kind_becomes_one_of_ours_without_its_text(name: str, inner: str) -> None:
    with pytest.raises(MetaMedError) as caught, expected_errors(Path("/home/of/it")):
        break_within(ERRORS[inner](), ERRORS[name]())
    assert caught.value.exit_code in CODES
    assert CANARY not in str(caught.value)
    assert caught.value.__suppress_context__
    if name in FULL:
        assert caught.value.family == "store"


def test_a_full_disk_is_told_with_its_folder(tmp_path: Path) -> None:
    error = OSError(errno.ENOSPC, "x", str(tmp_path / f"{CANARY}.parquet"))
    told = str(translated(error))
    assert str(tmp_path) in told
    assert "No space left on device" in told
    assert CANARY not in told


def test_a_neighbour_is_known_by_its_module_too() -> None:
    class StoreError(Exception):
        """A library's own error of the same name: its text is not ours to show."""

    assert CANARY not in str(translated(StoreError(CANARY)))


@pytest.fixture
def ran(finished: Finished, tmp_path: Path) -> Finished:
    return finished.copied(tmp_path / "copy")


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> Iterator[DagsterInstance]:
    """Dagster's history of the runs of a test, to be read after them."""
    with DagsterInstance.ephemeral() as instance:

        @contextmanager
        def same() -> Iterator[DagsterInstance]:
            yield instance

        monkeypatch.setattr(execution, "_instance", same)
        yield instance


def fails(error: Exception):
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def break_stage(monkeypatch: pytest.MonkeyPatch, stage: str, error: Exception) -> None:
    if stage in ("publish", "promote"):
        monkeypatch.setattr({"publish": publish, "promote": promotion}[stage], stage, fails(error))
    else:
        monkeypatch.setitem(work.WORK, stage, fails(error))


def undone(home: Path, stage: str) -> None:
    for folder in (home / "runs").iterdir():
        (RunFolder(folder).path / "done" / f"{stage}.json").unlink(missing_ok=True)


FAULTS = ["ValueError", "a full disk", "KeyError", "unprintable", "a library's full disk", "ExceptionGroup",
          "UnicodeEncodeError", "pandas' DataError", "no right", "SQLite", "a missing key"]  # fmt: skip
OFTEN = {"validate", "meta_train"}
"""The others are as slow, and go through the same two doors: `make nightly` breaks each of them."""


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        pytest.param(stage, name, marks=[] if stage in OFTEN else pytest.mark.nightly)
        for stage, name in zip(STAGES, FAULTS, strict=True)
    ],
)
def test_a_stage_that_breaks_tells_no_value(
    ran: Finished, history: DagsterInstance, capfd, monkeypatch, caplog, stage: str, name: str
) -> None:
    undone(ran.home, stage)
    break_stage(monkeypatch, stage, ERRORS[name]())
    words = ["run", "--train", "--study", str(ran.study.path), "--home", str(ran.home), "--json"]
    code = exit_code_of(lambda: app(words), as_json=True)
    shown = capfd.readouterr()
    assert code == (5 if name in FULL else 1)
    assert json.loads(shown.out)["error"]["exit_code"] == code
    assert "Traceback" not in shown.err
    runs = history.get_run_records()
    log = [str(e.to_json()) for r in runs for e in history.all_logs(r.dagster_run.run_id)]
    kept = [p.read_text(errors="ignore") for p in (ran.home / "runs").rglob("*.json")]
    for text in (shown.out, shown.err, caplog.text, *log, *kept):
        assert CANARY not in text
    assert log


@pytest.mark.parametrize(
    ("command", "place"),
    [("publish", "meta_med.published.writer.publish"), ("status", "meta_med.published.heads.studies")],
)
@pytest.mark.parametrize(("error", "code"), [(StoreUnreadable("It is damaged."), 5), (ValueError(CANARY), 1)])
def test_a_store_that_breaks_tells_no_value(
    ran: Finished, capfd, monkeypatch, command: str, place: str, error: Exception, code: int
) -> None:
    monkeypatch.setattr(place, fails(error))
    for store in ran.home.glob("published.sqlite*"):
        store.unlink()  # what is served already is not published again
    asked = ["--study", str(ran.study.path)] if command == "publish" else []
    words = [command, *asked, "--home", str(ran.home)]
    assert exit_code_of(lambda: app(words), as_json=False) == code
    shown = capfd.readouterr()
    assert CANARY not in shown.out + shown.err


@pytest.mark.parametrize(
    "place",
    ["data_contracts.gate.validate", "orchestration.validate_files.delivered_tables",
     "data_contracts.report.page.write_facts",
     "orchestration.validate_files.published_patients", "orchestration.validate_files.history"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["ValueError", "a full disk"])
def test_a_reader_that_breaks_tells_no_value(
    finished: Finished, tmp_path: Path, capfd, monkeypatch, place: str, name: str
) -> None:
    if place != "data_contracts.gate.validate":
        monkeypatch.setattr("data_contracts.gate.validate", lambda *_, **__: _Accepted())
    monkeypatch.setattr(place, fails(ERRORS[name]()))
    words = ["validate", "--study", str(finished.study.path), "--home", str(tmp_path / "home")]
    assert exit_code_of(lambda: app(words), as_json=False) in {1, 5}
    shown = capfd.readouterr()
    assert CANARY not in shown.out + shown.err
    assert "Traceback" not in shown.err


class _Accepted:
    """A result that nothing is asked of before the fault."""

    exit_code = 0


def test_what_a_stage_would_read_must_be_what_an_earlier_one_left(ran: Finished) -> None:
    from orchestration.errors import StudyError

    workspace = ran.workspace()
    folder = ran.folder
    (folder.path / "done" / "predict.json").unlink()
    valid = next((folder.path / "valid").iterdir())
    valid.write_bytes(valid.read_bytes() + b" ")
    with pytest.raises(StudyError, match=r'Stage "validate".*materialize it again first'):
        run_stage.run_stage("predict", StageRun(ran.study, workspace, folder))


def test_copies_that_change_while_they_are_judged_are_noticed(ran: Finished, monkeypatch) -> None:
    from data_contracts import gate

    workspace, run_gate, folder = ran.workspace(), gate.validate, ran.folder

    def meanwhile(*given: object, **named: object):
        result = run_gate(*given, **named)
        path = next(iter(folder.sources().values()))
        state = path.stat()
        path.write_bytes(path.read_bytes().replace(b"Harbour", b"Harbeur", 1))
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
        return result

    monkeypatch.setattr(gate, "validate", meanwhile)
    with pytest.raises(DataError, match="E_UNSTABLE_FILE"):
        validate.validate(ran.study, workspace, folder)


def test_busy_is_the_one_store_error_that_may_be_tried_again() -> None:
    assert type(translated(StoreBusy("x"))).__name__ == "StoreBusyError"
