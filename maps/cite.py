"""How a view is quoted: its finding as one sentence with its source, a citation, BibTeX, and the code that fetches it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from analytics.model import Result
from analytics.tables import Tables, version_without_sites
from analytics.together import Pair
from maps.export import export_name, with_own_data
from maps.together_words import told_of
from maps.view import View
from maps.words import source_line, title

HERE = "http://127.0.0.1:8501"
"""Where `make run` puts the atlas: what the code asks where no public address is known."""
ATLAS = "Ketamine Access Atlas"
LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def day(one: date) -> str:
    """ "26 November 2026", in English on every machine."""
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
    return f"{one.day} {months[one.month - 1]} {one.year}"


@dataclass(frozen=True)
class Finding:
    """What is quoted: a finding in words, its source line, and the one or two results that it tells of."""

    title: str
    sources: str
    results: tuple[Result, ...]

    @property
    def data_version(self) -> str:
        return " and ".join(dict.fromkeys(one.data_version for one in self.results))


def finding(result: Result, tables: Tables) -> Finding:
    return Finding(title(result, tables), source_line(result), (result,))


def finding_of_both(pair: Pair, view: View, tables: Tables) -> Finding:
    """Both measures as the view shows them."""
    told = told_of(pair, view, tables)
    return Finding(told.title, told.sources, (pair.first, pair.second))


def sentence(one: Finding, address: str, today: date) -> str:
    """Finding, sources, date and link: what is pasted into a text."""
    return f"{one.title}. {one.sources} {ATLAS}, {day(today)}, {address}"


def based_on(results: Iterable[Result]) -> str:
    """The sources as they wish to be cited, one after the other."""
    return "; ".join(dict.fromkeys(source["citation"].rstrip(".") for one in results for source in one.provenance))


def citation(one: Finding, address: str, today: date) -> str:
    """Who, when, what, which data, where, and whose figures they are."""
    return (
        f"{ATLAS} ({today.year}). {one.title}. Data version {one.data_version}. "
        f"Read on {day(today)} at {address}. Based on: {based_on(one.results)}."
    )


def bibtex(one: Finding, address: str, today: date) -> str:
    """The same as one BibTeX entry, its signs escaped for LaTeX; the address stands as it is, as \\url takes it."""
    query = one.results[0].query
    fields = {
        "author": f"{{{ATLAS}}}",
        "title": f"{{{one.title.translate(LATEX)}}}",
        "year": str(today.year),
        "url": address,
        "urldate": today.isoformat(),
        "note": f"Data version {one.data_version}. Based on: {based_on(one.results)}".translate(LATEX),
    }
    lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items())
    measures = "-".join(result.query.measure for result in one.results)
    return f"@misc{{ketamine-access-atlas-{measures}-{query.level}-{query.place}-{today.year},\n{lines}\n}}\n"


def data_address(result: Result, tables: Tables, site: str) -> str:
    """Where this very table is fetched; it answers with an error once the atlas has other data."""
    texts = {**result.query.to_address(), "pinned": version_without_sites(tables)}
    return f"{site or HERE}/api/v1/data.csv?{urlencode(texts, safe='~')}"


LANGUAGES = {"Python": "python", "R": "r", "curl": "bash"}
"""Languages of the code behind a figure, with what colours them on the page."""
PYTHON_FRAME = '{name} = pd.read_csv(\n    "{address}",\n    dtype={{"geoid": "str"}},\n)\n'
PYTHON_BOTH = 'rows = rows.merge(second, on=["geoid", "name"], suffixes=("_first", "_second"))\n'
R_FRAME = '{name} <- read.csv(\n  "{address}",\n  colClasses = c(geoid = "character"), na.strings = "", encoding = "UTF-8"\n)\n'
R_BOTH = 'rows <- merge(rows, second, by = c("geoid", "name"), suffixes = c("_first", "_second"))\n'
CURL = "curl --fail --silent --show-error --output '{name}' \\\n  '{address}'\n"


def snippet(one: Finding, tables: Tables, site: str, language: str) -> str:
    """The code behind the figure: it fetches the rows of each of its results in this data version, or stops with an error."""
    addresses, version = [data_address(result, tables, site) for result in one.results], version_without_sites(tables)
    about = f"# {one.title}\n# Data version {version}; the address fails once the atlas has another.\n"
    if with_own_data(one.results, tables):
        about += "# Without the data of your own, which no address carries.\n"
    match language:
        case "Python":
            return f"{about}import pandas as pd\n\n{frames(addresses, PYTHON_FRAME)}{PYTHON_BOTH if addresses[1:] else ''}print(rows)\n"
        case "R":
            return f"{about}{frames(addresses, R_FRAME)}{R_BOTH if addresses[1:] else ''}print(head(rows))\n"
        case _:
            names = (export_name(result, "csv") for result in one.results)
            return about + "".join(CURL.format(name=name, address=address) for name, address in zip(names, addresses, strict=True))


def frames(addresses: Sequence[str], one: str) -> str:
    """The tables of these addresses, `rows` and `second`."""
    return "".join(one.format(name=name, address=address) for name, address in zip(("rows", "second"), addresses, strict=False))
