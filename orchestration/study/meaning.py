"""Mistakes of meaning in a study: unknown names, reversed ranges, shares above one."""

from collections.abc import Iterator

from meta_med.baselines.registry import BASELINES, ON_SERIES, fitted_on_series
from meta_med.learners.registry import LEARNERS
from meta_med.outcomes import kind_of
from meta_med.plug_ins.registry import PlugInError
from meta_med.study import CohortFactor, LearnerSpec, OutcomeSpec, StudySpec
from orchestration.study.keys import nearest
from orchestration.study.limits import LONGEST_STUDY, limit_mistakes, option_mistakes
from orchestration.study.promises import plain_unit
from orchestration.study.rows import row_mistakes

# As in meta_med; a test compares them.
ALL, OTHER = "all", "other cohorts"
OWN_COLUMNS = frozenset({"__subject", "__person", "__time", "years_since_entry"})
PAGES = frozenset({"readme", "summary", "cases", "papers", "speed", "gate_speed", "data"})
"""Names of pages in docs/results that are not of a study."""


def mistakes_of(spec: StudySpec) -> Iterator[str]:
    """Every mistake of meaning in a study whose keys and types are right."""
    yield from _sources(spec)
    yield from _names(spec)
    for outcome in spec.outcomes:
        yield from _outcome(outcome)
    yield from _covariates(spec)
    yield from row_mistakes(spec)
    for position, factor in enumerate(spec.cohorts.factors):
        yield from _factor(factor, f"cohorts.factors[{position}]")
    yield from _splits(spec)
    yield from _predictors(spec)
    yield from limit_mistakes(spec)
    yield from _evaluation(spec)
    yield from _serve(spec)


def _sources(spec: StudySpec) -> Iterator[str]:
    records = spec.records
    named = {"records.source": records.source}
    if records.subjects:
        named["records.subjects.source"] = records.subjects.source
    if records.events:
        named["records.events.source"] = records.events.source
    for key, source in named.items():
        if source not in spec.sources:
            known = nearest(source, list(spec.sources))
            yield f'"{key}" names "{source}", which is not under "sources": {known}'


def _names(spec: StudySpec) -> Iterator[str]:
    if not spec.outcomes:
        yield '"outcomes" is empty: name at least one thing to predict.'
    if not is_study_name(spec.study):
        yield (
            f'"study" is "{spec.study[:LONGEST_STUDY]}": use letters, digits, _ and - only, first a letter or digit, '
            f"at most {LONGEST_STUDY}, because it names folders and pages."
        )
    yield from _reserved(spec)
    for key, names in (
        ("outcomes", [outcome.name for outcome in spec.outcomes]),
        ("covariates", [covariate.name for covariate in spec.covariates]),
    ):
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f'"{key}" has "{name}" twice: give each its own name.'


def is_study_name(name: str) -> bool:
    """Whether the name is valid in folders, pages, jobs and commands."""
    plain = name.replace("_", "").replace("-", "")
    return plain.isalnum() and name[0] not in "-_" and len(name.encode()) <= LONGEST_STUDY


def _reserved(spec: StudySpec) -> Iterator[str]:
    """Names that are reserved in the evaluation table and the records."""
    if spec.study.casefold() in PAGES:
        yield f'"study" is "{spec.study}", which is already a page of results: choose another name.'
    for position, outcome in enumerate(spec.outcomes):
        if outcome.name == ALL:
            yield (
                f'"outcomes[{position}].name" is "{ALL}", which means all outcomes together in the evaluation '
                f'table: choose another name and write "column: {outcome.source_column}".'
            )
        for column in outcome.any_positive or (outcome.source_column,):
            if column in OWN_COLUMNS:
                yield f'"outcomes[{position}]": column "{column}" is made by the program: rename it in the table.'
    for position, covariate in enumerate(spec.covariates):
        if {covariate.name, covariate.source_column} & OWN_COLUMNS:
            yield (
                f'"covariates[{position}].name" or its column is one of {", ".join(sorted(OWN_COLUMNS))}, which the '
                "program makes itself: rename it."
            )
    for position, factor in enumerate(spec.cohorts.factors):
        for label in {ALL, OTHER} & set(factor.labels):
            yield f'"cohorts.factors[{position}].labels" has "{label}", which is reserved: choose another name.'


