"""How much speaks for each meaning of each column of a table, header and values weighed together.

Weights are natural logarithms; only their differences count. A header's part is the best sign that it holds, less what the
header says beyond that sign ("tax" in "tax amount" is no small thing left over). The values' part is how much more often
they look like the meaning than values of any column do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from toolkit.discovery import discovered
from toolkit.interpret.entity_kind import EntityKind
from toolkit.interpret.header_words import HeaderWords, Word
from toolkit.interpret.interpretation import NONE
from toolkit.interpret.observed import Observed
from toolkit.interpret.semantic_type import SemanticType

_HEADS = frozenset(
    {
        "date", "time", "day", "month", "year", "amount", "number", "id", "code", "name", "type", "category", "status",
        "stage", "email", "phone", "mobile", "fax", "website", "address", "street", "city", "region", "state", "postcode",
        "country", "rate", "percent", "quantity", "price", "currency", "balance", "description", "note", "count", "hours",
        "duration", "discount", "fee", "cost", "probability", "score", "link", "image", "file", "language", "consent",
        "salutation", "gender", "job_title", "birth", "age", "reference", "subject", "tax_rate", "tax_code", "iban", "bic",
        "coordinates", "unit", "size", "method", "terms", "zone", "title", "label", "priority", "position", "given_name",
        "family_name", "company", "purpose", "tax_id", "company_number", "limit",
    }
)  # fmt: skip
"""Notions that say what kind of value stands there: none of them may be left over."""
_TURNS = frozenset(
    {
        "due", "planned", "created", "updated", "closed", "resolved", "started", "ended", "completed", "paid", "posted",
        "value_date", "valid", "delivered", "ordered", "cancelled", "last", "next", "first", "activity", "hired", "left",
        "net", "gross", "outstanding", "opening", "refund", "tip", "shipping", "exchange", "margin", "budget", "without",
        "old", "not", "sender", "recipient", "author", "parent", "contra", "bank", "original", "secondary", "tax", "opened",
        "issued", "received", "sent", "debit", "credit", "subtotal", "salary", "hours", "leave", "stock", "birth", "age",
        "internal", "count",
    }
)  # fmt: skip
"""Notions that turn a column into another one."""
_LIGHT = frozenset(
    {
        "with", "to", "by", "per", "our", "your", "new", "primary", "billing", "home", "work", "text", "total", "amount",
        "transaction", "document", "line", "own", "day", "time", "name", "number",
    }
)  # fmt: skip
_LEFT_OVER = {"head": 3.6, "turn": 2.6, "plain": 1.1, "own": 0.25, "light": 0.6, "unknown": 0.7, "unknown_of_name": 1.8}
_GENERIC = frozenset(
    {
        "name", "number", "id", "code", "type", "date", "amount", "total", "description", "status", "category",
    }
)  # fmt: skip
"""A word that nobody knows changes these most: "Device name"."""
_ASIDE = 0.5
"""What stands in brackets counts half."""
_FLOOR = -3.0
_FLOOR_OF_NONE = -1.5
_NONE_LEFT_OVER = 1.6
"""What is left over speaks more against a column that says nothing than against any meaning."""
_NO_HEADER = 0.0
_OF_READINGS = (0.0, 1.4)
"""What a header's first and second reading cost: a phrase that a language knows is rather that than its words."""

