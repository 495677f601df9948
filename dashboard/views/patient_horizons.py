"""The forecast over time of one outcome: its table behind the chart, and in words what no patient can vouch for."""

import math
from collections.abc import Iterator

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard.charts.fan import drawn_horizons
from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, rows_of, table_behind
from dashboard.release import Served
from dashboard.wording import outcomes as outcome_words
from dashboard.wording import patient as words
from dashboard.wording.markdown import escaped
from dashboard.wording.numbers import is_finite, percent
from dashboard.wording.times import duration


def show(served: Served, outcome: Row, prediction: Row, ahead: pd.DataFrame) -> None:
    """The table, closed at first, and the horizons without a forecast; nothing where the study has only its own one."""
    if len(ahead) < 2:
        return
    alt = words.OVER_TIME_TABLE(outcome=str(outcome["label"]))
    check = cache.horizon_check(served)
    table_behind(
        words.OVER_TIME(), alt, lambda: horizons_table(outcome, ahead, check), f"horizons_{outcome['name']}"
    )
    for sentence in not_shown(prediction, ahead):
        st.caption(escaped(sentence))


def horizons_table(outcome: Row, ahead: pd.DataFrame, check: pd.DataFrame) -> pd.DataFrame:
    """One row per horizon: the forecast with its intervals, how these did on held-out patients, why there is none."""
    own = check[check["outcome"] == outcome["name"]].set_index("horizon_days")
    rows = []
    for row in rows_of(ahead):
        numbers = kind_of(outcome).numbers(outcome, {**_no_unadapted(), **row}, None)
        for name in (outcome_words.LAST_VALUE(), outcome_words.UNADAPTED()):
            numbers.pop(name)
        days = float(row["horizon_days"])
        vouched = (
            coverage({str(k): v for k, v in own.loc[days].items()})
            if days in own.index
            else words.NOT_CHECKED()
        )
        rows.append(
            {
                words.AFTER_NEWEST(): duration(days),
                **numbers,
                words.ON_HELD_OUT(): vouched,
                words.REASON(): str(row["reason"] or ""),
            }
        )
    return pd.DataFrame(rows)


def coverage(check: Row) -> str:
    """How the horizon did on held-out patients, in words."""
    n = int(check["n_patients"])
    if is_finite(check["coverage_90"]) and is_finite(check["coverage_90_low"]):
        low, high = percent(check["coverage_90_low"]), percent(check["coverage_90_high"])
        return words.HELD(n, share=percent(check["coverage_90"]), low=low, high=high)
    if is_finite(check["predicted"]):
        return words.RISK(n, predicted=percent(check["predicted"]), observed=percent(check["observed"]))
    return words.NOT_CHECKED()


def not_shown(prediction: Row, ahead: pd.DataFrame) -> Iterator[str]:
    """A sentence for each reason why some horizons have no forecast; none where the prediction itself is withheld."""
    if prediction["status"] == "withheld":
        return
    missing = ahead[ahead["mean"].isna() & ahead["probability"].isna()]
    for reason, rows in missing.groupby("reason", sort=False):
        named = [duration(days) for days in rows["horizon_days"]]
        yield words.NOT_SHOWN(horizons=_listed(named), reason=str(reason))


def described(outcome: Row, ahead: pd.DataFrame) -> str:
    """The fan as text; "" where none is drawn."""
    shown = drawn_horizons(ahead)
    if shown.empty:
        return ""
    each = []
    for row in rows_of(shown):
        value, _, sure = kind_of(outcome).headline(outcome, row)
        far = duration(float(row["horizon_days"]))
        each.append(words.HORIZON_DESCRIBED(duration=far, value=value, interval=sure))
    return words.OVER_TIME_DESCRIBED(horizons="; ".join(each))


def _no_unadapted() -> dict[str, float]:
    return dict.fromkeys(("unadapted_mean", "unadapted_probability"), math.nan)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else words.AND(first=", ".join(names[:-1]), last=names[-1])
