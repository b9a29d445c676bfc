"""Frames for other sites: what stands in them, what they may do, how large they are, and what they say where there is no map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analytics.conditions import Condition, meets
from analytics.findings import START
from analytics.model import answer
from analytics.query import Query
from analytics.together import Pair, paired
from api.routes import routes
from api.shelf import Shelf
from data.bundle import Tables
from maps import together_words, words
from maps.condition_words import sentence
from maps.embed import embed_code, style_hash
from maps.export import PUBLIC_URL
from maps.nine import legend_rows
from maps.palette import DARK, LIGHT
from maps.plane import plane
from maps.view import TOGETHER, View

LIMIT_BYTES = 300_000
TEXAS = "/embed/explore?measure=uninsured&level=county&place=48"


@pytest.fixture(scope="module")
def client(tables: Tables) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(tables, Shelf(tables)))) as one:
        yield one


class Page(HTMLParser):
    """The tags of a page with their attributes, and the text inside each kind."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def seen(client: TestClient, address: str, status: int = 200) -> Page:
    response = client.get(address)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response.text)


def test_a_frame_has_title_map_source_and_a_way_back(client: TestClient, tables: Tables) -> None:
    page = seen(client, TEXAS)
    result = answer(Query(measure="uninsured", level="county", place="48"), tables)
    assert page.texts["h1"] == page.texts["title"] == [words.title(result, tables)]
    assert page.all("html") == [{"lang": "en"}]
    (drawing,) = page.all("svg")
    assert drawing["role"] == "img"
    assert drawing["aria-label"] == words.alt_text(result, tables)
    assert words.source_line(result) in page.texts["p"]
    assert words.subtitle(result) in page.texts["p"]
    (door,) = page.all("a")
    back = urlsplit(door["href"])
    assert (back.scheme, back.netloc, back.path) == ("", "", "/explore")
    assert dict(parse_qsl(back.query)) == {**result.query.to_address(), "v": tables.version}
    assert door["rel"] == "noopener"
    assert {"target": "_blank"}.items() <= door.items(), "else the atlas would open inside the frame"


def test_every_county_of_the_state_is_in_the_drawing_once(client: TestClient) -> None:
    page = seen(client, TEXAS)
    drawn = {path["id"]: path["d"] for path in page.all("path") if path.get("id", "").startswith("p")}
    assert sum(path.count("M") for path in drawn.values()) >= 254, "254 counties, one ring each at least"
    used = {use["href"]: use["class"] for use in page.all("use") if use["href"].startswith("#p")}
    assert set(used) == {f"#{name}" for name in drawn}
    assert len(set(used.values())) == len(used), "one path a class"
    style = "".join(page.texts["style"])
    assert all(f".{name} {{" in style for name in used.values() if name != "am")


@pytest.mark.parametrize("together", ["", *TOGETHER])
def test_it_runs_nothing_fetches_nothing_and_may_be_framed_by_anybody(client: TestClient, together: str) -> None:
    response = client.get(f"{TEXAS}&second=measure:depression&together={together}" if together else TEXAS)
    page = Page(response.text)
    assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "object", "form", "base"}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name in ("src", "style")]
    assert "url(" not in response.text
    assert "@import" not in response.text
    policy = response.headers["content-security-policy"]
    assert (
        policy
        == f"default-src 'none'; style-src {style_hash(''.join(page.texts['style']))}; base-uri 'none'; form-action 'none'; frame-ancestors *"
    )
    assert "x-frame-options" not in response.headers


