"""Where the server is, written into every page, so that the browser connects at once.

Streamlit's client would look for it: it asks in the page's own folder (/explore/_stcore/health, answered 404), then in the one above, and opens
its connection only then. That is two ways there and back, half a second on a slow phone, and a "not found" in the console of every page. It
takes what `window.__streamlit` says instead, and asks in the background; where the connection fails it looks for the server as before.
"""

from __future__ import annotations

from typing import Final

SCRIPT: Final = (
    "<script>window.__streamlit = { BACKEND_BASE_URL: location.origin,"
    " HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false } }</script>"
)
"""`allowedOrigins` are the sites that may send the page messages from a frame around it: none but this one, where Streamlit names its own."""
