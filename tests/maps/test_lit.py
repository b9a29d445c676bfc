"""Places that meet conditions stand out on the page's map, on the picture and in the HTML file, and each says so."""

from __future__ import annotations

import re

from analytics.conditions import Condition, meets
from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from maps.export import export
from maps.palette import LIGHT
from maps.view import View
from tests.maps.checked import checked_map

POOR = Condition("uninsured", "over", 0.15)


def test_the_map_fades_who_does_not_meet_them_and_outlines_who_does(tables: Tables) -> None:
    query = Query(measure="uninsured", place="35")
    found = meets(query, (POOR,), tables)
    plain = checked_map(answer(query, tables), View(), LIGHT, tables)
    drawn = checked_map(answer(query, tables), View(), LIGHT, tables, met=found)
    faded, full = [trace for trace in drawn.data if trace.hoverinfo != "skip" and trace.type == "choropleth"]
    assert (faded.marker.opacity, full.marker.opacity) == (0.25, 1)
    assert set(full.locations) == set(found.of("met")["geoid"])
    assert len(faded.locations) + len(full.locations) == len(found.frame)
    assert full.marker.line.color == LIGHT.ink
    whole = dict(zip(plain.data[0].locations, plain.data[0].z, strict=True))
    assert all(whole[geoid] == z for trace in (faded, full) for geoid, z in zip(trace.locations, trace.z, strict=True))


def test_picture_and_html_fade_them_too_and_say_so(tables: Tables) -> None:
    result = answer(Query(measure="uninsured", place="35"), tables)
    count = meets(result.query, (POOR,), tables).places
    said = f"{count} of 33 counties, where"
    html = export(result, View(conditions=(POOR,)), tables, "html").decode()
    assert said in html
    (veil,) = re.findall(r'fill-opacity="0.75" d="([^"]+)"', html)
    assert veil.count("M") >= 33 - count
    plain, svg = (export(result, view, tables, "svg").decode() for view in (View(), View(conditions=(POOR,))))
    assert svg.count("opacity: 0.75") == 1
    assert "opacity: 0.75" not in plain
    nothing = View(conditions=(Condition("sites_per_100k", "over", 1),))
    assert "opacity: 0.75" not in export(result, nothing, tables, "svg").decode(), "what can't be asked fades nothing"
