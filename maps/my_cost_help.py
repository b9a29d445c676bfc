"""The rest of My cost: the way there, what to ask, who may help and on which conditions, and where all of it comes from."""

from __future__ import annotations

from html import escape
from typing import Final

from analytics.my_cost import NEARBY_MILES, MyCost, Way, asked, may_have_medicaid, rebate_excluded, with_sliding_fee
from analytics.near import Near
from analytics.out_of_pocket import parameters
from analytics.tables import Tables
from data.parameter import Parameter, load
from maps.agreement_words import note
from maps.cost_words import money
from maps.facts import link
from maps.messages import Messages, messages
from maps.my_cost_words import cost, counted, label, percent
from maps.near_words import name_of
from maps.spoken import duration
from maps.words import plain_list

GOVERNMENT: Final = frozenset({"medicare", "medicare_supplement", "medicare_advantage", "medicare_medicaid", "medicaid", "tricare", "va"})
"""Insurance with which nobody may have the maker's help."""
WITH_LIMIT: Final = frozenset({"", "commercial", "commercial_copay", "medicare_advantage", "medicare"})
ON_TRAVEL: Final = ("travel/detour_index", "travel/speed", "travel/irs_medical", "travel/irs_business")
MOST_NAMED: Final = 3


# --- The way there ---


def travel_html(mine: MyCost, say: Messages) -> str:
    """The way to the nearest site of each treatment, and what it adds up to."""
    if mine.point is None:
        return note(say("travel_none"))
    told = [no_way(mine.near[one], one, say) if way is None else way_html(way, say) for one, way in mine.ways.items()]
    if any(mine.ways.values()):
        told.append(note(f"{say('travel_ask')} {say('travel_guess')}"))
    return "".join(told)


def no_way(near: Near, treatment: str, say: Messages) -> str:
    name, rows = say(f"name.{treatment}"), near.listed[near.listed["open"]]
    if rows.empty:
        return note(say("travel_nothing", treatment=name))
    one = rows.iloc[0]
    miles = counted("miles", one["miles"], one["miles"], say)
    return note(say("travel_no_road", treatment=name, miles=miles, city=f"{one['city']}, {one['state']}"))


def way_html(way: Way, say: Messages) -> str:
    name = say(f"name.{way.treatment}")
    miles, minutes, site = (
        counted("miles", way.miles, way.miles, say),
        duration(way.minutes, say.lang),
        name_of(way.site, messages("near", say.lang)),
    )
    first = say("travel_site" if way.known else "travel_maybe", treatment=name, site=site, city=way.city, miles=miles, minutes=minutes)
    sums = [travel_sum(way, span, say) for span in way.spans if span != "label_year"]
    driver = say("travel_driver", hours=counted("hours", *way.spans["course"]["driver_hours"], say))
    last = driver if way.treatment == "esketamine" else say("travel_iv_driver")
    return note(f"{first} {say('travel_city')}" if way.only_city else first) + plain_list(sums) + note(last)


def travel_sum(way: Way, span: str, say: Messages) -> str:
    travel = way.spans[span]
    return say(
        "travel_sum",
        span=label(way.treatment, span, say),
        miles=counted("miles", *travel["miles"], say),
        hours=counted("hours", *travel["driving_hours"], say),
        site_hours=counted("hours", *travel["hours_on_site"], say),
        driving=cost(*travel["driving_cost"], say),
    )


# --- What to ask ---


def ask_plan(mine: MyCost, say: Messages) -> list[str]:
    """Questions to the insurer, those of the person's own kind of insurance; none for who has none."""
    payer, spray, iv = mine.answers.payer, "esketamine" in mine.treatments, "iv" in mine.treatments
    names = {
        "covered": spray,
        "first": spray,
        "near": spray and payer not in ("va",),
        "left": spray and payer in WITH_LIMIT,
        "bill": spray and payer not in ("va", "medicare_medicaid"),
        "iv": iv,
        "counts": spray and payer in ("commercial", "commercial_copay"),
        "ride": payer in ("medicaid", "medicare_medicaid"),
        "tricare": payer == "tricare",
        "va": payer == "va",
    }
    return [] if payer == "self" else [say(f"ask_plan.{name}") for name, fits in names.items() if fits]


def ask_clinic(mine: MyCost, say: Messages) -> list[str]:
    oneself = mine.answers.payer == "self"
    return [text for name, text in say.under("ask_clinic").items() if not (oneself and name in ("take", "no"))]


# --- Who may help ---


def help_html(mine: MyCost, tables: Tables, say: Messages) -> str:
    """Each programme with its conditions, date and source."""
    items = "".join(f"<li>{escape(words)} {source}</li>" for words, source in helps(mine, tables, say))
    return f'<ul class="atlas-lists">{items}</ul>'


