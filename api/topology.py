"""The base map that plotly asks for, empty and from here.

plotly.js fetches `<topojsonURL><scope>_<resolution>m.json` before it draws a geo map, by default from another host, and
draws nothing when that fails. Our boundaries are our own, so the base map holds no line at all.
"""

from __future__ import annotations

import json
from typing import Final

from api.sending import Packed

SCOPES: Final = (
    "africa",
    "antarctica",
    "asia",
    "europe",
    "north-america",
    "oceania",
    "south-america",
    "usa",
    "world",
)
RESOLUTIONS: Final = (110, 50)
LAYERS: Final = ("coastlines", "countries", "lakes", "land", "ocean", "rivers", "subunits")

NAMES: Final = frozenset(f"{scope}_{resolution}m.json" for scope in SCOPES for resolution in RESOLUTIONS)
EMPTY: Final = Packed.pack(
    json.dumps(
        {"type": "Topology", "objects": {layer: {"type": "GeometryCollection", "geometries": []} for layer in LAYERS}, "arcs": []}
    ).encode(),
    "application/json",
)
