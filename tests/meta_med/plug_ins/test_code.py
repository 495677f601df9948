"""A result rests on the code of the plug-ins that made it."""

from pathlib import Path

import pytest
import torch

from meta_med.learners import create
from meta_med.meta_train.resumption import TrainingInputs
from meta_med.outcomes import Outcome
from meta_med.plug_ins import code, registry
from meta_med.plug_ins.code import plug_in_facts, plug_ins_of
from meta_med.study import LearnerSpec, StudySpec
from orchestration.runs.run_folder import plug_in_code
from orchestration.stages.ingest import _name
from tests import scenario
from tests.meta_med.plug_ins.made_up import install

LEARNER = "from {package}.inner import Mine\n"
INNER = "from meta_med.learners.metric_based.protonet import ProtoNet\nclass Mine(ProtoNet):\n    pass\n"


@pytest.fixture(params=[True, False], ids=["installed", "installed to be edited"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = f"mp_code_{tmp_path.name.replace('-', '_')}"
    modules = {f"{package}/__init__.py": LEARNER.format(package=package), f"{package}/inner.py": INNER}
    where = {"mine": f"{package}:Mine"}
    install(tmp_path, "coded", modules, where, lists_files=request.param)
    monkeypatch.syspath_prepend(str(tmp_path))
    code._code.cache_clear()
    return tmp_path / package


def study() -> StudySpec:
    return scenario.study(learners=(LearnerSpec(name="mine"), LearnerSpec(name="maml")))


def run_name() -> str:
    registry._entries.cache_clear()
    code._code.cache_clear()
    facts = {"data_sha256": {}, "contract_sha256": "c", "study_sha256": "s", "code": "k"}
    return _name({**facts, **plug_in_facts(study())})


def test_a_study_without_plug_ins_tells_of_none(place: Path) -> None:
    assert plug_in_facts(scenario.study()) == {}
    assert plug_in_code({}) == {}


def test_a_plug_in_is_told_with_distribution_and_version(place: Path) -> None:
    (found,) = plug_ins_of(study())
    assert (found.kind, found.name, found.distribution, found.version) == ("learner", "mine", "coded", "1.0")


@pytest.mark.parametrize("file", ["inner.py", "__init__.py", "weights.bin"])
def test_a_run_is_named_by_every_file_of_its_plug_in(place: Path, file: str) -> None:
    before = run_name()
    assert run_name() == before
    (place / "__pycache__").mkdir(exist_ok=True)
    (place / "__pycache__" / "inner.pyc").write_bytes(b"x")
    assert run_name() == before
    listed = place.parent / "coded-1.0.dist-info" / "RECORD"
    if listed.exists():
        listed.write_text(listed.read_text() + f"{place.name}/{file},,\n")
    path = place / file
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    assert run_name() != before


def test_a_run_is_named_by_the_version_of_its_plug_in(place: Path) -> None:
    before = run_name()
    info = place.parent / "coded-1.0.dist-info"
    info.rename(place.parent / "coded-1.1.dist-info")
    metadata = place.parent / "coded-1.1.dist-info" / "METADATA"
    metadata.write_text(metadata.read_text().replace("1.0", "1.1"))
    assert run_name() != before


def test_a_checkpoint_is_not_resumed_over_changed_code_of_a_plug_in(place: Path) -> None:
    def digests(name: str) -> dict[str, str]:
        code._code.cache_clear()
        learner = create(name, [Outcome("y")], 2, generator=torch.Generator().manual_seed(0))
        return TrainingInputs(learner, object(), (), {}, torch.Generator().manual_seed(0)).digests()  # type: ignore[arg-type]

    mine, other = digests("mine"), digests("maml")
    assert digests("mine") == mine
    (place / "inner.py").write_text(INNER + "    more = 1\n")
    assert {k for k, v in digests("mine").items() if v != mine[k]} == {"code"}
    assert digests("maml") == other


def test_plug_ins_that_cannot_be_used_hinder_no_other_learner(place: Path) -> None:
    for name in ("left", "right"):
        install(
            place.parent,
            name,
            {f"mp_{name}.py": "1 / 0"},
            {"twice": f"mp_{name}:Mine", "maml": f"mp_{name}:Mine"},
        )
    registry._entries.cache_clear()
    assert code.code_of_class(type(create("protonet", [Outcome("y")], 2))) == ""
    assert code.code_of_class(type(create("mine", [Outcome("y")], 2))) != ""
