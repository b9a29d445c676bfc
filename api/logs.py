"""What is written about visits: nothing. A question stands in the address, and questions are nobody's business."""

from __future__ import annotations

import logging


class NoAddresses(logging.Filter):
    """Drops the server's lines about single connections, which carry the address with what stands after the question mark."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith('%s - "WebSocket')


def quiet() -> None:
    """Turn the access log off, whoever started the server, and keep addresses out of its other lines."""
    access = logging.getLogger("uvicorn.access")
    access.handlers.clear()
    access.propagate = False
    access.disabled = True
    errors = logging.getLogger("uvicorn.error")
    if not any(isinstance(one, NoAddresses) for one in errors.filters):
        errors.addFilter(NoAddresses())
