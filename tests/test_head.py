"""The head of a page: language, title and what a link shows, for every page and whatever the address holds; and the picture of a link."""

from __future__ import annotations

import asyncio
import re
import struct
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit
from PIL.PngImagePlugin import PngImageFile
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from analytics.barriers import people
from analytics.cache import CACHE
from analytics.findings import START
from analytics.model import answer
from analytics.profile import question
from analytics.query import Query
from api import head
from api.connection import SCRIPT
from api.drawing import Busy, Workshop
from api.head import Document, PageHeads
from api.routes import routes
from api.security import script_hashes
from api.shelf import Shelf
from data.bundle import Tables
from maps import place_words, start_words, together_words, words
from maps.condition_words import on_map, sentence
from maps.export import PUBLIC_URL
from maps.messages import messages
from maps.previews import SPEAKS_SPANISH, page_of
from maps.together_export import shown_pair
from maps.view import read_view
from tests.test_embed import MARKUP, Page

STATIC = Path(streamlit.__file__).parent / "static" / "index.html"
PAGES = ("/", "/explore", "/place", "/costs", "/near-me", "/my-cost", "/about", "/methods")
TEXAS = "/explore?measure=uninsured&level=county&place=48"


@pytest.fixture(scope="module")
def client(tables: Tables) -> Iterator[TestClient]:
    """Heads and pictures, with a mark in place of Streamlit behind them. However slow the machine, a finding is waited for."""
    behind = Route("/{rest:path}", lambda request: PlainTextResponse("Streamlit's"))
    heads = Middleware(PageHeads, document=STATIC, tables=tables)
    site = Starlette(routes=[*routes(tables, Shelf(tables)), behind], middleware=[heads])
    with pytest.MonkeyPatch.context() as patched, TestClient(site) as one:
        patched.setattr(head, "READER_SECONDS", 120.0)
        yield one


class Head:
    """What a page's head says."""

    def __init__(self, html: str) -> None:
        self.page = Page(html)
        self.lang = self.page.all("html")[0]["lang"]
        self.title = "".join(self.page.texts["title"])
        self.said = {one.get("property") or one["name"]: one["content"] for one in self.page.all("meta") if "content" in one}
        self.links = {(one["rel"], one.get("hreflang", "")): one["href"] for one in self.page.all("link")}


def of(client: TestClient, address: str, **headers: str) -> Head:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return Head(response.text)


def test_the_pages_rules_are_asked_for_behind_streamlits_own(client: TestClient) -> None:
    html = client.get("/about").text
    sheet = re.search(r'<body>\s*<link rel="stylesheet" href="(/style/[^"]+)"', html)
    assert sheet is not None
    answer_ = client.get(sheet[1])
    assert answer_.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer_.headers["cache-control"]
    assert ".atlas-title" in answer_.text


# --- What it says ---


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_page_says_what_it_is_in_the_language_asked_for(client: TestClient, path: str, lang: str) -> None:
    seen = of(client, f"{path}?lang={lang}")
    assert seen.lang == lang
    assert seen.title.endswith(" - Ketamine Access Atlas")
    assert seen.title == f"{seen.said['og:title']} - Ketamine Access Atlas"
    assert len(seen.said["description"]) > 40
    assert seen.said["description"] == seen.said["og:description"]
    spoken = "" if lang == "en" else "?lang=es"
    assert seen.links["canonical", ""] == seen.said["og:url"] == f"http://testserver{path}{spoken}"
    assert seen.said["og:image"].startswith("http://testserver/preview/")
    page = page_of(path)
    assert (("alternate", "es") in seen.links) == (page in SPEAKS_SPANISH)
    if page in SPEAKS_SPANISH:
        assert seen.links["alternate", "es"] == f"http://testserver{path}?lang=es"
        assert seen.links["alternate", "en"] == seen.links["alternate", "x-default"] == f"http://testserver{path}"


def test_explore_says_its_finding_and_shows_its_own_map(client: TestClient, tables: Tables) -> None:
    seen = of(client, f"{TEXAS}&sites=off&v=earlier&utm_source=x")
    result = answer(Query(measure="uninsured", level="county", place="48"), tables)
    finding = words.title(result, tables)
    assert seen.said["og:title"] == finding
    assert seen.said["description"] == f"{finding}. {words.source_line(result)}"
    assert seen.said["og:image:alt"] == words.alt_text(result, tables)
    asked = {**result.query.to_address(), "sites": "off"}
    assert dict(parse_qsl(urlsplit(seen.links["canonical", ""]).query)) == asked
    picture = seen.said["og:image"].removeprefix("http://testserver/preview/").removesuffix(".png")
    assert dict(parse_qsl(picture)) == asked