def _outcome(outcome: OutcomeSpec) -> Iterator[str]:
    where = f'"outcomes" entry "{outcome.name}"'
    kind = kind_of(outcome.kind)
    if not kind.standardised and outcome.scale == "log":
        yield f'{where}: a {kind.name} outcome has no "scale: log"; remove it.'
    if outcome.any_positive and (
        outcome.column or len(set(outcome.any_positive)) < len(outcome.any_positive)
    ):
        yield f'{where}: "any_positive" names each column once, and replaces "column".'
    if not kind.yes_or_no and outcome.any_positive:
        yield f'{where}: "any_positive" makes a yes/no outcome; add "kind: binary".'
    low, high = outcome.reference_range or (0.0, 1.0)
    if not low < high:
        yield f'{where}: "reference_range" must be [low, high] with low below high.'
    least, most = outcome.hard_range or (None, None)
    if least is not None and most is not None and least >= most:
        yield f'{where}: "hard_range" must be [low, high] with low below high; null is no limit.'
    if outcome.scale == "log" and low < 0:
        yield f'{where}: "reference_range" is negative, but "scale: log" needs positive values.'
    yield from _floor(where, outcome.floor, logged=outcome.scale == "log" or bool(outcome.log_cohorts))
    if outcome.other_units:
        yield from _other_units(outcome, f'{where}: "other_units"')


def _other_units(outcome: OutcomeSpec, where: str) -> Iterator[str]:
    if not kind_of(outcome.kind).standardised:
        yield f"{where} belongs to a number; a {outcome.kind} outcome has no unit: remove it."
    if not outcome.unit:
        yield f'{where} needs "unit", the unit of the values themselves.'
    if outcome.standardise == "cohort":
        yield f'{where} and "standardise: cohort": cohorts measure different things, each in its own unit; keep one.'
    if not all(other.unit.strip() for other in outcome.other_units):
        yield f'{where} has an entry without a "unit": name it.'
    names = [plain_unit(name) for name in (outcome.unit, *(other.unit for other in outcome.other_units))]
    if len(set(names)) < len(names):
        yield f'{where} has a unit twice, or the one of "unit": write each once.'
    if outcome.scale == "log" and any(other.offset for other in outcome.other_units):
        yield f'{where}: "offset" changes ratios, and "scale: log" is read by ratios; leave it out.'


def _covariates(spec: StudySpec) -> Iterator[str]:
    for covariate in spec.covariates:
        where = f'"covariates" entry "{covariate.name}"'
        if covariate.kind == "event" and spec.records.events is None:
            yield f'{where}: "kind: event" needs a table of events; add "records.events".'
        if covariate.advances and covariate.kind != "numeric":
            yield f'{where}: only a numeric covariate can have "advances: true".'
        if covariate.known == "ahead" and covariate.columns and not covariate.aggregate:
            leaked = [
                o.name
                for o in spec.outcomes
                if covariate.source_column in (o.any_positive or (o.source_column,))
            ]
            for name in leaked:
                yield f'{where}: "known: ahead" would reveal outcome "{name}" before it is predicted: leave it out.'
        if "=" in covariate.name:
            yield f'{where}: "=" separates a category from its level in tables; choose another name.'
        yield from _floor(where, covariate.floor, logged=covariate.scale == "log")


def _floor(where: str, floor: float | None, *, logged: bool) -> Iterator[str]:
    """Mistakes in a floor, the smallest value used on a log scale."""
    if floor is None:
        return
    if not logged:
        yield f'{where}: "floor" belongs to "scale: log"; remove it.'
    if not 0 < floor < float("inf"):
        yield f'{where}: "floor" is {floor:g}: it must be above 0, the smallest value that can be measured.'


def _factor(factor: CohortFactor, where: str) -> Iterator[str]:
    if list(factor.bands) != sorted(set(factor.bands)):
        yield f'"{where}.bands" must rise: write each cut point once, smallest first.'
    if len(set(factor.values)) < len(factor.values):
        yield f'"{where}.values" has a value twice: write each once.'
    if factor.bands and len(set(factor.labels)) < len(factor.labels):
        yield f'"{where}.labels" has a label twice: give each band its own.'
    if factor.bands and factor.values:
        yield f'"{where}" has both "bands" and "values": keep one.'
    levels = len(factor.bands) + 1 if factor.bands else len(factor.values)
    if factor.labels and levels != len(factor.labels):
        yield (
            f'"{where}" has {levels} levels but {len(factor.labels)} labels: '
            'give one label per level of "bands" or "values".'
        )


def _splits(spec: StudySpec) -> Iterator[str]:
    splits = spec.splits
    if splits.leave_cohorts_out and not spec.cohorts.factors:
        yield '"splits.leave_cohorts_out" leaves cohorts out, but there is only one: give "cohorts.factors".'
    own_scale = [o.name for o in spec.outcomes if o.standardise == "cohort"]
    if splits.leave_cohorts_out and own_scale:
        yield (
            f'"splits.leave_cohorts_out": outcome "{own_scale[0]}" has "standardise: cohort", and a cohort that nobody '
            'is trained on has no scale: use "evaluation.settings: [new_cohort]", where its patients lend one.'
        )
    named = splits.named_cohorts
    if splits.leave_cohorts_out == () or len(set(named)) < len(named):
        yield '"splits.leave_cohorts_out" names each cohort once, and at least one; or it is a number of cohorts.'
    if splits.folds < 2 or not 0 <= splits.fold < splits.folds:
        yield '"splits": "folds" must be 2 or more and "fold" one of 0 .. folds - 1.'
    taken = splits.tuning + splits.calibration + 1 / max(splits.folds, 2)
    if splits.tuning <= 0 or splits.calibration <= 0 or taken >= 0.95:
        yield (
            '"splits": "tuning", "calibration" and one fold are shares above 0 that together leave patients '
            "for training: less than 0.95 in all."
        )


