"""The access file: what is wrong is told with its key; in doubt nobody gets a role."""

from pathlib import Path
from typing import Any

import pytest

from dashboard.access.authorize import Role
from dashboard.access.claims import NoRole, known, proxy_claims
from dashboard.access.file import AccessFileError, read_access_file
from dashboard.access.secret_files import mistakes_of
from tests.dashboard.access.access_files import COHORT, PEOPLE, RULES, SECRET, headers, with_oidc, written


def test_a_right_file_gives_each_person_their_roles(tmp_path: Path) -> None:
    access = read_access_file(written(tmp_path))
    assert {name: _roles(access, claims) for name, claims in PEOPLE.items()} == {
        "clara": (Role.CLINICIAN,),
        "sam": (Role.SCIENTIST,),
        "ada": (Role.AUDITOR,),
        "stef": (Role.STEWARD,),
        "olga": (Role.CLINICIAN, Role.SCIENTIST),
        "nobody": (),
    }
    clara = known(PEOPLE["clara"], access).acting(Role.CLINICIAN, "s")
    assert clara.assignments[0].studies == {"pbc": frozenset({COHORT})}


def _roles(access: Any, claims: Any) -> tuple[Role, ...]:
    try:
        return known(claims, access).roles
    except NoRole:
        return ()


def rule(**changes: Any) -> list[dict[str, Any]]:
    return [{k: v for k, v in {**RULES[0], **changes}.items() if v is not None}]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"log_in": "ldap"}, "log_in is unknown; write one of oidc, proxy"),
        ({"log_in": None}, "log_in is missing"),
        ({"user": None}, "user is missing"),
        ({"whom_to_ask": ""}, "whom_to_ask is no text"),
        ({"roels": []}, "roels is unknown; known are"),
        ({"roles": []}, "roles is not a list with an entry"),
        ({"roles": rule(role="doctor")}, "roles[1].role is unknown; write one of clinician, steward"),
        ({"roles": rule(when=None)}, "roles[1].when is missing"),
        ({"roles": rule(when={})}, "everyone would have the role"),
        (
            {"roles": rule(when={"groups": True})},
            'roles[1].when.groups is no text: write it in quotes, "True"',
        ),
        ({"roles": rule(when={"groups": []})}, "roles[1].when.groups is an empty list"),
        ({"roles": rule(studies=None)}, 'roles[1].studies is "all", or study: cohorts'),
        ({"roles": rule(studies={"pbc": 3})}, "roles[1].studies.pbc is no text"),
        ({"roles": [*RULES, {**RULES[3], "studies": "all"}]}, "has no meaning for role auditor"),
        ({"session": {"idle_minutes": 0}}, "session.idle_minutes is not a number above 0"),
        ({"session": {"longest_hours": float("inf")}}, "session.longest_hours is not a number above 0"),
        ({"roles": rule(when={"department": "x"})}, 'has no header for the claim "department"'),
    ],
)
def test_a_mistake_is_told_with_its_key(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(AccessFileError) as refused:
        read_access_file(written(tmp_path, **changes))
    assert told in str(refused.value)
    assert "access.yaml" in str(refused.value)


@pytest.mark.access_case("S11")
@pytest.mark.parametrize(
    "text",
    [
        "roles: !!python/object/apply:os.system ['touch MARKER']\n",
        "!!python/object/new:os.system ['touch MARKER']\n",
        "roles: [\n",
        "- a\n",
        "user: a\nuser: b\n",
        "1: a\n",
        "\x00",
        "a: &x [*x]\n",
    ],
)
def test_a_file_that_is_no_mapping_or_holds_a_program_is_refused(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "access.yaml"
    path.write_text(text)
    with pytest.raises(AccessFileError):
        read_access_file(path)
    assert not (tmp_path / "MARKER").exists()


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "x@y", "groups": None},
        {"email": "x@y", "groups": "hepatology-admins"},
        {"email": "x@y", "groups": {"hepatology": True}},
        {"email": "x@y", "groups": [["hepatology"]]},
        {"email": ["x@y", "z@y"], "groups": "hepatology"},
        {"groups": "hepatology"},
        {"email": "x@y", "email_verified": False, "groups": "hepatology"},
        {"email": "x@y", "role": "clinician", "groups": []},
    ],
)
def test_claims_that_do_not_say_it_give_no_role(tmp_path: Path, claims: dict[str, Any]) -> None:
    with pytest.raises(NoRole):
        known(claims, read_access_file(written(tmp_path)))


def test_a_claim_inside_another_is_named_with_dots(tmp_path: Path) -> None:
    access = read_access_file(with_oidc(tmp_path, roles=rule(when={"realm_access.roles": "hepatology"})))
    assert known({"email": "x@y", "realm_access": {"roles": ["hepatology"]}}, access).roles
    with pytest.raises(NoRole):
        known({"email": "x@y", "realm_access": "roles"}, access)


def test_two_rules_for_a_role_hold_together(tmp_path: Path) -> None:
    both = [*rule(), *rule(when={"groups": "canteen"}, studies={"pbc": ["X"], "nafld": "all"})]
    person = known(PEOPLE["clara"], read_access_file(written(tmp_path, roles=both)))
    (held,) = person.acting(Role.CLINICIAN, "s").assignments
    assert held.studies == {"pbc": frozenset({COHORT, "X"}), "nafld": None}


@pytest.mark.access_case("S01")
def test_headers_are_believed_only_with_the_proxys_secret(tmp_path: Path) -> None:
    proxy = read_access_file(written(tmp_path)).proxy
    assert proxy is not None
    sent = {k.lower(): v for k, v in headers("clara").items()}
    assert proxy_claims(sent, proxy) == {
        "email": ["clara@hospital.example"],
        "groups": ["hepatology", "canteen"],
    }
    for secret in ("", SECRET[:-1], f"{SECRET} ", SECRET.upper(), "ü"):
        assert proxy_claims({**sent, "x-proxy-secret": secret}, proxy) is None
    assert proxy_claims({k: v for k, v in sent.items() if k != "x-proxy-secret"}, proxy) is None
    (tmp_path / "proxy_secret").write_text("short")
    assert proxy_claims({**sent, "x-proxy-secret": "short"}, proxy) is None


RIGHT = """[auth]
redirect_uri = "https://meta-med.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "meta-med"
client_secret = "x"
server_metadata_url = "https://id.example/.well-known/openid-configuration"
"""


@pytest.mark.access_case("S28")
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", ""),
        ("[auth]", "[other]", "the section [auth] is missing"),
        ("client_secret", "clientsecret", "auth.client_secret is missing"),
        ("0123456789abcdef0123456789abcdef", "SHORT-7f3a", "cookie_secret is shorter than 32"),
        ("/oauth2callback", "/callback", "has to end in /oauth2callback"),
        ("https://meta-med", "http://meta-med", "auth.redirect_uri is sent in the clear"),
        ("https://id", "http://id", "auth.server_metadata_url is sent in the clear"),
        ("[auth]", "[auth", "this is not TOML"),
    ],
)
def test_a_secrets_file_is_checked_before_anything_starts(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    access, path = read_access_file(with_oidc(tmp_path)), tmp_path / "secrets.toml"
    path.write_text(RIGHT.replace(old, new) if old else RIGHT)
    path.chmod(0o600)
    found = " ".join(mistakes_of(access))
    assert told in found
    assert bool(found) == bool(told)
    assert "SHORT-7f3a" not in found
    path.chmod(0o640)
    assert "chmod 600" in " ".join(mistakes_of(access))
    path.unlink()
    assert "cannot be read" in " ".join(mistakes_of(access))
