"""Two measures, a ranking and conditions as files, made when asked: what draws for print is loaded only then."""

from __future__ import annotations

from analytics.assumptions import shortened
from analytics.bearing import heard
from analytics.conditions import meets
from analytics.model import Result
from analytics.ranking import Ranking, ranking
from analytics.tables import Tables
from analytics.together import Pair, paired, refused, unshown
from maps.export import KINDS, printed_address, unknown_preset, why_kept
from maps.together_files import conditions_csv, pair_csv, ranking_csv
from maps.view import View, second_question

CHARTS = {
    "second": "both measures as the address shows them (png, svg, pdf, csv)",
    "ranking": "the ranking (png, svg, pdf, csv)",
    "conditions": "which places meet the conditions (csv)",
}
"""What of a view is a file of its own, beside its first map."""


def chart_file(chart: str, result: Result, view: View, tables: Tables, kind: str, preset: str, site: str) -> bytes:
    """What stands in a panel of a view as a file: the bytes of the panel's own button, places as dots of one size in a scatter plot.

    Raises ValueError, in a sentence: where the view has no such chart, for what is refused, for data whose licence keeps them here, for a
    kind or preset that there is not.
    """
    if chart not in CHARTS:
        raise ValueError(f"There is no chart “{shortened(chart)}”; there is {', '.join(CHARTS)}.")
    if kind != "csv" and (chart == "conditions" or kind not in KINDS or not KINDS[kind].sized):
        raise ValueError(f"There is no format “{shortened(kind)}” of that chart: {CHARTS[chart]}.")
    if said := unknown_preset(preset) or (result.refusal.sentence if result.refusal is not None else ""):
        raise ValueError(said)
    if chart == "second":
        return second_file(result, view, tables, kind, preset, site)
    if chart == "conditions":
        return conditions_file(result, view, tables)
    found = ranking(result)
    if found.refusal:
        raise ValueError(found.refusal)
    if kind == "csv":
        handed_on(result)
        return ranking_csv(found)
    return ranking_picture(found, view, kind, preset, printed_address([result], view, tables, site))


def shown_pair(result: Result, view: View, tables: Tables) -> Pair | None:
    """Both measures of a view as its panel shows them; None where there is no second, or the two are not shown together."""
    return pair_or_why(result, view, tables)[0]


def pair_or_why(result: Result, view: View, tables: Tables) -> tuple[Pair | None, str]:
    """Both measures of a view as its panel shows them, "" with them; or None, and why the two are not shown together ("" where there is no
    second)."""
    query = second_question(result.query, view)
    if query is None:
        return None, ""
    second = heard(query, tables)
    if said := refused(result, second):
        return None, said
    pair = paired(result, second)
    said = unshown(pair, view.together)
    return (None if said else pair), said


def second_file(result: Result, view: View, tables: Tables, kind: str, preset: str, site: str) -> bytes:
    pair, said = pair_or_why(result, view, tables)
    if pair is None:
        raise ValueError(said or "The address has no second measure; it is added as second=measure:uninsured.")
    if kind == "csv":
        handed_on(result, pair.second)
        return pair_csv(pair, with_thirds=view.together == "bivariate")
    where = printed_address([pair.first, pair.second], view, tables, site)
    if view.together == "bivariate":
        return bivariate_picture(pair, view, tables, kind, preset, where)
    if view.together == "scatter":
        return scatter_picture(pair, view, tables, False, kind, preset, where)
    return beside_picture(pair, view, tables, kind, preset, where)


def conditions_file(result: Result, view: View, tables: Tables) -> bytes:
    found = meets(result.query, view.conditions, tables)
    if not found.asked:
        raise ValueError("The address has no condition that can be asked; one is conditions=uninsured:over:0.1.")
    for one in found.asked:
        handed_on(one.result)
    return conditions_csv(found)


def handed_on(*results: Result) -> None:
    for one in results:
        if said := why_kept(one):
            raise ValueError(said)


def bivariate_picture(pair: Pair, view: View, tables: Tables, kind: str, preset: str, address: str) -> bytes:
    """The map of both as png, svg or pdf; `address` is where the view is found."""
    from maps.print_together import bivariate_drawing, picture

    return picture(bivariate_drawing(pair, view, tables), kind, preset, address)


def scatter_picture(pair: Pair, view: View, tables: Tables, by_people: bool, kind: str, preset: str, address: str) -> bytes:
    """The scatter plot as png, svg or pdf."""
    from maps.print_together import picture, scatter_drawing

    return picture(scatter_drawing(pair, view, tables, by_people), kind, preset, address)


def ranking_picture(found: Ranking, view: View, kind: str, preset: str, address: str) -> bytes:
    """The ranking as png, svg or pdf."""
    from maps.print_together import picture, ranking_drawing

    return picture(ranking_drawing(found, view), kind, preset, address)


def beside_picture(pair: Pair, view: View, tables: Tables, kind: str, preset: str, address: str) -> bytes:
    """Two maps of the same place as png, svg or pdf."""
    from maps.print_beside import beside_drawing
    from maps.print_together import picture

    return picture(beside_drawing(pair, view, tables), kind, preset, address)
