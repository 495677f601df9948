"""Where events go: a file, or a collector on this machine; one on another machine only where it is named twice.

Light to load, because every run asks.
"""

import ipaddress
import os
from urllib.parse import urlsplit

from orchestration.errors import StudyError

VARIABLE, HOST_VARIABLE = "META_MED_OPENLINEAGE", "META_MED_OPENLINEAGE_HOST"


def target() -> str | None:
    """The file or URL of META_MED_OPENLINEAGE; None where no events are asked for.

    Raises:
        StudyError: it is a URL of another kind than http or https, or of a host that META_MED_OPENLINEAGE_HOST does not
            name.

    """
    given = os.environ.get(VARIABLE) or None
    if given is None or not is_url(given):
        return given
    try:
        parts = urlsplit(given)
        scheme, host = parts.scheme, parts.hostname or ""
    except ValueError:
        scheme, host = "", ""
    if scheme not in {"http", "https"} or not host:
        raise StudyError(f"{VARIABLE} must be a file, or a URL that begins with http:// or https://.")
    if not _is_this_machine(host) and host != (os.environ.get(HOST_VARIABLE) or "").lower():
        raise StudyError(
            f"{VARIABLE} names another machine. Nothing was sent. If events may leave this one, name the same host in "
            f"{HOST_VARIABLE}, too."
        )
    return given


def is_url(text: str) -> bool:
    """Whether it is a URL, not the path of a file."""
    return "://" in text


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
