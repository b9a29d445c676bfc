"""Every address that is not a page: data, boundaries, pictures, the empty base map."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api.answers import ROOT, Answers, Problem, told
from api.drawing import Workshop
from api.embed import Embeds
from api.preview import Pictures
from api.sending import FOR_EVER, NOT_KEPT, Packed, send
from api.shelf import Shelf
from api.topology import EMPTY, NAMES
from data.bundle import Tables
from maps.fact_sheets import built_beforehand

READ = frozenset({"GET", "HEAD"})
ONE_DAY = "public, max-age=86400"
ANYBODY = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Content-Disposition, ETag, X-Data-Version"}
"""Public figures, no cookie, no login: any page of the web may read them."""

ICON = Packed.pack((Path(__file__).parent / "favicon.svg").read_bytes(), "image/svg+xml")
ROBOTS = "User-agent: *\nDisallow: /_stcore/\n"


def opened(response: Response) -> Response:
    """The same answer, readable from pages of other sites."""
    response.headers.update(ANYBODY)
    return response


def data_routes(tables: Tables) -> list[BaseRoute]:
    """The addresses under /api/v1/, each open to other sites; any other one there says which there are."""
    answers = Answers(tables, {name: entry["rows"] for name, entry in tables.manifest["tables"].items()})
    endpoints = {
        f"{ROOT}/data.csv": answers.file("csv"),
        f"{ROOT}/data.json": answers.data_json,
        f"{ROOT}/data.geojson": answers.file("geojson"),
        f"{ROOT}/data.parquet": answers.file("parquet"),
        f"{ROOT}/datapackage.json": answers.file("datapackage"),
        **{f"{ROOT}/picture.{kind}": answers.file(kind) for kind in ("png", "svg", "pdf", "html")},
        f"{ROOT}/fact-sheet.pdf": answers.fact_sheet,
        f"{ROOT}/measures.json": answers.measures_json,
        f"{ROOT}/status": answers.status,
    }

    def api(request: Request) -> Response:
        endpoint = endpoints.get(request.url.path)
        if endpoint is None:
            return opened(told(Problem(404, f"There is nothing at {request.url.path}; there is {', '.join(endpoints)}.")))
        if request.method == "OPTIONS":
            return opened(Response(status_code=204, headers={"Allow": "GET, HEAD, OPTIONS", "Access-Control-Allow-Methods": "GET, HEAD"}))
        if request.method not in READ:
            refused = told(Problem(405, "The atlas is read only: ask with GET or HEAD."))
            refused.headers["Allow"] = "GET, HEAD, OPTIONS"
            return opened(refused)
        return opened(endpoint(request))

    return [Route("/api/{rest:path}", api, methods=["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"])]


def file_routes(shelf: Shelf, tables: Tables) -> list[BaseRoute]:
    """Boundaries, pictures and the empty base map. An address that no longer stands is a plain 404, never a page."""

    def kept(request: Request) -> Response:
        file = shelf.find(request.url.path)
        return missing(request) if file is None else send(request, file, FOR_EVER)

    def topology(request: Request) -> Response:
        return send(request, EMPTY, ONE_DAY) if request.path_params["name"] in NAMES else missing(request)

    def archive(request: Request) -> Response:
        """A state's fact sheets, where they were made beforehand; the name holds the data's version, so it is kept for ever."""
        found = built_beforehand(request.path_params["state"], tables)
        if found is None or found.name != request.path_params["name"]:
            return missing(request)
        return FileResponse(found, media_type="application/zip", filename=found.name, headers={"Cache-Control": FOR_EVER})

    return [
        Route("/geometry/{name:path}", kept),
        Route("/pictures/{name:path}", kept),
        Route("/style/{name:path}", kept),
        Route("/topology/{name:path}", topology),
        Route("/fact-sheets/{state}/{name}", archive),
        Route("/favicon.svg", lambda request: send(request, ICON, ONE_DAY)),
        Route("/robots.txt", lambda request: PlainTextResponse(ROBOTS, headers={"Cache-Control": ONE_DAY})),
    ]


def picture_routes(tables: Tables) -> list[BaseRoute]:
    """Views drawn when they are first asked for: the frames for other sites, the pictures of links."""
    workshop = Workshop("drawing", at_once=1, most=24)
    return [
        Route("/embed/{page:path}", Embeds(tables, workshop).endpoint),
        Route("/preview/{name:path}.png", Pictures(tables, workshop).endpoint),
        Route("/preview/{name:path}", missing),
    ]


def missing(request: Request) -> Response:
    return PlainTextResponse(
        f"There is no {request.url.path}; it may have been of an earlier version of the data. Load the page again.\n",
        404,
        {"Cache-Control": NOT_KEPT},
    )


def routes(tables: Tables, shelf: Shelf) -> list[BaseRoute]:
    """All of them, in the order in which they are tried."""
    return [*data_routes(tables), *picture_routes(tables), *file_routes(shelf, tables)]
