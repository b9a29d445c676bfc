"""The end of a visit: what a person typed leaves the server's memory soon after the page is closed.

Streamlit keeps a visit whose connection ended, in case the browser comes back (server.disconnectedSessionTTL), and no longer shows it after
that time; but it lets go of it only when another visit ends, and of uploaded files not at all. So that is done here, every few seconds.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import Any, Final

from streamlit import runtime

from views.made_files import MadeFiles

LOG = logging.getLogger(__name__)
EVERY_SECONDS: Final = 10
PING_SECONDS: Final = 40
"""So long it takes at most until the server sees that a connection broke off: it asks every 20 seconds and waits 20 for the answer."""
LONGEST_SECONDS: Final = 120
"""What the pages promise: connection, the time to come back, and the next look together."""


async def forget_ended_visits() -> None:
    """Look every few seconds, as long as the server lives."""
    waiting: dict[str, Any] = {}
    server = runtime.get_instance()
    made = MadeFiles(server.media_file_mgr)
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            made.drop_old()
            waiting = let_go(server._session_mgr, waiting)
        except Exception:
            LOG.exception("A visit that ended was not let go of; it is tried again.")


def let_go(manager: Any, waiting: dict[str, Any]) -> dict[str, Any]:
    """Forget the visits of `waiting` (id -> visit, as this returned it last) whose time to come back is over; returns those that wait now."""
    storage = manager._session_storage
    held = {one.session.id: one.session for one in storage.list()}
    storage._cache.expire()
    ended = [name for name in waiting if name not in held and not manager.is_active_session(name)]
    for name in ended:
        forget(waiting.pop(name))
    if ended:
        gc.collect()
    return held


def forget(visit: Any) -> None:
    """Shut a visit down, which drops its files, and empty what holds a person's words: what controls said, and what the page answered.

    The collector alone is not enough: a visit that was there when the server froze its garbage (api/start.py) is out of its sight.
    """
    visit.shutdown()
    visit.session_state.clear()
    visit.session_state._new_widget_state.widget_metadata.clear()  # a control's callback holds the page that drew it
    visit._client_state.Clear()
    visit._browser_queue.clear()
