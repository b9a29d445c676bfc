"""A small local server that speaks the format of OSRM's table service."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit


class Osrm(BaseHTTPRequestHandler):
    """Answers 100 seconds for each degree of latitude and longitude, and no way to what lies south of the equator."""

    asked: list[int] = []  # noqa: RUF012
    reply: str | None = None
    most = 10

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        points = [tuple(map(float, one.split(","))) for one in parts.path.removeprefix("/table/v1/driving/").split(";")]
        Osrm.asked.append(len(points))
        query = parse_qs(parts.query)
        sources, goals = ([points[int(one)] for one in query[name][0].split(";")] for name in ("sources", "destinations"))
        if len(points) > Osrm.most:
            body = {"code": "TooBig", "message": "Too many table coordinates"}
        else:
            rows = [[None if lat2 < 0 else 100 * (abs(lon - lon2) + abs(lat - lat2)) for lon2, lat2 in goals] for lon, lat in sources]
            body = {"code": "Ok", "durations": rows, "sources": [], "destinations": []}
        text = (Osrm.reply if Osrm.reply is not None else json.dumps(body)).encode()
        self.send_response(200 if Osrm.reply is not None or body["code"] == "Ok" else 400)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words: object) -> None:
        """Quiet."""