@pytest.mark.parametrize(
    "asked",
    [
        "measure=depression",
        "measure=barrier_class",
        "measure=uninsured&level=district",
        "measure=depression&second=measure:uninsured",
        "measure=minutes_to_nearest&second=measure:uninsured&together=bivariate",
        "measure=minutes_to_nearest&second=measure:uninsured&together=scatter",
        "measure=depression&conditions=uninsured:over:0.1",
    ],
)
def test_the_nation_is_under_300_kb_and_wears_both_themes(client: TestClient, asked: str) -> None:
    response = client.get(f"/embed/explore?{asked}")
    assert response.status_code == 200
    assert len(response.content) < LIMIT_BYTES, "even before it is compressed"
    light, _, dark = response.text.partition("@media (prefers-color-scheme: dark)")
    assert "--page: #ffffff" in light
    assert "--page: #12171a" in dark
    assert response.headers["content-encoding"] == "gzip"


def test_classes_of_a_persons_choice_are_the_frames_too(client: TestClient) -> None:
    page = seen(client, f"{TEXAS}&classes=own~0.1~0.2")
    assert [text for text in page.texts["li"] if "%" in text] == ["under 10 %", "10–20 %", "20 % and over"]


def test_two_questions_share_their_boundaries(client: TestClient) -> None:
    page = seen(client, f"{TEXAS}&second=measure:depression")
    assert len(page.all("svg")) == 2
    assert len(page.texts["h1"]) == len(page.texts["h2"]) == 1
    first = [use for use in page.all("use") if re.fullmatch(r"a(\d|z|m)", use["class"])]
    second = [use for use in page.all("use") if re.fullmatch(r"b(\d|z|m)", use["class"])]
    assert [use["href"] for use in first] == [use["href"] for use in second]
    ids = [one["id"] for _, one in page.tags if "id" in one]
    assert len(ids) == len(set(ids))


MEXICO = "/embed/explore?measure=minutes_to_nearest&level=county&place=35&second=measure:median_income"
QUERY = Query(measure="minutes_to_nearest", level="county", place="35")


@pytest.fixture(scope="module")
def pair(tables: Tables) -> Pair:
    return paired(answer(QUERY, tables), answer(QUERY.with_(measure="median_income"), tables))


def test_two_maps_are_named_together_and_each_has_its_text(client: TestClient, pair: Pair, tables: Tables) -> None:
    page = seen(client, MEXICO)
    assert page.texts["h1"] + page.texts["h2"] == [words.title(one, tables) for one in (pair.first, pair.second)]
    assert page.texts["title"] == [". ".join(page.texts["h1"] + page.texts["h2"])]
    assert [one["aria-label"] for one in page.all("svg")] == [words.alt_text(one, tables) for one in (pair.first, pair.second)]


def test_one_map_of_both_is_framed_with_its_nine_classes(client: TestClient, pair: Pair, tables: Tables) -> None:
    response = client.get(f"{MEXICO}&together=bivariate&selected=35013")
    page = Page(response.text)
    assert page.texts["h1"] == page.texts["title"] == [together_words.bivariate_title(pair, *pair.thirds, "New Mexico")]
    (drawing,) = page.all("svg")
    assert drawing["aria-label"] == together_words.bivariate_alt(pair, *pair.thirds, "New Mexico")
    for said in (together_words.by_chance(pair, *pair.thirds), together_words.sources(pair)):
        assert said in page.texts["p"]
    _, rows = legend_rows(pair, *pair.thirds)
    assert [int(text) for text in page.texts["td"]] == [count for _, counts in rows for count in counts]
    assert sum(map(int, page.texts["td"])) == 33
    drawn = {path["id"]: path["d"] for path in page.all("path") if path.get("id", "").startswith("p")}
    looks = {use["class"]: drawn[use["href"].removeprefix("#")] for use in page.all("use") if use["href"] != "#coast"}
    frame = pair.frame
    high, low = frame["x"] >= pair.thirds[0].borders[1], frame["y"] < pair.thirds[1].borders[0]
    on = plane("county", "35", tables).paths
    worst = frame.loc[high & low, "geoid"]
    assert len(worst) == int(page.texts["td"][2])
    assert sorted(looks["n8"]) == sorted("".join(on[geoid] for geoid in worst)), "many minutes and little income"
    assert [path["d"] for path in page.all("path") if path.get("class") == "chosen"] == [on["35013"]]
    light, _, dark = response.text.partition("@media (prefers-color-scheme: dark)")
    for style, scheme in ((light, LIGHT), (dark, DARK)):
        assert f".n8 {{ fill: {scheme.bivariate[2][2]}; background" in style
        assert f".n2 {{ fill: {scheme.bivariate[0][2]}; background" in style


