"""Near me as HTML: the numbered list, what else there is, the door for mistakes, and the call sheet to print. All that comes from a list or a person is escaped."""

from __future__ import annotations

from html import escape
from typing import Final

import pandas as pd

from analytics.near import Beside, Near
from analytics.refusal import capital
from data.match import UNNAMED
from maps.messages import Messages, messages
from maps.near_words import about, car, far, lists_of, name_of, offers, place_line, seen, takes

FIRST: Final = 12
"""Entries shown before a person asks for all."""
ON_THE_SHEET: Final = 10


def link(url: str, words: str) -> str:
    """A link to a web page; only the words where the address is none."""
    if not url.startswith(("https://", "http://")):
        return escape(words)
    return f'<a href="{escape(url)}" rel="noopener noreferrer" target="_blank">{escape(words)}</a>'


def dialled(phone: str) -> str:
    """A phone number that can be pressed; an extension is said, not dialled."""
    number = "".join(char for char in phone.partition("x")[0] if char.isdigit())
    return f'<a href="tel:+1{number}">{escape(phone)}</a>' if len(number) == 10 else escape(phone)


def bare(url: str) -> str:
    """A web address as people write it, short."""
    host = url.partition("://")[2].partition("/")[0].removeprefix("www.")
    return host or url[:60]


def contact(name: str, phone: str, website: str, say: Messages) -> str:
    """How a site is reached, as HTML; where nothing is known, what to look for."""
    if phone:
        return f"{say('phone')}: {dialled(phone)}" + (f" · {link(website, bare(website))}" if website else "")
    if website:
        return f"{say('web')}: {link(website, bare(website))}"
    return escape(say("no_contact_unnamed") if name.startswith(UNNAMED) else say("no_contact"))


def entry(number: int, row: pd.Series, say: Messages) -> str:
    """One site of the list."""
    name = capital(name_of(row["name"], say))
    veterans = f'<p class="near-only">{escape(say("veterans_only"))}</p>' if row["veterans_only"] else ""
    paragraphs = [
        f'<strong>{escape(capital(far(row, say)))}</strong>, {escape(car(row, say))}. <span class="near-seen">{escape(seen(row, say))}</span>',
        escape(place_line(row)),
        contact(row["name"], row["phone"], row["website"], say),
        escape(offers(row, say)),
        *([] if row["known"] else [f"<em>{escape(say('fits_unknown'))}</em>"]),
    ]
    source = f'{escape(say("source"))} <span lang="en">{escape(row["source_name"])}</span>.'
    details = [
        escape(takes(row, say)),
        escape(say(row["point_quality"])),
        escape(lists_of(row, say)),
        f"{source} {link(row['source_url'], say('source_link')) if row['source_url'] else ''}",
    ]
    return (
        f'<li value="{number}">{veterans}<h3>{escape(name)}</h3>'
        + "".join(f"<p>{one}</p>" for one in paragraphs)
        + f"<details><summary>{escape(say('more'))}<span class='near-hidden'>: {escape(name)}</span></summary>"
        + "".join(f"<p>{one}</p>" for one in details)
        + "</details></li>"
    )


def list_html(near: Near, most: int, say: Messages) -> str:
    """The sites by distance, numbered from 1."""
    rows = near.listed.iloc[:most]
    entries = "".join(entry(number, row, say) for number, (_, row) in enumerate(rows.iterrows(), start=1))
    return f'<h2 class="near-heading">{escape(say("list"))}</h2><ol class="near-list">{entries}</ol>'


def beside_html(near: Near, say: Messages) -> str:
    """What else there is: one line a kind."""
    items = "".join(beside_item(one, say) for one in near.beside)
    return (
        f'<h2 class="near-heading">{escape(say("beside"))}</h2><ul class="near-beside">{items}</ul>'
        f'<p class="atlas-note">{escape(say("beside_note"))}</p>'
    )