_USUAL = {
    "email": 0.04, "url": 0.02, "domain": 0.03, "phone": 0.12, "iban": 0.02, "uuid": 0.01, "tax_id": 0.15, "postcode": 0.12,
    "date": 0.14, "serial_date": 0.03, "time": 0.03, "duration": 0.03, "percent": 0.03, "currency": 0.1, "number": 0.35,
    "amount": 0.35, "whole_number": 0.25, "id_code": 0.5, "words": 0.45, "free_text": 0.3, "flag": 0.06, "street": 0.1,
    "person_name": 0.12, "company_name": 0.12, "given_name": 0.06, "family_name": 0.06, "city": 0.08, "country": 0.05,
    "region": 0.05, "whole_address": 0.05, "sku": 0.2, "gl_code": 0.2, "status_word": 0.08,
}  # fmt: skip
"""How often values of any column look like it."""
_SMOOTH = 0.04
_MISFIT = 1.6
_FIT = 0.8
"""A header whose values do not fit is doubted more than one whose values fit is believed."""
_COUNTED = {"number": -3.0, "code": -3.0, "record_id": -0.3, "line_no": 2.0}
"""1, 2, 3 … down the rows counts them; it names nothing, unless the header says that it is the id."""
TIED = 3.0
"""How much an equation that holds between amounts speaks for what its columns are in it."""
_MANY = 10
_CONSTANT = -3.5
_NEVER_CONSTANT = frozenset(
    {
        "name", "party_name", "company_name", "given_name", "family_name", "contact_name", "department", "street", "city",
        "reference", "kind", "email", "phone", "description", "note", "party_account", "party_ref",
    }
)  # fmt: skip
"""One value in every row says whose file it is, not who the rows are about."""
_AGAINST = 1.2
"""Weight of values that look like what a meaning is not."""


@dataclass(frozen=True, slots=True)
class ColumnScore:
    """What speaks for one meaning: the header's part, the values' part and how common it is.

    ``sign`` is the best sign that the header holds, ``left_over`` what the header says beyond it.
    """

    meaning: str
    header: float
    values: float
    common: float
    sign: str
    left_over: float

    @property
    def whole(self) -> float:
        """All of it, without what the entity adds."""
        return self.header + self.values + self.common


@cache
def semantic_types() -> tuple[SemanticType, ...]:
    """Return every semantic type that has a file."""
    found = discovered("toolkit.interpret.types", "TYPE").values()
    return tuple(one for one in found if isinstance(one, SemanticType))


@cache
def entity_kinds() -> tuple[EntityKind, ...]:
    """Return every entity that has a file."""
    found = discovered("toolkit.interpret.entities", "ENTITY").values()
    return tuple(one for one in found if isinstance(one, EntityKind))


