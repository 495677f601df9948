"""`authorize` denies whatever no role of the user names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access.authorize import (
    ALLOWED,
    NOBODY,
    PURPOSE,
    Action,
    Assignment,
    Denied,
    Role,
    Scope,
    User,
    authorize,
    everything,
)
from tests.examples import examples

names = st.sampled_from(["pbc", "nafld", "asthma"])
cohorts = st.sampled_from(["A", "B", "C"])
assignments = st.builds(
    Assignment,
    st.sampled_from(Role),
    st.none() | st.dictionaries(names, st.none() | st.frozensets(cohorts)),
)


def test_nobody_may_do_anything() -> None:
    for action in Action:
        with pytest.raises(Denied):
            authorize(NOBODY, action, Scope("pbc"))


def test_every_action_is_somebodys_and_every_role_has_a_purpose() -> None:
    assert set().union(*ALLOWED.values()) == set(Action)
    assert set(ALLOWED) == set(PURPOSE) == set(Role)


@pytest.mark.parametrize(
    ("role", "never"),
    [
        (Role.STEWARD, {Action.WORKLIST, Action.PATIENT, Action.PRINT, Action.AUDIT}),
        (Role.SCIENTIST, {Action.PRINT, Action.GIVE_FEEDBACK, Action.LIST_FEEDBACK, Action.AUDIT}),
        (Role.AUDITOR, {Action.WORKLIST, Action.PATIENT, Action.STUDY, Action.GIVE_FEEDBACK}),
        (Role.ADMIN, {Action.WORKLIST, Action.PATIENT, Action.AUDIT, Action.LIST_FEEDBACK}),
        (Role.CLINICIAN, {Action.AUDIT, Action.LIST_FEEDBACK, Action.QUALITY}),
    ],
)
def test_no_role_reads_what_it_does_not_need(role: Role, never: set[Action]) -> None:
    assert not ALLOWED[role] & never


@examples(200)
@given(st.lists(assignments, max_size=3), st.sampled_from(Action), names, st.none() | cohorts)
def test_only_what_a_role_names_is_allowed(
    held: list[Assignment], action: Action, study: str, cohort: str | None
) -> None:
    """Against the rule written out by hand."""
    user = User("a", "s", tuple(held))
    fits = [
        one
        for one in held
        if action in ALLOWED[one.role]
        and (one.studies is None or study in one.studies)
        and (
            cohort is None
            or one.studies is None
            or one.studies[study] is None
            or cohort in one.studies[study]
        )
    ]
    if not fits:
        with pytest.raises(Denied):
            authorize(user, action, Scope(study, cohort))
        return
    grant = authorize(user, action, Scope(study, cohort))
    assert grant.role == fits[0].role
    assert grant.pseudonymous == (grant.role is Role.SCIENTIST)
    assert grant.cohorts == (None if fits[0].studies is None else fits[0].studies[study])


def test_the_one_user_of_a_machine_has_all_roles_and_real_ids() -> None:
    user = everything("me")
    assert all(authorize(user, action, Scope("pbc", "A")) for action in Action)
    assert not authorize(user, Action.PATIENT, Scope("pbc", "A")).pseudonymous


def test_a_refusal_tells_nothing_that_was_read() -> None:
    with pytest.raises(Denied) as refused:
        authorize(NOBODY, Action.PATIENT, Scope("pbc", "CANARY"))
    assert "CANARY" not in str(refused.value)