def beside_item(one: Beside, say: Messages) -> str:
    words = say(f"beside_{one.kind}", state=one.state) if one.kind == "telehealth" else say(f"beside_{one.kind}")
    road = "" if one.road or one.kind == "telehealth" else f", {say('without_road')}"
    where = f"{one.city}, {one.state}"
    distance = about(one.miles, say)
    reach = f". {contact(one.name, one.phone, one.website, say)}" if one.phone or one.website else "."
    return f"<li>{escape(words)}: <strong>{escape(capital(name_of(one.name, say)))}</strong>, {escape(where)}, {escape(distance + road)}{reach}</li>"


def report_html(public_url: str, say: Messages) -> str:
    """How to say that something is wrong: the repository's page for it, where its address is configured."""
    known = public_url.startswith("https://")
    sentence = say("report_to") if known else say("report_without")
    door = f" {link(public_url.rstrip('/') + '/issues', say('report_link'))}." if known else ""
    return f'<p class="atlas-note"><strong>{escape(say("report"))}</strong> {escape(sentence)}{door}</p>'


def questions(modality: str, paying: str, say: Messages) -> tuple[str, str, str]:
    """The three questions of the call sheet."""
    first = say("ask_any_modality") if modality == "any" else say("ask_modality", modality=say(f"kind.{modality}"))
    return first, say(f"ask.{paying}"), say("ask_cost")


SHEET_STYLE: Final = (
    "body{font:16px/1.4 system-ui,sans-serif;max-width:44rem;margin:1.5rem auto;padding:0 1rem;color:#1f2a30;background:#fff}"
    "h1{font-size:1.4rem}li{break-inside:avoid;margin:0 0 1.2rem}.also{color:#4d5960;font-style:italic}h2{font-size:1.05rem;margin:0}p{margin:.15rem 0}"
    ".line{border-bottom:1px solid #7d878d;height:1.6rem}a{color:inherit}@page{margin:15mm}@media print{body{margin:0;padding:0;font-size:11pt}}"
)


def call_sheet(near: Near, paying: str, say: Messages) -> bytes:
    """A page of its own to print: names, phones and three questions with room to write. No script, and nothing of where it was asked from.

    A clinic may speak English only: in another language each question stands in English too.
    """
    asked = "".join(f'{one}<p class="line"></p>' for one in asked_paragraphs(near.query.modality, paying, say))
    entries = "".join(sheet_entry(row, say) + asked + "</li>" for _, row in near.listed.iloc[:ON_THE_SHEET].iterrows())
    return (
        f'<!doctype html><html lang="{say.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(say('sheet_title'))}</title><style>{SHEET_STYLE}</style></head><body><h1>{escape(say('sheet_title'))}</h1>"
        f"<p>{escape(say('sheet_intro'))} {escape(say('incomplete'))}</p><ol>{entries}</ol>"
        f"<p>{escape(say('crisis'))}</p><p>{escape(say('not_advice'))} {escape(say('sheet_data', version=near.data_version))}</p></body></html>"
    ).encode()


def asked_paragraphs(modality: str, paying: str, say: Messages) -> list[str]:
    """The questions as paragraphs, with their English beneath where they are not English."""
    own, english = questions(modality, paying, say), questions(modality, paying, messages(say.page))
    also = [f'<p class="also" lang="en">{escape(one)}</p>' if say.lang != "en" else "" for one in english]
    return [f"<p>{escape(one)}</p>{more}" for one, more in zip(own, also, strict=True)]


def sheet_entry(row: pd.Series, say: Messages) -> str:
    """The start of one site's item on the call sheet."""
    veterans = f"<p><strong>{escape(say('veterans_only'))}</strong></p>" if row["veterans_only"] else ""
    paragraphs = (
        escape(place_line(row)),
        contact(row["name"], row["phone"], row["website"], say),
        f"{escape(seen(row, say))}. {escape(offers(row, say))}",
    )
    return f"<li>{veterans}<h2>{escape(capital(name_of(row['name'], say)))}</h2>" + "".join(f"<p>{one}</p>" for one in paragraphs)
