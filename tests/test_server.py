"""What stands around the pages: compressed files, the content policy, what is logged, and how a start fails."""

from __future__ import annotations

import gzip
import json
import logging
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import streamlit
from starlette.testclient import TestClient
from starlette.types import Message

from analytics.query import Query
from api.bundle import ON_EVERY_PAGE, Bundle
from api.logs import NoAddresses
from api.security import content_policy, script_hashes
from api.sending import knows, takes_gzip
from api.sockets import at_once
from api.start import verified
from api.topology import LAYERS, NAMES
from benchmarks.server import free_port
from data.bundle import Tables, shipped
from data.errors import DataError
from maps.geometry import geometry
from maps.palette import SCHEMES
from maps.paper import start_picture
from maps.previews import preview
from maps.view import View

STATIC = Path(streamlit.__file__).parent / "static"
YEAR = 365 * 24 * 60 * 60


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The whole site. It starts once in a process: nothing else of the tests may start it, or the second waits for ever."""
    from app import app

    with TestClient(app) as one:
        yield one


def test_a_view_for_other_sites_may_be_framed_and_nothing_else(client: TestClient) -> None:
    assert "frame-ancestors 'self'" in client.get("/api/v1/status").headers["content-security-policy"]
    framed = client.get("/embed/explore?measure=uninsured&level=county&place=48").headers["content-security-policy"]
    assert "frame-ancestors *" in framed, "the frame's own policy stands"


@pytest.fixture(scope="module")
def script() -> str:
    """The address of the script that every page begins with."""
    return next(name for name in Bundle(STATIC).first_files() if name.endswith(".js"))


def raw_body(client: TestClient, path: str, coding: str) -> tuple[httpx.Response, bytes]:
    """An answer and its bytes as they travel."""
    with client.stream("GET", path, headers={"Accept-Encoding": coding}) as response:
        return response, b"".join(response.iter_raw())


# --- Streamlit's files ---


def test_streamlits_script_travels_compressed_and_is_kept(client: TestClient, script: str) -> None:
    response, body = raw_body(client, script, "gzip, deflate, br")
    original = (STATIC / script[1:]).read_bytes()
    assert response.headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == original
    assert len(body) < len(original) / 2
    assert f"max-age={YEAR}" in response.headers["cache-control"]
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("coding", ["identity", "gzip;q=0", "br"])
def test_who_takes_no_gzip_gets_the_plain_file(client: TestClient, script: str, coding: str) -> None:
    response, body = raw_body(client, script, coding)
    assert "content-encoding" not in response.headers
    assert body == (STATIC / script[1:]).read_bytes()


def test_a_known_script_is_not_sent_again(client: TestClient, script: str) -> None:
    first, _ = raw_body(client, script, "gzip")
    again = client.get(script, headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_head_tells_the_size(client: TestClient, script: str) -> None:
    _, body = raw_body(client, script, "gzip")
    head = client.head(script, headers={"Accept-Encoding": "gzip"})
    assert head.content == b""
    assert int(head.headers["content-length"]) == len(body)


@pytest.mark.parametrize("path", ["/", "/explore"])
def test_the_document_is_compressed_and_asked_for_again(client: TestClient, path: str) -> None:
    # The head waits only shortly for the page's finding: once it is at hand one document is as the other.
    preview(path.strip("/") or "start", Query(), View(), shipped())
    client.get(path)
    response, body = raw_body(client, path, "gzip")
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["cache-control"] == "no-cache"
    assert b"<title>Streamlit</title>" not in gzip.decompress(body)
    plain, whole = raw_body(client, path, "identity")
    assert "content-encoding" not in plain.headers
    assert whole == gzip.decompress(body)
    known = client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": response.headers["etag"]})
    assert known.status_code == 304


def test_only_files_of_the_folder_have_addresses(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "a.js").write_text("1")
    (tmp_path / "static" / "font.woff2").write_bytes(b"1")
    (tmp_path / "index.html").write_text('<script src="./static/a.js"></script><link href="./static/gone.css">')
    (tmp_path / "secret.js").write_text("2")
    bundle = Bundle(tmp_path)
    assert "/static/a.js" in bundle
    assert not {"/", "/secret.js", "/static/../secret.js", "/static/font.woff2", "/index.html"} & set(bundle._paths)
    assert bundle.first_files() == ["/static/a.js"]


def test_what_writes_the_first_words_comes_with_the_page_and_nothing_twice(tmp_path: Path) -> None:
    files = {
        "main": "1",
        "Html.X1": 'import{a}from"./main.js";import"./clean.js";import{b}from"./gone.js"',
        "clean": 'import{c}from"./Html.X1.js"',
        "Htmls.X1": "2",
    }
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text)
    (tmp_path / "index.html").write_text('<script src="./static/js/main.js"></script>')
    assert Bundle(tmp_path).early_files == ["/static/js/Html.X1.js", "/static/js/clean.js"]


def test_streamlit_has_these_pieces(client: TestClient) -> None:
    early = Bundle(STATIC).early_files
    assert {name for name in ON_EVERY_PAGE if any(address.startswith(f"/static/js/{name}.") for address in early)} == set(ON_EVERY_PAGE)
    html = client.get("/about").text
    assert all(html.count(address) == 1 for address in early)


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("gzip;q=x", False),
    ],
)
def test_accept_encoding_is_read_with_its_weights(header: str, takes: bool) -> None:
    assert takes_gzip(header) is takes


def test_tags_are_compared_weakly() -> None:
    assert knows('"a", W/"b"', 'W/"a"')
    assert knows("*", '"a"')
    assert not knows("", '"a"')
    assert not knows('"ab"', '"a"')


# --- The content policy ---


def test_a_script_in_the_page_is_named_by_its_hash() -> None:
    # printf 'alert(1)' | openssl dgst -sha256 -binary | base64
    assert script_hashes("<script>alert(1)</script>") == ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]
    assert script_hashes('<script type="module" src="./a.js"></script>') == []


def test_the_policy_lets_in_nothing_from_elsewhere() -> None:
    policy = content_policy((STATIC / "index.html").read_text(encoding="utf-8"))
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == rules["connect-src"] == ["'self'"]
    assert rules["object-src"] == ["'none'"]
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == ["'self'"]
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert len([word for word in rules["script-src"] if word.startswith("'sha256-")]) == 2, "Streamlit's inline script and ours"
    assert not re.search(r"https?:|\*", policy)


@pytest.mark.parametrize("path", ["/", "/explore", "/api/v1/status", "/api/nothing", "/topology/usa_110m.json", "/_stcore/health"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]


# --- Files by address ---


@pytest.mark.parametrize("level", ["county", "state", "district"])
def test_boundaries_by_address_are_for_ever(client: TestClient, tables: Tables, level: str) -> None:
    one = geometry(level, tables)
    response, body = raw_body(client, one.address, "gzip")
    assert body == one.body
    assert response.headers["cache-control"] == f"public, max-age={YEAR}, immutable"
    assert response.headers["content-type"] == "application/geo+json"
    assert client.get(one.address, headers={"Accept-Encoding": "identity"}).content == gzip.decompress(one.body)


def test_boundaries_and_counties_are_the_same_set(client: TestClient, tables: Tables) -> None:
    found = client.get(geometry("county", tables).address).json()
    ids = [feature["id"] for feature in found["features"]]
    assert len(ids) == 3144
    assert set(ids) == set(tables["counties"]["geoid"])


def test_the_start_picture_has_both_themes(client: TestClient, tables: Tables) -> None:
    for scheme in SCHEMES.values():
        response = client.get(start_picture(scheme, tables).address)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("image/svg+xml")
        assert response.text.startswith("<svg")


@pytest.mark.parametrize(
    "path", ["/geometry/county-000000000000.json", "/pictures/start-light-0.svg", "/topology/mars_110m.json", "/geometry/"]
)
def test_an_address_that_no_longer_stands_is_no_page(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["cache-control"] == "no-store"
    assert "<html" not in response.text


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_base_map_is_empty(client: TestClient, name: str) -> None:
    found = client.get(f"/topology/{name}").json()
    assert found["type"] == "Topology"
    assert set(found["objects"]) == set(LAYERS)
    assert not any(layer["geometries"] for layer in found["objects"].values())


def test_the_base_map_has_the_names_plotly_asks_for() -> None:
    """Scopes and resolutions as plotly.js lists them, in the file that Streamlit ships."""
    chart = next((STATIC / "static" / "js").glob("PlotlyChart.*.js")).read_text(encoding="utf-8")
    assert "https://cdn.plot.ly/un/" in chart, "plotly asks elsewhere now; look at topojsonURL again"
    for scope in {name.rpartition("_")[0] for name in NAMES}:
        assert scope.replace("-", " ") in chart or scope in chart
    assert "values:[110,50]" in chart


# --- What is set, said and written ---


def test_the_theme_has_the_palettes_colours(root: Path) -> None:
    config = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for name, scheme in SCHEMES.items():
        theme = config["theme"][name]
        assert theme["backgroundColor"] == scheme.page
        assert theme["textColor"] == scheme.ink
        assert theme["primaryColor"] == theme["linkColor"] == scheme.link
        assert theme["secondaryBackgroundColor"] == scheme.panel


def test_the_site_runs_as_in_the_open(root: Path) -> None:
    config = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["enableWebsocketCompression"] is True
    assert config["server"]["fileWatcherType"] == "none"
    assert config["server"]["maxUploadSize"] == 10
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["toolbarMode"] == "minimal"


def test_the_app_stands_where_streamlit_looks_for_it(root: Path) -> None:
    """A factory call would give an empty page."""
    assert '\napp = st.App(\n    Path(__file__).parent / "views/main.py",' in (root / "app.py").read_text(encoding="utf-8")


def test_lines_about_connections_are_dropped() -> None:
    def line(text: str) -> logging.LogRecord:
        return logging.LogRecord("uvicorn.error", logging.INFO, "", 0, text, ("127.0.0.1", "/_stcore/stream?zip=59718"), None)

    assert not NoAddresses().filter(line('%s - "WebSocket %s" [accepted]'))
    assert NoAddresses().filter(line("Started server process [%d] %s"))


def test_a_damaged_table_is_named_with_what_mends_it(tables: Tables, tmp_path: Path) -> None:
    folder = tmp_path / "snapshot"
    shutil.copytree(tables.folder, folder)
    (folder / "fmap.parquet").write_bytes(b"not what it was")
    with pytest.raises(DataError, match=r"table fmap .*damaged.*data build"):
        verified(Tables.open(folder))


def test_websocket_messages_leave_at_once() -> None:
    """On a socket as `streamlit run` makes it: without the protocol named, so that asyncio leaves the delay on."""
    with socket.socket(socket.AF_INET) as listening, socket.socket(socket.AF_INET) as client:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        client.connect(listening.getsockname())
        server, _ = listening.accept()
        with server:
            assert not server.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            at_once(Protocol(server).send)
            assert server.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def send_of_another(message: Message) -> None:
    """A send of no server we know."""


def test_another_server_is_left_alone() -> None:
    at_once(send_of_another)


class Protocol:
    """What uvicorn's protocols have in common: a `send`, and a transport that knows its socket."""

    def __init__(self, connection: socket.socket) -> None:
        self.transport = self
        self._connection = connection

    def get_extra_info(self, name: str) -> socket.socket:
        return {"socket": self._connection}[name]

    async def send(self, message: Message) -> None: ...


