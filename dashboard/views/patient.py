"""The patient page: own records, predictions with intervals, and what they are based on."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache, session, wording
from dashboard.charts.legend import legend
from dashboard.charts.trajectory import FEW, MANY
from dashboard.outcome_kinds import DASH, kind_of
from dashboard.page_parts import Row, cards, rows_by, rows_of, small_table
from dashboard.release import Served
from dashboard.wording import escaped, is_finite, quantity
from meta_med.published import reader, search
from meta_med.published.search import LONGEST_TEXT

TRAINED_ON = (
    "This patient's earlier records took part in training the model: how well it fits them says nothing "
    "about its accuracy."
)
KEY_ALTS = (
    "Blue line with dots: measured values",
    "Green band: reference range",
    "Brown diamond: adapted prediction",
    "Graded orange bars: its 50, 80 and 90 percent intervals",
    "Hollow grey square on a thin line: un-adapted prediction with its 90 percent interval",
)
ZOOM_NOTE = (
    "Drag a chart to move through time; pinch, or turn the wheel with Ctrl, to zoom; double-click to reset."
)


def show(served: Served) -> None:
    """The patient opened from the worklist, or a box to type an id."""
    opened = session.opened_patient(served)
    if opened is None:
        st.title("Patient")
        st.info("Choose a patient in the worklist, or type a patient id.")
        _patient_id_box(served)
        return
    found = reader.subject(served.url, served.release_id, opened.subject_id)
    if found is None:
        st.title("Patient")
        st.warning("This patient is not in the current release.")
        _patient_id_box(served)
        return
    if opened.release_id != served.release_id:
        st.info(
            "The release changed after this patient was opened: all numbers here are from the current release."
        )
    _page(served, found)


def _patient_id_box(served: Served) -> None:
    typed = st.text_input("Patient id", max_chars=LONGEST_TEXT, key=session.key(served, "typed_subject"))
    if not typed.strip():
        return
    named = search.named_subjects(served.url, served.release_id, typed.strip())
    if len(named) > 1:
        st.info(f"{len(named):,} series have this id: choose one.")
        chosen = st.selectbox(
            "Series",
            named,
            index=None,
            format_func=lambda name: wording.name_of(served.head.manifest, name),
            key=session.key(served, "typed_series"),
        )
        if chosen is None:
            return
        named = (chosen,)
    wanted, opened = named[0] if named else typed.strip(), session.opened_patient(served)
    if opened is None or opened.subject_id != wanted:  # else an unknown id would be opened for ever
        session.open_patient(served, wanted)
        st.rerun()


def _page(served: Served, subject: dict[str, Any]) -> None:
    records = reader.records(served.url, served.release_id, subject["subject_id"])
    predictions = reader.predictions(served.url, served.release_id, subject["subject_id"])
    outcomes = cache.outcomes(served.url, served.release_id)
    name = wording.name_of(served.head.manifest, str(subject["subject_id"]))
    _header(subject, name, predictions["predicted_time_days"].max())
    about = wording.common_remarks(list(predictions["flags"]))
    if about:
        st.warning(escaped(f"Look closer. {' '.join(about)}"))
    if subject["remarks"]:
        st.info(escaped(f"About this patient's data. {subject['remarks']}"))
    by_outcome = rows_by(predictions, "outcome")
    shown = [row for row in rows_of(outcomes) if row["name"] in by_outcome]
    if any(kind_of(outcome).has_legend for outcome in shown):
        _legend()
    newest = _newest_shown(served, records)
    with cards("outcomes", "wide"):
        for outcome in shown:
            own = records[records["outcome"] == outcome["name"]]
            with st.container(border=True):
                _card(name, outcome, by_outcome[outcome["name"]], own, newest)
                _remarks(by_outcome[outcome["name"]], about)
                for remark in simple_method_better(served.head.manifest, by_outcome[outcome["name"]]):
                    st.info(escaped(remark))
    st.subheader("All numbers")
    _table(shown, by_outcome, records)


def _legend() -> None:
    with st.container(horizontal=True, gap="small"):
        for entry, alt in zip(legend(), KEY_ALTS, strict=True):
            st.altair_chart(entry, alt=alt, width="content")


def _newest_shown(served: Served, records: pd.DataFrame) -> int | None:
    """How many of the newest records the charts open on; None for all. Asked where there are too many to read."""
    most = int(records["outcome"].value_counts().max()) if len(records) else 0
    choices: list[int | None] = [*(count for count in (FEW, MANY) if count < most), None]
    if len(choices) == 1:
        return None
    chosen = st.segmented_control(
        "Records in the charts",
        range(len(choices)),
        default=0,
        format_func=lambda i: f"Newest {choices[i]}" if choices[i] else f"All {most:,}",
        key=session.key(served, "newest"),
    )
    st.caption(ZOOM_NOTE)
    return choices[chosen or 0]


def _header(subject: dict[str, Any], name: str, predicted: float) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(f"Patient {escaped(name)}", width="content")
        status = subject["status"]
        st.badge(
            wording.STATUS.get(status, "Unknown status"), color=wording.STATUS_COLOUR.get(status, "gray")
        )
    shown = wording.covariates(subject["display"])
    facts = [
        f"Cohort: {subject['cohort']}",
        wording.counted(int(subject["n_records"]), "own record"),
        *_horizon(subject, predicted),
    ]
    st.markdown(escaped("  ·  ".join([*([shown] if shown else []), *facts])))
    notes = [wording.STATUS_MEANING.get(status, ""), TRAINED_ON if subject["split"] == "train" else ""]
    st.caption(" ".join(note for note in notes if note))


def _horizon(subject: dict[str, Any], predicted: float) -> list[str]:
    """How far ahead is predicted; nothing where times are an order, or the newest record itself is predicted."""
    ahead = predicted - subject["newest_record_days"]
    return [f"predicted {wording.duration(ahead)} after the newest record"] if ahead > 0 else []


def _card(name: str, outcome: Row, prediction: Row, own: pd.DataFrame, newest: int | None) -> None:
    kind = kind_of(outcome)
    label = f"{outcome['label']} ({outcome['unit']})" if outcome["unit"] else str(outcome["label"])
    value, about, sure = kind.headline(outcome, prediction)
    st.markdown(f"**{escaped(label)}**")
    st.markdown(f"**{escaped(value)}** {escaped(about)}  \n{escaped(sure)}")
    alt, caption = describe(outcome, prediction, own), (f"Patient {name}", str(outcome["label"]))
    if (picture := kind.chart(own, prediction, outcome, caption, newest)) is not None:
        st.altair_chart(picture, alt=alt)
    st.caption(escaped(f"{kind.past(own)}{wording.basis(prediction)}"))


def _remarks(prediction: Row, about: tuple[str, ...]) -> None:
    """The guards' remarks on this outcome alone; those on all outcomes are at the top of the page."""
    own = [remark for remark in wording.remarks(prediction["flags"]) if remark not in about]
    if own:
        st.warning(escaped(" ".join(own)))


