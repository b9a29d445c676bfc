"""The end of a visit: after the time to come back nothing of it is held, and the times add up to what the pages promise."""

from __future__ import annotations

import tomllib
import weakref
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.SessionStatus_pb2 import SessionStatus
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.runtime import RuntimeConfig
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.state.session_state import SessionState
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from views.visits import EVERY_SECONDS, LONGEST_SECONDS, PING_SECONDS, let_go

ROOT = Path(__file__).resolve().parents[2]


class Visit:
    """What of Streamlit's session the manager asks for, with what a person typed."""

    def __init__(self, name: str) -> None:
        self.id, self.shut = name, False
        self.session_state, self._client_state, self._browser_queue = (
            SessionState(),
            ClientState(query_string="zip=60647"),
            ForwardMsgQueue(),
        )
        self.session_state["cost typed"] = "60647"
        self.session_state._new_widget_state.widget_metadata["box"] = None  # type: ignore[assignment]
        self._browser_queue.enqueue(ForwardMsg(session_status_changed=SessionStatus()))
        self.itself = self  # as a real one, it is in a circle and needs the collector

    def shutdown(self) -> None:
        self.shut = True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def waiting_room(clock: Clock) -> MemorySessionStorage:
    storage = MemorySessionStorage(ttl_seconds=70)
    storage._cache._timer = clock
    return storage


def manager(storage: MemorySessionStorage, active: set[str]) -> Any:
    return SimpleNamespace(_session_storage=storage, is_active_session=active.__contains__)


def info(visit: Visit) -> SessionInfo:
    return SessionInfo(client=None, session=visit, script_run_count=1)  # type: ignore[arg-type]


def test_a_visit_is_held_for_the_time_to_come_back_and_then_nothing_of_it() -> None:
    clock = Clock()
    storage = waiting_room(clock)
    visit = Visit("one")
    seen, state, client, queue = weakref.ref(visit), visit.session_state, visit._client_state, visit._browser_queue
    storage.save(info(visit))
    waiting = let_go(manager(storage, set()), {})
    clock.now = 69
    waiting = let_go(manager(storage, set()), waiting)
    assert list(waiting) == ["one"]
    assert not visit.shut
    clock.now = 71
    del visit
    assert let_go(manager(storage, set()), waiting) == {}
    assert seen() is None, "nobody holds it any more"
    assert not state.filtered_state, "and what was typed is gone even from a visit that the collector does not see"
    assert not state._new_widget_state.widget_metadata
    assert client.query_string == ""
    assert queue.is_empty()


def test_streamlit_alone_would_hold_it_longer() -> None:
    clock = Clock()
    storage = waiting_room(clock)
    storage.save(info(Visit("one")))
    clock.now = 1_000
    assert storage.list() == []
    assert len(storage._cache._data) == 1, "when this fails Streamlit has mended it, and views/visits.py may go"


def test_who_came_back_is_left_alone_and_files_of_the_ended_go_too() -> None:
    clock = Clock()
    storage = waiting_room(clock)
    back, gone = Visit("back"), Visit("gone")
    storage.save(info(back))
    storage.save(info(gone))
    waiting = let_go(manager(storage, set()), {})
    storage.delete("back")
    clock.now = 71
    storage.save(info(Visit("third")))  # another visit that ends lets the storage drop the old ones by itself
    assert list(let_go(manager(storage, {"back"}), waiting)) == ["third"]
    assert not back.shut
    assert gone.shut


def test_the_times_add_up_to_two_minutes_at_most() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    # Streamlit waits for an answer as long as it waits between two questions.
    assert 2 * config["server"]["websocketPingInterval"] == PING_SECONDS
    assert PING_SECONDS + config["server"]["disconnectedSessionTTL"] + EVERY_SECONDS <= LONGEST_SECONDS == 120


def test_streamlit_keeps_visits_where_this_looks() -> None:
    assert RuntimeConfig.__dataclass_fields__["session_manager_class"].default is WebsocketSessionManager
    made = WebsocketSessionManager(MemorySessionStorage(), None, None, None)  # type: ignore[arg-type]
    assert let_go(made, {}) == {}
    made_of = AppSession.__init__.__code__.co_names
    assert {"_session_state", "_client_state", "_browser_queue"} <= set(made_of)
