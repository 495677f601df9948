"""One outcome of the patient on the page: its card, its measured values, and its row in the table of all numbers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.outcome_kinds import kind_of
from dashboard.page_parts import Row, chart, small_table
from dashboard.release import Served
from dashboard.views import patient_horizons
from dashboard.views.patient_facts import PatientShown
from dashboard.wording import names
from dashboard.wording import patient as words
from dashboard.wording.charts import AFTER_FIRST, FIRST_RECORD, IN_UNIT, RECORD
from dashboard.wording.markdown import escaped
from dashboard.wording.message import label
from dashboard.wording.numbers import DASH, is_finite
from dashboard.wording.predictions import basis, remarks
from dashboard.wording.times import duration


def card(served: Served, shown: PatientShown, outcome: Row, newest: int | None) -> None:
    """Headline, chart, what it rests on, and remarks."""
    prediction, own = shown.predictions[outcome["name"]], shown.own(outcome)
    headline(outcome, prediction)
    caption = (words.NAMED(name=shown.name), str(outcome["label"]))
    ahead = shown.ahead(outcome)
    picture = kind_of(outcome).chart(own, prediction, outcome, caption, newest, ahead)
    if picture is not None:
        alt = f"{describe(outcome, prediction, own)} {patient_horizons.described(outcome, ahead)}".strip()
        chart(picture, alt, lambda: values_table(outcome, prediction, own), f"values_{outcome['name']}")
    patient_horizons.show(served, outcome, prediction, ahead)
    st.caption(escaped(basis_of(outcome, prediction, own)))
    _remarks(served, prediction, shown.about)


def headline(outcome: Row, prediction: Row) -> None:
    """The outcome's name; the expected value, what it means, and how sure it is."""
    name = str(outcome["label"])
    value, about, sure = kind_of(outcome).headline(outcome, prediction)
    titled = IN_UNIT(title=name, unit=outcome["unit"]) if outcome["unit"] else name
    st.markdown(f"**{escaped(titled)}**  \n**{escaped(value)}** {escaped(about)}  \n{escaped(sure)}")


def basis_of(outcome: Row, prediction: Row, own: pd.DataFrame) -> str:
    """What the patient's past was, and what the prediction rests on."""
    return f"{kind_of(outcome).past(own)} {basis(prediction)}".strip()


def _remarks(served: Served, prediction: Row, about: tuple[str, ...]) -> None:
    """The guards' remarks on this outcome alone, and where a simple method is better."""
    if own := own_remarks(prediction, about):
        st.warning(escaped(own))
    for remark in simple_method_better(served.head.manifest, prediction):
        st.info(escaped(remark))


def own_remarks(prediction: Row, about: tuple[str, ...]) -> str:
    """The guards' remarks on this outcome alone; those on all outcomes are about the patient."""
    return " ".join(remark for remark in remarks(prediction["flags"]) if remark not in about)


def simple_method_better(manifest: Mapping[str, Any], prediction: Row) -> list[str]:
    """Where a simple method surely predicts held-out patients better who had as many own records as this patient."""
    if not is_finite(prediction["mean"]) and not is_finite(prediction["probability"]):
        return []
    own = int(prediction["support_size"])
    return [
        words.SIMPLE_BETTER(told=str(entry["told"]))
        for entry in manifest.get("worse_than_baseline", [])
        if entry["sure"] and entry["outcome"] == prediction["outcome"] and own in range(*entry["sizes"])
    ]


def describe(outcome: Row, prediction: Row, own: pd.DataFrame) -> str:
    """A text alternative for the chart."""
    kind, values = kind_of(outcome), own["value"].dropna()
    told = words.DESCRIBED(
        outcome=str(outcome["label"]),
        measured=f"{words.EARLIER_VALUES(len(values))}{kind.measured(values, outcome)}",
        following=" ".join(kind.headline(outcome, prediction)).strip(),
    )
    beside = kind.unadapted(outcome, prediction)
    return f"{told} {words.UNADAPTED(value=beside)}" if beside else told


def values_table(outcome: Row, prediction: Row, own: pd.DataFrame) -> pd.DataFrame:
    """The patient's measured values, the newest first."""
    measured = own.dropna(subset=["value"]).sort_values("time_days", ascending=False, kind="stable")
    dated = is_finite(prediction["predicted_time_days"])
    first = measured["time_days"].min()
    return pd.DataFrame(
        {
            words.TIME(): [when(days - first, dated=dated) for days in measured["time_days"]],
            words.VALUE(): [kind_of(outcome).value(value, outcome) for value in measured["value"]],
        }
    )


def when(days: float, *, dated: bool) -> str:
    """A time after the first value in words; where times are only an order, the position in it."""
    if not dated:
        return RECORD(n=round(days + 1))
    return AFTER_FIRST(duration=duration(days)) if days > 0 else FIRST_RECORD()


def numbers(shown: PatientShown) -> None:
    """Every prediction with its intervals; columns without any entry are left out."""
    rows = [
        numbers_row(outcome, shown.predictions[outcome["name"]], shown.records) for outcome in shown.outcomes
    ]
    table = pd.DataFrame(rows)
    empty = [name for name in table if not table[name].str.strip(DASH).any()]
    small_table(table.drop(columns=empty), alt=words.NUMBERS_TABLE())


def numbers_row(outcome: Row, prediction: Row, records: pd.DataFrame) -> dict[str, str]:
    """One outcome's numbers as the table shows them."""
    own = records[records["outcome"] == outcome["name"]].dropna(subset=["value"])
    last = float(own["value"].iloc[-1]) if len(own) else None
    return {
        words.OUTCOME(): str(outcome["label"]),
        **kind_of(outcome).numbers(outcome, prediction, last),
        words.BASIS(): label(names.STATUS, str(prediction["status"])),
        words.RECORDS_USED(): str(prediction["support_size"]),
        words.PREDICTOR(): names.predictor_label(str(prediction["predictor"])),
        words.REASON(): str(prediction["reason"] or ""),
        words.REMARK(): str(prediction["flags"] or ""),
    }
