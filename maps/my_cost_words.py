"""The sentences of My cost: what a person may pay, what moves it, the way there, what to ask, and who may help. Plain text but where a
name ends in `_html`; the words themselves stand in the catalogue, in each language.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import numpy as np

from analytics.my_cost import HOUSEHOLDS, INCOMES, NO_ROUTE, NOT_IN_HAND, Amount, MyCost, covered_elsewhere, share_of_income
from analytics.places import places
from analytics.prices import years
from analytics.query import NATION
from analytics.refusal import capital
from analytics.self_pay import distribution, published_ranges
from analytics.tables import Tables
from data.parameter import load
from maps.agreement_words import note
from maps.cost_words import money
from maps.facts import table_html
from maps.messages import Messages
from maps.my_cost_picture import Bar, bars_html
from maps.numbers import one_or_both, two_digits
from maps.palette import Scheme
from maps.words import plain_list

# --- Numbers ---


def cost(low: float, high: float, say: Messages) -> str:
    """ "$283 to $3,450", or one sum where both ends read the same."""
    if not np.isfinite(low):
        return say("unknown")
    return one_or_both(money(round_off(low)), money(round_off(high)), partial(say, "range"))


def round_off(usd: float) -> float:
    """Whole dollars: no cents that nobody knows."""
    return float(np.round(usd))


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def share_words(low: float, high: float, say: Messages) -> str:
    """ "5 to 10 %", "under 1 %", "over 30 %"."""
    if high < 0.01:
        return say("under_share", share=percent(0.01))
    if not np.isfinite(high):
        return say("over_share", share=percent(low))
    if low == 0:
        return say("under_share", share=percent(high))
    return one_or_both(percent(low), percent(high), partial(say, "range"), " %")


def counted(name: str, low: float, high: float, say: Messages) -> str:
    """ "34 to 56 hours" with at most two digits that count; under a half is 1."""
    first, last = (max(1, two_digits(end)) for end in (low, high))
    said = say.counted(name, last)
    return said if first == last else say("range", low=f"{first:,}", high=said)


def choices(name: str, ids: Sequence[str], say: Messages) -> dict[str, str]:
    """The words of a question's choices by id, "" for a question that is skipped."""
    return {one: say(f"{name}.{one}") for one in ids}


def income_choices(say: Messages) -> dict[str, str]:
    return choices("income", ("", *INCOMES), say)


def household_choices(say: Messages) -> dict[int, str]:
    return {one: say(f"household.{one}") for one in (0, *HOUSEHOLDS)}


# --- The answer ---


def title(mine: MyCost, say: Messages) -> str:
    """The answer in one line."""
    if not mine.answers.payer:
        low, high = (money(round_off(end)) for end in mine.widest)
        return say("title.unsure", low=low, high=high)
    known = {one: found for one in mine.treatments if (found := mine.of(one, "course")) is not None}
    said = {one: cost(found.low, found.high, say) for one, found in known.items()}
    plan = say(f"plan.{mine.answers.payer}")
    if len(mine.treatments) == 2:
        if len(said) == 2:
            return say("title.both", spray=said["esketamine"], drip=said["iv"])
        return say("title.half", payer=plan, drip=said["iv"])
    (treatment,) = mine.treatments
    if treatment not in said:
        return say("title.unknown", payer=plan)
    return say("title.single", therapy=say(f"name.{treatment}"), cost=said[treatment])


def where(mine: MyCost, tables: Tables, say: Messages) -> str:
    """Whose prices these are."""
    year = years(tables)[-1]
    if mine.point is None and mine.place == NATION:
        return say("where_nation", year=year)
    return say("where", place=places(tables)[mine.place].name if mine.point is None else mine.point.label, year=year)


def visits(one: Amount, say: Messages) -> str:
    least, most = (f"{end:g}" for end in one.visits)
    return one_or_both(least, most, partial(say, "range"))


def label(treatment: str, span: str, say: Messages) -> str:
    """ "Spray, first course"."""
    return f"{say(f'short.{treatment}')}, {say(f'span.{span}')}"


