"""Uses of follow-up time and its event that a study refuses: time to event is no outcome kind yet.

Who is still followed has no event so far (is censored), and a study would take this for "never". A follow-up time is
known only when the follow-up has ended, so it is neither when a record was made nor an input of a prediction. Rows may
be selected by both: a study of the patients who were followed for a year needs that.
"""

from collections.abc import Iterator

from data_contracts.contract import Contract
from data_contracts.contract.model import Column, Role
from meta_med.study import StudySpec

_INSTEAD = (
    "Time to event is no outcome kind yet, and patients without the event so far (censored ones) would count as if it "
    "never came. Predict a fixed horizon instead: a column that is 1 for an event within, say, 365 days, 0 for those "
    "followed that long without it, and empty for the others."
)


def time_to_event_mistakes(spec: StudySpec, contract: Contract) -> Iterator[str]:
    """Every use of a column as time, outcome, covariate or cohort that its role in the contract forbids."""
    yield from _times(spec, contract)
    roles = {c.name: c.role for c in _columns(spec, contract)}
    for position, outcome in enumerate(spec.outcomes):
        for name in outcome.any_positive or (outcome.source_column,):
            if what := _what(roles.get(name, "")):
                yield f'"outcomes[{position}]": column "{name}" is {what} in the contract. {_INSTEAD}'
    for key, name in _inputs(spec):
        if what := _what(roles.get(name, "")):
            yield (
                f'"{key}": column "{name}" is {what} in the contract, which is known only when the follow-up has '
                "ended: leave it out."
            )


def _times(spec: StudySpec, contract: Contract) -> Iterator[str]:
    records, events = spec.records, spec.records.events
    named = [("records.time.column", records.source, records.time.column)]
    if events:
        named.append(("records.events.time.column", events.source, events.time.column))
    for key, source, name in named:
        found = next((c for c in contract.tables[source].columns if c.name == name), None)
        if found and (what := _what(found.role)):
            yield (
                f'"{key}" is "{name}", which is {what} in the contract: how long a patient was followed, not when '
                "something was recorded. Name the column of that time; where each patient has one record, leave "
                f'"records.time" out. {_INSTEAD}'
            )


def _columns(spec: StudySpec, contract: Contract) -> Iterator[Column]:
    """The columns that outcomes, covariates and cohorts may name; in a table of measurements they are no columns."""
    if not spec.records.long:
        yield from contract.tables[spec.records.source].columns
    if spec.records.subjects:
        yield from contract.tables[spec.records.subjects.source].columns


def _inputs(spec: StudySpec) -> Iterator[tuple[str, str]]:
    for position, covariate in enumerate(spec.covariates):
        if covariate.kind != "event":
            yield f"covariates[{position}]", covariate.source_column
    for position, factor in enumerate(spec.cohorts.factors):
        yield f"cohorts.factors[{position}]", factor.column


def _what(role: Role) -> str:
    """The role in words; "" for one without a part in time to event."""
    return {"follow_up_time": "follow-up time", "event_indicator": "an event indicator"}.get(role, "")
