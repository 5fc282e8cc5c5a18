"""Invented words of each language, from ``names.json``: people, firms, places, goods, and what stands on a bank statement.

Every combination is made up. Telephone numbers use ranges that regulators keep for fiction where there are such ranges.
In the shapes # is a digit; Z and X are letters as they stand.
"""

import json
from dataclasses import dataclass
from pathlib import Path

_ALL = json.loads((Path(__file__).parent / "names.json").read_text(encoding="utf-8"))

COMPANY_SUFFIX: dict[str, str] = _ALL["company_suffix"]
POSTCODE: dict[str, str] = _ALL["postcode"]
PHONE: dict[str, str] = _ALL["phone"]
TAX_ID: dict[str, str] = _ALL["tax_id"]
COUNTRY: dict[str, str] = _ALL["country"]
REGION: dict[str, list[str]] = _ALL["region"]
BANK_PART: dict[str, str] = _ALL["bank_part"]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; ``street`` has ``{w}`` for a word and ``{n}`` for a house number.

    ``bank`` has ``{c}`` for a company, ``{p}`` for a person and ``{n}`` for a number.
    """

    given: list[str]
    family: list[str]
    firm: list[str]
    trade: list[str]
    town: list[str]
    street: list[str]
    goods: list[str]
    work: list[str]
    note: list[str]
    bank: list[str]


def words_of(language: str) -> Words:
    """Return the words of a language, English where there are none."""
    known = _ALL["words"]
    return Words(**known.get(_ALL["same_words"].get(language, language), known["en"]))
