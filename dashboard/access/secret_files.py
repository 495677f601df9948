"""Files that hold secrets: who may read them, and whether what they hold is fit to be one."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboard.access.claims import LEAST_SECRET, proxy_secret
from dashboard.access.file import AccessFile

FOR_OTHERS = 0o077
LEAST_COOKIE_SECRET = 32
CALLBACK = "/oauth2callback"
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def mistakes_of(access: AccessFile) -> list[str]:
    """What is wrong with the secret file that an access file names; each with what to do, none with a secret."""
    if access.proxy is not None:
        return _of_proxy(access.proxy.secret_file)
    return _of_oidc(access.secrets) if access.secrets is not None else []


def _of_proxy(path: Path) -> list[str]:
    if found := _unreadable(path):
        return [found]
    if proxy_secret(path) is None:
        return [
            f"{path.name}: the secret is shorter than {LEAST_SECRET} characters: make one (openssl rand -hex 32)."
        ]
    return []


def _of_oidc(path: Path) -> list[str]:
    if found := _unreadable(path):
        return [found]
    try:
        content = tomllib.loads(path.read_text())
    except ValueError:
        return [f"{path.name}: this is not TOML."]
    auth = content.get("auth")
    if not isinstance(auth, dict):
        return [f"{path.name}: the section [auth] is missing."]
    missing = [
        f"{path.name}: auth.{name} is missing." for name in NEEDED if not isinstance(auth.get(name), str)
    ]
    return missing or _of_auth(path.name, auth)


def _of_auth(file: str, auth: dict[str, Any]) -> list[str]:
    mistakes = []
    if len(auth["cookie_secret"]) < LEAST_COOKIE_SECRET:
        mistakes.append(
            f"{file}: auth.cookie_secret is shorter than {LEAST_COOKIE_SECRET} characters: make one "
            "(openssl rand -hex 32)."
        )
    if not auth["redirect_uri"].endswith(CALLBACK):
        mistakes.append(f"{file}: auth.redirect_uri has to end in {CALLBACK}.")
    mistakes.extend(
        f"{file}: auth.{name} is sent in the clear: write an https address."
        for name in ("redirect_uri", "server_metadata_url")
        if not _is_private(auth[name])
    )
    return mistakes


def _is_private(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _unreadable(path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
        path.read_bytes()
    except OSError:
        return f"{path}: the file cannot be read."
    return f"{path.name}: other accounts may read or write it: chmod 600." if mode & FOR_OTHERS else None
