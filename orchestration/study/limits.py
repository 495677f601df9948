"""Values that no study can mean, key by key: numbers outside their range, NaN and infinity, texts that name nothing.

A range says what makes sense at all, not what is wise: a hundred years ahead, a million steps. The options of learners
and their ranges are written out, so that reading a study loads no torch; a test holds them to the learners.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from meta_med.study import LearnerSpec, StudySpec
from orchestration.study.keys import nearest

CENTURY = 36_525.0
MILLION = 1_000_000
LARGEST = 1e15
LONGEST_NAME, LONGEST_TEXT = 100, 10_000
LONGEST_STUDY = 60


@dataclass(frozen=True)
class Range:
    """From `least` to `most`; `above`: the least itself is too little, `below`: the most itself too much."""

    least: float = -LARGEST
    most: float = LARGEST
    above: bool = False
    below: bool = False

    def holds(self, value: float) -> bool:
        """Whether the value lies in it."""
        low = value > self.least if self.above else value >= self.least
        return low and (value < self.most if self.below else value <= self.most)

    def __str__(self) -> str:
        low = f"above {self.least:,.15g}" if self.above else f"{self.least:,.15g} or more"
        return f"{low} and {'below' if self.below else 'at most'} {self.most:,.15g}"


ANY = Range()
DAYS = Range(0.0, CENTURY)
DAYS_AHEAD = Range(0.0, CENTURY, above=True)
SHARE = Range(0.0, 1.0, above=True, below=True)
SEED = Range(0, 2**31 - 1)
COUNT = Range(1, MILLION)
COUNT_OR_NONE = Range(0, MILLION)

RANGES: Mapping[str, Range] = {
    "seed": SEED,
    "splits.seed": SEED,
    "splits.folds": Range(2, 1000),
    "splits.fold": Range(0, 999),
    "splits.tuning": SHARE,
    "splits.calibration": SHARE,
    "splits.leave_cohorts_out": COUNT_OR_NONE,
    "cohorts.min_subjects": COUNT,
    "records.time.step": DAYS,
    "records.time.unit_days": DAYS_AHEAD,
    "records.events.time.step": DAYS,
    "records.events.time.unit_days": DAYS_AHEAD,
    "records.first": COUNT,
    "records.gap_days": DAYS,
    "records.share": Range(0.0, 1.0, above=True),
    "covariates.since_days": Range(-CENTURY, CENTURY),
    "covariates.most": COUNT,
    "learners.seeds": Range(1, 100),
    "learners.steps": COUNT,
    "learners.learning_rate": Range(0.0, 1.0, above=True),
    "budget": COUNT,
    "budget.context_records": COUNT_OR_NONE,
    "budget.processes": Range(0, 1024),
    "evaluation": COUNT,
    "evaluation.support_sizes": COUNT_OR_NONE,
    "evaluation.cohort_sizes": COUNT_OR_NONE,
    "evaluation.most_per_subject": COUNT_OR_NONE,
    "evaluation.bands": ANY,
    "serve": DAYS_AHEAD,
}
"""Key -> range; a key without one has that of the key above it, and at last `ANY`."""

NAMED = {"study", "name", "column", "source", "subject", "key", "value", "event", "labels", "any_positive",
         "amount", "log_cohorts", "title"}  # fmt: skip
MAY_BE_EMPTY = {"column", "label", "unit", "note", "unit_column", "rate", "at_start", "person"}
OF_LINES = {"title", "note"}


def limit_mistakes(spec: StudySpec) -> Iterator[str]:
    """Every value out of its range, with its key."""
    yield from _in(spec, "", "")


def _in(value: Any, key: str, shown: str) -> Iterator[str]:
    """`key` is the path without positions and free keys, by which ranges are found; `shown` is what a reader sees."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            below = f"{key}.{field.name}".lstrip(".")
            yield from _in(getattr(value, field.name), below, f"{shown}.{field.name}".lstrip("."))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _text(name, key, f"{shown}.{name}")
            yield from _in(inner, key, f"{shown}.{name}")
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _in(inner, key, f"{shown}[{position}]")
    elif isinstance(value, str):
        yield from _text(value, key, shown)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from _number(value, key, shown)


def _number(value: float, key: str, shown: str) -> Iterator[str]:
    if isinstance(value, float) and not math.isfinite(value):
        yield f'"{shown}" is {value}: it must be a finite number.'
        return
    allowed = _range_of(key)
    if not allowed.holds(value):
        told = f"{value:,.15g}" if abs(value) < LARGEST else "too large a number"
        yield f'"{shown}" is {told}: it must be {allowed}.'


def _range_of(key: str) -> Range:
    while key not in RANGES and "." in key:
        key = key.rpartition(".")[0]
    return RANGES.get(key, ANY)


def _text(value: str, key: str, shown: str) -> Iterator[str]:
    last = key.rpartition(".")[2]
    longest = LONGEST_TEXT if last in OF_LINES else LONGEST_NAME if last in NAMED else 1000
    if (not value.strip() and value != "") or (not value and last in NAMED - MAY_BE_EMPTY):
        yield f'"{shown}" is empty: write a name, or leave the key out.'
    elif len(value) > longest:
        yield f'"{shown}" has {len(value):,} characters: at most {longest:,} make sense here.'
    elif not re.sub(r"[\n\t]", "", value).isprintable() or _is_broken(value):
        yield f'"{shown}" holds a control character or no valid Unicode: write plain text.'
    elif last not in OF_LINES and value != value.strip():
        yield f'"{shown}" begins or ends with a blank: remove it.'


def _is_broken(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False


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
