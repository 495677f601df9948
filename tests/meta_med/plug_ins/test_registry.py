"""Learners and baselines of other distributions: found by name, loaded when asked for, refused by name."""

import sys
from pathlib import Path

import pytest

from meta_med.baselines.registry import BASELINES, create_baseline
from meta_med.learners import create, names, options
from meta_med.learners.registry import BUILT_IN, LEARNERS, options_class
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.plug_ins.registry import PlugInError
from meta_med.study import LearnerSpec
from orchestration.study.limits import option_mistakes
from tests.meta_med.plug_ins.made_up import install

PROTONET = """
from meta_med.learners.metric_based.protonet import ProtoNet
class Mine(ProtoNet):
    pass
class NoLearner:
    pass
class NoOptions(ProtoNet):
    Options = dict
"""
MEAN = "from meta_med.baselines.own_values import PatientMean as Mine\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_what_comes_with_meta_med_has_one_line_and_its_options() -> None:
    for name, (_, known) in BUILT_IN.items():
        assert LEARNERS.load(name).Options is known
    assert tuple(BUILT_IN) == names()[: len(BUILT_IN)]


def test_a_learner_and_a_baseline_of_another_distribution_are_made_by_name(place: Path) -> None:
    install(
        place,
        "one",
        {"mp_one.py": PROTONET, "mp_mean.py": MEAN},
        {"mine": "mp_one:Mine"},
        {"mean": "mp_mean:Mine"},
    )
    assert names()[-1] == "mine"
    assert BASELINES.names()[-1] == "mean"
    assert not {"mp_one", "mp_mean"} & set(sys.modules), "naming loads nothing"
    assert options("mine") == options("protonet")
    assert type(create("mine", [Outcome("y")], 2, width=8)).__name__ == "Mine"
    assert type(create_baseline("mean", OutcomeLayout.of([Outcome("y")]))).__module__.startswith("meta_med")


def test_its_options_are_checked_when_a_study_is_read(place: Path) -> None:
    install(place, "two", {"mp_two.py": PROTONET}, {"mine": "mp_two:Mine"})
    wrong = LearnerSpec(name="mine", options={"widht": 8, "prior": -1.0})
    assert list(option_mistakes(wrong, 3)) == [
        '"learners[3].options.widht": mine has no such option: did you mean "width"?',
        '"learners[3].options.prior" of mine must be a number, 0 or more and at most 100,000.',
    ]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("broken", "mp_bad:Mine", "learner 'broken' of bad 1.0 cannot be loaded: ZeroDivisionError: division by zero"),
        ("absent", "mp_not_there:Mine", "learner 'absent' of bad 1.0 cannot be loaded: ModuleNotFoundError"),
        ("other", "mp_good:NoLearner", "learner 'other' of bad 1.0: .* is no subclass of meta_med.learners.learner"),
        ("plain", "mp_good:NoOptions", "learner 'plain' of bad 1.0: its Options must be a dataclass derived from"),
        ("maml", "mp_good:Mine", "learner 'maml' comes with Meta-Med, and bad 1.0 adds another"),
        ("champion", "mp_good:Mine", "learner 'champion' of bad 1.0: .* is none of"),
        ("a-b/..", "mp_good:Mine", "learner 'a-b/..' of bad 1.0: a name has at most 40 lower-case letters"),
    ],
)  # fmt: skip
def test_one_that_cannot_be_used_is_refused_with_its_distribution(
    place: Path, name: str, value: str, says: str
) -> None:
    install(place, "bad", {"mp_bad.py": "1 / 0", "mp_good.py": PROTONET}, {name: value})
    with pytest.raises(PlugInError, match=says):
        options_class(name)
    told = list(option_mistakes(LearnerSpec(name=name), 0))
    assert len(told) == 1
    assert "bad 1.0" in told[0]


def test_two_distributions_with_one_name_are_both_named_and_others_go_on(place: Path) -> None:
    for name in ("left", "right"):
        install(
            place, name, {f"mp_{name}.py": PROTONET}, {"mine": f"mp_{name}:Mine", name: f"mp_{name}:Mine"}
        )
    with pytest.raises(PlugInError, match=r"'mine' is added by left 1.0 and right 1.0"):
        LEARNERS.load("mine")
    assert LEARNERS.load("left").__module__ == "mp_left"
    assert LEARNERS.load("maml").__name__ == "MAML"
