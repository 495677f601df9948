"""The replay on the patient page: what would have been predicted from the first k records, beside what came."""

import math
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import patients, session
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, chart, rows_of
from dashboard.release import Served
from dashboard.units import chosen as units
from dashboard.views.patient_facts import PatientShown
from dashboard.views.patient_outcome import when
from dashboard.wording import outcomes as outcome_words
from dashboard.wording import patient as patient_words
from dashboard.wording.explanations import replay as words
from dashboard.wording.markdown import escaped
from dashboard.wording.numbers import is_finite

BOUNDS = tuple(f"{side}_{level}" for level in (50, 80, 90) for side in ("lower", "upper"))


def show(served: Served, shown: PatientShown) -> None:
    """The section: whose fits predicted, how all earlier predictions did, and each of them by a slider."""
    steps = units.shown(served, patients.replay(served, shown.read))
    st.subheader(words.TITLE())
    if steps.empty:
        st.caption(words.NONE())
        return
    role = str(steps["role"].iloc[0])
    told = words.ROLES[role]() if role in words.ROLES else ""
    st.caption(words.HOW(role=told).strip())
    with st.container(border=True):
        _steps(served, shown, steps)


def _steps(served: Served, shown: PatientShown, steps: pd.DataFrame) -> None:
    """One outcome of the patient at one number of own records."""
    known = [o for o in shown.outcomes if (steps["outcome"] == o["name"]).any()]
    chosen = st.selectbox(
        words.OUTCOME(),
        range(len(known)),
        format_func=lambda i: str(known[i]["label"]),
        key=_key(served, shown, "outcome"),
    )
    outcome = known[chosen or 0]
    own: pd.DataFrame = steps[steps["outcome"] == outcome["name"]].reset_index(drop=True)
    st.markdown(escaped(" ".join(in_figures(outcome, own))))
    step = _chosen_step(served, shown, outcome, own)
    told = described(outcome, step)
    st.markdown(escaped(told))
    caption = (patient_words.NAMED(name=shown.name), str(outcome["label"]))
    records = shown.own(outcome)
    picture = kind_of(outcome).replayed(records, step, outcome, own, caption)
    first, dated = records["time_days"].min(), _is_dated(shown.predictions[outcome["name"]])
    if picture is not None:
        chart(picture, told, lambda: table(outcome, own, first, dated=dated), f"replay_{outcome['name']}")
        if kind_of(outcome).has_legend:
            st.caption(words.KEY())


def _key(served: Served, shown: PatientShown, name: str) -> str:
    return session.key(served, f"replay_{name}_{shown.name}")


def _chosen_step(served: Served, shown: PatientShown, outcome: Row, own: pd.DataFrame) -> Row:
    """The step at the slider: an earlier one, or today's prediction."""
    earlier = {int(row["own_records"]): row for row in rows_of(own)}
    today = max(max(earlier) + 1, _records_today(shown))
    k = st.select_slider(
        words.OWN_RECORDS(),
        [*earlier, today],
        value=max(earlier),
        format_func=lambda n: words.TODAY(n=n) if n == today else str(n),
        key=_key(served, shown, f"k_{outcome['name']}"),
    )
    if k in earlier:
        dated = _is_dated(shown.predictions[outcome["name"]])
        return {**earlier[k], "predicted_time_days": earlier[k]["time_days"] if dated else math.nan}
    newest = float(shown.own(outcome)["time_days"].max())
    return todays_step(shown.predictions[outcome["name"]], today, newest)


def _records_today(shown: PatientShown) -> int:
    """Own records before the predicted one; where the newest record itself is predicted it is not among them."""
    days = [float(row["predicted_time_days"]) for row in shown.predictions.values()]
    itself = bool(days) and days[0] == float(shown.subject["newest_record_days"])
    return int(shown.subject["n_records"]) - itself


def _is_dated(prediction: Row) -> bool:
    return is_finite(prediction["predicted_time_days"])


def todays_step(prediction: Row, own_records: int, newest: float) -> dict[str, object]:
    """The prediction of the page as the last step of the replay; `newest`: the time of the newest value."""
    return {
        **prediction,
        "own_records": own_records,
        "time_days": prediction["predicted_time_days"] if _is_dated(prediction) else newest + 1,
        "value": math.nan,
        "last_value": math.nan,
    }


def in_figures(outcome: Row, own: pd.DataFrame) -> list[str]:
    """How the earlier predictions of an outcome did, as sentences."""
    lost = int((own["mean"].isna() & own["probability"].isna()).sum())
    return [*kind_of(outcome).hindsight(own, outcome), *([words.NOT_PREDICTED(lost)] if lost else [])]


def described(outcome: Row, step: Mapping[str, object]) -> str:
    """One step in words: what was predicted, and what came."""
    k, value = int(str(step["own_records"])), step["value"]
    if not is_finite(_number(step["mean"])) and not is_finite(_number(step["probability"])):
        told = words.WITHHELD(k, reason=str(step["reason"] or ""))
    else:
        then = {"unadapted_mean": math.nan, "unadapted_probability": math.nan, **step}
        expected, about, sure = kind_of(outcome).headline(outcome, then)
        predicted = "; ".join(part for part in (f"{expected} {about}".strip(), sure) if part)
        told = words.THEN(k, prediction=predicted)
    return f"{told.strip()} {_came(outcome, step, _number(value))}"


def _came(outcome: Row, step: Mapping[str, object], value: float) -> str:
    if not is_finite(value):
        return words.NOT_YET()
    text = f"{kind_of(outcome).value(value, outcome)} {outcome['unit'] or ''}".strip()
    inside = within(step)
    if inside is None:
        return words.CAME(value=text)
    return words.CAME_INSIDE(value=text) if inside else words.CAME_OUTSIDE(value=text)


def within(step: Mapping[str, object]) -> bool | None:
    """Whether what came is inside the 90 % interval; None where there is no interval or nothing came."""
    low, high, value = (_number(step[name]) for name in ("lower_90", "upper_90", "value"))
    if not (is_finite(low) and is_finite(high) and is_finite(value)):
        return None
    return low <= value <= high


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def table(outcome: Row, own: pd.DataFrame, first: float, *, dated: bool = True) -> pd.DataFrame:
    """Every step of an outcome, the newest first.

    Args:
        outcome: the published row; own: its steps.
        first: the time of the patient's first value; dated: whether times are days, else positions in an order.

    """
    return pd.DataFrame([_table_row(outcome, row, first, dated) for row in reversed(rows_of(own))])


def _table_row(outcome: Row, row: Row, first: float, dated: bool) -> dict[str, str]:
    kind = kind_of(outcome)
    known = {"unadapted_mean": math.nan, "unadapted_probability": math.nan, **row}
    numbers = kind.numbers(outcome, known, row["last_value"])
    last = numbers.pop(outcome_words.LAST_VALUE())
    numbers.pop(outcome_words.UNADAPTED())
    inside = within(row)
    return {
        words.RECORDS(): str(row["own_records"]),
        words.TIME(): when(row["time_days"] - first, dated=dated),
        **numbers,
        words.VALUE(): kind.value(row["value"], outcome),
        words.WITHIN(): "" if inside is None else words.YES() if inside else words.NO(),
        words.LAST_VALUE(): last,
        words.REASON(): str(row["reason"] or ""),
    }