def helps(mine: MyCost, tables: Tables, say: Messages) -> list[tuple[str, str]]:
    """(words, HTML of its source) of what may help this person."""
    payer, state = mine.answers.payer, "" if mine.point is None else mine.point.state
    found = maker(payer, state, say) if "esketamine" in mine.treatments else []
    found.append(sliding(mine, say))
    if payer in ("", "self", "commercial", "commercial_copay") and may_have_medicaid(mine.answers, state, tables):
        multiple = load("medicaid/expansion_income")
        found.append((say("help.medicaid", percent=percent(multiple.number())), dated(multiple, say)))
    if payer in ("medicaid", "medicare_medicaid"):
        found.append((say("help.rides"), dated(load("medicaid/rides"), say)))
    if payer in ("medicare", "medicare_supplement", "medicare_advantage"):
        found.append((say("help.dual"), dated(load("medicare/full_dual_cost"), say)))
    if payer == "va":
        free = load("va/visits_without_copay")
        found.append((say("help.va", visits=f"{free.number():g}"), dated(free, say)))
    return found


def maker(payer: str, state: str, say: Messages) -> list[tuple[str, str]]:
    """The maker's programme and its rebate, with who may not have them."""
    copay, top, rebate = (load(f"copay_programme/{name}") for name in ("drug_copay", "yearly_maximum", "observation_rebate_excluded"))
    words = say("help.maker", copay=money(copay.number()), maximum=money(top.number()), year=top.values[-1][0].year)
    barred = payer in GOVERNMENT
    first = (f"{words} {say('help.maker_you')}" if barred else words, dated(copay, say))
    back = say("help.maker_rebate", states=", ".join(rebate.latest))
    yours = f" {say('help.maker_rebate_you')}" if rebate_excluded(state) else ""
    return [first] if barred else [first, (back + yours, dated(rebate, say))]


def sliding(mine: MyCost, say: Messages) -> tuple[str, str]:
    """Sites near by with a fee that goes by income, and the directory they are from."""
    if mine.point is None:
        return say("help.sliding_where"), ""
    rows = [row for near in mine.near.values() for row in with_sliding_fee(near).to_dict("records")]
    named = list(dict.fromkeys(site_row(row["name"], row["city"], row["miles"], say) for row in rows))[:MOST_NAMED]
    source = next(one for near in mine.near.values() for one in near.provenance if one["id"].startswith("samhsa_directory"))
    origin = source_of(source, say)
    if not named:
        return say("help.sliding_none", miles=counted("miles", NEARBY_MILES, NEARBY_MILES, say)), origin
    return say("help.sliding", sites="; ".join(named)), origin


def site_row(name: str, city: str, miles: float, say: Messages) -> str:
    return say("site_row", site=name, city=city, miles=counted("miles", miles, miles, say))


# --- Where it comes from ---


def dated(one: Parameter, say: Messages) -> str:
    """HTML: since when a parameter holds, when it was read, and its first reference."""
    reference = one.references[0]
    words = escape(say("help_source", year=one.values[-1][0].year, read=one.verified, link="\0"))
    return f'<span class="my-cost-from">{words.replace(chr(0), link(reference.link, reference.title))}</span>'


def source_of(row: dict[str, object], say: Messages) -> str:
    """HTML: one of the tables' sources."""
    words = escape(say("source", publisher=row["publisher"], link="\0", vintage=row["vintage"], read=row["read_on"]))
    return f'<span class="my-cost-from">{words.replace(chr(0), link(str(row["url"]), str(row["title"])))}</span>'


def sources_html(mine: MyCost, tables: Tables, say: Messages) -> str:
    """Every parameter and table behind the sums, closed until somebody opens it."""
    payers = [mine.answers.payer] if mine.answers.payer else ["self", "medicare", "medicaid", "commercial", "va"]
    names = dict.fromkeys(
        name for treatment in mine.treatments for payer in payers for name in parameters(asked(payer, treatment, "course", mine.place))
    )
    if mine.ways:
        names |= dict.fromkeys(ON_TRAVEL)
    ids = [*(["cms_fee_schedule"] if "esketamine" in mine.treatments else []), "facts_prices"]
    tables_told = [source_of(tables.sources_of(one)[0], say) for one in ids]
    tables_told += [source_of(one, say) for one in next(iter(mine.near.values())).provenance] if mine.near else []
    items = "".join(f"<li>{one}</li>" for one in dict.fromkeys([*tables_told, *(dated(load(name), say) for name in names)]))
    return f'<details class="my-cost-sources"><summary>{escape(say("sources"))}</summary><ul class="atlas-lists">{items}</ul></details>'
