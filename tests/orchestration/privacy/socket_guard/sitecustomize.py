"""Refuses and notes every connection beyond this machine, in each Python process that has this folder in PYTHONPATH."""

import os
import sys

ALLOWED = ("127.", "::1", "localhost", "0.0.0.0")
NOTES = os.environ["SOCKET_GUARD_NOTES"]


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = (
            address[0] if isinstance(address, tuple) else ""
        )  # a name of a file is a socket of this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    text = host.decode() if isinstance(host, bytes) else str(host or "")
    if text and not text.startswith(ALLOWED):
        with open(NOTES, "a") as notes:
            notes.write(f"{event} {text} {sys.argv[:3]}\n")
        raise PermissionError("beyond this machine")


sys.addaudithook(_guard)
with open(NOTES + ".guarded", "a") as guarded:
    guarded.write(f"{os.getpid()} {sys.argv[:3] if hasattr(sys, 'argv') else ''}\n")
