"""Names, towns and words that generated parties are made of, drawn with the skew they have in the world.

Source: given and family names with their share of the population, US Census Bureau, "Frequently Occurring Surnames
and First Names from the 1990 Census" (public domain), the first 1,000 and 260 of each sex. US towns with population
from GeoNames (CC BY 4.0), postcodes and dialling codes from the US Postal Service; towns of GB and DE from public
registers. British and German names: the most frequent ones of public rankings.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import TypeVar

_FOLDER = Path(__file__).resolve().parents[1] / "vocabulary"
_DRAW_COUNT = 8192
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Town:
    """A town with what its addresses and phone numbers begin with."""

    country: str
    name: str
    region: str
    region_name: str
    postcodes: tuple[str, ...]
    dial_codes: tuple[str, ...]


def drawn(values: Sequence[T], weights: Sequence[float], count: int = _DRAW_COUNT) -> list[T]:
    """Return ``count`` values, each as often as its weight asks: one index into it is one draw."""
    total = sum(weights)
    result: list[T] = []
    due = 0.0
    for value, weight in zip(values, weights, strict=True):
        due += count * weight / total
        result.extend(repeat(value, round(due) - len(result)))
    return result


def by_rank(values: Sequence[T], exponent: float = 0.8) -> list[T]:
    """Return draws in which the n-th value has the weight n ** -exponent, as words of a language do."""
    return drawn(values, [(rank + 1) ** -exponent for rank in range(len(values))])


def _sections() -> dict[str, list[str]]:
    """Return the lists of ``words.txt``: a heading with a colon, then its values, most frequent first."""
    sections: dict[str, list[str]] = {}
    text = ""
    heading = ""
    for line in (_FOLDER / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            text += line.strip()
            sections[heading] = [value for value in text.split("|") if value]
        else:
            heading, text = line.removesuffix(":"), ""
    return sections


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _towns(country: str) -> list[Town]:
    rows = [row for row in _rows("towns.tsv") if row["country"] == country]
    towns = [
        Town(
            country,
            row["town"],
            row["region"],
            row["region_name"],
            tuple(row["postcodes"].split()),
            tuple(row["dial_codes"].split()),
        )
        for row in rows
    ]
    return drawn(towns, [int(row["population"]) ** 0.8 for row in rows])


def _given(sex: str) -> list[str]:
    rows = [row for row in _rows("given_names.tsv") if row["sex"] == sex]
    return drawn([row["name"] for row in rows], [float(row["share_percent"]) for row in rows])


_FAMILY = _rows("family_names.tsv")

WORDS = _sections()
TOWNS = {country: _towns(country) for country in ("US", "GB", "DE")}
MEN = {"US": _given("m"), "GB": by_rank(WORDS["men_GB"], 0.6), "DE": by_rank(WORDS["men_DE"], 0.6)}
WOMEN = {"US": _given("f"), "GB": by_rank(WORDS["women_GB"], 0.6), "DE": by_rank(WORDS["women_DE"], 0.6)}
FAMILIES = {
    "US": drawn([row["name"] for row in _FAMILY], [float(row["share_percent"]) for row in _FAMILY]),
    "GB": by_rank(WORDS["families_GB"], 0.6),
    "DE": by_rank(WORDS["families_DE"], 0.6),
}
NICKNAMES = dict(pair.split("=") for pair in WORDS["nicknames"])
SHORT_WORDS = dict(pair.split("=") for pair in WORDS["short_words"])
HEAD_WORDS = by_rank(WORDS["head_words"], 0.7)
TRADES = by_rank(WORDS["trades"], 0.6)
ENDINGS = by_rank(WORDS["endings"])
STREETS = {country: by_rank(WORDS[f"streets_{country}"], 0.6) for country in TOWNS}
STREET_KINDS = {country: by_rank(WORDS[f"street_kinds_{country}"], 1.0) for country in TOWNS}
FREE_HOSTS = {country: by_rank(WORDS[f"free_hosts_{country}"], 1.0) for country in TOWNS}
