"""Sessions without a browser, which ask for pages through Streamlit's own socket: readers on machines of their own.

Twenty browsers on the machine that computes the pages would measure the browsers.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.wording.worklist import PAGE, SEARCH

LANGUAGE = {"Accept-Language": "en-US"}
PATIENCE = 120.0
LARGEST = 2**26


class Session:
    """One session of the dashboard, on its worklist."""

    def __init__(self, address: str) -> None:
        where = address.replace("http://", "ws://") + "/_stcore/stream"
        self.socket: ClientConnection = connect(
            where,
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=LANGUAGE,
            max_size=LARGEST,
            origin=Origin(address),
        )
        self.page, self.search_box = "", ""
        self._ask("")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def search(self, name: str) -> float:
        """Seconds until the page has answered that one patient has this id."""
        started = time.perf_counter()
        shown = self._ask(name)
        seconds = time.perf_counter() - started
        if PAGE(first=1, last=1, total=1) not in shown:
            raise AssertionError("the search did not list one patient alone")
        return seconds

    def _ask(self, text: str) -> str:
        """Send what is typed into the search, and read all that the page answers, as text."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.context_info.locale = "en-US"
        if self.search_box:
            typed = message.rerun_script.widget_states.widgets.add()
            typed.id, typed.string_value = self.search_box, text
        self.socket.send(message.SerializeToString())
        return "\n".join(self._answer())

    def _answer(self) -> list[str]:
        shown: list[str] = []
        while True:
            message = ForwardMsg.FromString(self.socket.recv(PATIENCE, decode=False))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.page = message.new_session.page_script_hash
                shown = []  # another page, to which the first one has led
            elif kind == "delta":
                element = message.delta.new_element
                if element.text_input.label == SEARCH():
                    self.search_box = element.text_input.id
                shown.append(element.text.body)
            elif kind == "script_finished" and self.search_box:
                return shown


def searched_at_once(address: str, rounds: Sequence[Sequence[str]]) -> list[float]:
    """Seconds of every search, where in each round all sessions look for one patient at the same moment."""
    with ExitStack() as opened:
        sessions = [opened.enter_context(Session(address)) for _ in rounds[0]]
        with ThreadPoolExecutor(len(sessions)) as readers:
            return [
                seconds
                for names in rounds
                for seconds in readers.map(
                    lambda one: one[0].search(one[1]), zip(sessions, names, strict=True)
                )
            ]
