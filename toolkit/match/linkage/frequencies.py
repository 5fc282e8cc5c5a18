"""How common words, values and blocking keys were when a model was fitted: the part of a saved model that is long.

With them a word stays as rare as it was and a key as full as it was, so that new records change nothing about old pairs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import InputError
from toolkit.match.comparison import WordCounts
from toolkit.match.hashing import Hashes
from toolkit.match.linkage.blocking import Blocks
from toolkit.match.linkage.scoring import Commonness, ValueCounts, value_counts
from toolkit.match.records.party_kind import KnownNames
from toolkit.match.records.profiles import Profiles

_SCHEMA = pa.schema([("sort", pa.string()), ("fact", pa.string()), ("hash", pa.uint64()), ("count", pa.int64())])
_WORD, _VALUE, _KEY, _CAP = "word", "value", "over-full key", "most profiles in a block"
_NAME, _FILLER = "known name", "filler"
_TOTALS = {_WORD: "values with words", _VALUE: "parties with a value"}


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Counts of words and of values by label of a fact, the keys that were over-full, and from how many profiles on.

    ``names`` are those of companies and persons by which kinds were told, ``fillers`` values that were taken for missing.
    """

    words: Mapping[str, WordCounts]
    values: Mapping[str, ValueCounts]
    over_full: Hashes
    max_block: int
    names: KnownNames
    fillers: Hashes

    def as_table(self) -> pa.Table:
        """Return the counts as one table: ``sort``, ``fact``, ``hash``, ``count``."""
        parts = [_rows(_KEY, "", self.over_full, np.ones(len(self.over_full), dtype=np.int64))]
        parts.append(_rows(_CAP, "", np.zeros(1, dtype=np.uint64), np.array([self.max_block])))
        parts += [_rows(_NAME, sort, own, np.ones(len(own), dtype=np.int64)) for sort, own in self.names._asdict().items()]
        parts.append(_rows(_FILLER, "", self.fillers, np.ones(len(self.fillers), dtype=np.int64)))
        words = {label: (own.word, own.count, own.total) for label, own in self.words.items()}
        values = {label: (own.value, own.count, own.total) for label, own in self.values.items()}
        for sort, counts in ((_WORD, words), (_VALUE, values)):
            for label, own in sorted(counts.items()):
                parts.append(_rows(sort, label, own[0], own[1]))
                parts.append(_rows(_TOTALS[sort], label, np.zeros(1, dtype=np.uint64), np.array([own[2]])))
        return pa.concat_tables(parts)

    @classmethod
    def from_table(cls, table: pa.Table) -> Self:
        """Return the counts that ``as_table`` wrote.

        Raises
        ------
        InputError
            The table is not one of those.
        """
        if table.schema != _SCHEMA:
            raise InputError("This is not the table of frequencies of a saved matching model. Fit the model anew.")

        def counts(sort: str) -> dict[str, tuple[Hashes, np.ndarray, int]]:
            own = table.filter(pc.equal(table["sort"], sort))
            totals = table.filter(pc.equal(table["sort"], _TOTALS[sort]))
            known = dict(zip(totals["fact"].to_pylist(), totals["count"].to_pylist(), strict=True))
            found = {}
            for label, total in known.items():
                rows = own.filter(pc.equal(own["fact"], label))
                found[label] = (rows["hash"].to_numpy(), rows["count"].to_numpy(), int(total))
            return found

        names = table.filter(pc.equal(table["sort"], _NAME))
        known = (names.filter(pc.equal(names["fact"], sort))["hash"].to_numpy() for sort in KnownNames._fields)
        cap = table.filter(pc.equal(table["sort"], _CAP))["count"].to_pylist()
        return cls(
            {label: WordCounts(*one) for label, one in counts(_WORD).items()},
            {label: ValueCounts(*one) for label, one in counts(_VALUE).items()},
            table.filter(pc.equal(table["sort"], _KEY))["hash"].to_numpy(),
            int(cap[0]),
            KnownNames(*known),
            table.filter(pc.equal(table["sort"], _FILLER))["hash"].to_numpy(),
        )


def frequencies_of(profiles: Profiles, common: tuple[Commonness, ...], blocks: Blocks) -> Frequencies:
    """Return what a saved model keeps of the table it was fitted to.

    Parameters
    ----------
    profiles
        The distinct records.
    common
        How common each value is among parties.
    blocks
        Keys of the profiles, with those that were over-full.
    """
    words = {fact.label: fact.comparison.word_counts(fact.prepared) for fact in profiles.facts}
    return Frequencies(
        {label: counts for label, counts in words.items() if counts is not None},
        value_counts(profiles, common),
        blocks.over_full,
        blocks.max_block,
        profiles.names,
        profiles.fillers,
    )


def _rows(sort: str, fact: str, hashes: Hashes, count: np.ndarray) -> pa.Table:
    size = len(hashes)
    columns = [pa.repeat(pa.scalar(sort), size), pa.repeat(pa.scalar(fact), size), pa.array(hashes), pa.array(count)]
    return pa.Table.from_arrays(columns, schema=_SCHEMA)
