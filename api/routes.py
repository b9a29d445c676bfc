"""Every address that is not a page: data, boundaries, pictures, the empty base map."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api.answers import ROOT, Answers, Problem, told
from api.sending import FOR_EVER, NOT_KEPT, send
from api.shelf import Shelf
from api.topology import EMPTY, NAMES
from data.bundle import Tables

READ = frozenset({"GET", "HEAD"})
ONE_DAY = "public, max-age=86400"
ANYBODY = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Content-Disposition, ETag, X-Data-Version"}
"""Public figures, no cookie, no login: any page of the web may read them."""

ROBOTS = "User-agent: *\nDisallow: /_stcore/\n"


def opened(response: Response) -> Response:
    """The same answer, readable from pages of other sites."""
    response.headers.update(ANYBODY)
    return response


def data_routes(tables: Tables) -> list[BaseRoute]:
    """The addresses under /api/v1/, each open to other sites; any other one there says which there are."""
    answers = Answers(tables, {name: entry["rows"] for name, entry in tables.manifest["tables"].items()})
    endpoints = {
        f"{ROOT}/data.csv": answers.data_csv,
        f"{ROOT}/data.json": answers.data_json,
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


def file_routes(shelf: Shelf) -> list[BaseRoute]:
    """Boundaries, pictures and the empty base map. An address that no longer stands is a plain 404, never a page."""

    def kept(request: Request) -> Response:
        file = shelf.find(request.url.path)
        return missing(request) if file is None else send(request, file, FOR_EVER)

    def topology(request: Request) -> Response:
        return send(request, EMPTY, ONE_DAY) if request.path_params["name"] in NAMES else missing(request)

    return [
        Route("/geometry/{name:path}", kept),
        Route("/pictures/{name:path}", kept),
        Route("/topology/{name:path}", topology),
        Route("/robots.txt", lambda request: PlainTextResponse(ROBOTS, headers={"Cache-Control": ONE_DAY})),
    ]


def missing(request: Request) -> Response:
    return PlainTextResponse(
        f"There is no {request.url.path}; it may have been of an earlier version of the data. Load the page again.\n",
        404,
        {"Cache-Control": NOT_KEPT},
    )


def routes(tables: Tables, shelf: Shelf) -> list[BaseRoute]:
    """All of them, in the order in which they are tried."""
    return [*data_routes(tables), *file_routes(shelf)]