def test_a_scatter_plot_is_framed_with_its_rank_correlation(client: TestClient, pair: Pair) -> None:
    page = seen(client, f"{MEXICO}&together=scatter&selected=35013")
    assert page.texts["h1"] == page.texts["title"] == [together_words.tendency(pair, "New Mexico")]
    for said in (together_words.correlation_words(pair), together_words.medians_words(pair), together_words.sources(pair)):
        assert said in page.texts["p"]
    (picture,) = [one for _, one in page.tags if one.get("role") == "img"]
    assert picture["aria-label"] == together_words.scatter_alt(pair, ("35013",), "New Mexico")
    dots = [(float(one["cx"][:-1]), float(one["cy"][:-1])) for one in page.all("circle") if "class" not in one]
    known = pair.frame[pair.both]
    assert len(dots) == len(known) == 33
    # From 3 to 97 % of each side: to the right as x rises, upwards as y does.
    x, y = ((known[name] - known[name].min()) / (known[name].max() - known[name].min()) for name in ("x", "y"))
    assert dots == [pytest.approx((3 + 94 * across, 97 - 94 * up), abs=0.01) for across, up in zip(x, y, strict=True)]
    (ring,) = [one for one in page.all("circle") if one.get("class") == "picked"]
    assert (float(ring["cx"][:-1]), float(ring["cy"][:-1])) == dots[known["geoid"].tolist().index("35013")]
    assert "Doña Ana County, NM" in page.texts["text"]
    assert page.texts["a"] == ["Explore this plot in the Ketamine Access Atlas"]
    assert [text for text in page.texts["text"] if text.startswith("$")] == ["$50,000", "$100,000"]


def test_places_that_meet_conditions_stand_out_and_are_counted(client: TestClient, tables: Tables) -> None:
    page = seen(client, f"{TEXAS}&conditions=depression:over:0.22")
    found = meets(Query(measure="uninsured", level="county", place="48"), (Condition("depression", "over", 0.22),), tables)
    drawn = {path["id"]: path["d"] for path in page.all("path") if path.get("id", "").startswith("p")}
    looks = {use["href"].removeprefix("#"): use["class"].partition(" ")[2] for use in page.all("use") if use["href"].startswith("#p")}
    assert set(looks.values()) == {"lit", "faded"}
    on = plane("county", "48", tables).paths
    lit = sorted("".join(drawn[name] for name, look in looks.items() if look == "lit"))
    assert lit == sorted("".join(on[geoid] for geoid in found.of("met")["geoid"]))
    assert sentence(found) in page.texts["p"]
    assert ".faded { opacity: 0.25 }" in "".join(page.texts["style"])
    assert not [use for use in seen(client, TEXAS).all("use") if " " in use["class"]], "nothing fades where nothing is asked"


