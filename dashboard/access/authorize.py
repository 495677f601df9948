"""`authorize`: whether a user may do an action in a scope. Every read asks it; it denies by default."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person reads for."""

    CLINICIAN = "clinician"
    STEWARD = "steward"
    SCIENTIST = "scientist"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Action(StrEnum):
    """What can be asked for."""

    STUDY = "study"
    """What a release tells of its study: title, outcomes, counts."""
    WORKLIST = "worklist"
    PATIENT = "patient"
    PRINT = "print"
    SIMILAR = "similar"
    """The courses of other patients, without their names, beside a patient's own."""
    MODEL = "model"
    COHORT = "cohort"
    QUALITY = "quality"
    PIPELINE = "pipeline"
    GIVE_FEEDBACK = "give_feedback"
    LIST_FEEDBACK = "list_feedback"
    AUDIT = "audit"
    EXPORT_AUDIT = "export_audit"


ALLOWED: Mapping[Role, frozenset[Action]] = {
    Role.CLINICIAN: frozenset(
        {
            Action.STUDY, Action.WORKLIST, Action.PATIENT, Action.PRINT, Action.SIMILAR, Action.MODEL,
            Action.COHORT, Action.GIVE_FEEDBACK,
        }
    ),
    Role.STEWARD: frozenset(
        {Action.STUDY, Action.MODEL, Action.COHORT, Action.QUALITY, Action.PIPELINE, Action.LIST_FEEDBACK}
    ),
    Role.SCIENTIST: frozenset(
        {
            Action.STUDY, Action.WORKLIST, Action.PATIENT, Action.SIMILAR, Action.MODEL, Action.COHORT,
            Action.QUALITY, Action.PIPELINE,
        }
    ),
    Role.AUDITOR: frozenset({Action.AUDIT, Action.EXPORT_AUDIT}),
    Role.ADMIN: frozenset({Action.STUDY, Action.MODEL, Action.COHORT, Action.QUALITY, Action.PIPELINE}),
}  # fmt: skip
PURPOSE: Mapping[Role, str] = {
    Role.CLINICIAN: "treatment",
    Role.STEWARD: "data quality",
    Role.SCIENTIST: "research",
    Role.AUDITOR: "audit",
    Role.ADMIN: "operation",
}
PSEUDONYMOUS = frozenset({Role.SCIENTIST})
"""Roles that see pseudonyms in place of patients' ids."""
Studies = Mapping[str, frozenset[str] | None]
"""Study -> its cohorts, or None for every one."""


@dataclass(frozen=True)
class Scope:
    """Where an action is done.

    Attributes:
        study: the study; "" where it concerns none.
        cohort: the cohort of the patient who is read; None where no single patient is.

    """

    study: str = ""
    cohort: str | None = None


ANYWHERE = Scope()


@dataclass(frozen=True)
class Assignment:
    """A role and where it holds.

    Attributes:
        role: the role.
        studies: study -> cohorts; None for every study.

    """

    role: Role
    studies: Studies | None = field(default_factory=dict)

    def covers(self, scope: Scope) -> bool:
        """Whether the role holds in this scope."""
        if self.studies is None or not scope.study:
            return True
        if scope.study not in self.studies:
            return False
        cohorts = self.studies[scope.study]
        return scope.cohort is None or cohorts is None or scope.cohort in cohorts

    def cohorts_of(self, study: str) -> frozenset[str] | None:
        """The cohorts of the study in which the role holds."""
        return None if self.studies is None else self.studies.get(study, frozenset())


@dataclass(frozen=True)
class User:
    """A person whose claims are verified, or the one user of a machine.

    Attributes:
        name: the claim that names the person, as the audit writes it.
        session: the log-in.
        assignments: the roles in use.
        roles: all roles of the person, to choose from.

    """

    name: str
    session: str = ""
    assignments: tuple[Assignment, ...] = ()
    roles: tuple[Role, ...] = ()

    def may(self, action: Action, scope: Scope = ANYWHERE) -> bool:
        """Whether a role in use allows the action in this scope."""
        return any(action in ALLOWED[a.role] and a.covers(scope) for a in self.assignments)

    def sees(self, study: str) -> bool:
        """Whether a role in use holds in the study."""
        return self.may(Action.STUDY, Scope(study))


NOBODY = User("")


@dataclass(frozen=True)
class Grant:
    """The permission for one action.

    Attributes:
        user: who.
        role: under which it is allowed.
        action: what.
        scope: where.
        cohorts: the patients' cohorts that may be read; None for every one.

    """

    user: User
    role: Role
    action: Action
    scope: Scope
    cohorts: frozenset[str] | None

    @property
    def pseudonymous(self) -> bool:
        """Whether patients' ids are replaced by pseudonyms."""
        return self.role in PSEUDONYMOUS


class Denied(Exception):
    """The user may not do this. Holds who, what and where, and nothing that was read."""

    def __init__(self, user: User, action: Action, scope: Scope) -> None:
        self.user, self.action, self.scope = user, action, scope
        super().__init__(f"{action} is denied")


def authorize(user: User, action: Action, scope: Scope) -> Grant:
    """Allow the action, or refuse it.

    Args:
        user: with the roles in use.
        action: what is asked for.
        scope: the study, and the cohort of the one patient who is read.

    Returns:
        The permission, with the cohorts that a search has to keep to.

    Raises:
        Denied: no role of the user allows it there.

    """
    for assignment in user.assignments:
        if action in ALLOWED[assignment.role] and assignment.covers(scope):
            cohorts = assignment.cohorts_of(scope.study)
            return Grant(user, assignment.role, action, scope, cohorts)
    raise Denied(user, action, scope)


def everything(name: str, studies: Iterable[str] | None = None) -> User:
    """The one user of a machine: all roles, in every study or in those named."""
    held: Studies | None = None if studies is None else dict.fromkeys(studies)
    return User(name, "this machine", tuple(Assignment(role, held) for role in Role), tuple(Role))
