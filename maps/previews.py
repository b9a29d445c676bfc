"""What a link says before it is opened: title, sentence and picture of the very view, for the page's head and the browser's window.

A page is known here by its title and description in the catalogue (maps/messages/previews.*.yaml). Explore, Start and a place tell
their finding; all else tells what it is for. `preview` works answers out, `general` does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from analytics.barriers import people
from analytics.cache import CACHE
from analytics.findings import START
from analytics.model import Result, answer, at_hand, read_question
from analytics.places import places
from analytics.profile import question
from analytics.query import NATION, Query
from analytics.tables import Tables
from maps import place_words, start_words, words
from maps.condition_words import on_map, sentence
from maps.messages import DEFAULT, LANGUAGES, messages
from maps.together_words import Told, told_of
from maps.view import View, read_view, unopened

SPEAKS_SPANISH = ("start", "near-me", "my-cost", "about")
OF_A_PLACE = ("place", "costs")
"""Pages whose title names the place they are about."""


@dataclass(frozen=True)
class Preview:
    """A page's head. Addresses begin with a slash; who serves them knows what stands before."""

    page: str
    lang: str
    title: str
    description: str
    address: str
    """The page's one address: the same for every way of writing the same question."""
    picture: str
    alt: str
    languages: Mapping[str, str]
    """The page's address by language, where it speaks several."""
    figures: str = ""
    """Where the figures of a view are as a file; "" where there are none."""

    @property
    def window(self) -> str:
        """The title of the browser's window."""
        return with_brand(self.title, self.lang)


def page_of(path: str) -> str | None:
    """The page of a path, None for a path that is none of ours."""
    name = "start" if path == "/" else path.removeprefix("/")
    return name if path != "/start" and f"{name}.title" in messages("previews").texts else None


def with_brand(title: str, lang: str) -> str:
    return f"{title} - {messages('head', lang)('brand')}"


def read(texts: Mapping[str, str], tables: Tables) -> tuple[Query, View]:
    """What an address asks for; words that nobody knows fall back as on the page."""
    return read_question(texts, tables)[0], read_view(texts)[0]


def seen(view: View) -> View:
    """What of a view shows in its picture and makes it another page: not which panels stand open, nor the language."""
    return replace(unopened(view), lang=DEFAULT)


def encoded(texts: Mapping[str, str]) -> str:
    return urlencode(texts, safe="~:")


def address_of(page: str, texts: Mapping[str, str]) -> str:
    return f"/{'' if page == 'start' else page}{'?' if texts else ''}{encoded(texts)}"


def words_of(page: str, query: Query, view: View) -> dict[str, str]:
    """The words of a page's one address, without the language."""
    if page == "explore":
        asked = {} if query == Query() else query.to_address()
        return asked | seen(view).to_address()
    if page == "place" and query.place != NATION:
        # What the page asks is its own measure, at the place's own level.
        return {name: text for name, text in query.to_address().items() if name not in ("measure", "level")}
    return {"place": query.place} if page in OF_A_PLACE and query.place != NATION else {}


def in_general(page: str, part: str, query: Query, view: View, tables: Tables) -> str:
    """The page's title or description in the catalogue."""
    say = messages("previews", view.lang)
    return say(f"{page}.{part}", place=say("nation") if query.place == NATION else places(tables)[query.place].name)


def general(page: str, query: Query, view: View, tables: Tables) -> Preview:
    """What is said of the page without any answer: at once, whatever is asked."""
    title, description = (in_general(page, part, query, view, tables) for part in ("title", "description"))
    asked = words_of(page, query, view)
    spoken = {} if view.lang == DEFAULT else {"lang": view.lang}
    languages = {
        tag: address_of(page, asked | ({} if tag == DEFAULT else {"lang": tag})) for tag in (LANGUAGES if page in SPEAKS_SPANISH else ())
    }
    of = [page, *([] if view.lang == DEFAULT else [view.lang]), *([query.place] if "place" in asked and page in OF_A_PLACE else [])]
    picture = f"/preview/{'.'.join(of)}.png"
    return Preview(page, view.lang, title, description, address_of(page, asked | spoken), picture, title, languages)


def preview(page: str, query: Query, view: View, tables: Tables) -> Preview:
    """What is said of the view: its finding where the page shows one. ValueError for assumptions that do not go together."""
    found = general(page, query, view, tables)
    if page == "start":
        return of_start(found, tables)
    if page == "explore":
        return with_finding(found, query, view, tables)
    if page == "place" and query.place != NATION:
        return of_place(found, question(query.place, query), tables)
    return found


def of_start(found: Preview, tables: Tables) -> Preview:
    """Start with its finding, in its own words and language."""
    result, told, say = answer(START, tables), people(START, tables), messages("start", found.lang)
    title = start_words.title(told, START, say)
    return replace(
        found, title=title, description=f"{title}. {start_words.sources(result, say)}", alt=start_words.alt_text(result, told, say)
    )


