"""The pipeline page, for stewards and engineers: runs, what is late, what is held back, releases, model versions."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from dashboard.charts import pipeline as charts
from dashboard.page_parts import cards, chart, metric_card, rows_of, small_table
from dashboard.pipeline import read
from dashboard.pipeline.freshness import moment, remarks, up_to_date_since
from dashboard.pipeline.read import Notes
from dashboard.release import Served, manifest_value
from dashboard.views.overview import pipeline_releases
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label
from dashboard.wording.numbers import DASH, number, percent
from dashboard.wording.overview import pipeline as words
from dashboard.wording.times import ago, duration, minute
from meta_med.published.notes.last_runs import Kind, LastRun

MOST_MODELS = 12


def show(served: Served) -> None:
    """What is late, then runs, what is held back, releases and models."""
    st.title(words.TITLE())
    st.caption(words.ABOUT())
    notes = read.notes(served)
    late = remarks(served, notes)
    for remark in late:
        st.warning(escaped(remark))
    if not notes.runs and not notes.models:
        st.info(words.UNKNOWN())
    elif not late:
        st.success(words.FINE())
    _headlines(served, notes)
    _runs(notes)
    _held_back(served)
    pipeline_releases.show(served)
    _models(served, notes)


def _headlines(served: Served, notes: Notes) -> None:
    now, published = served.now, served.head.published_at
    with cards("pipeline"):
        metric_card(words.AGE(), _passed(published, now), words.SINCE_PUBLISHED())
        good = up_to_date_since(served, notes)
        if good > published:
            metric_card(words.CHECKED(), ago(good, now), words.NOTHING_NEW())
        trained = notes.trained(served)
        model = str(served.head.manifest.get("model") or "")
        age = DASH if trained is None else _passed(trained, now)
        metric_card(words.MODEL_AGE(), age, escaped(model) or words.UNKNOWN_MODEL())
        _rows_card(served)
        newest = words.NEWEST(ago=ago(notes.inbox[-1], now)) if notes.inbox else words.EMPTY()
        metric_card(words.IN_INBOX(), number(len(notes.inbox), 0), newest)


def _rows_card(served: Served) -> None:
    held, given = (manifest_value(served.head, name) for name in ("rows_quarantined", "rows_in"))
    if isinstance(held, int) and isinstance(given, int) and given:
        share = words.OF_ROWS(share=percent(held / given, 1), n=given)
        metric_card(words.ROWS_HELD_BACK(), number(held, 0), share)


def _runs(notes: Notes) -> None:
    st.subheader(words.RUNS())
    if not notes.runs:
        st.caption(words.NO_RUNS())
        return
    small_table(runs_table(notes.runs), alt=words.RUNS_ALT())
    st.caption(words.RUNS_NOTE())


def runs_table(runs: Mapping[Kind, LastRun]) -> pd.DataFrame:
    """One row per kind of run: its last start, and the last end with its outcome."""
    return pd.DataFrame(
        [
            {
                words.RUN(): label(words.KINDS, kind),
                words.STARTED(): minute(moment(run.started)),
                words.ENDED(): minute(moment(run.ended)) if run.ended else DASH,
                words.DURATION(): duration(run.seconds / 86_400) if run.ended else DASH,
                words.OUTCOME(): outcome_of(run),
                words.EXIT(): str(run.exit_code) if run.ended else DASH,
                words.CODE(): run.code or DASH,
            }
            for kind, run in runs.items()
        ]
    )


def outcome_of(run: LastRun) -> str:
    """How the last run of a kind ended; where it has not, also how the one before did."""
    before = words.FAILED() if run.exit_code else words.WELL()
    if not run.is_open:
        return before
    return words.OPEN(before=before) if run.ended else words.FIRST_OPEN()


def _held_back(served: Served) -> None:
    st.subheader(words.HELD())
    rows = read.held_back(served)
    if rows.empty:
        st.text(words.NOTHING_HELD())
        return
    st.caption(words.HELD_NOTE())
    named = held_rows(rows)
    alt_text = words.HELD_ALT(told=", ".join(named["name"]))
    chart(charts.held_back(named), alt_text, lambda: held_table(rows), "held_back")


def held_rows(findings: pd.DataFrame) -> pd.DataFrame:
    """One row per reason and rule, with its count in its `name`."""
    names = [
        words.COUNTED(reason=str(row["title"] or row["code"]), n=number(row["count"], 0))
        for row in rows_of(findings)
    ]
    return findings.assign(name=names)


def held_table(findings: pd.DataFrame) -> pd.DataFrame:
    """One row per reason: rows, share, rule and code."""
    return pd.DataFrame(
        {
            words.REASON(): findings["title"].fillna(findings["code"]),
            words.ROWS(): findings["count"].map(lambda count: number(count, 0)),
            words.SHARE(): findings["share"].map(lambda share: percent(share, 1)),
            words.RULE(): findings["rule"],
            words.CODE(): findings["code"],
        }
    )


def _models(served: Served, notes: Notes) -> None:
    st.subheader(words.MODELS())
    model = str(served.head.manifest.get("model") or DASH)
    if not notes.models:
        st.text(words.NO_MODELS(model=model))
        return
    shown = notes.models[:MOST_MODELS]
    small_table(models_table(Notes(models=shown), model), alt=words.MODELS_ALT())
    if len(shown) < len(notes.models):
        st.caption(words.MORE(n=len(shown), all=len(notes.models)))


def models_table(notes: Notes, of_release: str) -> pd.DataFrame:
    """One row per model version, the newest first."""
    return pd.DataFrame(
        [
            {
                words.MODEL(): words.OF_THIS_RELEASE(version=one.version)
                if one.version == of_release
                else one.version,
                words.STATE(): label(words.MODEL_STATES, one.state),
                words.SINCE(): minute(moment(one.since)),
                words.BY(): one.who,
                words.TRAINED(): minute(moment(one.trained)),
                words.WHY(): one.why,
            }
            for one in notes.models
        ]
    )


def _passed(then: datetime, now: datetime) -> str:
    return duration((now - then) / timedelta(days=1))
