"""How a view is quoted: its finding as one sentence with its source, a citation, BibTeX, and the code that fetches it again."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from analytics.model import Result
from analytics.tables import Tables, version_without_sites
from maps.export import export_name
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


def sentence(result: Result, tables: Tables, address: str, today: date) -> str:
    """Finding, sources, date and link: what is pasted into a text."""
    return f"{title(result, tables)}. {source_line(result)} {ATLAS}, {day(today)}, {address}"


def based_on(result: Result) -> str:
    """The sources as they wish to be cited, one after the other."""
    return "; ".join(dict.fromkeys(source["citation"].rstrip(".") for source in result.provenance))


def citation(result: Result, tables: Tables, address: str, today: date) -> str:
    """Who, when, what, which data, where, and whose figures they are."""
    return (
        f"{ATLAS} ({today.year}). {title(result, tables)}. Data version {result.data_version}. "
        f"Read on {day(today)} at {address}. Based on: {based_on(result)}."
    )


def bibtex(result: Result, tables: Tables, address: str, today: date) -> str:
    """The same as one BibTeX entry, its signs escaped for LaTeX; the address stands as it is, as \\url takes it."""
    query = result.query
    fields = {
        "author": f"{{{ATLAS}}}",
        "title": f"{{{title(result, tables).translate(LATEX)}}}",
        "year": str(today.year),
        "url": address,
        "urldate": today.isoformat(),
        "note": f"Data version {result.data_version}. Based on: {based_on(result)}".translate(LATEX),
    }
    lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items())
    return f"@misc{{ketamine-access-atlas-{query.measure}-{query.level}-{query.place}-{today.year},\n{lines}\n}}\n"


def data_address(result: Result, tables: Tables, site: str) -> str:
    """Where this very table is fetched; it answers with an error once the atlas has other data."""
    texts = {**result.query.to_address(), "pinned": version_without_sites(tables)}
    return f"{site or HERE}/api/v1/data.csv?{urlencode(texts, safe='~')}"


LANGUAGES = {"Python": "python", "R": "r", "curl": "bash"}
"""Languages of the code behind a figure, with what colours them on the page."""


def snippet(result: Result, tables: Tables, site: str, language: str) -> str:
    """The code behind the figure: it fetches the rows of this view in this data version, or stops with an error."""
    address, version = data_address(result, tables, site), version_without_sites(tables)
    about = f"# {title(result, tables)}\n# Data version {version}; the address fails once the atlas has another.\n"
    if result.data_version != version:
        about += "# Without the data of your own, which no address carries.\n"
    code = {
        "Python": f'import pandas as pd\n\nrows = pd.read_csv(\n    "{address}",\n    dtype={{"geoid": "str"}},\n)\nprint(rows)\n',
        "R": f'rows <- read.csv(\n  "{address}",\n  colClasses = c(geoid = "character"), na.strings = "", encoding = "UTF-8"\n)\nprint(head(rows))\n',
        "curl": f"curl --fail --silent --show-error --output '{export_name(result, 'csv')}' \\\n  '{address}'\n",
    }
    return about + code[language]
