"""Answers leave at once: the kernel must not hold a small message back until the last one was acknowledged.

asyncio turns Nagle's algorithm off only for sockets made with the protocol named; `streamlit run` makes its own without.
Seen: a rerun that took 15 ms arrived after 48, because the browser's kernel acknowledges after 40.
"""

from __future__ import annotations

import socket
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send


def at_once(send: Send) -> None:
    """Switch the delay off for the connection behind `send`, where the server lets us see it (uvicorn does); else nothing."""
    transport: Any = getattr(getattr(send, "__self__", None), "transport", None)
    connection = transport.get_extra_info("socket") if hasattr(transport, "get_extra_info") else None
    if connection is not None and connection.family in {socket.AF_INET, socket.AF_INET6}:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class AtOnce:
    """For websockets, whose `send` is the server's own here. Must stand first: those within see a `send` of another's making."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            at_once(send)
        await self.app(scope, receive, send)