def test_conditions_are_told_where_the_picture_lights_the_places_that_meet_them(client: TestClient, tables: Tables) -> None:
    conditions = "uninsured:over:0.2~median_income:under:50000"
    seen = of(client, f"{TEXAS}&conditions={conditions}")
    view, _ = read_view({"conditions": conditions})
    met = on_map(Query(measure="uninsured", place="48"), view, tables)
    assert met is not None
    assert 0 < met.places < len(met.frame)
    for told in (seen.said["description"], seen.said["og:image:alt"]):
        assert sentence(met) in told
    lit = client.get(urlsplit(seen.said["og:image"]).path)
    assert lit.status_code == 200
    assert sentence(met) in PngImageFile(BytesIO(lit.content)).text["Description"]
    assert lit.content != client.get(urlsplit(of(client, TEXAS).said["og:image"]).path).content


@pytest.mark.parametrize("together", ["beside", "bivariate", "scatter"])
def test_a_second_measure_is_told_and_drawn_as_the_address_shows_it(client: TestClient, tables: Tables, together: str) -> None:
    asked = f"{TEXAS}&second=measure:depression"
    seen = of(client, asked if together == "beside" else f"{asked}&together={together}")
    view, _ = read_view({"second": "measure:depression", "together": together})
    first = answer(Query(measure="uninsured", place="48"), tables)
    pair = shown_pair(first, view, tables)
    assert pair is not None
    title = {
        "beside": f"{words.title(first, tables)}. {words.title(pair.second, tables)}",
        "bivariate": together_words.bivariate_title(pair, *pair.thirds, "Texas"),
        "scatter": together_words.tendency(pair, "Texas"),
    }[together]
    assert seen.said["og:title"] == title
    assert seen.said["description"] == f"{title}. {together_words.sources(pair)}"
    drawn = client.get(urlsplit(seen.said["og:image"]).path)
    about = PngImageFile(BytesIO(drawn.content)).text
    assert (about["Title"], about["Description"]) == (title, seen.said["og:image:alt"])
    assert struct.unpack(">II", drawn.content[16:24]) == (1200, 630)


def test_the_same_question_written_otherwise_has_the_same_address(client: TestClient) -> None:
    one = of(client, "/explore?place=48&measure=uninsured&open=table")
    assert one.links["canonical", ""] == of(client, TEXAS).links["canonical", ""]
    assert of(client, "/explore?measure=within_30_miles").links["canonical", ""] == "http://testserver/explore"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_start_tells_its_finding_in_both_languages(client: TestClient, tables: Tables, lang: str) -> None:
    seen = of(client, f"/?lang={lang}")
    assert seen.said["og:title"] == start_words.title(people(START, tables), START, messages("start", lang))
    assert seen.said["description"].startswith(seen.said["og:title"])
    assert seen.said["og:image"].endswith("/preview/start.png" if lang == "en" else "/preview/start.es.png")


def test_a_place_has_the_headline_of_its_page_and_its_own_map(client: TestClient, tables: Tables) -> None:
    seen = of(client, "/place?place=35013&modality=esketamine&measure=uninsured&level=state")
    asked = question("35013", Query(modality="esketamine"))
    assert seen.said["og:title"] == place_words.headline(answer(asked, tables), tables)
    assert "Doña Ana County, NM" in seen.said["description"]
    assert seen.links["canonical", ""] == "http://testserver/place?place=35013&modality=esketamine"
    picture = dict(parse_qsl(seen.said["og:image"].removeprefix("http://testserver/preview/").removesuffix(".png")))
    assert picture == asked.to_address()
    assert of(client, "/costs?place=35013").said["og:image"].endswith("/preview/costs.35013.png")


def test_what_nobody_knows_falls_back_as_on_the_page(client: TestClient, tables: Tables) -> None:
    seen = of(client, "/explore?measure=happiness&place=48&lang=xx")
    assert seen.lang == "en"
    assert seen.said["og:title"] == words.title(answer(Query(place="48"), tables), tables)


def test_a_refused_question_says_why(client: TestClient, tables: Tables) -> None:
    seen = of(client, "/explore?measure=sites_per_100k&level=state")
    refusal = answer(Query(measure="sites_per_100k", level="state"), tables).refusal
    assert refusal is not None
    assert seen.said["description"] == refusal.sentence
    assert client.get(urlsplit(seen.said["og:image"]).path).headers["content-type"] == "image/png"


def test_assumptions_that_do_not_go_together_break_nothing(client: TestClient) -> None:
    assert of(client, "/explore?measure=within_60_minutes&assumptions=travel/detour_index:9").title.endswith("Ketamine Access Atlas")


# --- Whose words get in ---


@pytest.mark.parametrize("path", PAGES)
def test_markup_in_every_word_of_the_address_stays_out(client: TestClient, path: str) -> None:
    names = [
        "measure",
        "level",
        "place",
        "layers",
        "assumptions",
        "classes",
        "second",
        "conditions",
        "selected",
        "open",
        "lang",
        "v",
        MARKUP,
    ]
    html = client.get(path, params={"modality": "iv", **dict.fromkeys(names, MARKUP)}).text
    assert "alert(1)" not in html
    known = {*script_hashes(STATIC.read_text(encoding="utf-8")), *script_hashes(SCRIPT)}
    assert set(script_hashes(html)) == known, "Streamlit's own, and the one that says where the server is"


