"""/embed/...: a view for the frame of any other site. One small page without a script, with a content policy of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from analytics.assumptions import shortened
from analytics.findings import START
from analytics.model import answer, read_question
from analytics.query import Query, unknown_words
from analytics.tables import Tables
from api.drawing import Busy, Workshop
from api.sending import ASK_AGAIN, NOT_KEPT, Packed, send
from maps.embed import frame, sentence_frame, style_hash
from maps.export import link, public_url
from maps.messages import Messages, messages
from maps.view import View, read_view

PAGES = ("explore", "start")
RETRY = "5"
"""Seconds, after which whoever was turned away may ask again."""


@dataclass(frozen=True)
class Made:
    """A frame as it is kept: the page, and the hash of its style sheet."""

    file: Packed
    style: str


def frame_headers(style: str) -> dict[str, str]:
    """Any site may put the page into a frame; the page itself may do nothing but be looked at and left by its link."""
    policy = f"default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; frame-ancestors *"
    return {"Content-Security-Policy": policy, "Cross-Origin-Resource-Policy": "cross-origin"}


def told(status: int, title: str, sentences: Iterable[str], say: Messages) -> Response:
    """A sentence in the frame where there is no map; no browser keeps it."""
    html, sheet = sentence_frame(title, sentences, f"{public_url()}/", say)
    return HTMLResponse(html, status, {"Cache-Control": NOT_KEPT, **frame_headers(style_hash(sheet))})


def made(page: str, query: Query, view: View, say: Messages, tables: Tables) -> Made:
    """The frame of a view. ValueError, with the reason, where a question of it is refused."""
    site = public_url()
    address = f"{site}/" if page == "start" else link(query, view, tables, site)
    label = "start" if page == "start" else "plot" if view.second and view.together == "scatter" else "link"
    html, sheet = frame(answer(query, tables), view, tables, address, say, say(label))
    return Made(Packed.pack(html.encode(), "text/html; charset=utf-8"), style_hash(sheet))


class Embeds:
    """The frames of a set of tables."""

    def __init__(self, tables: Tables, workshop: Workshop) -> None:
        self.tables = tables
        self._workshop = workshop

    async def endpoint(self, request: Request) -> Response:
        """/embed/explore with the words of a view's own page, and /embed/start."""
        words, page = dict(request.query_params), str(request.path_params["page"])
        view, unclear = read_view(words)
        say = messages("embed", view.lang)
        if page not in PAGES:
            return told(404, say("unclear"), [say("unknown_page", address=shortened(request.url.path))], say)
        query, unknown = read_question(words, self.tables) if page == "explore" else (START, ())
        if problems := unknown + unclear:
            return told(400, say("unclear"), unknown_words(problems), say)
        # Panels are none of the frame's; the rest is, and so is where the atlas says it stands.
        key = (self.tables.version, "frame", page, query, replace(view, open=()), public_url())
        try:
            found = await self._workshop.made(key, lambda: made(page, query, view, say, self.tables))
        except ValueError as refused:
            return told(400, say("refused"), [str(refused)], say)
        except Busy:
            response = told(503, say("busy"), [say("busy_more")], say)
            response.headers["Retry-After"] = RETRY
            return response
        assert found is not None
        return send(request, found.file, ASK_AGAIN, frame_headers(found.style))
