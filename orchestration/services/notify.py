"""Tells systemd the state of this service (`Type=notify`), where it was started by systemd."""

import os
import socket

SOCKET_VARIABLE = "NOTIFY_SOCKET"


def notify(state: str) -> None:
    """Send a state, such as READY=1, to the socket that systemd names; nothing, where it names none."""
    address = os.environ.get(SOCKET_VARIABLE)
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        # a name that begins with @ is in Linux's abstract namespace
        channel.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)
