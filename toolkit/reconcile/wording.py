"""Words that two documents share, weighed by how rare they are in the target: titles against titles, names against names."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.values import company_name, text

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

_MOST_BITS = 9.0
_MAX_SHARERS = 40
_WORTH_WEIGHING_BITS = 10.0
_TELLING_BITS = 5.0
_MIN_START = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of both sides' documents: party names, and titles without the party's own words."""

    names_l: list[frozenset[str]]
    names_r: list[frozenset[str]]
    titles_l: list[frozenset[str]]
    titles_r: list[frozenset[str]]
    everything_r: list[frozenset[str]]
    bits_of: dict[str, float]
    acronyms_l: list[str]
    acronyms_r: list[str]

    def text_bits(self, rows_l: Integers, rows_r: Integers) -> Numbers:
        """Return what shared title words are worth; slightly against where both say something and share nothing."""
        result = np.zeros(len(rows_l))
        for index, (one, other) in enumerate(zip(rows_l.tolist(), rows_r.tolist(), strict=True)):
            left, right = self.titles_l[one], self.titles_r[other]
            if not left or not right:
                continue
            shared = sum(self.bits_of[word] for word in left & right)
            whole = max(min(self._weight(left), self._weight(right)), 1e-9)
            share = shared / whole
            if share >= 0.5:
                result[index] = min(shared * share, _MOST_BITS)
            elif share < 0.1 and max(self.bits_of[word] for word in right) >= _TELLING_BITS:
                result[index] = -1.0
        return result

    def name_bits(self, rows_l: Integers, rows_r: Integers) -> Numbers:
        """Return what it is worth that the source's party is named in the target's document."""
        result = np.zeros(len(rows_l))
        for index, (one, other) in enumerate(zip(rows_l.tolist(), rows_r.tolist(), strict=True)):
            name = self.names_l[one]
            if not name:
                continue
            shared = self._shared(name, self.everything_r[other])
            share = min(shared / max(self._weight(name), 1e-9), 1.0)
            if share >= 0.4:
                result[index] = 0.9 * share * min(shared, _MOST_BITS)
        return result

    def named_share(self, row_l: int, row_r: int) -> float | None:
        """Return how much of the source's party name is in the target's party name; null where either has none."""
        name, other = self.names_l[row_l], self.names_r[row_r]
        if not name or not other:
            return None
        if self.acronyms_l[row_l] in other or self.acronyms_r[row_r] in name:
            return 1.0
        return min(self._shared(name, other) / max(self._weight(name), 1e-9), 1.0)

    def _shared(self, name: frozenset[str], words: frozenset[str]) -> float:
        return sum(self._named(word, words) for word in name)

    def _named(self, word: str, words: frozenset[str]) -> float:
        """Return what a word of a name is worth among other words; a bank cuts names, so a long beginning counts."""
        if word in words:
            return self.bits_of[word]
        starts = (self.bits_of[one] for one in words if len(one) >= _MIN_START and word.startswith(one))
        return max(starts, default=0.0)

    @property
    def rare_pairs(self) -> tuple[Integers, Integers]:
        """Rows on both sides whose words alone make them worth weighing, without account or amount."""
        holders: dict[str, list[int]] = defaultdict(list)
        for row, words in enumerate(self.everything_r):
            for word in words:
                holders[word].append(row)
        rows_l: list[int] = []
        rows_r: list[int] = []
        for row, (name, title) in enumerate(zip(self.names_l, self.titles_l, strict=True)):
            together: dict[int, float] = defaultdict(float)
            for word in name | title:
                sharers = holders.get(word, ())
                if len(sharers) <= _MAX_SHARERS:
                    for other in sharers:
                        together[other] += self.bits_of[word]
            near = [other for other, bits in together.items() if bits >= _WORTH_WEIGHING_BITS]
            rows_l += [row] * len(near)
            rows_r += near
        return np.array(rows_l, dtype=np.int64), np.array(rows_r, dtype=np.int64)

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self.bits_of.get(word, _MOST_BITS) for word in words)


def wording(left: pa.Table, right: pa.Table) -> Wording:
    """Return the words of two sides' documents, each weighed by its rarity in the target."""
    names_l, names_r = _names(left), _names(right)
    titles_l, titles_r = _titles(left), _titles(right)
    everything_r = [name | title for name, title in zip(names_r, titles_r, strict=True)]
    counts = Counter(word for words in everything_r for word in words)
    bits_of = {word: float(np.log2(max(right.num_rows, 2) / count)) for word, count in counts.items()}
    return Wording(
        names_l, names_r,
        [title - name for title, name in zip(titles_l, names_l, strict=True)],
        [title - name for title, name in zip(titles_r, names_r, strict=True)],
        everything_r, bits_of, _acronyms(left), _acronyms(right),
    )  # fmt: skip


def _names(table: pa.Table) -> list[frozenset[str]]:
    names = company_name.standardised(table["party_name"].combine_chunks()).to_pylist()
    return [frozenset(name.replace("|", " ").split()) if name else frozenset() for name in names]


def _acronyms(table: pa.Table) -> list[str]:
    """Return the first letters of each party's name; empty for a name of fewer than three words."""
    names = company_name.standardised(table["party_name"].combine_chunks()).to_pylist()
    return [company_name.acronym(name.split("|")[0].split()) if name else "" for name in names]


def _titles(table: pa.Table) -> list[frozenset[str]]:
    titles = [_words(table["name"].to_pylist()), _words(table["description"].to_pylist())]
    return [name | description for name, description in zip(*titles, strict=True)]


def _words(values: Sequence[str | None]) -> list[frozenset[str]]:
    # Numbers are weighed where they are quoted; counted here they would speak twice.
    found = text.standardised(pa.array(values, pa.string())).to_pylist()
    return [
        frozenset(word for word in one.split() if len(word) > 1 and not word.isdigit()) if one else frozenset()
        for one in found
    ]
