"""Mistakes in the keys of a covariate that say where its values come from: the record to come, the time, other rows."""

from collections.abc import Iterator

from meta_med.study import CovariateSpec, StudySpec

OF_NEXT = ("next_column", "next_value")
OF_CATEGORIES = ("last",)
IN_DAYS = ("slope", "time_since")
COUNTED = ("count", "time_since")
"""Aggregates of values of any type."""
IN_ITS_UNIT = ("last", "max", "min", "mean")
"""Aggregates that have the unit of their column."""


def covariate_mistakes(spec: StudySpec) -> Iterator[str]:
    """Every mistake in `next_column`, `next_value`, `time_part`, `aggregate` and `window_days`."""
    for covariate in spec.covariates:
        where = f"covariates.{covariate.name}"
        if covariate.modifiable and (
            covariate.known != "ahead" or covariate.aggregate or covariate.time_part
        ):
            yield (
                f'"{where}.modifiable" asks what is predicted for other values in the record to come: only a covariate '
                'with "known: ahead" has its value there before it is made.'
            )
        if not (covariate.aggregate or covariate.time_part):
            yield from _of_next(covariate, spec, where)
        if covariate.time_part:
            yield from _time_part(covariate, spec, where)
        if covariate.aggregate:
            yield from _aggregate(covariate, spec, where)
        elif covariate.window_days is not None:
            yield f'"{where}.window_days" is the length of a window: say by "aggregate" what is made of its values.'


def _of_next(covariate: CovariateSpec, spec: StudySpec, where: str) -> Iterator[str]:
    given = _given(covariate, OF_NEXT)
    if not given:
        return
    if len(given) > 1:
        yield f'"{where}" has both "next_column" and "next_value": keep one.'
    if covariate.advances or covariate.kind == "event":
        what = "advances: true" if covariate.advances else "kind: event"
        yield f'"{where}.{given[0]}" says what the next record\'s value is, and "{what}" does as well: keep one.'
    if not covariate.known_ahead:
        yield f'"{where}.{given[0]}" says what is known of the next record: add "known: ahead".'
    if spec.serve.record == "newest":
        yield f'"{where}.{given[0]}": "serve.record: newest" predicts a record that has its own value: leave it out.'
    yield from _next_value(covariate, f"{where}.next_value")


def _next_value(covariate: CovariateSpec, where: str) -> Iterator[str]:
    value = covariate.next_value
    if value is None or covariate.kind == "category":
        return
    if covariate.values:
        if str(value) not in covariate.values:
            yield f'"{where}" must be one of the texts under "values".'
    elif isinstance(value, str):
        yield f'"{where}" must be a number: write it without quotes, or add "kind: category".'
    elif covariate.scale == "log" and covariate.floor is None and value <= 0:
        yield f'"{where}" has no logarithm, which "scale: log" needs: write a number above 0.'


def _time_part(covariate: CovariateSpec, spec: StudySpec, where: str) -> Iterator[str]:
    if spec.records.time.unit != "date" or spec.records.time.unit_column:
        yield f'"{where}.time_part" is computed from dates: "records.time.unit" must be date.'
    other = ("column", "values", "advances", "since_days", "aggregate", "floor", *OF_NEXT)
    for key in _given(covariate, other):
        yield f'"{where}.{key}": the covariate is computed from the record\'s time by "time_part": leave it out.'
    if covariate.scale == "log":
        yield f'"{where}": a "time_part" has zeros, so no "scale: log"; remove it.'
    yield from _hidden(covariate, "time_part", where)


def _aggregate(covariate: CovariateSpec, spec: StudySpec, where: str) -> Iterator[str]:
    if covariate.kind == "event":
        yield f'"{where}.aggregate" is over a column of the records; "kind: event" has none: remove one of them.'
    if covariate.kind == "category" and covariate.aggregate not in OF_CATEGORIES:
        yield f'"{where}.aggregate" is {covariate.aggregate}, which is a number: leave "kind" out, or write "last".'
    for key in _given(covariate, ("advances", "since_days", *OF_NEXT)):
        yield f'"{where}.{key}" and "aggregate" do not go together: leave one of them out.'
    later = "later" in spec.evaluation.settings
    if covariate.known_ahead and later and spec.serve.record == "next":
        yield (
            f'"{where}.aggregate", known ahead, is over all rows up to the newest record, but "evaluation.settings" '
            'has "later", which predicts from the first records: leave "known: ahead" out.'
        )
    yield from _hidden(covariate, "aggregate", where)


def _hidden(covariate: CovariateSpec, key: str, where: str) -> Iterator[str]:
    if covariate.show:
        yield f'"{where}.show" is for columns of the newest row, and "{key}" makes none: leave it out.'


def _given(covariate: CovariateSpec, keys: tuple[str, ...]) -> list[str]:
    """The keys that are not at their default."""
    default = CovariateSpec(name=covariate.name)
    return [key for key in keys if getattr(covariate, key) != getattr(default, key)]


def keys_in_days(covariate: CovariateSpec) -> Iterator[tuple[str, str]]:
    """The keys of a covariate that count days or years, with what they count."""
    where = f"covariates.{covariate.name}"
    if covariate.advances:
        yield f"{where}.advances", "counts years"
    if covariate.since_days is not None:
        yield f"{where}.since_days", "counts days"
    if covariate.window_days is not None:
        yield f"{where}.window_days", "counts days"
    if covariate.aggregate in IN_DAYS:
        yield f"{where}.aggregate", f"({covariate.aggregate}) counts days"
