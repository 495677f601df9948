"""The learners' options and their ranges, so that a wrong one is refused when the study is read.

Written out so that reading a study loads no torch; a test holds the table to the learners themselves.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from meta_med.study import LearnerSpec
from orchestration.study_keys import nearest
from orchestration.study_limits import Range

Value = float | int | str | bool
MOST = 100_000


@dataclass(frozen=True)
class Option:
    """What an option may be: whole numbers or any of a range, one of some words, or true and false."""

    range: Range | None = None
    whole: bool = True
    words: Collection[str] = ()

    def mistake(self, value: Value) -> str | None:
        """What the value must be instead; None where it is right."""
        if self.range is None and not self.words:
            return None if isinstance(value, bool) else "true or false"
        if self.words:
            return None if value in self.words else f"one of {', '.join(self.words)}"
        assert self.range is not None
        number = not isinstance(value, (bool, str)) and (isinstance(value, int) or not self.whole)
        right = number and self.range.holds(float(value))
        return None if right else f"{'a whole number' if self.whole else 'a number'}, {self.range}"


SWITCH = Option()
FROM_0, FROM_1, FROM_2 = (Option(Range(least, MOST)) for least in (0, 1, 2))
NOT_NEGATIVE = Option(Range(0.0, MOST), whole=False)
POSITIVE = Option(Range(0.0, MOST, above=True), whole=False)
OPEN_SHARE = Option(Range(0.0, 1.0, above=True, below=True), whole=False)
DROPPED = Option(Range(0.0, 1.0, below=True), whole=False)
ACTIVATION, HEAD_DTYPE = Option(words=("relu", "tanh", "gelu")), Option(words=("float32", "float64"))

_ALL = {"width": FROM_1, "layers": FROM_0, "student_t": SWITCH, "history": SWITCH}
_STEPS = {
    "inner_steps": FROM_0,
    "cohort_steps": FROM_0,
    "step_size": POSITIVE,
    "shrink": SWITCH,
}
_SIZES = {"step_sizes": Option(words=("layer", "parameter"))}
_HEAD = {"features": FROM_2, "activation": ACTIVATION, "head_dtype": HEAD_DTYPE}
OPTIONS: Mapping[str, Mapping[str, Option]] = {
    "maml": {**_ALL, **_STEPS, **_SIZES, "first_order": SWITCH},
    "fomaml": {**_ALL, **_STEPS, **_SIZES},
    "reptile": {**_ALL, **_STEPS, **_SIZES},
    "anil": {**_ALL, **_STEPS, **_SIZES, "first_order": SWITCH},
    "meta_sgd": {**_ALL, **_STEPS, "first_order": SWITCH},
    "protonet": {**_ALL, "embedding": FROM_1, "prior": NOT_NEGATIVE},
    "siamese": {
        **_ALL,
        "embedding": FROM_1,
        "neighbours": FROM_1,
        "verification": NOT_NEGATIVE,
        "prior": POSITIVE,
    },
    "mann": {
        **_ALL,
        "controller": Option(words=("lstm", "feedforward")),
        "slots": FROM_1,
        "keys": FROM_1,
        "content": FROM_1,
        "heads": FROM_1,
        "decay": OPEN_SHARE,
        "fresh_labels": SWITCH,
    },
    "neural_process": {
        **_ALL,
        "attention": FROM_1,
        "heads": FROM_1,
        "keys": FROM_1,
        "blocks": FROM_0,
        "cohort_tokens": FROM_0,
        "dropout": DROPPED,
        "fresh_labels": SWITCH,
        "pretrained": SWITCH,
    },
    "bayesian_head": {**_ALL, **_HEAD},
    "deep_kernel": {**_ALL, **_HEAD, "embedding": FROM_0, "time_scales": FROM_0, "coupling": FROM_0},
}
ATTENTION = 32


def option_mistakes(learner: LearnerSpec, position: int) -> Iterator[str]:
    """Every option that the learner does not have, or that is out of range."""
    known = OPTIONS.get(learner.name)
    if known is None:
        return
    where = f"learners[{position}].options"
    for name, value in learner.options.items():
        if name not in known:
            yield f'"{where}.{name}": {learner.name} has no such option: {nearest(name, list(known))}'
        elif (right := known[name].mistake(value)) is not None:
            yield f'"{where}.{name}" of {learner.name} must be {right}.'
    heads, attention = learner.options.get("heads", 1), learner.options.get("attention", ATTENTION)
    if learner.name == "neural_process" and _do_not_divide(heads, attention):
        yield f'"{where}.heads" of {learner.name} must divide "attention".'
    if learner.options.get("fresh_labels") is True and learner.options.get("history", True) is True:
        yield f'"{where}.fresh_labels" of {learner.name} needs "history: false", for a history names the classes.'


def _do_not_divide(heads: Value, attention: Value) -> bool:
    return isinstance(heads, int) and isinstance(attention, int) and heads > 0 and attention % heads != 0
