"""A service: the program that runs it, where people find it, and how it is asked over HTTP whether it is healthy."""

import json
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

ANSWER_SECONDS = 10.0
DAEMONS = "{ instance { daemonHealth { allDaemonStatuses { required healthy } } } }"
Check = Callable[[], bool | None]
"""Whether a service is healthy; None where nobody can tell now."""


@dataclass(frozen=True)
class Service:
    """One program of an installation.

    Attributes:
        name: in messages; program: absolute path of the program, and its arguments.
        check: asks whether it is healthy; blocks for some seconds at most.
        address: where people find it; "" where there is nothing to see.
        environment: variables that are set for it beside the inherited ones.

    """

    name: str
    program: Sequence[str]
    check: Check
    address: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def answers(url: str) -> Check:
    """A check that asks whether a page answers with 200."""

    def check() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=ANSWER_SECONDS) as page:  # noqa: S310  # on this machine
                return bool(page.status == 200)
        except (OSError, HTTPException):
            return False

    return check


def daemons_beat(graphql_url: str) -> Check:
    """A check of Dagster's daemon, which has no page: its heartbeats, as the webserver knows them.

    None where the webserver does not answer: then nothing is known of the daemon.
    """

    def check() -> bool | None:
        try:
            statuses = _asked(graphql_url)["data"]["instance"]["daemonHealth"]["allDaemonStatuses"]
        except (OSError, HTTPException, ValueError, LookupError, TypeError):
            return None
        required = [status["healthy"] for status in statuses if status["required"]]
        return bool(required) and all(required)

    return check


def _asked(graphql_url: str) -> Any:
    content = json.dumps({"query": DAEMONS}).encode()
    request = urllib.request.Request(graphql_url, content, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as page:  # noqa: S310
        return json.loads(page.read())
