"""Bytes that are kept compressed and sent as they are to whoever takes gzip."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

FOR_EVER = "public, max-age=31536000, immutable"
"""For addresses that hold a hash of their content."""
ASK_AGAIN = "public, max-age=0, must-revalidate"
"""For addresses whose content moves with the data; the ETag makes asking cheap."""
NOT_KEPT = "no-store"
"""For errors: a browser must not remember them."""


@dataclass(frozen=True)
class Packed:
    """A file as it is kept: gzipped, with its media type and a tag of its content."""

    body: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, gzipped: bytes, media_type: str) -> Packed:
        # A weak tag, because the plain and the compressed form share it (RFC 9110, 8.8.3).
        return cls(gzipped, media_type, f'W/"{hashlib.sha256(gzipped).hexdigest()[:16]}"')

    @classmethod
    def pack(cls, plain: bytes, media_type: str, level: int = 6) -> Packed:
        return cls.of(gzip.compress(plain, compresslevel=level, mtime=0), media_type)


def takes_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header allows gzip (RFC 9110, 12.5.3): `gzip;q=0` does not, `*` does."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        coding, _, parameters = part.strip().partition(";")
        name, _, weight = parameters.strip().partition("=")
        try:
            weights[coding.strip()] = float(weight) if name.strip() == "q" else 1.0
        except ValueError:
            weights[coding.strip()] = 0.0
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def knows(if_none_match: str, etag: str) -> bool:
    """Whether the client already has the content of this tag; weak and strong forms are alike here."""
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in known or etag.removeprefix("W/") in known


def send(request: Request, file: Packed, cache: str, extra: dict[str, str] | None = None) -> Response:
    """The file for this client: 304 if it has it, compressed if it takes that, plain otherwise; for HEAD the headers alone."""
    headers = {"Cache-Control": cache, "ETag": file.etag, "Vary": "Accept-Encoding", **(extra or {})}
    if knows(request.headers.get("if-none-match", ""), file.etag):
        return Response(status_code=304, headers=headers)
    body = file.body
    if takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    headers["Content-Length"] = str(len(body))
    if request.method == "HEAD":
        return Response(headers=headers, media_type=file.media_type)
    return Response(body, headers=headers, media_type=file.media_type)
