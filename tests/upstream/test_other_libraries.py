"""What we rely on in the libraries beside Dagster."""

from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pytest
import torch
import yaml


def at_least(library: str, floor: str) -> bool:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split("+", maxsplit=1)[0].split(".")[:2]]

    return numbers(version(library)) >= numbers(floor)


@pytest.mark.parametrize(
    ("library", "floor"),
    [("torch", "2.10"), ("streamlit", "1.54"), ("starlette", "1.1"), ("sqlalchemy", "2.1")],
)
def test_libraries_are_above_their_safety_floors(library: str, floor: str) -> None:
    assert at_least(library, floor)


def test_strings_and_times_of_pandas_3() -> None:
    frame = pd.DataFrame({"a": ["x"], "t": pd.to_datetime(["2027-01-01"])})
    assert str(frame["a"].dtype) == "str"
    assert str(frame["t"].dtype) == "datetime64[us]"


def test_number_errors_quote_the_cell() -> None:
    """The reason for `orchestration.boundary`."""
    with pytest.raises(ValueError, match="CANARY"):
        pd.to_numeric(pd.Series(["CANARY"]))


def test_safe_yaml_refuses_python_objects_and_keeps_the_last_of_two_keys() -> None:
    with pytest.raises(yaml.YAMLError):
        yaml.safe_load("!!python/object/apply:os.system ['true']")
    assert yaml.safe_load("a: 1\na: 2") == {"a": 2}


def test_where_passes_the_gradient_of_the_branch_not_taken() -> None:
    y = torch.tensor([float("nan")], requires_grad=True)
    torch.where(torch.tensor([False]), y.square(), torch.zeros(1)).sum().backward()
    assert y.grad is not None
    assert y.grad.isnan().all()


@pytest.mark.fault("M05")
def test_safetensors_hold_no_code(tmp_path: Path) -> None:
    import safetensors.torch

    path = tmp_path / "a.safetensors"
    path.write_bytes(b"\x80\x04cos\nsystem\n(S'touch pwned'\ntR.")
    with pytest.raises(safetensors.SafetensorError):
        safetensors.torch.load_file(path)


def test_pydantic_ignores_unknown_keys_of_plain_dataclasses() -> None:
    """The reason why `orchestration.study.keys` looks for them itself."""
    from dataclasses import dataclass

    from pydantic import TypeAdapter

    @dataclass(frozen=True, kw_only=True)
    class Spec:
        a: int = 0

    assert TypeAdapter(Spec).validate_python({"a": 1, "b": 2}) == Spec(a=1)


def test_streamlit_runs_on_starlette() -> None:
    from importlib.metadata import requires

    assert any(need.startswith("starlette") for need in requires("streamlit") or [])