def of_place(found: Preview, asked: Query, tables: Tables) -> Preview:
    """A place with its headline; its picture is the map of the counties or districts round it."""
    level = asked.level if asked.level == "district" else "county"
    told = with_finding(found, asked.with_(level=level), View(), tables)
    return replace(told, title=place_words.headline(answer(asked, tables), tables))


def title_of(page: str, asked: Query, view: View, tables: Tables) -> str:
    """The title of a page that tells a finding, without the rest of what is said of it; `asked` is what it asks."""
    if page == "start":
        return start_words.title(people(asked, tables), asked, messages("start", view.lang))
    result = answer(asked, tables)
    if page == "place":
        return place_words.headline(result, tables)
    both = pair_words(result, view, tables) if view.second else None
    return words.title(result, tables) if both is None else both.title


def window(page: str, query: Query, view: View, tables: Tables) -> str:
    """The title of the browser's window, with the finding where its answer is at hand: nothing is worked out for it."""
    of_place = {"place": question(query.place, query)} if query.place != NATION else {}
    asked = {"start": START, "explore": query, **of_place}.get(page)
    if asked is None or not at_hand(asked, tables):
        return with_brand(in_general(page, "title", query, view, tables), view.lang)
    return with_brand(title_of(page, asked, view, tables), view.lang)


def with_finding(found: Preview, query: Query, view: View, tables: Tables) -> Preview:
    """The same page with what its figure says, in its title and as a sentence with its source."""
    result = answer(query, tables)
    title = words.title(result, tables)
    if result.refusal is not None:
        return replace(found, title=title, description=result.refusal.sentence, alt=result.refusal.sentence)
    asked = encoded(query.to_address() | seen(view).to_address())
    met = met_words(query, view, tables)
    alt, sources = " ".join(filter(None, [words.alt_text(result, tables), met])), words.source_line(result)
    if view.second and (both := pair_words(result, view, tables)) is not None:
        title, alt, sources, met = both.title, both.alt, both.sources, ""
    return replace(
        found,
        title=title,
        description=" ".join(filter(None, [f"{title}.", met, sources])),
        picture=f"/preview/{asked}.png",
        alt=alt,
        figures=f"/api/v1/data.csv?{encoded(query.to_address())}" if result.indicator.downloadable else "",
    )


def pair_words(result: Result, view: View, tables: Tables) -> Told | None:
    """What is said of two measures; None where they are not shown together."""
    return CACHE.get((tables.version, "pair words", result.query, unopened(view)), lambda: _pair_words(result, view, tables))


def _pair_words(result: Result, view: View, tables: Tables) -> Told | None:
    from maps.together_export import shown_pair

    pair = shown_pair(result, view, tables)
    return None if pair is None else told_of(pair, view, tables)


def met_words(query: Query, view: View, tables: Tables) -> str:
    """Which places meet the conditions of a view, which its picture lights; "" where there is none that can be asked."""
    met = on_map(query, view, tables)
    return "" if met is None else sentence(met)


def key_of(page: str, query: Query, view: View, tables: Tables) -> tuple[object, ...]:
    """What a preview hangs on, for the cache: never the text of an address, which anybody can make long."""
    return (tables.version, "preview", page, query, unopened(view))


# --- Pictures ---


def picture_of(name: str, tables: Tables) -> tuple[str, Query, View] | None:
    """What a picture's name asks for: ("", query, view) of a view; of a page its name, its place and its language; None for no picture."""
    if "=" in name:
        texts = dict(parse_qsl(name, keep_blank_values=True))
        query, unknown = read_question(texts, tables)
        view, unclear = read_view(texts)
        return None if unknown or unclear else ("", query, seen(view))
    page, *more = name.split(".")
    lang = next((one for one in more if one in LANGUAGES), DEFAULT)
    place = next((one for one in more if one in places(tables)), NATION)
    if not page or page_of(f"/{page}".replace("/start", "/")) is None or set(more) - {lang, place}:
        return None
    return page, Query(place=place), View(lang=lang)


def picture(page: str, query: Query, view: View, tables: Tables) -> bytes:
    """The PNG of a view, or of a page. ValueError for a view that is refused."""
    from maps.card import Told, finding, page_card, pair_card, view_card
    from maps.together_export import shown_pair

    say = messages("head", view.lang)
    if not page:
        result = answer(query, tables)
        if (pair := shown_pair(result, view, tables)) is not None:
            return pair_card(pair, view, tables, say)
        card = finding(result, tables)
        # Places that meet conditions are lit: what they meet is then the line under the finding.
        met = met_words(query, view, tables)
        card = replace(card, subtitle=met, description=f"{card.description} {met}") if met else card
        return view_card(result, view, tables, say, card)
    if page == "start":
        result, told = answer(START, tables), messages("start", view.lang)
        found = of_start(general(page, Query(), view, tables), tables)
        labels = tuple(told.under("class").values())
        return view_card(result, View(sites=False), tables, say, Told(found.title, start_words.subtitle(result, told), found.alt, labels))
    found = general(page, query, view, tables)
    # Where sites stand needs no distance: this answer is there at once.
    listed = answer(Query(measure="sites"), tables)
    return page_card(found.title, found.description, listed, tables, say, messages("embed", view.lang)("site"))
