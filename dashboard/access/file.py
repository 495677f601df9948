"""The access file: how people log in, how long a session lasts, and which verified claims give which role."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dashboard.access.authorize import ALLOWED, Action, Assignment, Role, Studies
from dashboard.access.yaml_text import AccessFileError, Mistakes, read_mapping

KEYS = {"log_in", "oidc", "proxy", "user", "whom_to_ask", "session", "roles"}
IDLE_MINUTES, LONGEST_HOURS = 15.0, 10.0
ANY_STUDY = "all"


@dataclass(frozen=True)
class Proxy:
    """A trusted authenticating proxy.

    Attributes:
        secret_file: holds the secret that only the proxy knows.
        secret_header: the header in which it sends it.
        claims: claim -> the header that carries it.
        log_out: the address that ends the proxy's session; "" where there is none.

    """

    secret_file: Path
    secret_header: str
    claims: Mapping[str, str]
    log_out: str = ""


@dataclass(frozen=True)
class Rule:
    """A role for everyone whose claims hold these values."""

    assignment: Assignment
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class AccessFile:
    """The parsed file.

    Attributes:
        log_in: by which way people are known.
        secrets: Streamlit's secrets file with the section [auth]; of "oidc".
        proxy: of "proxy".
        user: the claim that names a person.
        whom_to_ask: a sentence's end: whom someone without access asks.
        idle_minutes, longest_hours: after which a session ends.
        rules: the roles.

    """

    log_in: Literal["oidc", "proxy"]
    secrets: Path | None
    proxy: Proxy | None
    user: str
    whom_to_ask: str
    idle_minutes: float
    longest_hours: float
    rules: tuple[Rule, ...]


def read_access_file(path: Path) -> AccessFile:
    """The file, checked as a whole.

    Raises:
        AccessFileError: with every mistake, each with its key and what to write.

    """
    content = read_mapping(path)
    mistakes = Mistakes(path.name)
    mistakes.unknown(content, KEYS, "")
    log_in = mistakes.choice(content.get("log_in"), ("oidc", "proxy"), "log_in")
    session = mistakes.mapping(content.get("session", {}), "session")
    mistakes.unknown(session, {"idle_minutes", "longest_hours"}, "session")
    found = AccessFile(
        log_in="proxy" if log_in == "proxy" else "oidc",
        secrets=_secrets(content, path, mistakes) if log_in == "oidc" else None,
        proxy=_proxy(content, path, mistakes) if log_in == "proxy" else None,
        user=mistakes.text(content.get("user"), "user"),
        whom_to_ask=mistakes.text(content.get("whom_to_ask"), "whom_to_ask"),
        idle_minutes=mistakes.number(session.get("idle_minutes", IDLE_MINUTES), "session.idle_minutes"),
        longest_hours=mistakes.number(session.get("longest_hours", LONGEST_HOURS), "session.longest_hours"),
        rules=_rules(content.get("roles"), mistakes),
    )
    if found.proxy is not None:
        _require_carried(found, found.proxy, mistakes)
    mistakes.refuse()
    return found


def _secrets(content: Mapping[str, Any], path: Path, mistakes: Mistakes) -> Path:
    part = mistakes.mapping(content.get("oidc"), "oidc")
    mistakes.unknown(part, {"secrets"}, "oidc")
    if "proxy" in content:
        mistakes.add("proxy", 'is for "log_in: proxy": leave it out')
    return path.parent / mistakes.text(part.get("secrets"), "oidc.secrets")


def _proxy(content: Mapping[str, Any], path: Path, mistakes: Mistakes) -> Proxy:
    part = mistakes.mapping(content.get("proxy"), "proxy")
    mistakes.unknown(part, {"secret_file", "secret_header", "claims", "log_out"}, "proxy")
    if "oidc" in content:
        mistakes.add("oidc", 'is for "log_in: oidc": leave it out')
    claims = mistakes.mapping(part.get("claims"), "proxy.claims")
    return Proxy(
        path.parent / mistakes.text(part.get("secret_file"), "proxy.secret_file"),
        mistakes.text(part.get("secret_header"), "proxy.secret_header"),
        {name: mistakes.text(header, f"proxy.claims.{name}") for name, header in claims.items()},
        mistakes.text(part["log_out"], "proxy.log_out") if "log_out" in part else "",
    )


def _require_carried(found: AccessFile, proxy: Proxy, mistakes: Mistakes) -> None:
    """Every claim that is asked for comes in a header."""
    asked = {found.user, *(claim for rule in found.rules for claim in rule.when)} - {""}
    for claim in sorted(asked - set(proxy.claims)):
        mistakes.add("proxy.claims", f'has no header for the claim "{claim}", which is asked for')


def _rules(content: object, mistakes: Mistakes) -> tuple[Rule, ...]:
    listed = mistakes.listed(content, "roles")
    rules = []
    for number, entry in enumerate(listed):
        place = f"roles[{number + 1}]"
        part = mistakes.mapping(entry, place)
        mistakes.unknown(part, {"role", "when", "studies"}, place)
        role = mistakes.choice(part.get("role"), tuple(Role), f"{place}.role")
        when = mistakes.mapping(part.get("when"), f"{place}.when")
        if not when:
            mistakes.add(f"{place}.when", "has no claim: everyone would have the role")
        wanted = {claim: mistakes.texts(value, f"{place}.when.{claim}") for claim, value in when.items()}
        if role:
            studies = _studies(Role(role), part, place, mistakes)
            rules.append(Rule(Assignment(Role(role), studies), wanted))
    return tuple(rules)


def _studies(role: Role, part: Mapping[str, Any], place: str, mistakes: Mistakes) -> Studies | None:
    if Action.STUDY not in ALLOWED[role]:
        if "studies" in part:
            mistakes.add(f"{place}.studies", f"has no meaning for role {role}: leave it out")
        return {}
    content = part.get("studies")
    if content == ANY_STUDY:
        return None
    if not isinstance(content, dict) or not content:
        mistakes.add(f"{place}.studies", 'is "all", or study: cohorts; write which studies the role holds in')
        return {}
    return {
        study: None
        if cohorts == ANY_STUDY
        else frozenset(mistakes.texts(cohorts, f"{place}.studies.{study}"))
        for study, cohorts in content.items()
    }


__all__ = ["AccessFile", "AccessFileError", "Proxy", "Rule", "read_access_file"]