@pytest.fixture
def broken_house(root: Path, tmp_path: Path) -> Path:
    """The same code over its own copy of the tables."""
    for path in root.iterdir():
        if path.name not in {"data", ".venv", ".git"} and not path.name.startswith("test"):
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / "data").mkdir()
    for path in (root / "data").iterdir():
        if path.name != "snapshot":
            (tmp_path / "data" / path.name).symlink_to(path)
    shutil.copytree(root / "data" / "snapshot", tmp_path / "data" / "snapshot")
    return tmp_path


STARTS = {
    "streamlit": ["streamlit", "run", "app.py", "--server.address", "127.0.0.1", "--server.port"],
    "uvicorn": ["uvicorn", "app:app", "--host", "127.0.0.1", "--port"],
}


@pytest.mark.slow
@pytest.mark.parametrize("command", STARTS)
@pytest.mark.parametrize(("name", "harm"), [("counties.parquet", "missing"), ("fmap.parquet", "damaged"), ("manifest.json", "missing")])
def test_without_its_tables_the_start_ends_with_one_sentence(broken_house: Path, command: str, name: str, harm: str) -> None:
    table = broken_house / "data" / "snapshot" / name
    table.unlink() if harm == "missing" else table.write_bytes(b"not what it was")
    done = subprocess.run(
        [sys.executable, "-m", *STARTS[command], str(free_port())],
        cwd=broken_house,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    said = done.stderr.strip()
    assert "\n" not in said
    assert name.removesuffix(".parquet") in said
    assert harm in said
    assert "python -m data build" in said
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", STARTS)
def test_no_question_is_written_to_the_log(root: Path, tmp_path: Path, command: str) -> None:
    port = free_port()
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", *STARTS[command], str(port)], cwd=root, stdout=log, stderr=subprocess.STDOUT)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=httpx.HTTPTransport(retries=3)) as one:
            wait_for(one, process)
            assert json.loads(one.get("/api/v1/status?zip=59718").text)["status"] == "ok"
            assert one.get("/api/v1/data.csv?measure=happiness&zip=59718").status_code == 400
            one.get("/explore?zip=59718", timeout=60)
            assert one.get("/embed/explore?measure=happiness&zip=59718").status_code == 400
            assert one.get("/preview/zip=59718.png", timeout=60).headers["content-type"] == "image/png"
            one.get("/_stcore/stream?zip=59718", headers=HANDSHAKE)
    finally:
        process.terminate()
        process.wait(10)
    assert "59718" not in (tmp_path / "log").read_text()


HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Origin": "https://elsewhere.example",
}
"""Of a page of another site, so that the server turns it away and says so."""


def wait_for(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers, by asking; a process that ended is a failure at once."""
    for _ in range(1200):
        assert process.poll() is None, "the server ended"
        try:
            client.get("/_stcore/health", timeout=5)
            return
        except httpx.TransportError:
            pause(process)
    pytest.fail("the server did not answer")


def pause(process: subprocess.Popen[bytes]) -> None:
    """A twentieth of a second, cut short where the process ends."""
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return