def simple_method_better(manifest: Mapping[str, Any], prediction: Row) -> list[str]:
    """Where a simple method surely predicts held-out patients better who had as many own records as this patient."""
    if not is_finite(prediction["mean"]) and not is_finite(prediction["probability"]):
        return []
    own = int(prediction["support_size"])
    return [
        f"A simple method does better here. {entry['told']}"
        for entry in manifest.get("worse_than_baseline", [])
        if entry["sure"] and entry["outcome"] == prediction["outcome"] and own in range(*entry["sizes"])
    ]


def describe(outcome: Row, prediction: Row, own: pd.DataFrame) -> str:
    """A text alternative for the chart."""
    kind, values, unit = kind_of(outcome), own["value"].dropna(), str(outcome["unit"])
    measured = f"{len(values)} earlier values{kind.measured(values, unit)}"
    following = " ".join(kind.headline(outcome, prediction)).strip()
    beside = (
        f" Un-adapted {quantity(prediction['unadapted_mean'], unit)}."
        if is_finite(prediction["mean"])
        else ""
    )
    return f"{outcome['label']}: {measured}. Next: {following}.{beside}"


def _table(outcomes: list[Row], by_outcome: Mapping[str, Row], records: pd.DataFrame) -> None:
    rows = [numbers_row(outcome, by_outcome[outcome["name"]], records) for outcome in outcomes]
    table = pd.DataFrame(rows)
    empty = [name for name in table if not table[name].str.strip(DASH).any()]
    table = table.drop(columns=empty)
    small_table(table, alt="Every prediction of this patient with its intervals")


def numbers_row(outcome: Row, prediction: Row, records: pd.DataFrame) -> dict[str, str]:
    """One outcome's numbers as the table shows them."""
    own = records[records["outcome"] == outcome["name"]].dropna(subset=["value"])
    last = float(own["value"].iloc[-1]) if len(own) else None
    return {
        "Outcome": str(outcome["label"]),
        **kind_of(outcome).numbers(outcome, prediction, last),
        "Basis": wording.STATUS.get(prediction["status"], str(prediction["status"])),
        "Own records used": str(prediction["support_size"]),
        "Predictor": wording.predictor_label(str(prediction["predictor"])),
        "Reason": str(prediction["reason"] or ""),
        "Look closer": str(prediction["flags"] or ""),
    }
