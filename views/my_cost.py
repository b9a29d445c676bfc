"""My cost: five questions at most, and what a treatment may cost this person. Answers stay in the memory of this visit, and nowhere else.

No name of this module holds an answer: what a run leaves in its module lives as long as something still points to one of its functions.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from analytics.my_cost import DETAILS, THERAPIES, Answers, MyCost, my_cost
from analytics.query import PAYERS
from data.bundle import shipped
from maps import my_cost_help, my_cost_words
from maps.messages import messages
from maps.words import plain_list
from views import address, parts
from views.zip_box import COST, ask_back, link_with_zip, zip_box

KEPT = "cost kept"
"""Key of the answers that outlive a look at another page: in the memory of the visit alone, as the box has what was typed."""


def kept(key: str, default: object) -> str:
    """The key of a control, set to what it said before the person looked at another page: Streamlit forgets controls that are not drawn."""
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(KEPT, {}).get(key, default)
    return key


def section(name: str) -> None:
    st.html(f'<h2 class="near-heading">{escape(say(name))}</h2>')


def answers() -> Answers:
    """The other questions."""
    therapies = my_cost_words.choices("therapy", tuple(THERAPIES), say)
    therapy = st.radio(
        say("therapy"), list(therapies), format_func=therapies.__getitem__, key=kept("cost therapy", "both"), horizontal=True
    )
    parts.paragraph(say("therapy_note"), "source")
    payers = my_cost_words.choices("payer", ("", *PAYERS), say)
    payer = st.selectbox(say("payer"), list(payers), format_func=payers.__getitem__, key=kept("cost payer", ""))
    detail = ""
    if payer in DETAILS:
        details = my_cost_words.choices("detail", ("", *DETAILS[payer]), say)
        detail = st.radio(say("detail"), list(details), format_func=details.__getitem__, key=kept(f"cost detail {payer}", ""))
    with st.container(horizontal=True, vertical_alignment="bottom", key="my-cost-income"):
        incomes, homes = my_cost_words.income_choices(say), my_cost_words.household_choices(say)
        income = st.selectbox(say("income"), list(incomes), format_func=incomes.__getitem__, key=kept("cost income", ""))
        household = st.selectbox(say("household"), list(homes), format_func=homes.__getitem__, key=kept("cost household", 0))
    names = (COST.typed, "cost therapy", "cost payer", f"cost detail {payer}", "cost income", "cost household")
    st.session_state[KEPT] = {name: st.session_state[name] for name in names if name in st.session_state}
    return Answers(therapy, payer, detail, income, household)


def pay(mine: MyCost) -> None:
    """What it comes to, what makes it vary, and the other kinds of insurance; where none is named, all of them side by side."""
    section("pay")
    if not mine.answers.payer:
        st.html(my_cost_words.payers_html(mine, say))
    for html in (my_cost_words.picture_html(mine, parts.scheme(), say), my_cost_words.table(mine, say)):
        if html:
            st.html(html)
    lines = (*my_cost_words.share_lines(mine, say), *my_cost_words.answer_lines(mine, tables, say))
    st.html(plain_list(lines))
    if varied := my_cost_words.vary_html(mine, say):
        section("vary")
        st.html(varied)
    if mine.answers.payer:
        section("payers")
        st.html(my_cost_words.payers_html(mine, say))
        parts.paragraph(say("payers_note"))


def go(mine: MyCost) -> None:
    """The way, what to ask, who may help, and all of it in a few sentences."""
    section("travel")
    st.html(my_cost_help.travel_html(mine, say))
    for name, lines in (("ask_plan", my_cost_help.ask_plan(mine, say)), ("ask_clinic", my_cost_help.ask_clinic(mine, say))):
        if lines:
            section(name)
            st.html(plain_list(lines))
    section("help")
    st.html(my_cost_help.help_html(mine, tables, say))
    section("sentence")
    for line in my_cost_words.sentences(mine, say):
        parts.paragraph(line, "journey")
    st.html(my_cost_help.sources_html(mine, tables, say))


def page() -> None:
    """The page from top to bottom; the answer stands above the questions."""
    with st.container(key="my-cost"):
        heading = st.container(key="my-cost-heading")
        with st.container(key="my-cost-questions"):
            kept(COST.typed, "")  # the box outlives a look at another page as well
            point, found = zip_box(COST, say, tables)
            if point is None:
                ask_back(COST, found, say)
            mine = my_cost(answers(), point, tables, query.place)
        with heading:
            parts.title(my_cost_words.title(mine, say))
            parts.paragraph(f"{my_cost_words.where(mine, tables, say)} {say('intro')}", "subtitle")
        pay(mine)
        go(mine)
        link_with_zip(COST, point, say)
        parts.paragraph(say("privacy"))
        parts.paragraph(f"{say('crisis')} {say('not_advice')}", "problem")


tables = shipped()
query, view, _ = address.read(tables)
say = messages("my_cost", view.lang)
page()
