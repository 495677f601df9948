"""Access files and claims of the invented people of the tests."""

import re
from pathlib import Path
from typing import Any

import yaml

from meta_med.published.release import Release

COHORT, OTHER = "placebo, stage 3", "placebo, stage 4"
"""Cohorts of the synthetic release."""
ID = re.compile(r"P\d{4}")
"""Ids of the synthetic release."""
SECRET = "a-secret-of-more-than-24-characters"
PEOPLE: dict[str, dict[str, Any]] = {
    "clara": {"email": "clara@hospital.example", "groups": ["hepatology", "canteen"]},
    "sam": {"email": "sam@hospital.example", "groups": ["research"]},
    "ada": {"email": "ada@hospital.example", "groups": ["audit"]},
    "stef": {"email": "stef@hospital.example", "groups": ["data"]},
    "olga": {"email": "olga@hospital.example", "groups": ["hepatology", "research"]},
    "nobody": {"email": "nobody@elsewhere.example", "groups": ["canteen"]},
}
RULES = [
    {"role": "clinician", "when": {"groups": "hepatology"}, "studies": {"pbc": [COHORT]}},
    {"role": "scientist", "when": {"groups": "research"}, "studies": {"pbc": "all"}},
    {"role": "steward", "when": {"groups": "data"}, "studies": "all"},
    {"role": "auditor", "when": {"groups": "audit"}},
]


def written(folder: Path, name: str = "access.yaml", **changes: Any) -> Path:
    """An access file with a proxy, and its secret; `changes` replace keys, None removes one."""
    secret = folder / "proxy_secret"
    if not secret.exists():
        secret.write_text(SECRET)
        secret.chmod(0o600)
    content = {
        "log_in": "proxy",
        "proxy": {
            "secret_file": "proxy_secret",
            "secret_header": "X-Proxy-Secret",
            "claims": {"email": "X-Email", "groups": "X-Groups"},
        },
        "user": "email",
        "whom_to_ask": "the data team, extension 1234",
        "roles": RULES,
        **changes,
    }
    path = folder / name
    path.write_text(yaml.safe_dump({k: v for k, v in content.items() if v is not None}))
    return path


def with_oidc(folder: Path, **changes: Any) -> Path:
    """An access file with log-in by OIDC; its secrets file is `secrets.toml`."""
    return written(folder, log_in="oidc", proxy=None, oidc={"secrets": "secrets.toml"}, **changes)


def headers(person: str, secret: str = SECRET) -> dict[str, str]:
    """What the proxy sends for this person."""
    claims = PEOPLE[person]
    return {"X-Proxy-Secret": secret, "X-Email": claims["email"], "X-Groups": ",".join(claims["groups"])}


def patients(release: Release, cohort: str = COHORT) -> list[str]:
    """Ids of a cohort's patients."""
    subjects = release.frames["subjects"]
    return [str(name) for name in subjects.loc[subjects["cohort"] == cohort, "subject_id"]]