def bars(mine: MyCost, say: Messages) -> tuple[Bar, ...]:
    """The rows of the picture: the person's own; none where no insurance is named, for nine at once tell nobody anything.
    A year by the label, which few have, is in the table.
    """
    return tuple(
        Bar(label(one.treatment, one.span, say), one.low, one.value, one.high, cost(one.low, one.high, say))
        for one in mine.shown
        if one.span != "label_year"
    )


def picture_html(mine: MyCost, scheme: Scheme, say: Messages) -> str:
    """The picture, with what it shows in words; "" where there is no sum at all."""
    rows = bars(mine, say)
    if not rows:
        return ""
    told = "; ".join(say("picture_row", label=row.label, cost=row.words) for row in rows)
    return bars_html(rows, scheme, say("picture", rows=told)) + note(say("picture_note"))


def table(mine: MyCost, say: Messages) -> str:
    """The same numbers as a table (HTML); "" where no insurance is named: the table by payer has them."""
    if not mine.shown:
        return ""
    heads = tuple(say(f"head.{one}") for one in ("what", "visits", "range", "typical"))
    rows = [
        tuple(
            escape(cell)
            for cell in (
                label(one.treatment, one.span, say),
                visits(one, say),
                cost(one.low, one.high, say),
                money(round_off(one.value)) if np.isfinite(one.value) else "",
            )
        )
        for one in mine.shown
    ]
    return table_html(say("table"), heads, rows)


def answer_lines(mine: MyCost, tables: Tables, say: Messages) -> list[str]:
    """What must be read with the sums: what is not known and why, what stands in for what, how often people go."""
    if not mine.answers.payer:
        return [say("unsure_note"), say("left_out")]
    lines = []
    for treatment in mine.treatments:
        why = mine.why(treatment)
        if why == NO_ROUTE:
            lines.append(say("no_route"))
            if covered_elsewhere(mine.answers, mine.place, tables):
                lines.append(say("covered_elsewhere"))
        elif why == NOT_IN_HAND:
            lines.append(say("not_in_hand"))
    year = mine.of("esketamine", "label_year")
    usual = mine.of("esketamine", "typical_year")
    if year is not None and usual is not None:
        least, most = (f"{end:g}" for end in year.visits)
        lines.append(say("year_note", typical=visits(usual, say), least=least, most=most))
    if mine.of("iv", "course") is not None:
        lines.append(say("no_year"))
    return [*lines, *notes(mine, tables, say), say("left_out")]


def notes(mine: MyCost, tables: Tables, say: Messages) -> list[str]:
    """What is to be known about the payer's sums."""
    payer, said = mine.answers.payer, []
    spray = "esketamine" in mine.treatments
    if payer == "self" and spray:
        stated = published_ranges("esketamine", tables)
        stated = stated[stated["unit"] == "session"]
        least, most = (money(float(usd)) for usd in (stated["price_low_usd"].min(), stated["price_high_usd"].max()))
        said.append(say("note.self", least=least, most=most))
    if payer != "self" and (spray or payer == "va"):
        said.append(
            say(
                f"note.{payer}",
                deductible=money(load("medicare/part_b_deductible").number()),
                share=percent(load("medicare/part_b_coinsurance").number()),
            )
        )
    paid = mine.of("iv", "course")
    if paid is not None and paid.payer == "self":
        said.append(say("note.self_iv", providers=distribution("iv", tables).providers))
    return said


def share_lines(mine: MyCost, say: Messages) -> list[str]:
    """The typical sum beside the income, where the person gave a step and pays anything."""
    income, lines = mine.answers.income, []
    for treatment in mine.treatments if income else ():
        one = mine.of(treatment, "course")
        if one is not None and one.value >= 1:
            words = share_words(*share_of_income(one.value, income), say)
            lines.append(say("share", treatment=say(f"name.{treatment}"), share=words))
    year = mine.of("esketamine", "typical_year")
    if income and year is not None and year.value >= 1:
        lines.append(say("share_year", share=share_words(*share_of_income(year.value, income), say)))
    return lines


