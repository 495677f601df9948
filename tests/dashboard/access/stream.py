"""A session with the dashboard's server without a browser: Streamlit's protocol, any headers, any value of a widget.

What a browser would never send, somebody with a program sends: values that no widget offers, another's session.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pyarrow as pa
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 120


@dataclass
class Stream:
    """One session.

    Attributes:
        socket: the connection.
        session: its id, by which a browser comes back after a lost connection.
        page: the hash of the page that is open.
        elements: what the last run showed.
        received: everything that the server ever sent.
        states: widgets' values so far, which a browser sends with each click.

    """

    socket: ClientConnection
    session: str = ""
    page: str = ""
    elements: list[Any] = field(default_factory=list)
    received: bytes = b""
    states: dict[str, WidgetState] = field(default_factory=dict)

    def run(self, page: str = "", query: str = "") -> "Stream":
        """The page again, or the one of this address, until the server has finished it."""
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = page, query
        message.rerun_script.page_script_hash = "" if page else self.page
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        self.socket.send(message.SerializeToString())
        while not self._finished(self._next()):
            pass
        return self

    def set(self, key: str, **value: Any) -> "Stream":
        """A widget gets a value, whether it is one of its choices or not; `key` as of `widget`."""
        name = self.widget(key)
        state = WidgetState(id=name)
        for kind, wanted in value.items():
            if isinstance(wanted, list):
                getattr(state, kind).data.extend(wanted)
            else:
                setattr(state, kind, wanted)
        self.states[name] = state
        return self

    def widget(self, key: str) -> str:
        """The id of the widget whose key begins so, or that has this label."""
        found = [
            one.id
            for one in self.elements
            if hasattr(one, "id") and (f"-{key}" in one.id or getattr(one, "label", "") == key)
        ]
        assert len(found) == 1, f"{len(found)} widgets {key}"
        return str(found[0])

    @property
    def texts(self) -> str:
        """What the last run showed in words."""
        return "\n".join(str(getattr(one, "body", "")) for one in self.elements).replace("\\", "")

    @property
    def tables(self) -> list[pd.DataFrame]:
        """The tables of the last run that scroll."""
        shown = [one for one in self.elements if type(one).__name__ == "Dataframe"]
        return [pa.ipc.open_stream(one.arrow_data.data).read_pandas() for one in shown]

    def _next(self) -> ForwardMsg:
        got = self.socket.recv(PATIENCE)
        assert isinstance(got, bytes)
        self.received += got
        return ForwardMsg.FromString(got)

    def _finished(self, message: ForwardMsg) -> bool:
        match message.WhichOneof("type"):
            case "new_session":
                self.elements = []
                self.session = message.new_session.initialize.session_id
            case "navigation":
                self.page = message.navigation.page_script_hash
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                self.elements.append(getattr(element, str(element.WhichOneof("type"))))
            case "script_finished":
                return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False


@contextmanager
def stream(address: str, headers: Mapping[str, str], session: str = "") -> Iterator[Stream]:
    """A session with the server at this address; `session` is that of one that lost its connection."""
    words = ["streamlit", "none", *([session] if session else [])]
    place = address.replace("http://", "ws://") + "/_stcore/stream"
    protocols = [Subprotocol(word) for word in words]
    with connect(place, additional_headers=headers, subprotocols=protocols, max_size=None) as socket:
        yield Stream(socket)