def _evaluation(spec: StudySpec) -> Iterator[str]:
    evaluation = spec.evaluation
    if not evaluation.settings or len(set(evaluation.settings)) < len(evaluation.settings):
        yield '"evaluation.settings" names each setting once, and at least one: next, recent, later or new_cohort.'
    if "new_cohort" in evaluation.settings and not spec.cohorts.factors:
        yield '"evaluation.settings" has "new_cohort", but there is one cohort only: give "cohorts.factors".'
    for name in ("support_sizes", "cohort_sizes"):
        sizes = getattr(evaluation, name)
        if sizes is not None and (not sizes or list(sizes) != sorted(set(sizes)) or min(sizes) < 0):
            yield f'"evaluation.{name}" must rise from 0 or more: write each size once, smallest first.'
    if (largest := max(evaluation.support_sizes or (0,))) > spec.budget.max_support:
        yield (
            f'"evaluation.support_sizes" has {largest}, but at most {spec.budget.max_support} own records are used: '
            'leave it out, or raise "budget.max_support".'
        )
    yield from _groups(spec)


def _groups(spec: StudySpec) -> Iterator[str]:
    evaluation, known = spec.evaluation, {c.name: c for c in spec.covariates}
    if len(set(evaluation.groups)) < len(evaluation.groups):
        yield '"evaluation.groups" has a name twice: write each once.'
    for name in evaluation.groups:
        if name not in known:
            yield f'"evaluation.groups" has "{name}", which is not a covariate: {nearest(name, list(known))}'
    for name, bands in evaluation.bands.items():
        if name not in evaluation.groups:
            yield f'"evaluation.bands" has "{name}", which is not under "evaluation.groups".'
        if not bands or list(bands) != sorted(set(bands)):
            yield f'"evaluation.bands.{name}" must rise: write each cut point once, smallest first.'


def _serve(spec: StudySpec) -> Iterator[str]:
    if spec.serve.max_silence_days is not None and spec.records.time.unit != "date":
        yield '"serve.max_silence_days" compares patients\' dates: "records.time.unit" must be date.'


def _predictors(spec: StudySpec) -> Iterator[str]:
    learners, baselines = tuple(dict.fromkeys((*LEARNERS.names(), *ON_SERIES))), BASELINES.names()
    if not spec.learners:
        yield f'"learners" is empty: name at least one of {", ".join(learners)}.'
    for position, learner in enumerate(spec.learners):
        if fitted_on_series(learner.name):
            yield from _closed_form_mistakes(learner, position)
        elif learner.name in learners:
            yield from option_mistakes(learner, position)
        else:
            yield f'"learners" entry "{learner.name}" is not a learner: {nearest(learner.name, list(learners))}'
    names = [learner.name for learner in spec.learners]
    if len(set(spec.baselines)) < len(spec.baselines):
        yield '"baselines" has a name twice: write each once.'
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f'"learners" has "{name}" twice: use "seeds" to average several.'
    for name in sorted(set(names) & set(spec.baselines)):
        advice = "write it once" if fitted_on_series(name) else "rename the entry point of one of them"
        yield f'"{name}" is under "learners" and under "baselines": {advice}.'
    if not spec.baselines:
        yield f'"baselines" is empty: name at least one of {", ".join(baselines)}.'
    for name in spec.baselines:
        if name in baselines:
            yield from _unusable_baseline(name)
        else:
            yield f'"baselines" entry "{name}" is not a baseline: {nearest(name, list(baselines))}'


def _closed_form_mistakes(learner: LearnerSpec, position: int) -> Iterator[str]:
    """Keys that have no meaning for a learner that is fitted once, in closed form, on all training series."""
    plain = LearnerSpec(name=learner.name)
    for key in ("options", "seeds", "steps", "learning_rate"):
        if getattr(learner, key) != getattr(plain, key):
            yield (
                f'"learners[{position}].{key}": {learner.name} is fitted in closed form on all training series and has '
                f"none: leave it out."
            )


def _unusable_baseline(name: str) -> Iterator[str]:
    """Mistakes of a baseline of another distribution; built-in ones are not loaded."""
    try:
        if BASELINES.plug_in(name) is not None:
            BASELINES.load(name)
    except PlugInError as error:
        yield f'"baselines" entry "{name}": {error}'
