"""The cohort page, over a real store."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views.overview import cohort_distribution, cohort_figures
from meta_med.published.release import LEAST_PATIENTS as LEAST
from meta_med.published.release import Release
from tests.dashboard.opened_pages import changed, opened, published, words
from tests.dashboard.synthetic_release import COHORTS, made_release


@pytest.fixture(scope="module")
def large() -> Release:
    """Enough patients that every cohort can be chosen."""
    return made_release(120)


@pytest.fixture(scope="module")
def url(large: Release, tmp_path_factory: pytest.TempPathFactory) -> str:
    return published(tmp_path_factory.mktemp("large"), large)


def texts(test: AppTest) -> str:
    return words(test) + "\n".join(table.value.to_csv() for table in test.table)


def test_the_page_tells_the_largest_cohort_with_its_counts_and_figures(url: str, large: Release) -> None:
    test = opened("overview.cohort", url)
    assert not test.exception
    sizes = large.frames["cohorts"].set_index("cohort")
    largest = sizes["n_subjects"].idxmax()
    assert test.selectbox(key="pbc/cohort").value == largest
    shown = {metric.label: metric.value for metric in test.metric}
    assert shown["Patients"] == str(sizes.loc[largest, "n_subjects"])
    own = large.frames["evaluation"].query(
        "cohort == @largest and outcome == 'bili' and predictor == 'champion' and support_size == -1"
    )
    error = own.set_index("metric")["value"]["mae"]
    assert float(shown["Mean absolute error"]) == pytest.approx(error, abs=0.005)
    for heading in (
        "Newest values by cohort", "How well it is predicted", "Calibration by cohort",
        "Helped and harmed by adaptation", "Which cohorts are alike",
    ):  # fmt: skip
        assert heading in [header.value for header in test.subheader]


def test_all_cohorts_together_have_figures_by_each_number_of_own_records(url: str) -> None:
    test = opened("overview.cohort", url)
    test.selectbox(key="pbc/cohort").select("all").run()
    assert not test.exception
    assert {m.label: m.value for m in test.metric}["Patients"] == "120"
    assert "Figures of one cohort are without own records" not in words(test)


def test_a_yes_or_no_outcome_has_shares_and_its_calibration_line(url: str) -> None:
    test = opened("overview.cohort", url)
    test.selectbox(key="pbc/cohort_outcome").select("edema").run()
    assert not test.exception
    assert "Share of patients whose newest value is yes" in words(test)
    assert "Fewer than 11 patients of this cohort were evaluated" in words(test)


@pytest.mark.nightly
def test_a_cohort_of_few_patients_is_neither_chosen_nor_told(tmp_path: Path) -> None:
    made = made_release(90)
    sizes = made.frames["cohorts"].set_index("cohort")
    counts = [name for name in sizes if name != "n_records"]
    few = sizes["n_subjects"].idxmin()
    sizes = sizes.astype("Int64")
    sizes.loc[few, [*counts, "n_records"]] = None  # as they are published
    hidden = made.frames["subjects"]["cohort"].eq(few) & made.frames["subjects"].index.isin(range(LEAST, 90))
    subjects = made.frames["subjects"]["cohort"].mask(hidden, COHORTS[1] if few != COHORTS[1] else COHORTS[2])
    evaluation = made.frames["evaluation"]
    frames = {
        **made.frames,
        "cohorts": sizes.reset_index(),
        "evaluation": evaluation[evaluation["cohort"] != few],
    }
    store = published(
        tmp_path, changed(Release("pbc", frames, made.manifest), "subjects", cohort=subjects.to_list())
    )
    test = opened("overview.cohort", store)
    for chosen in (None, "all"):
        if chosen:
            test.selectbox(key="pbc/cohort").select(chosen).run()
        assert not test.exception
        assert few not in texts(test)
    assert few not in test.selectbox(key="pbc/cohort").options
    assert f"fewer than {LEAST} patients, which cannot be chosen: 1 of {len(COHORTS)}" in words(test)
    assert {m.label: m.value for m in test.metric}["Patients"] == f"at least {sizes['n_subjects'].sum()}"


@pytest.mark.nightly
def test_a_release_of_an_earlier_program_says_that_it_does_not_know_who_was_helped(
    tmp_path: Path, large: Release
) -> None:
    made = large
    evaluation = made.frames["evaluation"]
    old = evaluation[~evaluation["metric"].isin(["helped", "harmed"])]
    url = published(tmp_path, Release("pbc", {**made.frames, "evaluation": old}, made.manifest))
    assert "does not tell how many patients adaptation helps" in words(opened("overview.cohort", url))


@pytest.mark.nightly
def test_a_study_of_one_cohort_has_no_map_and_no_other_choice(tmp_path: Path) -> None:
    made = made_release(40)
    sizes = made.frames["cohorts"].head(1).assign(cohort="everyone", n_subjects=40)
    one = changed(
        Release("pbc", {**made.frames, "cohorts": sizes}, made.manifest), "subjects", cohort="everyone"
    )
    test = opened("overview.cohort", published(tmp_path, one))
    assert not test.exception
    assert test.selectbox(key="pbc/cohort").options == ["everyone"]
    assert "Which cohorts are alike" not in [header.value for header in test.subheader]


def test_shares_helped_and_harmed_come_with_their_intervals(large: Release) -> None:
    rows = cohort_figures.benefit_rows(
        large.frames["evaluation"].query("outcome == 'bili'"), [COHORTS[0], "all", "unknown"]
    )
    assert list(rows["cohort"]) == [COHORTS[0], "all"]
    table = cohort_figures.benefit_table(rows)
    assert table["Helped"].iloc[0] == "70 % (65.8 % to 74.2 %)"
    assert table["About the same"].iloc[0] == "22 %"


def test_the_chosen_cohort_comes_first_then_all(large: Release) -> None:
    rows = large.frames["evaluation"].drop_duplicates("cohort")
    ordered = cohort_distribution.first_rows(rows, COHORTS[2])
    assert list(ordered["name"])[:2] == [COHORTS[2], "All cohorts"]
