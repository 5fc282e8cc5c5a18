"""What a comparison is: graded agreement on one fact, with what is believed of it before any data is seen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.match.hashing import Hashes

Ints = npt.NDArray[np.int64]
Levels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Columns = Mapping[str, pa.StringArray]
"""Kind of column to its cells, one per record; null is missing. All have the same length."""
Facet = Literal["name", "title", "place", "contact", "web", "identity", "birth", "variant", "attribute"]

MISSING = 0
"""The level of a pair of which at least one side has no value: no evidence either way."""

CLASSES = ("match", "related by place", "related by name", "unrelated")
"""A pair is one party, neighbours (sister company, household), namesakes (branch, franchise), or unrelated."""


class Keys(NamedTuple):
    """Blocking keys in two columns: the hash of a key, and the position of the value that has it; several per value."""

    key: Hashes
    value: Ints


@dataclass(frozen=True, slots=True)
class WordCounts:
    """In how many distinct values of ``total`` each word occurs: word hashes in order, and their counts."""

    word: Hashes
    count: Ints
    total: int


def no_chances(prepared: object) -> None:
    """Return None: the values of this fact have no parts."""


def no_word_counts(prepared: object) -> None:
    """Return None: the words of this fact do not count."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Graded agreement on one fact.

    Attributes
    ----------
    name
        What is compared, in a client's words.
    reads
        Kinds of column it needs any of, e.g. ``("street", "city")``.
    facet
        What the fact tells about: ``name``, ``place``, ``contact`` (telephone), ``web`` (mailbox, site), ``identity``,
        ``birth`` (twins share it), ``title`` (what a thing is called), ``variant`` (which of several things of one title) or
        ``attribute``. Namesakes share the name and perhaps the site, neighbours the place, the contact and perhaps the
        site; variants of a thing share its title.
    levels
        Grades in words, worst first; level 1 is ``levels[0]`` and 0 is missing. The last one is full agreement.
    m, by_place, by_name, u
        Share of each grade among matches, neighbours, namesakes and unrelated pairs, before any data is seen.
    standardised
        Columns by kind to one comparable text per record; null is missing.
    prepared
        Distinct standardised texts, in order and without null, to whatever the three functions below work on: arrays, made
        once. A second argument gives, by hash of a word, in how many distinct texts it occurs, where a saved model
        knows it; None counts the words of the texts themselves.
    graded
        Prepared texts, and positions of the left and right ones, to levels; only for pairs of two values.
    narrow, broad
        Blocking keys of every value: those that suffice alone, and those that need another fact's broad key beside them.
    word_counts
        Prepared texts to the counts of their words, kept with a saved model so that a word stays as rare as it was; None
        where words do not count.
    chances
        Prepared texts to the share of records that would have each of them, did its parts (words, given and family name)
        come together by chance; None where a value has no parts. A value that is rare by its parts is rare, though all the
        records of one party have it.
    chances_by_others
        The same, as told by the other texts alone that have these parts.
    reads_beside
        Kinds of column that it reads too where it has any of ``reads``; by themselves they may speak of any thing.
    is_per_column
        Whether several columns of its kind are compared one by one, instead of together as one fact.
    fills_in_for
        The fact beside which it says something only where that one is silent; empty for a fact of its own.
    found_from
        Level from which on its narrow keys find nearly every pair, so that what is no candidate is no such pair; None for
        none.
    most_against, most_for
        Bits that it may say against a match at most, and those that each of its levels may say for one, before rare values
        say more; None for any. What is weak stays weak, whatever the table seems to teach.
    """

    name: str
    reads: tuple[str, ...]
    facet: Facet
    levels: tuple[str, ...]
    m: tuple[float, ...]
    by_place: tuple[float, ...]
    by_name: tuple[float, ...]
    u: tuple[float, ...]
    standardised: Callable[[Columns], pa.StringArray]
    prepared: Callable[[pa.StringArray, WordCounts | None], Any]
    graded: Callable[[Any, Ints, Ints], Levels]
    narrow: Callable[[Any], Keys]
    broad: Callable[[Any], Keys]
    word_counts: Callable[[Any], WordCounts | None] = no_word_counts
    chances: Callable[[Any], Floats | None] = no_chances
    chances_by_others: Callable[[Any], Floats | None] = no_chances
    reads_beside: tuple[str, ...] = ()
    is_per_column: bool = False
    fills_in_for: str = ""
    found_from: int | None = None
    most_against: float | None = None
    most_for: tuple[float, ...] | None = None

    def priors(self) -> Floats:
        """Return the four distributions over levels, one row per class in the order of ``CLASSES``."""
        table = np.array([self.m, self.by_place, self.by_name, self.u], dtype=np.float64)
        return np.asarray(table / table.sum(axis=1, keepdims=True), dtype=np.float64)


def no_keys(prepared: object) -> Keys:  # noqa: ARG001 - a comparison's keys are made from what it prepared
    """Return no blocking key for any value: the fact is too common to find anybody by."""
    return Keys(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64))


def joined_keys(*keys: Keys) -> Keys:
    """Return the keys of several sorts in one."""
    return Keys(np.concatenate([one.key for one in keys]), np.concatenate([one.value for one in keys]))


def keys_where(key: Hashes, has: npt.NDArray[np.bool_]) -> Keys:
    """Return one key for each value that ``has`` it."""
    return Keys(key[has], np.flatnonzero(has))
