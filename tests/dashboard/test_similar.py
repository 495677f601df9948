"""Similar patients on the patient's page: their courses, and nothing that names them; read and audited when opened."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard import patients
from dashboard.access import similar
from dashboard.access.authorize import Action, Assignment, Denied, Role, User
from dashboard.audit import read
from dashboard.audit.read import AuditFilter
from dashboard.audit.store import store_of_home
from dashboard.release import current_release
from meta_med.published.release import LEAST_PATIENTS, Release
from tests.dashboard.opened_pages import changed, opened, published, words
from tests.dashboard.running_dashboard import opened_row, running
from tests.dashboard.synthetic_release import COHORTS

YEAR = 365.25


def as_user(
    url: str, role: Role, cohorts: frozenset[str] | None, patient: str = "P0001"
) -> similar.SimilarPatients:
    served = current_release(url, "pbc", User("somebody", "s", (Assignment(role, {"pbc": cohorts}),)))
    assert served is not None
    found = patients.opened(served, patient)
    assert found is not None
    return similar.similar(served, found, YEAR)


def test_the_courses_of_three_stand_beside_the_patients_own_without_id_date_or_cohort(
    store: str, release: Release
) -> None:
    opened_before = {"similar_patients": True, "table_similar_bili": True}
    test = opened("patient", store, patient="P0001", state=opened_before)
    assert not test.exception
    said = words(test)
    assert "show no effect of a treatment" in said
    assert re.search(r"A: \d+ %, B: \d+ %, C: \d+ % of the difference between two patients", said)
    table = next(t.value for t in test.table if "Patient" in t.value and "Time" in t.value)
    assert table["Patient"].unique().tolist() == ["This patient", *(f"Similar patient {x}" for x in "ABC")]
    assert (table["Time"] == "newest record").sum() == 4
    charts = [str(chart.proto) for chart in test.get("vega_lite_chart")]
    assert charts
    everything = "\n".join([said, *(table.value.to_csv() for table in test.table), *charts])
    assert set(re.findall(r"P0\d{3}", everything)) == {"P0001"}
    assert not re.search(r"\b(19|20)\d\d-\d\d-\d\d", everything)
    own = release.frames["subjects"].set_index("subject_id").loc["P0001", "cohort"]
    assert [cohort for cohort in COHORTS if cohort in everything] == [own]


def entries(home: Path) -> list[str]:
    """What the audit has of similar patients, the newest first: the keyed hashes of those who were shown."""
    found = read.page(store_of_home(home), AuditFilter(action=Action.SIMILAR), limit=99)
    return [linked.entry.patients for linked in found.entries]


def test_nothing_is_read_before_the_box_is_opened(store: str, audit_home: Path) -> None:
    before = len(entries(audit_home))
    test = opened("patient", store, patient="P0002")
    assert "Similar is not the same" in words(test)
    assert len(entries(audit_home)) == before


def test_who_is_shown_is_written_down_before_as_keyed_hashes(store: str, audit_home: Path) -> None:
    found = as_user(store, Role.CLINICIAN, None)
    assert len(found.distances) == 3
    newest = entries(audit_home)[0]
    assert len(newest.split()) == 4
    assert "P0" not in newest


def test_only_patients_of_the_users_cohorts_are_compared(store: str, release: Release) -> None:
    subjects = release.frames["subjects"]
    own = subjects.set_index("subject_id").loc["P0001", "cohort"]
    found = as_user(store, Role.CLINICIAN, frozenset({own}))
    assert found.compared == (subjects["cohort"] == own).sum() - 1
    assert as_user(store, Role.SCIENTIST, None).compared > found.compared


@pytest.mark.parametrize("role", [Role.STEWARD, Role.AUDITOR, Role.ADMIN])
def test_other_roles_may_not(store: str, role: Role) -> None:
    served = current_release(store, "pbc", User("reader", "s", (Assignment(Role.CLINICIAN, {"pbc": None}),)))
    assert served is not None
    found = patients.opened(served, "P0001")
    assert found is not None
    other = User("somebody", "s", (Assignment(role, {"pbc": None}),))
    assert not other.may(Action.SIMILAR, found.grant.scope)
    with pytest.raises(Denied):
        similar.similar(replace(served, user=other), found, YEAR)


def test_cohorts_of_few_patients_lend_nobody(tmp_path: Path, release: Release) -> None:
    few = LEAST_PATIENTS - 1
    cohort = pd.Series(["large"] * (90 - few) + ["small"] * few)
    url = published(tmp_path, changed(release, "subjects", cohort=cohort))
    assert as_user(url, Role.CLINICIAN, None).compared == 89 - few
    assert as_user(url, Role.CLINICIAN, None, patient="P0090").compared == 90 - few
    only = as_user(url, Role.CLINICIAN, frozenset({"small"}), patient="P0090")
    assert (only.compared, only.distances) == (0, ())


def test_times_are_those_before_each_ones_own_newest_record(store: str) -> None:
    courses = as_user(store, Role.CLINICIAN, None).courses
    assert list(courses.columns) == ["who", "outcome", "age_days", "value"]
    assert courses.groupby("who")["age_days"].min().tolist() == [0.0] * 4


@pytest.mark.nightly
@pytest.mark.browser
def test_similar_patients_are_opened_by_the_keyboard_in_a_browser(store: str) -> None:
    with running(store) as page:
        opened_row(page, 0, "P0001")
        summary = page.locator("summary", has_text="Show the courses of similar patients")
        summary.focus()
        summary.press("Enter")
        page.get_by_text("of the difference between two patients picked at random").wait_for()
        page.get_by_text("other patients whom you may see were compared").wait_for()
        assert set(re.findall(r"P0\d{3}", page.content())) <= {"P0001"}
        assert page.foreign == []
