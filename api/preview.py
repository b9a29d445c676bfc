"""/preview/....png: the picture of a link, drawn when it is first asked for."""

from __future__ import annotations

import hashlib

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from analytics.tables import Tables
from api.drawing import Busy, Workshop
from api.sending import NOT_KEPT, knows
from maps.previews import picture, picture_of

KEPT = "public, max-age=86400"
"""The name says the question and not the data; a day later a service that shows links may look again."""
RETRY = "5"


class Pictures:
    """The pictures of links over a set of tables."""

    def __init__(self, tables: Tables, workshop: Workshop) -> None:
        self.tables = tables
        self._workshop = workshop

    async def endpoint(self, request: Request) -> Response:
        asked = await run_in_threadpool(picture_of, str(request.path_params["name"]), self.tables)
        if asked is None:
            return PlainTextResponse(
                "There is no picture of that name; pages name theirs in their head.\n", 404, {"Cache-Control": NOT_KEPT}
            )
        try:
            body = await self._workshop.made((self.tables.version, "card", *asked), lambda: picture(*asked, self.tables))
        except ValueError as refused:
            return PlainTextResponse(f"{refused}\n", 404, {"Cache-Control": NOT_KEPT})
        except Busy:
            busy = {"Cache-Control": NOT_KEPT, "Retry-After": RETRY}
            return PlainTextResponse("Other pictures are drawn just now; ask again in a few seconds.\n", 503, busy)
        assert body is not None
        headers = {"Cache-Control": KEPT, "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
        if knows(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type="image/png")
