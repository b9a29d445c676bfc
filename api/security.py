"""What a browser may do with our pages: nothing from elsewhere, nothing written into them.

The inline scripts are Streamlit's own and the one of api/connection.py; their hashes are computed from the installed file and from that text, so
that an update of Streamlit needs no change here and nobody else's script runs.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.connection import SCRIPT

INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)


def script_hashes(html: str) -> list[str]:
    """The hashes of the scripts that stand in a page, as a content security policy names them."""
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(match['text'].encode()).digest()).decode()}'"
        for match in INLINE_SCRIPT.finditer(html)
        if "src=" not in match["attributes"]
    ]


def content_policy(html: str) -> str:
    """The content security policy for pages that begin as this document."""
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *script_hashes(html + SCRIPT)]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'self'",
        "object-src": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def security_headers(document: Path) -> dict[str, str]:
    """The headers of every answer, for a site whose pages begin as `document` (Streamlit's index.html)."""
    return {
        "Content-Security-Policy": content_policy(document.read_text(encoding="utf-8")),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


class SecurityHeaders:
    """Puts the headers on every answer; one that a route has set itself stands."""

    def __init__(self, app: ASGIApp, document: Path) -> None:
        self.app = app
        self.headers = security_headers(document)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)
