"""What leaves a failing stage: the family of who must act, and no patient's value."""

import subprocess
import sys

import pytest

from data_contracts.errors import CheckBrokenError, ContractError, DeliveryError
from meta_med.checkpoints import CheckpointError
from meta_med.episodes.input_errors import EmptyQuery
from meta_med.meta_train.outer_loop import TrainingDiverged
from meta_med.published.errors import NothingToRollBack, StoreBusy, StoreUnreadable
from orchestration.boundary import expected_errors, place_of, translated
from orchestration.errors import FAMILIES, InternalError, MetaMedError, StudyError


@pytest.mark.parametrize(
    ("error", "family", "exit_code"),
    [
        (ContractError("mine.yaml", ["x"]), "study", 2),
        (DeliveryError("x"), "data", 4),
        (CheckBrokenError("rule", "TypeError"), "internal", 1),
        (CheckpointError("x"), "model", 6),
        (TrainingDiverged("x"), "model", 6),
        (EmptyQuery("query: expected at least one record"), "model", 6),
        (StoreBusy("x"), "store", 5),
        (StoreUnreadable("x"), "store", 5),
        (NothingToRollBack("x"), "store", 5),
    ],
)
def test_neighbours_errors_find_their_family(error: Exception, family: str, exit_code: int) -> None:
    found = translated(error)
    assert (found.family, found.exit_code) == (family, exit_code)
    assert str(error) in str(found)


def test_an_unexpected_error_is_told_by_type_and_place_only() -> None:
    with pytest.raises(InternalError) as caught, expected_errors():
        float("CANARY-7f3a")
    assert "CANARY" not in str(caught.value)
    assert "ValueError at orchestration/test_boundary.py" in str(caught.value)
    assert caught.value.__suppress_context__


def test_our_own_errors_pass_as_they_are() -> None:
    with pytest.raises(StudyError, match=r"^mine$"), expected_errors():
        raise StudyError("mine")


def test_debugging_shows_the_original(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("META_MED_DEBUG", "1")
    with pytest.raises(ValueError, match="CANARY"), expected_errors():
        float("CANARY")


def test_the_place_is_our_own_code_even_when_a_library_raised() -> None:
    import pandas as pd

    try:
        pd.to_numeric(pd.Series(["CANARY"]))
    except ValueError as error:
        assert place_of(error).startswith("orchestration/test_boundary.py")  # noqa: PT017


def test_every_family_has_its_own_exit_code() -> None:
    codes = [kind.exit_code for kind in FAMILIES.values()]
    assert len(codes) == len(set(codes))
    assert all(issubclass(kind, MetaMedError) for kind in FAMILIES.values())


def test_a_terminal_shows_stages_and_progress(capsys: pytest.CaptureFixture[str]) -> None:
    from orchestration.command.output.terminal import Terminal

    with Terminal(as_json=True).listening() as lines:
        lines.stage_started("meta_train")
        lines.progress("bayesian_head", 1, 2, {"loss": 0.5})
        lines.progress("bayesian_head", 2, 2, {})
        lines.stage_ended("meta_train", reused=False, seconds=1.25)
        lines.stage_ended("publish", reused=True, seconds=0.0)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "meta-train  1.2 s" in shown.err
    assert "publish  as before" in shown.err


def test_recognising_a_neighbours_error_loads_nothing_heavy() -> None:
    heavy = {"torch", "numpy", "pandas", "scipy", "sqlalchemy", "pydantic", "yaml", "dagster"}
    script = "import sys, orchestration.boundary; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "orchestration" in done.stdout.split()
    assert heavy & set(done.stdout.split()) == set()
