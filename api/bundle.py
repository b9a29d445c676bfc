"""Streamlit's own files, compressed once and kept: it serves them plain, 2.8 times as large (see DESIGN, first load)."""

from __future__ import annotations

import re
import threading
from functools import cached_property
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.sending import FOR_EVER, Packed, send, takes_gzip

MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
"""What shrinks; fonts and pictures are compressed already and stay with Streamlit."""

FIRST_FILES = re.compile(r'(?:src|href)="\./(static/[^"]+)"')
IMPORTED = re.compile(r'(?:from|import)"\./([^"]+\.js)"')
ON_EVERY_PAGE = ("Html", "PageLink", "TextInput")
"""Pieces of Streamlit's client that it fetches when the first words have come, to write them: they come with the page here."""
LEVEL = 9


class Bundle:
    """The compressed files of a folder by address. Nothing outside the folder can be named: the addresses are listed at the start."""

    def __init__(self, folder: Path) -> None:
        self.document = folder / "index.html"
        self._paths = {
            f"/{path.relative_to(folder).as_posix()}": path
            for path in sorted((folder / "static").rglob("*"))
            if path.is_file() and path.suffix in MEDIA_TYPES
        }
        self._packed: dict[str, Packed] = {}
        self._busy: dict[str, threading.Lock] = {address: threading.Lock() for address in self._paths}

    def __contains__(self, address: str) -> bool:
        return address in self._paths

    def file(self, address: str) -> Packed:
        """The file at an address of ours, compressed at the first asking."""
        with self._busy[address]:
            if address not in self._packed:
                path = self._paths[address]
                self._packed[address] = Packed.pack(path.read_bytes(), MEDIA_TYPES[path.suffix], LEVEL)
            return self._packed[address]

    def first_files(self) -> list[str]:
        """Addresses that every page asks for first: those its document names."""
        named = FIRST_FILES.findall(self.document.read_text(encoding="utf-8"))
        return [f"/{name}" for name in dict.fromkeys(named) if f"/{name}" in self]

    @cached_property
    def early_files(self) -> list[str]:
        """Addresses of what ON_EVERY_PAGE needs and the document does not name; one that Streamlit no longer has is left out."""
        named = re.compile(rf"/static/js/({'|'.join(ON_EVERY_PAGE)})\.[^/]+\.js")
        wanted = [address for address in self._paths if named.fullmatch(address)]
        found = dict.fromkeys(self.first_files())
        early: list[str] = []
        while wanted:
            address = wanted.pop(0)
            if address in self and address not in found:
                found[address] = None
                early.append(address)
                wanted += [f"/static/js/{name}" for name in IMPORTED.findall(self._paths[address].read_text(encoding="utf-8"))]
        return early


class CompressedBundle:
    """Answers for Streamlit's files in compressed form; all else goes on to Streamlit."""

    def __init__(self, app: ASGIApp, bundle: Bundle) -> None:
        self.app = app
        self.bundle = bundle

    async def __call__(self, scope: Scope, receive: Receive, send_: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send_)
            return
        request = Request(scope)
        if not takes_gzip(request.headers.get("accept-encoding", "")):
            # Streamlit's own gzip layer looks for the word alone and would compress for "gzip;q=0" too.
            headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            await self.app({**scope, "headers": headers}, receive, send_)
            return
        if scope["method"] not in {"GET", "HEAD"} or scope["path"] not in self.bundle:
            await self.app(scope, receive, send_)
            return
        file = await run_in_threadpool(self.bundle.file, scope["path"])
        await send(request, file, FOR_EVER)(scope, receive, send_)