# --- What makes it vary, and payer by payer ---


def vary_html(mine: MyCost, say: Messages) -> str:
    """What moves the sum, one thing at a time, most first; "" where nothing does."""
    parts = []
    for treatment, moved in mine.changes.items():
        if not moved:
            continue
        span = next(row for row in mine.payers[treatment])
        least, most = f"{span[0].visits[0]:g}", f"{year_at_most(mine):g}"
        items = [say("vary_row", what=say(f"change.{one.id}", least=least, most=most), cost=cost(one.low, one.high, say)) for one in moved]
        head = say("vary_note", treatment=say(f"name.{treatment}"))
        parts.append(note(head) + plain_list(items))
    return "".join(parts)


def year_at_most(mine: MyCost) -> float:
    """Most visits of esketamine in a year."""
    return max((one.visits[1] for one in mine.own if one.treatment == "esketamine"), default=0.0)


def payers_html(mine: MyCost, say: Messages) -> str:
    """A table for each treatment: the person's own insurance first, then the others. Where insurance hardly ever pays, one row for all."""
    parts = []
    for treatment, rows in mine.payers.items():
        spans = [one.span for one in rows[0]]
        heads = (say("payers_head"), *(capital(say(f"span.{span}")) for span in spans))
        told = [
            (escape(say(f"payer.{row[0].payer}")), *(escape(sum_or_why(one, say)) for one in row)) for row in rows if row[0].why != NO_ROUTE
        ]
        if len(told) < len(rows):
            told.append((escape(say("iv_others")), *(escape(say("hardly")) for _ in spans)))
        parts.append(table_html(say("payers_caption", treatment=say(f"short.{treatment}")), heads, told))
    return "".join(parts)


def sum_or_why(one: Amount, say: Messages) -> str:
    return cost(one.low, one.high, say) if one.known else say("hardly") if one.why == NO_ROUTE else say("unknown")


# --- In one sentence ---


def sentences(mine: MyCost, say: Messages) -> list[str]:
    """The journey with its cost, for each treatment; a first year of the spray too."""
    return [sentence(mine, treatment, span, say) for treatment in mine.treatments for span in spans_told(mine, treatment)]


def spans_told(mine: MyCost, treatment: str) -> tuple[str, ...]:
    told_year = treatment == "esketamine" and mine.ways.get(treatment) is not None
    return ("course", "typical_year") if told_year else ("course",)


def sentence(mine: MyCost, treatment: str, span: str, say: Messages) -> str:
    one, way = mine.of(treatment, span), mine.ways.get(treatment)
    low, high = (one.low, one.high) if one is not None else own_or_widest(mine, treatment, span)
    price = cost(low, high, say) if np.isfinite(low) else say("sentence.unknown")
    count = visits(next(amount for row in mine.payers[treatment] for amount in row if amount.span == span), say)
    if way is None or mine.point is None:
        return say("sentence.no_way", treatment=say(f"name.{treatment}"), visits=count, cost=price)
    travel = way.spans[span]
    road, site = travel["driving_hours"], travel["hours_on_site"]
    return say(
        "sentence.way" if span == "course" else "sentence.year",
        treatment=say(f"name.{treatment}"),
        place=mine.point.label,
        visits=count,
        miles=counted("miles", *travel["miles"], say),
        hours=counted("hours", road[0] + site[0], road[1] + site[1], say),
        driver=say("sentence.driver") if treatment == "esketamine" else "",
        cost=price,
        driving=cost(*travel["driving_cost"], say),
    )


def own_or_widest(mine: MyCost, treatment: str, span: str) -> tuple[float, float]:
    """Without a payer the ends over all of them; with one whose sum is not in hand nothing."""
    if mine.answers.payer:
        return np.nan, np.nan
    known = [one for row in mine.payers[treatment] for one in row if one.span == span and one.known]
    return min(one.low for one in known), max(one.high for one in known)
