"""Every value of every bundled study, written otherwise: refused when read, with its key, or one that can be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.errors import StudyError
from orchestration.study.load import resolved, spec_of
from tests.examples import examples
from tests.spec.study.mutations import FILES, TO, Mutation, mutations, tree_of

NAMES = {"a word", "a number in quotes"}
TEXTS = {*NAMES, "a path upwards", "a path in full", "a URL"}
LESS = {"nothing", "an empty text", "an empty list", "an empty mapping"}
NUMBERS = {"zero", "a third", "three", "a billion", "minus one", "minus a half"}

MEANT: dict[str, set[str]] = {
    # what a study is called, shown and described by
    "study": NAMES,
    "title": TEXTS,
    "note": {*TEXTS, *LESS},
    "outcomes.name": TEXTS,
    "outcomes.label": {*TEXTS, *LESS},
    "covariates.name": TEXTS,
    "cohorts.factors.labels": {*TEXTS, *LESS},
    # a unit that the contract does not state, or none
    "outcomes.unit": {*TEXTS, *LESS},
    "covariates.unit": {*TEXTS, *LESS},
    # a file of any name in the study's folder: whether it is there, the run will say
    "sources": NAMES,
    "mappings": set(),
    "contract": set(),
    # cohorts are named by the data, patterns and words that the contract does not list are the author's
    "outcomes.log_cohorts": {*TEXTS, *LESS},
    "records.person": {*TEXTS, *LESS},
    "records.where": {*TEXTS, "an empty mapping"},
    "records.where_not": {*TEXTS, "an empty mapping"},
    "records.doses.per_minute": {*TEXTS, *LESS},
    "covariates.column": {*TEXTS, *LESS},
    "covariates.groups": {*TEXTS, *LESS},
    "cohorts.factors.values": {*TEXTS, *LESS},
    "serve.where": {*TEXTS, "an empty mapping"},
    "records.time.unit_column": set(),
    # numbers within their range, and lists that are shorter
    **{
        key: {"three", "zero", "a third", "a billion"}
        for key in (
            "seed", "splits.seed", "splits.folds", "splits.fold", "splits.tuning", "splits.calibration",
            "splits.leave_cohorts_out", "cohorts.min_subjects", "records.time.step", "records.time.unit_days",
            "records.gap_days", "records.share",
            "learners.seeds", "learners.steps", "learners.learning_rate", "learners.options.width",
            "serve.horizon_days",
            "serve.max_age_days", "serve.max_silence_days",
            "evaluation.cohort_sizes", "evaluation.most_per_subject",
            "evaluation.repeats", "evaluation.cohort_folds", "evaluation.cohorts_out",
        )
    },
    "evaluation.support_sizes": {"three", "zero", "a third", "a billion", "nothing"},
    "covariates.values": {*NUMBERS},
    "outcomes.other_units.unit": TEXTS,
    "outcomes.other_units.factor": {"three", "a third", "a billion"},
    "outcomes.other_units.offset": {*NUMBERS, "nothing"},
    "covariates.since_days": {*NUMBERS, "nothing"},
    "covariates.most": {"three", "nothing"},
    "learners.options.inner_steps": {"three", "zero", *LESS},
    "learners.options.cohort_steps": {"three", "zero", *LESS},
    "records.first": {"three", "nothing"},
    "outcomes.reference_range": {*NUMBERS, "nothing"},
    "cohorts.factors.bands": NUMBERS,
    "evaluation.bands": {*NUMBERS, *LESS},
    "records.between": {*NUMBERS, "an empty mapping"},
}  # fmt: skip
"""Key -> what may stand there; a key that is not here and not below may only be left out or emptied (`LESS`) or
switched (`true`), or set to a small number under "budget"."""

NOT_NAMED = {"records.long", "records.subjects", "covariates", "covariates.name", "learners.name",
             "outcomes.any_positive"}  # fmt: skip
"""A study without these is refused where something refers to them."""


def outcome_of(mutation: Mutation) -> StudyError | None:
    """The refusal; None where the study still loads."""
    file = FILES[mutation.study]
    try:
        resolved(spec_of(mutation.tree(), file.name), file, "")
    except StudyError as error:
        return error
    return None


def is_same(mutation: Mutation) -> bool:
    file = FILES[mutation.study]
    return spec_of(mutation.tree(), file.name) == spec_of(tree_of(mutation.study), file.name)


def can_be_meant(mutation: Mutation) -> bool:
    if mutation.pattern.startswith("budget"):
        return mutation.to in {"three", "zero", "an empty mapping"}
    return mutation.to in MEANT.get(mutation.pattern, {*LESS, "true"})


def validate_files(mutation: Mutation) -> None:
    refused = outcome_of(mutation)
    if refused is None:
        assert is_same(mutation) or can_be_meant(mutation), f"{mutation.dotted} = {mutation.to} is accepted"
        return
    assert refused.exit_code == 2
    text = str(refused)
    assert FILES[mutation.study].name in text
    named = [part for part in mutation.key if isinstance(part, str)]
    assert named[-1] in text or mutation.pattern in NOT_NAMED or str(_old(mutation)) in text, text


def _old(mutation: Mutation) -> object:
    value: object = tree_of(mutation.study)
    for part in mutation.key:
        value = value[part]  # type: ignore[index]
    return value


ALL = {study: mutations(study) for study in FILES}


@examples(60)
@given(data=st.data())
def test_a_value_is_refused_with_its_key_or_can_be_meant(data: st.DataObject) -> None:
    study = data.draw(st.sampled_from(sorted(ALL)))
    validate_files(data.draw(st.sampled_from(ALL[study])))


@pytest.mark.parametrize("to", sorted(set(TO) - TEXTS - LESS - NUMBERS))
def test_no_key_of_the_example_takes(to: str) -> None:
    """What can be meant nowhere: other kinds, NaN, infinity, control characters, texts of blanks."""
    taken = [m.dotted for m in ALL["asthma"] if m.to == to and outcome_of(m) is None and not is_same(m)]
    assert taken == [key for key in taken if to == "true" and key.rpartition(".")[2] in {"show"}]


@pytest.mark.nightly
@pytest.mark.parametrize("study", sorted(FILES))
def test_every_value_is_refused_with_its_key_or_can_be_meant(study: str) -> None:
    for mutation in ALL[study]:
        validate_files(mutation)
