"""The head of a page, written for each request: language, title, and what a link to it shows where it is pasted.

Streamlit serves one document for every page. Here it is cut once at the places where pages differ, and put together again with what
the address asks for; its script stays as it is, and ours says where the server is (api/connection.py): the content policy knows both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from analytics.query import Query
from analytics.tables import Tables
from api.connection import SCRIPT
from api.drawing import Busy, Workshop
from api.sending import Packed, send
from maps.export import public_url
from maps.look import stylesheet
from maps.messages import DEFAULT, messages
from maps.palette import SCHEMES
from maps.previews import Preview, general, key_of, page_of, preview, read
from maps.view import View

BROWSER_SECONDS, READER_SECONDS = 0.1, 3.0
"""How long the head waits for a finding that nobody has asked for yet: a browser must have its first byte, and writes the title itself
when the page stands; who only reads the head, as services that show links do, would else tell the general words on."""
NAVIGATES = ("sec-fetch-mode", "upgrade-insecure-requests")
"""Headers that browsers send with a page's request and readers of heads don't."""
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")

SLOTS = {
    "lang": re.compile(r'(?<=<html lang=")[^"]*'),
    "icon": re.compile(r'<link rel="shortcut icon"[^>]*>'),
    "font": re.compile(r'<link\s+rel="preload"[^>]*\bas="font"[^>]*>'),
    "head": re.compile(r"<title>.*?</title>", re.DOTALL),
    "body": re.compile(r"<noscript>.*?</noscript>", re.DOTALL),
}
"""Where pages differ in Streamlit's document; a test holds that it still has all of these."""
ICON = '<link rel="icon" type="image/svg+xml" href="/favicon.svg" />'
NO_FONT = ""
"""The font is not asked for before the scripts that write the first words: on a slow line it stood in their way for almost a second. It
comes when the words stand, in the system's type until then."""
BEFORE_BODY = f'<link rel="stylesheet" href="{stylesheet().address}" />'
"""The pages' own rules stand behind those that Streamlit writes into the head, so that they win where both say something."""
PICTURE_SIZE = {"width": 1200, "height": 630}


class Document:
    """A document cut at its slots. One that it does not have is left out."""

    def __init__(self, html: str) -> None:
        found = sorted((match.start(), match.end(), name) for name, slot in SLOTS.items() if (match := slot.search(html)))
        self._pieces: list[tuple[str, str]] = []
        at = 0
        for start, end, name in found:
            self._pieces.append((html[at:start], name))
            at = end
        self._rest = html[at:]
        self.slots = {name for _, _, name in found}

    def filled(self, texts: Mapping[str, str]) -> str:
        return "".join(piece + texts[name] for piece, name in self._pieces) + self._rest


def meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}" />'


def link(rel: str, address: str, more: str = "") -> str:
    return f'<link rel="{rel}"{more} href="{escape(address)}" />'


def head(found: Preview, site: str) -> str:
    """Title and links of a page as HTML; `site` is what stands before its addresses."""
    brand = messages("head", found.lang)("brand")
    picture = site + found.picture
    lines = [
        f"<title>{escape(found.window)}</title>",
        meta("name", "description", found.description),
        link("canonical", site + found.address),
        *(link("alternate", site + address, f' hreflang="{lang}"') for lang, address in found.languages.items()),
        *([link("alternate", site + found.languages[DEFAULT], ' hreflang="x-default"')] if found.languages else []),
        *(
            meta("property", f"og:{name}", text)
            for name, text in {"type": "website", "site_name": brand, "url": site + found.address}.items()
        ),
        meta("property", "og:title", found.title),
        meta("property", "og:description", found.description),
        meta("property", "og:image", picture),
        meta("property", "og:image:type", "image/png"),
        *(meta("property", f"og:image:{side}", str(pixels)) for side, pixels in PICTURE_SIZE.items()),
        meta("property", "og:image:alt", found.alt),
        meta("name", "twitter:card", "summary_large_image"),
        *(
            f'<meta name="theme-color" media="(prefers-color-scheme: {name})" content="{scheme.page}" />'
            for name, scheme in SCHEMES.items()
        ),
    ]
    return "\n    ".join(lines)


def without_script(found: Preview) -> str:
    """What stands on the page where nothing runs: the finding in words and as a picture, and the figures."""
    say = messages("previews", found.lang)
    figures = f'<p><a href="{escape(found.figures)}">{escape(say("figures"))}</a></p>' if found.figures else ""
    return (
        f"<noscript><h1>{escape(found.title)}</h1><p>{escape(found.description)}</p>"
        f'<img src="{escape(found.picture)}" alt="{escape(found.alt)}" width="{PICTURE_SIZE["width"]}" height="{PICTURE_SIZE["height"]}" style="max-width: 100%; height: auto">'
        f"<p>{escape(say('no_script'))}</p>{figures}</noscript>"
    )


def site_of(request: Request) -> str:
    """What stands before an address that others follow: the public address, else the one that was asked; "" where that is none."""
    host = request.headers.get("host", "")
    return public_url() or (f"{request.url.scheme}://{host}" if HOST.fullmatch(host) else "")


class PageHeads:
    """Answers for the documents of our pages; all else goes on."""

    def __init__(self, app: ASGIApp, document: Path, tables: Tables, early: Sequence[str] = ()) -> None:
        self.app = app
        self.document = Document(document.read_text(encoding="utf-8"))
        self.early = "".join(link("modulepreload", address, " crossorigin") for address in early)
        self.tables = tables
        self._workshop = Workshop("heads", at_once=2, most=32)

    async def __call__(self, scope: Scope, receive: Receive, send_: Send) -> None:
        page = page_of(scope["path"]) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        if page is None:
            await self.app(scope, receive, send_)
            return
        request = Request(scope)
        asked = await run_in_threadpool(read, dict(request.query_params), self.tables)
        file = await run_in_threadpool(self.written, await self.found(page, *asked, request), site_of(request))
        await send(request, file, "no-cache")(scope, receive, send_)

    async def found(self, page: str, query: Query, view: View, request: Request) -> Preview:
        """What the page says of itself, with its finding where that is held or soon made."""
        seconds = BROWSER_SECONDS if any(name in request.headers for name in NAVIGATES) else READER_SECONDS
        key = key_of(page, query, view, self.tables)
        try:
            made = await self._workshop.made(key, lambda: preview(page, query, view, self.tables), seconds)
        except (Busy, ValueError):
            made = None
        return await run_in_threadpool(general, page, query, view, self.tables) if made is None else made

    def written(self, found: Preview, site: str) -> Packed:
        """The whole document, compressed."""
        filled = self.document.filled(
            {
                "lang": found.lang,
                "icon": ICON,
                "font": NO_FONT,
                "head": f"{SCRIPT}\n    {head(found, site)}",
                "body": BEFORE_BODY + self.early + without_script(found),
            }
        )
        return Packed.pack(filled.encode(), "text/html; charset=utf-8")