@dataclass(frozen=True, slots=True)
class TableEvidence:
    """What speaks for every meaning of every column, before an entity is chosen.

    ``values`` and ``common`` are weights by column and type, in the order of ``semantic_types``. ``near`` are the notions
    that signs ask for in other headers, as far as this table has them there.
    """

    headers: tuple[HeaderWords, ...]
    columns: tuple[Observed, ...]
    values: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    common: np.ndarray[tuple[int], np.dtype[np.float64]]
    near: tuple[frozenset[str], ...]

    def header_parts(self, entity: EntityKind) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Return the headers' weights by column and type, were the table a list of ``entity``."""
        nouns = frozenset(entity.nouns)
        rows = [
            _header_weights(words, nouns & words.concepts, near) for words, near in zip(self.headers, self.near, strict=True)
        ]
        alike = {id(row): row for row in rows}
        places = {key: place for place, key in enumerate(alike)}
        weights = np.array(list(alike.values())).reshape(len(alike), len(semantic_types()))
        return weights[[places[id(row)] for row in rows]]

    def weights(self, entity: EntityKind) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Return all weights by column and type, were the table a list of ``entity``."""
        return self.header_parts(entity) + self.values + self.common + _allowed(entity)

    def score(self, place: int, meaning: str, entity: EntityKind) -> ColumnScore:
        """Return what speaks for one meaning of one column.

        Parameters
        ----------
        place
            Of the column, from 0.
        meaning
            One of the semantic types' meanings.
        entity
            What the table is taken to list: its own nouns in a header ("order" in a list of orders) cost nothing.
        """
        kinds = semantic_types()
        at = next(index for index, kind in enumerate(kinds) if kind.meaning == meaning)
        words = self.headers[place]
        header, sign, lost = header_weight(kinds[at], words, frozenset(entity.nouns) & words.concepts, self.near[place])
        return ColumnScore(meaning, header, float(self.values[place, at]), float(self.common[at]), sign, lost)


def table_evidence(
    headers: Sequence[HeaderWords], columns: Sequence[Observed], *, tied: Sequence[tuple[int, str]] = ()
) -> TableEvidence:
    """Return what speaks for each meaning of each column.

    Parameters
    ----------
    headers, columns
        Words of the headers, and what the values look like.
    tied
        Places of columns with the meanings that equations between amounts give them (``ties``).
    """
    kinds = semantic_types()
    counts: dict[str, int] = {}
    for words in headers:
        for concept in words.concepts:
            counts[concept] = counts.get(concept, 0) + 1
    asked = [(one, counts[one]) for one in _asked() if one in counts]
    near = tuple(frozenset(one for one, count in asked if count > (one in words.concepts)) for words in headers)
    values = values_weights(columns)
    for place, meaning in tied:
        values[place, [kind.meaning for kind in kinds].index(meaning)] += TIED
    return TableEvidence(tuple(headers), tuple(columns), values, np.array([kind.common for kind in kinds]), near)


@cache
def _allowed(entity: EntityKind) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([entity.allows(kind.meaning) for kind in semantic_types()])


@cache
def _asked() -> frozenset[str]:
    return frozenset(one for kind in semantic_types() for _, there, _ in kind.parsed for one in there)


@cache
def _signs_by_concept() -> Mapping[str, tuple[tuple[int, frozenset[str], frozenset[str], float], ...]]:
    """Return every sign under one of its notions: a header needs to be held to those of its own notions only."""
    found: dict[str, list[tuple[int, frozenset[str], frozenset[str], float]]] = {}
    for place, kind in enumerate(semantic_types()):
        for here, there, weight in kind.parsed:
            found.setdefault(min(here, key=lambda one: (one == "own", one)), []).append((place, here, there, weight))
    return {concept: tuple(signs) for concept, signs in found.items()}


@lru_cache(maxsize=65536)
def _header_weights(words: HeaderWords, own: frozenset[str], near: frozenset[str]) -> tuple[float, ...]:
    kinds = semantic_types()
    if not words.concepts:
        return (_NO_HEADER,) * len(kinds)
    best = [_FLOOR_OF_NONE if kind.meaning == NONE else _FLOOR for kind in kinds]
    by_concept = _signs_by_concept()
    for penalty, reading in zip(_OF_READINGS, words.readings, strict=False):
        mine = _named(reading, own)
        for concept in mine:
            for place, here, there, weight in by_concept.get(concept, ()):
                if weight > best[place] and here <= mine and there <= near:
                    lost = _left_over(reading, here, own) * (_NONE_LEFT_OVER if kinds[place].meaning == NONE else 1.0)
                    best[place] = max(best[place], weight - lost - penalty)
    return tuple(best)


def header_weight(
    kind: SemanticType, words: HeaderWords, own: frozenset[str], near: frozenset[str]
) -> tuple[float, str, float]:
    """Return the weight of the best sign of a type that a header holds, that sign, and what is left over.

    Parameters
    ----------
    kind
        The meaning that is weighed.
    words
        The header.
    own
        Nouns of the table's entity that the header names.
    near
        Notions of the other headers.
    """
    if not words.concepts:
        return _NO_HEADER, "", 0.0
    is_none = kind.meaning == NONE
    best, best_sign, best_lost = (_FLOOR_OF_NONE if is_none else _FLOOR), "", 0.0
    for penalty, reading in zip(_OF_READINGS, words.readings, strict=False):
        mine = _named(reading, own)
        for here, there, weight in kind.parsed:
            if here <= mine and there <= near:
                lost = _left_over(reading, here, own) * (_NONE_LEFT_OVER if is_none else 1.0)
                if weight - penalty - lost > best:
                    best, best_sign, best_lost = weight - penalty - lost, " ".join(sorted(here)), lost + penalty
    return best, best_sign, best_lost


def _named(reading: Sequence[Word], own: frozenset[str]) -> frozenset[str]:
    concepts = frozenset(concept for word in reading for concept in word.concepts)
    return concepts | {"own"} if concepts & own else concepts


def _left_over(words: Sequence[Word], sign: frozenset[str], own: frozenset[str]) -> float:
    lost = 0.0
    for word in words:
        if word.concepts & sign or ("own" in sign and word.concepts & own):
            continue
        left = _left_kind(word.concepts, own)
        if left != "own" and sign <= _GENERIC and word.concepts & _nouns():
            left = "turn"
        part = _LEFT_OVER["unknown_of_name" if left == "unknown" and sign <= _GENERIC else left]
        lost += part * _ASIDE if word.is_aside else part
    return lost


@cache
def _nouns() -> frozenset[str]:
    """Return the nouns of all entities: "order number" is no number of an invoice."""
    return frozenset(noun for kind in entity_kinds() for noun in kind.nouns) - {"entry", "document", "party", "line"}


@lru_cache(maxsize=4096)
def _left_kind(concepts: frozenset[str], own: frozenset[str]) -> str:
    if not concepts:
        return "unknown"
    if concepts & own:
        return "own"
    if concepts & _HEADS and not concepts & _LIGHT:
        return "head"
    if concepts & _TURNS:
        return "turn"
    return "light" if concepts & _LIGHT else "plain"


def values_weights(columns: Sequence[Observed]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return how much the values of each column speak for each type, in the order of ``semantic_types``."""
    kinds = semantic_types()
    shares = {look: np.array([seen.share(look) for seen in columns]) for look in _asked_looks()}
    fits = {look: _look_weights(look, shares[look]) for kind in kinds for look in kind.looks}
    facts = _Facts.of(columns)
    result = np.empty((len(columns), len(kinds)))
    for place, kind in enumerate(kinds):
        weight = np.max([fits[look] for look in kind.looks], axis=0) if kind.looks else np.zeros(len(columns))
        if kind.unlike:
            against = np.max([shares[look] for look in kind.unlike], axis=0)
            weight = weight + _AGAINST * np.log((1 - against + 0.03) / 1.03)
        weight = weight + _repetition_weights(kind, facts)
        if kind.meaning in _NEVER_CONSTANT:
            weight = weight + np.where(facts.is_constant & (facts.filled >= _MANY), _CONSTANT, 0.0)
        result[:, place] = np.where(facts.has_values, np.clip(weight, -6.0, 3.0), 0.0 if kind.meaning == NONE else -1.0)
    return result


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of all columns, one place a column."""

    filled: np.ndarray[tuple[int], np.dtype[np.int64]]
    distinct: np.ndarray[tuple[int], np.dtype[np.int64]]
    distinct_share: np.ndarray[tuple[int], np.dtype[np.float64]]
    is_counter: np.ndarray[tuple[int], np.dtype[np.bool_]]
    is_constant: np.ndarray[tuple[int], np.dtype[np.bool_]]
    has_values: np.ndarray[tuple[int], np.dtype[np.bool_]]

    @classmethod
    def of(cls, columns: Sequence[Observed]) -> "_Facts":
        return cls(
            np.array([seen.filled for seen in columns], np.int64),
            np.array([seen.distinct for seen in columns], np.int64),
            np.array([seen.distinct_share for seen in columns], np.float64),
            np.array([seen.is_counter for seen in columns], np.bool_),
            np.array([seen.is_constant for seen in columns], np.bool_),
            np.array([bool(seen.values) for seen in columns], np.bool_),
        )


@cache
def _asked_looks() -> tuple[str, ...]:
    return tuple(sorted({look for kind in semantic_types() for look in (*kind.looks, *kind.unlike)}))


def _look_weights(
    look: str, share: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    usual = _USUAL.get(look, 0.2)
    ratio = np.log((share + _SMOOTH) / (usual + _SMOOTH))
    return np.where(share < usual, _MISFIT, _FIT) * ratio


def _repetition_weights(kind: SemanticType, facts: _Facts) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    weight = np.zeros(len(facts.filled))
    share = facts.distinct_share
    if kind.is_distinct:
        weight = np.select([share > 0.95, share > 0.4], [0.3, -0.5], -2.0)
    elif kind.is_few:
        weight = np.select([facts.distinct <= 12, share > 0.6, share > 0.2], [0.5, -2.5, -1.2], 0.0)
    if kind.meaning in _COUNTED:
        weight = np.where(facts.is_counter, _COUNTED[kind.meaning], weight)
    return np.where(facts.filled < 5, 0.0, weight)
