"""A cohort of few patients has no figures and is no choice of its own; a patient's own cohort is named."""

from pathlib import Path

import pandas as pd
import pytest

from dashboard.quality import SMALL
from dashboard.views import worklist
from data_contracts.validation.result import SMALL_CELL
from meta_med.enough import needed
from tests.dashboard.opened_pages import changed, opened, published, words
from tests.dashboard.synthetic_release import COHORTS, made_release

LEAST = needed("show a cohort")


def test_there_is_one_limit() -> None:
    assert LEAST == SMALL + 1 == SMALL_CELL + 1


@pytest.mark.access_case("S15")
@pytest.mark.parametrize(
    ("counts", "choices"),
    [
        ({"a": 40, "b": LEAST, "c": 3}, {"a": ("a",), "b": ("b",)}),
        ({"a": 40, "c": 6, "d": 7}, {"a": ("a",), f"All cohorts of fewer than {LEAST} patients": ("c", "d")}),
        ({"a": 3, "b": 4}, {}),
        ({"everyone": 200}, {}),
    ],
)
def test_a_cohort_of_three_is_no_choice(counts: dict[str, int], choices: dict[str, tuple[str, ...]]) -> None:
    assert worklist.cohort_choices(counts) == choices


@pytest.mark.access_case("S15")
def test_the_worklist_offers_no_cohort_of_three_and_the_patients_own_page_names_it(tmp_path: Path) -> None:
    made = made_release(60)
    cohort = pd.Series(["large ward"] * 57 + ["cohort of three"] * 3)
    url = published(tmp_path, changed(made, "subjects", cohort=cohort))
    test = opened("worklist", url)
    assert test.multiselect(key="pbc/cohorts").options == ["large ward"]
    assert "cohort of three" in words(opened("patient", url, patient="P0060"))


def test_the_model_page_says_how_many_cohorts_have_no_figures_of_their_own(tmp_path: Path) -> None:
    made = made_release(30)
    evaluation = made.frames["evaluation"]
    kept = evaluation[evaluation["cohort"] != COHORTS[0]]
    frames = {**made.frames, "evaluation": kept}
    test = opened("model", published(tmp_path, type(made)(made.study, frames, made.manifest)))
    tables = "\n".join(table.value.to_csv() for table in test.table).replace("\\", "")
    assert COHORTS[0] not in tables
    assert COHORTS[1] in tables
    told = words(test)
    assert (
        f"Cohorts that are not shown on their own: 1 of {len(COHORTS)}. Fewer than {LEAST} patients" in told
    )
