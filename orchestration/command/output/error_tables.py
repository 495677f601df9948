"""Errors on held-out patients for a terminal: one table for each kind of outcome, by number of own records.

Outcomes that are averaged in standard deviations have one table together, every other outcome has its own: its main
error by support size, and beside it the scores of its whole distribution and what is measured of all records jointly.
"""

from collections.abc import Iterator

import pandas as pd
from rich.table import Table
from rich.text import Text

from meta_med.evaluate.number_text import decimal
from meta_med.outcomes import OutcomeKind, kind_of
from meta_med.outcomes.kind import Metric
from meta_med.outcomes.registry import KINDS
from meta_med.study import StudySpec

ALL, POOLED, CHAMPION, UN_ADAPTED, EVENTS = "all", -1, "champion", "un_adapted", "events"
LARGEST_SHOWN = 5
MOST_TABLES = 6
ROLES = ("champion", "learner", "baseline", "")


def error_tables(table: pd.DataFrame, spec: StudySpec) -> Iterator[Table | str]:
    """A table for each headline outcome of an evaluation table, at most MOST_TABLES; a line names the others."""
    whole = table[table["cohort"] == ALL]
    shown = list(_tables_of(whole, spec))
    for place, (outcome, kind) in enumerate(shown[:MOST_TABLES]):
        if place:
            yield ""
        yield _table(whole[whole["outcome"] == outcome], outcome, kind, spec)
    if len(shown) > MOST_TABLES:
        names = ", ".join(_title(outcome, kind, spec) for outcome, kind in shown[MOST_TABLES:])
        yield f"Also evaluated, see --json: {names}."


def _tables_of(whole: pd.DataFrame, spec: StudySpec) -> Iterator[tuple[str, OutcomeKind]]:
    """(outcome, its kind), "all" for the outcomes of a kind that are averaged."""
    for kind in (k for k in KINDS.values() if k.metrics):
        rows = whole[whole["metric"] == kind.metrics[0].name]
        if (rows["outcome"] == ALL).any():
            yield ALL, kind
        else:
            own = [o.name for o in spec.outcomes if kind_of(o.kind) is kind]
            yield from ((name, kind) for name in own if (rows["outcome"] == name).any())


def _table(rows: pd.DataFrame, outcome: str, kind: OutcomeKind, spec: StudySpec) -> Table:
    main = rows[rows["metric"] == kind.metrics[0].name]
    wide = main.pivot_table(index="predictor", columns="support_size", values="value", aggfunc="first")
    order = sorted(wide.index, key=lambda name: (_role(str(name), spec), str(name)))
    sizes = sorted(wide.columns.astype(int), key=lambda size: (size == POOLED, size))
    sizes = [size for size in sizes if size <= LARGEST_SHOWN]
    shown = Table(title_justify="left", caption_justify="left")
    shown.title = f"{_title(outcome, kind, spec)}, held-out patients (lower is better)"
    shown.caption = _caption(rows, kind, sizes)
    shown.add_column("predictor", no_wrap=True)
    shown.add_column("role", no_wrap=True)
    columns = [_column(wide[size].loc[order], kind.metrics[0]) for size in sizes]
    for size in sizes:
        shown.add_column("1 or more" if size == POOLED else str(size), justify="right", no_wrap=True)
    for metric in _beside(kind):
        shown.add_column(metric.short, justify="right", no_wrap=True)
        own = rows[(rows["metric"] == metric.name) & (rows["support_size"] == sizes[-1])]
        columns.append(_column(own.set_index("predictor")["value"].reindex(order), metric))
    for name, *cells in zip(order, *columns, strict=True):
        shown.add_row(str(name), ROLES[_role(str(name), spec)], *cells)
    return shown


def _beside(kind: OutcomeKind) -> list[Metric]:
    """The metrics beside the errors, over all own records: of the whole distribution, and the first joint metric."""
    return [*kind.distribution_metrics, *kind.joint_metrics[:1]]


def _title(outcome: str, kind: OutcomeKind, spec: StudySpec) -> str:
    """The error's name with the outcome it is of."""
    error = f"{kind.metrics[0].title[0].upper()}{kind.metrics[0].title[1:]}"
    if outcome != ALL:
        return f"{error} of {next(o.title for o in spec.outcomes if o.name == outcome)}"
    titles = [o.title for o in spec.outcomes if kind_of(o.kind).standardised]
    what = titles[0] if len(titles) == 1 else f"{len(titles)} outcomes together"
    return f"{error} of {what} in standard deviations"


def _caption(rows: pd.DataFrame, kind: OutcomeKind, sizes: list[int]) -> str:
    """What the columns are, and how many records have the event where that is counted."""
    beside = " and ".join(metric.short for metric in _beside(kind))
    if sizes == [0]:
        lines = ["nobody has earlier records of their own: every prediction is without any (0)"]
    else:
        lines = [
            "by the number of the patient's own earlier records that were used; "
            + (f"{beside} of 1 or more; " if sizes[-1] == POOLED else "")
            + "--json has all of it"
        ]
    counted = rows[(rows["metric"] == EVENTS) & (rows["support_size"] == sizes[-1])]
    if len(counted):
        events, records = counted["value"].iloc[0], counted["n_predictions"].iloc[0]
        lines.append(f"records with the event: {events:,.0f} of {records:,}")
        names = ", ".join(m.short for m in kind.joint_metrics)
        if not rows["metric"].isin([m.name for m in kind.joint_metrics]).any():
            lines.append(f"too few records with the event, or without it, for {names}")
    return "\n".join(lines)


def _role(name: str, spec: StudySpec) -> int:
    if name == CHAMPION:
        return 0
    if name in {learner.name for learner in spec.learners}:
        return 1
    return 2 if name in (*spec.baselines, UN_ADAPTED) else 3


def _column(values: "pd.Series[float]", metric: Metric) -> list[Text]:
    """One cell for each value, the best in bold; "-" where nothing was estimated."""
    distance = metric.loss(values)
    return [
        Text(decimal(value, ".3f") or "-", style="bold" if away == distance.min() else "")
        for value, away in zip(values, distance, strict=True)
    ]
