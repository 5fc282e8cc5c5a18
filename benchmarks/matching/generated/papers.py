"""Papers in two libraries, as DBLP and ACM hold them: title, authors, venue, year.

A journal version of a conference paper, and two parts of one series, look alike and are different papers.
"""

import random

import numpy as np
import pyarrow as pa

from benchmarks.matching.exam import Exam
from benchmarks.matching.generated.slips import miswritten
from benchmarks.matching.generated.vocabulary import FAMILIES, MEN, WOMEN, by_rank

_TOPICS = """query optimization|data integration|stream processing|spatial indexing|schema evolution|view maintenance
|concurrency control|transaction recovery|data mining|association rules|approximate joins|similarity search|XML storage
|workflow management|semantic caching|web crawling|metadata management|time series|sensor networks|data cleaning
|materialized views|object databases|deductive databases|access control|parallel joins|high dimensional data
|multimedia retrieval|temporal databases|active rules|distributed storage|cost models|load shedding|graph matching
|record linkage|information extraction|peer-to-peer systems|mobile clients|bitmap indexes|main memory databases
|nearest neighbor queries|top-k ranking|selectivity estimation|data warehouses|OLAP cubes|text classification""".replace(
    "\n", ""
).split("|")
_MANNERS = """efficient|scalable|adaptive|incremental|robust|optimal|fast|practical|declarative|automatic|interactive
|cost-based|probabilistic|online|self-tuning|fault-tolerant|secure|lightweight|unified|dynamic""".replace("\n", "").split(
    "|"
)
_FORMS = (
    "{0} {1} for {2}", "{0} {1}", "On {0} {1} in {2}", "{1} and {2}: a {0} approach", "A {0} algorithm for {1}",
    "Towards {0} {1} over {2}", "{3}: {0} {1} with {2}", "The {3} system for {1}", "A survey of {1} and {2}",
    "{0} {1} using {2}", "An evaluation of {0} {1}", "Supporting {1} in {2}", "Answering questions about {1} with {2}",
)  # fmt: skip
_VENUES = (
    ("SIGMOD Conference", "International Conference on Management of Data"),
    ("VLDB", "Very Large Data Bases"),
    ("SIGMOD Record", "ACM SIGMOD Record"),
    ("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)"),
    ("VLDB J.", "The VLDB Journal - The International Journal on Very Large Data Bases"),
)
_NAMES = by_rank(_VENUES, 0.5)
_ROLES = {"title": "title", "authors": "people", "venue": "venue", "year": "year"}
_SYLLABLES = ("ar", "tel", "no", "va", "qu", "ix", "or", "ba", "del", "mi", "ra", "stor", "tri", "zen", "lo", "ka")
Paper = tuple[str, list[tuple[str, str]], tuple[str, str], int]


def papers(count: int, seed: int = 1) -> Exam:
    """Return about ``count`` records on each side, some 85 % of the right ones with their like on the left."""
    dice = random.Random(seed)
    rows: list[tuple[str, str, tuple[str, ...], int]] = []
    entity = 0
    while len(rows) < 2 * count:
        for paper in _works(dice):
            if dice.random() < 0.92:
                rows.append(("l", f"l{len(rows)}", _left(paper), entity))
            if dice.random() < 0.85:
                rows.append(("r", f"r{len(rows)}", _right(dice, paper), entity))
            entity += 1
    order = np.random.default_rng(seed).permutation(len(rows))
    shuffled = [rows[row] for row in order]
    columns = list(zip(*(row[2] for row in shuffled), strict=True))
    table = pa.table(
        {
            "record_key": [row[1] for row in shuffled],
            "side": [row[0] for row in shuffled],
            **{name: pa.array(column, pa.string()) for name, column in zip(_ROLES, columns, strict=True)},
        }
    )
    return Exam(f"papers {count:,} x 2, seed {seed}", "paper", table, np.array([row[3] for row in shuffled]), _ROLES)


def _one(dice: random.Random, values):  # noqa: ANN001, ANN202 - a draw of whatever the list holds
    return values[int(dice.random() * len(values))]


def _works(dice: random.Random) -> list[Paper]:
    """Return one paper, or with it its journal version or its second part."""
    name = "".join(_one(dice, _SYLLABLES) for _ in range(2)).upper()
    title = _one(dice, _FORMS).format(_one(dice, _MANNERS), _one(dice, _TOPICS), _one(dice, _TOPICS), name)
    title = title[0].upper() + title[1:]
    sexes = [MEN["US"] if dice.random() < 0.6 else WOMEN["US"] for _ in range(1 + int(dice.random() * 4))]
    authors = [(_one(dice, sex), _one(dice, FAMILIES["US"])) for sex in sexes]
    venue, year = _one(dice, _NAMES), 1994 + int(dice.random() * 10)
    works = [(title, authors, venue, year)]
    kind = dice.random()
    if kind < 0.04:
        works.append((title, authors, _one(dice, _VENUES[3:]), year + 1 + int(dice.random() * 2)))
    elif kind < 0.06:
        works.append((f"{title}, Part II", authors, venue, year + 1))
    elif kind < 0.08:
        # A column of every issue: one title, other authors.
        works = [("Editorial", [author], _VENUES[2], 1994 + int(dice.random() * 10)) for author in authors[:1]]
    return works


def _left(paper: Paper) -> tuple[str, ...]:
    title, authors, venue, year = paper
    return title, ", ".join(f"{given} {family}" for given, family in authors), venue[0], str(year)


def _right(dice: random.Random, paper: Paper) -> tuple[str, ...]:
    title, authors, venue, year = paper
    way = dice.random()
    if way < 0.1:
        title = miswritten(dice, title)
    elif way < 0.16 and ": " in title:
        title = title.split(": ")[1]
    elif way < 0.25:
        title = title.replace(" and ", " & ").replace("-", " ")
    elif way < 0.3:
        title = f"{title} (extended abstract)"
    names = [f"{given[0]}. {family}" if way > 0.8 else f"{given} {family}" for given, family in authors]
    if way < 0.05:
        names.reverse()
    elif 0.3 < way < 0.36:
        names = [*names[:1], *(["et al."] if len(names) > 1 else [])]
    return title, ", ".join(names), venue[dice.random() < 0.85], str(year)