@pytest.mark.parametrize("host", ['a"><script>alert(1)</script>', "a b", "x'y", "[", "", "a:b"])
def test_a_host_that_is_none_is_left_out(client: TestClient, host: str) -> None:
    seen = of(client, "/about", Host=host)
    assert seen.links["canonical", ""] == "/about"
    assert seen.said["og:image"] == "/preview/about.png"


def test_the_public_address_stands_before_what_others_follow(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLIC_URL, "https://atlas.example.org/")
    seen = of(client, "/about?lang=es")
    assert seen.links["canonical", ""] == "https://atlas.example.org/about?lang=es"
    assert seen.said["og:image"] == "https://atlas.example.org/preview/about.es.png"


# --- How it travels ---


def test_streamlits_document_has_every_place_that_differs() -> None:
    assert Document(STATIC.read_text(encoding="utf-8")).slots == set(head.SLOTS)


def test_the_rest_of_the_document_is_streamlits(client: TestClient) -> None:
    def rest(html: str) -> list[str]:
        return [re.sub(r' lang="\w+"', "", line) for line in html.splitlines() if re.search(r'static/|<html|<div id="root"|_stcore', line)]

    theirs = re.sub(r"<noscript>.*?</noscript>", "", STATIC.read_text(encoding="utf-8"), flags=re.DOTALL)
    kept = [line for line in rest(theirs) if ".woff2" not in line]
    assert len(kept) > 40
    assert rest(client.get("/explore").text) == kept
    assert theirs.count(".woff2") == 1, "the font that every page would wait for; it comes when the words stand"


def test_without_a_script_the_finding_stands_there(client: TestClient, tables: Tables) -> None:
    html = client.get(TEXAS).text
    inside = Page(html.partition("<noscript>")[2].partition("</noscript>")[0])
    assert inside.texts["h1"] == [words.title(answer(Query(measure="uninsured", place="48"), tables), tables)]
    assert client.get(inside.all("img")[0]["src"]).headers["content-type"] == "image/png"
    assert client.get(inside.all("a")[0]["href"]).headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize("path", ["/explore/", "/start", "/nation", "/near-me.title", "/static/x", "/_stcore/x", "/costs/x"])
def test_all_else_goes_on_to_streamlit(client: TestClient, path: str) -> None:
    assert client.get(path).text == "Streamlit's"
    assert client.post("/explore").status_code == 405


def test_a_browser_does_not_wait_for_a_finding_and_a_reader_of_heads_does(
    tables: Tables, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finding takes as long as this test says: until the browser has its page."""
    done, real = threading.Event(), head.preview

    def slow(*arguments: object) -> object:
        assert done.wait(20)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(head, "preview", slow)
    address = "/explore?measure=depression&level=county&place=56"
    browser = of(client, address, **{"Sec-Fetch-Mode": "navigate"})
    assert browser.said["og:title"] == "Explore the map: access, cost and need"
    done.set()
    assert "Wyoming" in of(client, address).said["og:title"]
    assert "Wyoming" in of(client, address, **{"Sec-Fetch-Mode": "navigate"}).said["og:title"], "now it is at hand"


def test_whoever_comes_when_too_many_wait_is_turned_away_and_the_rest_is_made() -> None:
    go = threading.Event()

    async def crowd() -> list[object]:
        workshop = Workshop("test", at_once=1, most=3)

        def make(number: int) -> int:
            assert go.wait(20)
            return number

        asked = [asyncio.ensure_future(workshop.made(("test", "crowd", number), lambda number=number: make(number))) for number in range(5)]
        await asyncio.sleep(0.05)
        go.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    found = asyncio.run(crowd())
    assert found[:3] == [0, 1, 2]
    assert all(isinstance(one, Busy) for one in found[3:])
    CACHE.forget("test")


# --- The picture ---


@pytest.mark.parametrize("address", ["/?lang=es", TEXAS, "/explore?measure=medicaid_rule", "/near-me", "/costs?place=48201"])
def test_the_picture_is_a_png_of_the_size_the_head_says(client: TestClient, address: str) -> None:
    seen = of(client, address)
    response = client.get(seen.said["og:image"].removeprefix("http://testserver"))
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/png"
    assert response.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", response.content[16:24]) == (1200, 630)
    assert (seen.said["og:image:width"], seen.said["og:image:height"]) == ("1200", "630")
    assert len(response.content) < 600_000, "some services show no larger one"
    again = client.get(urlsplit(str(response.url)).path, headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "name", ["measure=happiness.png", "x.png", "nation.png", "near-me.fr.png", ".png", "place=48", "measure=sites_per_100k&level=state.png"]
)
def test_a_picture_nobody_named_is_not_there(client: TestClient, name: str) -> None:
    response = client.get(f"/preview/{name}")
    assert response.status_code == 404
    assert response.headers["cache-control"] == "no-store"


def test_the_icon_is_our_own(client: TestClient) -> None:
    seen = of(client, "/")
    assert seen.links["icon", ""] == "/favicon.svg"
    assert ("shortcut icon", "") not in seen.links
    assert client.get("/favicon.svg").headers["content-type"] == "image/svg+xml"
