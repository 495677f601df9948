"""Claims of a person, and the roles that they give. A missing claim or an unknown role gives nothing."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.access.authorize import Assignment, Role, User
from dashboard.access.file import AccessFile, Proxy, Rule
from dashboard.audit.entry import plain_text

Claims = Mapping[str, object]
LEAST_SECRET = 24


class NoRole(Exception):
    """The claims give no role; `name` is whom they name, "" where they name nobody."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__("no role")


@dataclass(frozen=True)
class Known:
    """A person with all roles that their claims give."""

    name: str
    assignments: tuple[Assignment, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        """Each role once, in the order of the file."""
        return tuple(dict.fromkeys(a.role for a in self.assignments))

    def acting(self, role: Role, session: str) -> User:
        """The person in one of their roles; several rules for a role hold together."""
        chosen = tuple(a for a in self.assignments if a.role == role)
        return User(self.name, session, (_merged(role, chosen),), self.roles)


def known(claims: Claims, access: AccessFile) -> Known:
    """The person that verified claims name, with their roles.

    Raises:
        NoRole: the claims name nobody, or give no role.

    """
    names = values_of(claims, access.user)
    if len(names) != 1:
        raise NoRole("")
    found = tuple(rule.assignment for rule in access.rules if _holds(rule, claims))
    if not found:
        raise NoRole(names[0])
    return Known(names[0], found)


def values_of(claims: Claims, name: str) -> tuple[str, ...]:
    """The texts of a claim; a name with dots is looked up in parts where no claim has the whole name.

    An e-mail address that the provider calls unverified counts as missing: anyone could have typed it.
    """
    if name == "email" and claims.get("email_verified") in (False, "false"):
        return ()
    found: object = claims.get(name)
    if found is None and "." in name:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    several = found if isinstance(found, list | tuple) else [found]
    return tuple(plain_text(one) for one in several if isinstance(one, str) and one.strip())


def _holds(rule: Rule, claims: Claims) -> bool:
    return all(set(wanted) & set(values_of(claims, name)) for name, wanted in rule.when.items())


def _merged(role: Role, assignments: tuple[Assignment, ...]) -> Assignment:
    studies: dict[str, frozenset[str] | None] = {}
    for one in assignments:
        if one.studies is None:
            return Assignment(role, None)
        for study, cohorts in one.studies.items():
            before = studies.get(study, frozenset())
            studies[study] = None if cohorts is None or before is None else before | cohorts
    return Assignment(role, studies)


def proxy_claims(headers: Mapping[str, str], proxy: Proxy) -> Claims | None:
    """The claims in a request's headers; None unless it comes from the proxy, which alone knows the secret.

    Args:
        headers: of the request, by names in lower case.
        proxy: the proxy.

    """
    secret = proxy_secret(proxy.secret_file)
    given = headers.get(proxy.secret_header.lower(), "")
    if secret is None or not hmac.compare_digest(given.encode("utf-8", "replace"), secret):
        return None
    found = {name: headers.get(header.lower(), "") for name, header in proxy.claims.items()}
    return {name: [part.strip() for part in text.split(",")] for name, text in found.items() if text.strip()}


def proxy_secret(path: Path) -> bytes | None:
    """The secret of the proxy; None where the file cannot be read or its secret is too short to be one."""
    try:
        secret = path.read_bytes().strip()
    except OSError:
        return None
    return secret if len(secret) >= LEAST_SECRET else None