def test_chosen_and_selected_places_are_outlined_and_sites_can_be_left_out(client: TestClient) -> None:
    def outlines(address: str) -> int:
        return sum(path["d"].count("z") for path in seen(client, address).all("path") if path.get("class") == "chosen")

    assert outlines(TEXAS) == 0
    assert outlines(TEXAS.replace("place=48", "place=48001")) == 1
    assert outlines(f"{TEXAS}&selected=48001~48003~06001") == 2, "a place of another state is not on this map"
    reach = "/embed/explore?measure=miles_to_nearest&place=48"
    assert "sites" in client.get(reach).text.partition("</style>")[2]
    assert 'class="sites' not in client.get(f"{reach}&sites=off").text


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/embed/explore?measure=happiness", 400, "the measure “happiness”, which this atlas does not know."),
        ("/embed/explore?place=99999", 400, "the place “99999”"),
        ("/embed/explore?classes=9", 400, "the classes “9”"),
        ("/embed/explore?measure=sites_per_100k&level=state", 400, "rate"),
        (f"{TEXAS}&second=measure:uninsured", 400, "choose another one to set beside it"),
        (f"{TEXAS}&second=measure:sites_per_100k", 400, "must not be averaged into other places"),
        (f"{TEXAS}&second=measure:barrier_class&together=bivariate", 400, "puts places into classes and has no thirds"),
        ("/embed/costs", 404, "There is no frame at /embed/costs."),
    ],
)
def test_where_there_is_no_map_the_frame_says_why(client: TestClient, address: str, status: int, said: str) -> None:
    response = client.get(address)
    page = Page(response.text)
    assert response.status_code == status
    assert response.headers["cache-control"] == "no-store"
    assert "frame-ancestors *" in response.headers["content-security-policy"]
    assert said in " ".join(page.texts["p"])
    assert page.all("a")[0]["href"] == "/"
    assert not page.all("svg")


MARKUP = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "word", ["measure", "place", "layers", "assumptions", "classes", "second", "together", "conditions", "selected", "lang", "v", "x"]
)
def test_markup_in_the_address_stays_text(client: TestClient, word: str) -> None:
    response = client.get("/embed/explore", params={"measure": "uninsured", word: MARKUP})
    assert "<script" not in response.text
    assert not Page(response.text).all("script")


def test_start_is_a_frame_too_and_links_to_the_start_page(client: TestClient, tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLIC_URL, "https://atlas.example.org")
    page = seen(client, "/embed/start")
    assert page.texts["h1"] == [words.title(answer(START, tables), tables)]
    assert page.all("a")[0]["href"] == "https://atlas.example.org/"


def test_in_spanish_what_is_english_says_so(client: TestClient) -> None:
    page = seen(client, f"{TEXAS}&lang=es")
    assert page.all("html") == [{"lang": "es"}]
    assert page.texts["a"] == ["Ver este mapa en Ketamine Access Atlas"]
    assert [one["lang"] for _, one in page.tags if one.get("class") in ("figure", "source")] == ["en", "en"]


def test_the_code_to_paste_is_one_frame_with_a_title(client: TestClient, tables: Tables) -> None:
    result = answer(Query(measure="uninsured", level="county", place="48"), tables)
    (frame,) = Page(embed_code(result, View(sites=False), tables, "https://atlas.example.org")).all("iframe")
    assert frame["title"] == words.title(result, tables)
    assert int(frame["height"]) > 500
    address = frame["src"].removeprefix("https://atlas.example.org")
    assert dict(parse_qsl(urlsplit(address).query)) == {**result.query.to_address(), "sites": "off", "v": tables.version}
    assert seen(client, address).texts["h1"] == [frame["title"]]


@pytest.mark.parametrize("together", TOGETHER)
def test_the_code_to_paste_speaks_of_both_measures_and_leads_to_them(client: TestClient, pair: Pair, tables: Tables, together: str) -> None:
    view = View(second=(("measure", "median_income"),), together=together)
    (frame,) = Page(embed_code(pair.first, view, tables, "https://atlas.example.org")).all("iframe")
    assert frame["title"] == together_words.told_of(pair, view, tables).title
    assert seen(client, frame["src"].removeprefix("https://atlas.example.org")).texts["title"] == [frame["title"]]


def test_the_code_to_paste_leaves_out_a_second_measure_that_is_refused(client: TestClient, tables: Tables) -> None:
    result = answer(Query(measure="uninsured", level="county", place="48"), tables)
    view = View(second=(("measure", "sites_per_100k"),), together="scatter")
    (frame,) = Page(embed_code(result, view, tables, "https://atlas.example.org")).all("iframe")
    assert seen(client, frame["src"].removeprefix("https://atlas.example.org")).texts["h1"] == [frame["title"]]
