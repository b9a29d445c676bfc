"""A visitor without a browser: speaks Streamlit's protocol over the websocket, counts bytes and time.

Sends what the browser sends for a page load or a changed control, and reads until `script_finished`.
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol


class CountedSocket(socket.socket):
    """A socket that counts what it received."""

    received = 0

    def recv(self, *arguments: Any) -> bytes:
        data = super().recv(*arguments)
        self.received += len(data)
        return data


@dataclass
class Run:
    """One run of the page: milliseconds from message to `script_finished`, bytes of all messages, and the elements sent."""

    milliseconds: float
    payload_bytes: int
    wire_bytes: int
    elements: list[Element] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    """Payload bytes by kind of message or element."""

    def element(self, kind: str, label: str = "") -> Any:
        """The first element of a kind (and label), or LookupError."""
        for element in self.elements:
            if element.WhichOneof("type") == kind:
                inner = getattr(element, kind)
                if not label or inner.label == label:
                    return inner
        raise LookupError(f"The page sent no {kind} {label!r}.")


class Visitor:
    """One visit. `open` loads a page; `choose` and `set` change a control of it."""

    def __init__(self, port: int, compressed: bool = True) -> None:
        self._socket = CountedSocket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.connect(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._link = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            sock=self._socket,
            subprotocols=[Subprotocol("streamlit")],
            compression="deflate" if compressed else None,
            max_size=None,
            origin=Origin(f"http://127.0.0.1:{port}"),
        )
        self._port = port
        self._states: dict[str, WidgetState] = {}
        self._page, self._query = "", ""
        self._hash = ""
        self.pages: list[str] = []
        """The last part of every page's address, as the site says with its first run; the start page's is ""."""

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._link.close()

    def open(self, page: str = "", **address: str) -> Run:
        """Load a page ("" is the start page) with what stands after the question mark."""
        self._page, self._hash = page, ""
        self._query = urlencode(address)
        self._states.clear()
        return self._run()

    def choose(self, run: Run, label: str, option: str) -> Run:
        """Choose an option of the select box of that label; LookupError where it has none of that name."""
        box = run.element("selectbox", label)
        if option not in box.options:
            raise LookupError(f"{label!r} has no option {option!r}; it has {list(box.options)[:5]}.")
        state = WidgetState(id=box.id)
        state.string_value = option
        self._states[box.id] = state
        return self._run()

    def _run(self) -> Run:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.page_script_hash = self._hash
        state.page_name = self._page if not self._hash else ""
        state.context_info.url = f"http://127.0.0.1:{self._port}/{self._page}"
        state.context_info.timezone = "UTC"
        state.context_info.locale = "en-US"
        state.context_info.color_scheme = "light"
        state.widget_states.CopyFrom(WidgetStates(widgets=list(self._states.values())))
        before = self._socket.received
        started = time.perf_counter()
        self._link.send(message.SerializeToString())
        run = Run(0.0, 0, 0)
        while True:
            data = self._link.recv(timeout=60)
            if not isinstance(data, bytes):
                continue
            run.payload_bytes += len(data)
            said = ForwardMsg.FromString(data)
            if self._note(said, len(data), run):
                run.milliseconds = (time.perf_counter() - started) * 1000
                run.wire_bytes = self._socket.received - before
                return run

    def _note(self, said: ForwardMsg, size: int, run: Run) -> bool:
        """Keep what later runs need; True when the run is over."""
        kind = said.WhichOneof("type")
        name = str(kind)
        if kind == "new_session":
            self._hash = said.new_session.page_script_hash or self._hash
        elif kind == "navigation":
            self._hash = said.navigation.page_script_hash or self._hash
            self.pages = ["" if one.is_default else one.url_pathname for one in said.navigation.app_pages]
        elif kind == "page_info_changed":
            self._query = said.page_info_changed.query_string
        elif kind == "delta" and said.delta.WhichOneof("type") == "new_element":
            element = said.delta.new_element
            run.elements.append(element)
            name = str(element.WhichOneof("type"))
            if name == "alert" and element.alert.format == Alert.ERROR:
                raise RuntimeError(f"The page failed: {element.alert.body}")
        run.kinds[name] = run.kinds.get(name, 0) + size
        return name == "script_finished"
