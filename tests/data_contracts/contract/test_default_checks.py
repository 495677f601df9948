"""What is told of every delivery without a rule that somebody must first write."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_contracts.gate import validate_frames
from data_contracts.validation.result import GateResult
from tests.bad_inputs.base_table import base_table
from tests.data_contracts.contract.bare_contract import NOW, bare_contract


@pytest.fixture(scope="module")
def base() -> pd.DataFrame:
    return base_table()


def judged(frame: pd.DataFrame, previous: pd.DataFrame | None = None) -> GateResult:
    before = None if previous is None else {"t": previous}
    return validate_frames(bare_contract(list(frame.columns)), {"t": frame}, previous=before, now=NOW)


def codes(frame: pd.DataFrame, previous: pd.DataFrame | None = None) -> dict[str, int]:
    result = judged(frame, previous)
    assert result.verdict == "accept"
    return {f.code: f.count for f in result.findings}


def next_outcome(frame: pd.DataFrame) -> "pd.Series[Any]":
    ordered = frame.assign(at=pd.to_datetime(frame["time"])).sort_values(["patient_id", "at"])
    return ordered.groupby("patient_id")["outcome"].shift(-1).reindex(frame.index)


def later(frame: pd.DataFrame) -> pd.DataFrame:
    """The next delivery: everything of before and one more visit of every second patient."""
    last = frame.groupby("patient_id").tail(1)[::2]
    moved = pd.to_datetime(last["time"]) + pd.Timedelta(days=40)
    more = last.assign(time=moved.dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return pd.concat([frame, more], ignore_index=True)


def test_a_sound_table_is_told_nothing_about(base: pd.DataFrame) -> None:
    assert codes(base) == {}
    assert codes(later(base), base) == {}
    assert codes(later(base).sample(frac=1, random_state=1), base) == {}


def _binary(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(outcome=(frame["outcome"] > 1.3).astype(int))


def _other_patients(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(patient_id="N" + frame["patient_id"])


BETWEEN: list[tuple[str, str, Callable[[pd.DataFrame], pd.DataFrame], int | None]] = [
    ("all patients are new", "W_SUBJECTS_ALL_NEW", _other_patients, 120),
    ("binary labels turned", "W_LABELS_TURNED", lambda f: _binary(f).assign(outcome=1 - _binary(f)["outcome"]), None),
    ("a sign turned", "W_LABELS_TURNED", lambda f: f.assign(outcome=-f["outcome"]), None),
    ("two sexes exchanged", "W_LABELS_TURNED", lambda f: f.assign(sex=f["sex"].map({"F": "M", "M": "F"})), None),
    (
        "labels turned, no record in common",
        "W_LABELS_TURNED",
        lambda f: _other_patients(_binary(f)).assign(outcome=1 - _binary(f)["outcome"]),
        120,
    ),
    ("a patient in another cohort", "W_COHORT_MOVED", lambda f: f.assign(
        cohort_id=f["cohort_id"].mask(f["patient_id"] == "P0001", "C5")), 1),
]  # fmt: skip


@pytest.mark.parametrize(("what", "code", "change", "count"), BETWEEN, ids=[b[0] for b in BETWEEN])
def test_what_changed_since_the_last_delivery_is_told(
    what: str,
    code: str,
    change: Callable[[pd.DataFrame], pd.DataFrame],
    count: int | None,
    base: pd.DataFrame,
) -> None:
    before = _binary(base) if "abels" in what else base
    found = codes(later(change(base)), before)
    assert code in found
    assert count is None or found[code] == count


def test_records_from_before_the_last_accepted_one_are_told(base: pd.DataFrame) -> None:
    first = base.groupby("patient_id").head(1)[:7]
    moved = (pd.to_datetime(first["time"]) + pd.Timedelta(days=1)).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert codes(pd.concat([base, first.assign(time=moved)]), base) == {"W_RECORD_OLDER": 7}


def test_an_earlier_export_is_told(base: pd.DataFrame) -> None:
    earlier = base[base.duplicated("patient_id", keep="last")]
    assert codes(earlier, base) == {"W_RECORD_OLDER": 120}


def test_a_patient_in_two_cohorts_is_told(base: pd.DataFrame) -> None:
    assert codes(base.assign(cohort_id=base["cohort_id"].where(base.index != 3, "C5"))) == {
        "W_COHORT_MOVED": 1
    }


def test_patients_who_change_their_cohort_as_a_rule_are_not_told(base: pd.DataFrame) -> None:
    ward = [f"C{1 + n % 4}" for n in range(len(base))]
    assert codes(base.assign(cohort_id=ward)) == {}


def test_people_who_stand_twice_are_told_and_kept_together(base: pd.DataFrame) -> None:
    again = base[base["patient_id"] == "P0003"].assign(patient_id="X1")
    result = judged(pd.concat([base, again], ignore_index=True))
    assert [(f.code, f.count) for f in result.findings] == [("W_DUP_TRAJECTORY", 2)]
    assert result.linked_subjects == (("P0003", "X1"),)


@pytest.mark.parametrize(
    ("what", "of"),
    [
        ("the next record", next_outcome),
        ("its rank", lambda f: next_outcome(f).rank()),
        ("its logarithm", lambda f: np.exp(next_outcome(f))),
        ("the change until it", lambda f: next_outcome(f) - f["outcome"]),
        ("its own record", lambda f: 7 - 2 * f["outcome"]),
    ],
)
def test_a_covariate_that_foretells_an_outcome_is_told(
    what: str, of: Callable[[pd.DataFrame], Any], base: pd.DataFrame
) -> None:
    result = judged(base.assign(glucose_mg_dl=of(base)).sample(frac=1, random_state=2))
    told = [f for f in result.findings if f.code == "W_LEAKAGE_SUSPECT"]
    assert [f.column for f in told] == ["glucose_mg_dl"]


@pytest.mark.parametrize("text", [False, True])
def test_a_label_shifted_by_one_record_is_told(text: bool, base: pd.DataFrame) -> None:
    frame = _binary(base)
    leaked = next_outcome(frame)
    cells = leaked.map({0.0: "F", 1.0: "M"}) if text else leaked + 3
    column = "sex" if text else "on_drug"
    told = judged(frame.assign(**{column: cells})).findings
    assert [(f.code, f.column) for f in told] == [("W_LEAKAGE_SUSPECT", column)]


def test_an_outcome_that_stays_for_ever_makes_no_leak_of_what_goes_with_it(base: pd.DataFrame) -> None:
    of_patient = base.groupby("patient_id")["outcome"].transform("first")
    frame = base.assign(outcome=of_patient, on_drug=of_patient)
    told = [f.message for f in judged(frame).findings if f.code == "W_LEAKAGE_SUSPECT"]
    assert len(told) == 1
    assert "of the same record" in told[0]


def _nhs(rng: np.random.Generator) -> str:
    while True:
        digits = rng.integers(0, 10, 9)
        check = (11 - int(digits @ np.arange(10, 1, -1)) % 11) % 11
        if check < 10:
            return "".join(map(str, [*digits, check]))


def _luhn(digits: list[int]) -> int:
    doubled = [d * 2 - 9 * (d > 4) for d in digits[::-2]]
    return -(sum(doubled) + sum(digits[-2::-2])) % 10


def _swedish(rng: np.random.Generator) -> str:
    digits = [
        *map(int, f"{rng.integers(40, 99)}{rng.integers(1, 13):02d}{rng.integers(1, 29):02d}"),
        *rng.integers(0, 10, 3),
    ]
    return "".join(map(str, [*digits[:6], "-", *digits[6:], _luhn([int(d) for d in digits])]))


def _nir(rng: np.random.Generator) -> str:
    number = int(
        f"{rng.integers(1, 3)}{rng.integers(10, 99)}{rng.integers(1, 13):02d}75{rng.integers(100000, 999999)}"
    )
    return f"{number}{97 - number % 97:02d}"


PERSONAL: dict[str, Callable[[np.random.Generator], str]] = {
    "NHS": _nhs,
    "Sweden": _swedish,
    "France": _nir,
    "SSN": lambda r: f"{r.integers(100, 600)}-{r.integers(10, 99)}-{r.integers(1000, 9999)}",
    "Denmark": lambda r: (
        f"{r.integers(1, 29):02d}{r.integers(1, 13):02d}{r.integers(10, 99)}-{r.integers(1000, 9999)}"
    ),
    "e-mail": lambda r: f"a{r.integers(10**6)}@hospital.org",
    "telephone": lambda r: f"+49 30 {r.integers(10**6, 10**7)}",
}


@pytest.mark.parametrize("kind", PERSONAL)
def test_identifiers_that_are_peoples_numbers_are_told_without_a_value(kind: str, base: pd.DataFrame) -> None:
    rng = np.random.default_rng(5)
    names = {p: PERSONAL[kind](rng) for p in base["patient_id"].unique()}
    result = judged(base.assign(patient_id=base["patient_id"].map(names)))
    told = [f for f in result.findings if f.code == "W_PERSON_NUMBER"]
    assert [(f.column, f.count) for f in told] == [("patient_id", len(set(names.values())))]
    assert not any(name in result.to_json() for name in names.values())


def test_one_address_among_plain_identifiers_is_told(base: pd.DataFrame) -> None:
    frame = base.assign(patient_id=base["patient_id"].replace("P0004", "ada@hospital.org"))
    assert codes(frame) == {"W_PERSON_NUMBER": 1}
