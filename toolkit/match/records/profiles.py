"""Records as they are compared: each fact standardised, records that say exactly the same collapsed into one profile.

One name with six hundred records is one profile: it is blocked, compared and scored once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.cores import results
from toolkit.errors import InputError
from toolkit.match.comparison import Comparison, Ints, WordCounts
from toolkit.match.comparisons import all_comparisons
from toolkit.match.hashing import Hashes, mixed, text_hashes
from toolkit.match.records.columns import (
    COMPANY,
    PERSON,
    columns_by_kind,
    compared_columns,
    first_filled,
    record_kinds,
    with_names_in_place,
    with_phones_joined,
)
from toolkit.match.records.filler_values import filler_hashes, without_fillers
from toolkit.match.records.party_kind import NO_NAMES, KnownNames, known_names, told_kinds
from toolkit.values import phone
from toolkit.values.remembered import remembering
from toolkit.values.text import in_parts


@dataclass(frozen=True, slots=True)
class Fact:
    """One comparison over this table: distinct standardised ``values``, and their position per profile (-1: missing).

    ``label`` tells apart two columns of one kind ("phone: fax"). ``hashes`` are those of the values, ``prepared`` what the
    comparison made of them.
    """

    comparison: Comparison
    label: str
    values: pa.StringArray
    codes: Ints
    hashes: Hashes
    prepared: Any


@dataclass(frozen=True, slots=True)
class Profiles:
    """Distinct records.

    ``profile_of`` gives the profile of each record, ``kinds`` company, person or unknown per profile, ``systems`` the system
    of each record as a position in ``system_names``, ``fingerprints`` what each profile says as one hash, ``names`` those of
    companies and persons by which kinds were told, ``fillers`` hashes of values that were taken for missing. Records are in
    the order of their keys and profiles in that of what they say, so that neither the order of rows nor the name of a
    system changes anything: what is drawn at random, and which of two equal choices is taken, follows from the content.
    """

    facts: tuple[Fact, ...]
    profile_of: Ints
    kinds: Ints
    systems: Ints
    system_names: tuple[str, ...]
    record_keys: pa.StringArray
    fingerprints: Hashes
    names: KnownNames
    fillers: Hashes

    @property
    def count(self) -> int:
        """Number of profiles."""
        return len(self.kinds)

    @property
    def first_records(self) -> Ints:
        """Position of the first record of each profile."""
        first = np.zeros(self.count, dtype=np.int64)
        first[self.profile_of[::-1]] = np.arange(len(self.profile_of))[::-1]
        return first

    def parts(self, left: Ints, right: Ints) -> Ints:
        """Return the part of the model that each pair belongs to: 1 where one of the two is a person, else 0."""
        is_personal = (self.kinds[left] == PERSON) | (self.kinds[right] == PERSON)
        return np.asarray(is_personal, dtype=np.int64)

    def pairs_of_records(self, pairs: Sequence[tuple[str, str]]) -> tuple[Ints, Ints]:
        """Return the profiles of pairs of records, given by their keys, in two columns."""
        wanted = pa.array([key for pair in pairs for key in pair], pa.string())
        places = np.asarray(pc.index_in(wanted, value_set=self.record_keys), dtype=np.int64)
        found = self.profile_of[places].reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def members(self, part: int) -> Ints:
        """Return the profiles that pairs of a part are made of."""
        excluded = PERSON if part == 0 else COMPANY
        return np.asarray(np.flatnonzero(self.kinds != excluded), dtype=np.int64)


def profiles_of_values(  # noqa: PLR0917 - parallel columns
    facts: Sequence[tuple[str, str]],
    values: Sequence[pa.StringArray],
    kinds: Ints,
    fingerprints: Hashes,
    records: pa.Table,
    word_counts: Mapping[str, WordCounts],
) -> Profiles:
    """Return profiles from values that were standardised before.

    Parameters
    ----------
    facts
        Label and comparison of each fact.
    values
        The value of each profile, one column per fact.
    kinds, fingerprints
        Kind and fingerprint of each profile, in the order of their fingerprints where ties are decided.
    records
        ``record_key`` in order and ``profile``, the position of its profile, of every record. Their systems do not count.
    word_counts
        Counts of words by label of a fact.
    """
    comparisons = {comparison.name: comparison for comparison in all_comparisons()}
    made = []
    for (label, name), texts in zip(facts, values, strict=True):
        distinct, codes = _coded(texts)
        prepared = comparisons[name].prepared(distinct, word_counts.get(label))
        made.append(Fact(comparisons[name], label, distinct, codes, text_hashes(distinct), prepared))
    return Profiles(
        tuple(made),
        records["profile"].to_numpy(),
        kinds,
        np.zeros(records.num_rows, dtype=np.int64),
        ("",),
        records["record_key"].combine_chunks(),
        fingerprints,
        NO_NAMES,
        np.zeros(0, dtype=np.uint64),
    )


def profiles_of(
    records: pa.Table,
    kinds: Mapping[str, str],
    *,
    told_apart: Sequence[str] = (),
    is_per_system: bool = False,
    country: str | None = None,
    word_counts: Mapping[str, WordCounts] | None = None,
    facts: Mapping[str, str] | None = None,
    names: KnownNames | None = None,
    fillers: Hashes | None = None,
) -> Profiles:
    """Return the distinct records of a table.

    Parameters
    ----------
    records
        Table with ``record_key``, ``system`` and the columns of ``kinds``; a column ``kind`` (company, person,
        unknown) counts.
    kinds
        Kind of each column that takes part.
    told_apart
        Record keys that keep a profile of their own, because a person decided about them.
    is_per_system
        Whether equal records of two systems keep two profiles (for one-to-one links).
    country
        Two letters: how a calling code without ``+`` is read.
    word_counts
        Counts of words by label of a fact, of a saved model; by default those of this table.
    facts
        Label of each fact to its comparison, of a saved model: just these are compared, in this order, even where no record
        has one. By default every fact that some record has.
    names
        Names of companies and persons, of a saved model; by default those that this table states.
    fillers
        Hashes of values that are fillers by their frequency, of a saved model; by default those of this table.
    """
    with remembering():
        read = _read(records, kinds, country=country, facts=facts, names=names, fillers=fillers)
    hashes = results(lambda one: text_hashes(one[2]), read.coded)
    said = mixed(
        read.kinds.astype(np.uint64),
        *(np.append(own, np.uint64(0))[codes] for own, (_, _, _, codes) in zip(hashes, read.coded, strict=True)),
    )
    named, systems = _coded(read.systems)
    prints = _told_apart(said, read.keys, read.coded, text_hashes(named)[systems] if is_per_system else None, told_apart)
    first, profile_of = _collapsed(prints, said if is_per_system else prints)
    known = word_counts or {}

    def fact(one: tuple[_Coded, Hashes]) -> Fact:
        (comparison, label, values, codes), own = one
        return Fact(comparison, label, values, codes[first], own, comparison.prepared(values, known.get(label)))

    return Profiles(
        facts=tuple(results(fact, zip(read.coded, hashes, strict=True))),
        profile_of=profile_of,
        kinds=read.kinds[first],
        systems=systems,
        system_names=tuple(named.to_pylist()),
        record_keys=read.keys,
        fingerprints=prints[first],
        names=read.names,
        fillers=read.fillers,
    )


_Standardised = tuple[Comparison, str, pa.StringArray]
_Coded = tuple[Comparison, str, pa.StringArray, Ints]


class _Read(NamedTuple):
    """Records in the order of keys: what each is, and its standardised facts as distinct values and their positions."""

    keys: pa.StringArray
    systems: pa.StringArray
    kinds: Ints
    coded: list[_Coded]
    names: KnownNames
    fillers: Hashes


def _read(
    records: pa.Table,
    kinds: Mapping[str, str],
    *,
    country: str | None,
    facts: Mapping[str, str] | None,
    names: KnownNames | None,
    fillers: Hashes | None,
) -> _Read:
    # Apart from what is done with it: five forms of every column lie here side by side, and are gone when it returns.
    table = _by_key(records)
    keys = table["record_key"].combine_chunks().cast(pa.string())
    told = table["kind"] if "kind" in table.column_names and "kind" not in kinds else None
    written = columns_by_kind(table, kinds)
    missing = filler_hashes(written) if fillers is None else fillers
    chosen = with_names_in_place(without_fillers(written, missing))
    kind_codes = record_kinds(chosen, len(keys), told)
    known_as = names or (known_names(chosen, kind_codes) if told is not None else NO_NAMES)
    if told is not None:
        kind_codes = told_kinds(chosen, kind_codes, known_as)
    compared = compared_columns(chosen, kind_codes)
    if country is not None and "phone" in compared:
        compared["phone"] = {
            column: in_parts(values, partial(phone.standardised, country=country))
            for column, values in compared["phone"].items()
        }
    compared = with_phones_joined(compared, is_known=facts is not None)
    standardised = _standardised(compared) if facts is None else _just(facts, _standardised(compared), len(keys))
    coded = results(lambda one: (one[0], one[1], *_coded(one[2])), standardised)
    return _Read(keys, table["system"].combine_chunks().cast(pa.string()), kind_codes, coded, known_as, missing)


def _by_key(records: pa.Table) -> pa.Table:
    keys = records["record_key"].combine_chunks()
    if len(keys) < 2 or pc.all(pc.less_equal(keys.slice(0, len(keys) - 1), keys.slice(1))).as_py():
        return records
    return records.take(pc.sort_indices(keys))


def _standardised(columns: Mapping[str, Mapping[str, pa.StringArray]]) -> list[_Standardised]:
    waiting: list[tuple[Comparison, str, dict[str, pa.StringArray]]] = []
    for comparison in all_comparisons():
        if not any(kind in columns for kind in comparison.reads):
            continue
        read = {kind: columns[kind] for kind in (*comparison.reads, *comparison.reads_beside) if kind in columns}
        if comparison.is_per_column:
            [(kind, own)] = read.items()
            for column, values in own.items():
                label = comparison.name if len(own) == 1 else f"{comparison.name}: {column}"
                waiting.append((comparison, label, {kind: values}))
        else:
            waiting.append((comparison, comparison.name, {kind: first_filled(one) for kind, one in read.items()}))
    facts = results(lambda one: (one[0], one[1], one[0].standardised(one[2])), waiting)
    return [fact for fact in facts if fact[2].null_count < len(fact[2])]


def _just(facts: Mapping[str, str], found: Sequence[_Standardised], count: int) -> list[_Standardised]:
    """Return the facts of a saved model, all missing where this table has none."""
    known = {label: (comparison, label, texts) for comparison, label, texts in found}
    comparisons = {comparison.name: comparison for comparison in all_comparisons()}
    unknown = next((name for name in facts.values() if name not in comparisons), None)
    if unknown is not None:
        raise InputError(f"The saved model compares {unknown!r}, which this version does not. Fit the model anew.")
    nothing = pa.nulls(count, pa.string())
    return [known.get(label, (comparisons[name], label, nothing)) for label, name in facts.items()]


def _coded(values: pa.StringArray) -> tuple[pa.StringArray, Ints]:
    """Return the distinct values by first occurrence, and the position of each value in them (-1 for none)."""
    encoded = values.dictionary_encode()
    return encoded.dictionary, np.asarray(pc.fill_null(encoded.indices, -1), dtype=np.int64)


def _told_apart(
    prints: Hashes, keys: pa.StringArray, coded: Sequence[_Coded], systems: Hashes | None, told_apart: Sequence[str]
) -> Hashes:
    """Return the fingerprints with those records made unlike all others that are to keep a profile of their own."""
    result = prints.copy() if systems is None else mixed(prints, systems)
    # A record that says nothing is like no other. By its bare id, so that the name of its system orders nothing.
    is_silent = np.all([codes < 0 for _, _, _, codes in coded], axis=0) if coded else np.ones(len(keys), dtype=bool)
    silent = np.flatnonzero(is_silent)
    result[silent] = mixed(result[silent], text_hashes(pc.replace_substring_regex(keys.take(pa.array(silent)), "^.*/", "")))
    if told_apart:
        own = np.flatnonzero(np.asarray(pc.is_in(keys, value_set=pa.array(told_apart, pa.string()))))
        result[own] = mixed(result[own], text_hashes(keys.take(pa.array(own))))
    return result


def _collapsed(prints: Hashes, said: Hashes) -> tuple[Ints, Ints]:
    """Return the first record of each profile and the profile of each record, numbered by what they say."""
    _, first, inverse = np.unique(prints, return_index=True, return_inverse=True)
    order = np.argsort(said[first], kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return first[order], rank[inverse]
