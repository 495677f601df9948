"""Law 4 goes on after the gate: rows accepted = rows used + left out under a code; names and orders say nothing."""

from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from meta_med.cohorts.assemble import Assembled, assemble_with_account
from meta_med.cohorts.record_table import RecordTable
from meta_med.episodes.queries import record_use
from meta_med.study import StudyMismatch
from tests import scenario
from tests.examples import WHOLE_RUN, examples
from tests.properties.drawn_study import PATIENTS, Drawn, drawn_study

seeds = st.integers(0, 2**32 - 1)
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=6)


def made(drawn: Drawn) -> Assembled | str:
    """The records, or why there are none; every accepted row of every table is used, or left out under one code."""
    try:
        found = assemble_with_account(drawn.frames, drawn.study)
    except StudyMismatch as refusal:
        return str(refusal)
    account, records = found.account, drawn.study.records
    for source, frame in drawn.frames.items():
        left_out = sum(c.count for c in account.counted if c.source == source and c.reason.left_out)
        assert account.used[source] + left_out == len(frame)
    if records.same_time == "refuse" and records.long is None:
        history = sum(c.count for c in account.counted if c.code == "N_ROW_HISTORY")
        assert account.used["visits"] - history == found.table.n_records == account.records
    assert (np.diff(found.table.time)[np.diff(found.table.subject) == 0] > 0).all()
    return found


def rows_of(table: RecordTable) -> pd.DataFrame:
    """The table as rows that say whose they are and of which cohort."""
    values = {f"x{i}": table.x[:, i] for i in range(table.x.shape[1])}
    values |= {f"y{i}": table.y[:, i] for i in range(table.y.shape[1])}
    subject, names = table.subject, np.asarray(table.cohort_names)
    patient = table.patients[subject]
    return pd.DataFrame({"patient": patient, "time": table.time, "cohort": names[table.cohort], **values})


@examples(8, WHOLE_RUN)
@given(seeds, seeds)
def test_rows_are_all_accounted_for_in_whatever_order_they_columns_and_tables_come(
    seed: int, order: int
) -> None:
    drawn, rng = drawn_study(seed), np.random.default_rng(order)
    shuffled = {
        name: frame.iloc[rng.permutation(len(frame)), rng.permutation(frame.shape[1])].reset_index(drop=True)
        for name, frame in (list(drawn.frames.items())[i] for i in rng.permutation(len(drawn.frames)))
    }
    one, other = made(drawn), made(Drawn(shuffled, drawn.study))
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    for name, value in vars(one.table).items():
        same = getattr(other.table, name)
        floats = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        assert np.array_equal(value, same, equal_nan=floats), name
    assert one.account.counted == other.account.counted
    newest = one.newest.columns
    pd.testing.assert_frame_equal(one.newest, other.newest[newest])


@examples(8, WHOLE_RUN)
@given(seeds, st.lists(words, min_size=30, max_size=30, unique=True))
def test_new_names_of_patients_and_cohorts_change_nothing_but_the_names(seed: int, names: list[str]) -> None:
    drawn = drawn_study(seed)
    people = dict(zip([*PATIENTS, "stranger"], names, strict=False))
    wards = dict(zip(("A", "B", "all"), names[15:], strict=False))
    columns = {"id": people, "key": people, "ward": wards}
    frames = {
        table: frame.assign(
            **{c: frame[c].map(new).astype(object) for c, new in columns.items() if c in frame}
        )
        for table, frame in drawn.frames.items()
    }
    where = {
        c: (*(wards[w] for w in v if w in wards), "nowhere at all")
        for c, v in drawn.study.records.where.items()
    }
    study = replace(drawn.study, records=replace(drawn.study.records, where=where))
    one, other = made(drawn), made(Drawn(frames, study))
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    before, after = rows_of(one.table), rows_of(other.table)
    expected = before.assign(patient=before["patient"].map(people))
    told = dict(zip(before["cohort"].unique(), before["cohort"].unique(), strict=True))
    told |= {"A": wards["A"], "B": wards["B"], "cohort all": wards["all"]}
    expected["cohort"] = expected["cohort"].map(told)
    after["cohort"] = after["cohort"].map({"cohort all": "all"}).fillna(after["cohort"])
    order = [c for c in expected if c != "cohort"]
    pd.testing.assert_frame_equal(*(f.sort_values(order, ignore_index=True) for f in (expected, after)))
    codes = [c for c in one.account.counted if c.code != "W_SPELT_ALIKE"]
    assert [c.count for c in codes] == [c.count for c in other.account.counted if c.code != "W_SPELT_ALIKE"]


def test_every_record_is_predicted_used_or_counted_as_neither() -> None:
    use = record_use(scenario.prepared())
    assert (use["records"] == use["predicted"] + use["support_only"] + use["unused"]).all()
    assert use["records"].sum() == scenario.table().n_records
    thinned = replace(
        scenario.prepared().study,
        evaluation=replace(scenario.prepared().study.evaluation, most_per_subject=1, support_sizes=(0,)),
    )
    fewer = record_use(replace(scenario.prepared(), study=thinned))
    assert (fewer["predicted"].iloc[1:] < use["predicted"].iloc[1:]).all()
    assert (fewer["records"] == fewer["predicted"] + fewer["support_only"] + fewer["unused"]).all()
