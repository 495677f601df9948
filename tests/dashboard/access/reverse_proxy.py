"""A small reverse proxy on loopback: it knows people by a cookie, says in headers who is there, passes websockets."""

import selectors
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import cast

from tests.dashboard.access.access_files import PEOPLE, SECRET, headers

LOG_IN = "/log_in/"
LONGEST_HEAD = 65_536


@dataclass(frozen=True)
class Door:
    """How a proxy lets people through.

    Attributes:
        port: of the server behind it.
        secret: that it sends.
        replaces: whether its headers take the place of those that a request has already; else they are added.
        always: the person that every request is said to be of; None where the cookie tells.

    """

    port: int
    secret: str = SECRET
    replaces: bool = True
    always: str | None = None

    def person(self, head: list[str]) -> str | None:
        """Who is there."""
        if self.always is not None:
            return self.always
        cookies = [line.partition(":")[2] for line in head if line.lower().startswith("cookie:")]
        told = dict(part.strip().partition("=")[::2] for one in cookies for part in one.split(";"))
        return told.get("who") if told.get("who") in PEOPLE else None

    def passed_on(self, head: list[str], person: str) -> bytes:
        """The head of the request as the server behind gets it."""
        own = headers(person, self.secret)
        dropped = {name.lower() for name in own} if self.replaces else set()
        is_websocket = any(line.lower().startswith("upgrade:") for line in head)
        dropped |= (
            set() if is_websocket else {"connection"}
        )  # a request a connection: each one gets the headers
        kept = [line for line in head[1:] if line.partition(":")[0].lower() not in dropped]
        added = [f"{name}: {value}" for name, value in own.items()]
        added += [] if is_websocket else ["Connection: close"]
        return "\r\n".join([head[0], *kept, *added, "", ""]).encode("latin-1")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    door: Door


class _Connection(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError):
            self._answer(*_read_head(self.request))

    def _answer(self, head: list[str], rest: bytes) -> None:
        door, path = cast("_Server", self.server).door, head[0].split(" ")[1]
        person = door.person(head)
        if path.startswith(LOG_IN):
            who = path.removeprefix(LOG_IN)
            self._send("303 See Other", "Location: /", f"Set-Cookie: who={who}; Path=/; HttpOnly")
        elif person is None:
            self._send("401 Unauthorized")
        else:
            with socket.create_connection(("127.0.0.1", door.port), 10) as behind:
                behind.settimeout(None)
                behind.sendall(door.passed_on(head, person) + rest)
                _both_ways(self.request, behind)

    def _send(self, status: str, *lines: str) -> None:
        head = [f"HTTP/1.1 {status}", *lines, "Content-Length: 0", "Connection: close", "", ""]
        self.request.sendall("\r\n".join(head).encode())


def _read_head(request: socket.socket) -> tuple[list[str], bytes]:
    """The lines of a request's head, and what was read of its body."""
    got = b""
    while b"\r\n\r\n" not in got and len(got) < LONGEST_HEAD:
        part = request.recv(LONGEST_HEAD)
        if not part:
            raise OSError("no request")
        got += part
    head, _, rest = got.partition(b"\r\n\r\n")
    return head.decode("latin-1").split("\r\n"), rest


def _both_ways(one: socket.socket, other: socket.socket) -> None:
    """Pass bytes on until either side ends."""
    with selectors.DefaultSelector() as ready:
        ready.register(one, selectors.EVENT_READ, other)
        ready.register(other, selectors.EVENT_READ, one)
        while True:
            for key, _ in ready.select():
                part = cast("socket.socket", key.fileobj).recv(LONGEST_HEAD)
                if not part:
                    return
                key.data.sendall(part)


@contextmanager
def reverse_proxy(door: Door) -> Iterator[str]:
    """The proxy's address, until the block ends."""
    with _Server(("127.0.0.1", 0), _Connection) as server:
        server.door = door
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join(10)
