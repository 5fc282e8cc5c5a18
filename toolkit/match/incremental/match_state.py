"""What is kept of a matched snapshot, so that the next one can be matched by its changes.

Numbers wherever possible, and texts as they came: the tables are meant to be written uncompressed and mapped into memory, of
which the next matching touches few pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.clustering.listed_pairs import Outcome
from toolkit.match.comparison import Floats, Ints
from toolkit.match.incremental.growing_tables import Grown, numbers
from toolkit.match.linkage.blocking import Blocks
from toolkit.match.linkage.scoring import Scores
from toolkit.match.linkage.weights import BY_NAME, BY_PLACE, MatchModel
from toolkit.match.records.profiles import Profiles

_LATER = "_later"


@dataclass(frozen=True, slots=True)
class MatchState:
    """What is kept of a matched snapshot.

    Attributes
    ----------
    cells
        The records as they came, in any order: ``record_key`` and the columns that take part.
    records
        Row by row beside ``cells``: ``profile`` (position in ``profiles``) and ``cluster``, a number without meaning.
    profiles
        ``fingerprint``, ``kind``, then one column of standardised values per fact; those that have no record any more stay.
    keys
        The block index, see ``growing_tables.packed_keys``.
    pairs
        ``left``, ``right``: profiles held to be one party, to be related, or put to a person; ``match_weight`` in bits.
    """

    cells: pa.Table
    records: pa.Table
    profiles: Grown
    keys: Grown
    pairs: pa.Table

    def as_tables(self) -> dict[str, pa.Table]:
        """Return the tables by name."""
        tables = {"cells": self.cells, "records": self.records, "pairs": self.pairs}
        for name, grown in (("profiles", self.profiles), ("keys", self.keys)):
            tables |= {name: grown.base, f"{name}{_LATER}": grown.later}
        return tables

    @classmethod
    def from_tables(cls, found: Callable[[str], pa.Table | None]) -> Self | None:
        """Return the state whose tables ``as_tables`` gave, or nothing where one of them is not found."""
        tables = {name: found(name) for name in STATE_TABLES}
        there = {name: table for name, table in tables.items() if table is not None}
        if len(there) < len(tables):
            return None
        profiles, keys = (Grown(there[name], there[f"{name}{_LATER}"]) for name in ("profiles", "keys"))
        return cls(there["cells"], there["records"], profiles, keys, there["pairs"])

    @property
    def worn_share(self) -> float:
        """How many of the profiles have no record any more, 0 to 1."""
        is_live = np.zeros(self.profiles.num_rows, dtype=bool)
        is_live[numbers(self.records["profile"])] = True
        return float(1 - np.mean(is_live)) if len(is_live) else 0.0


STATE_TABLES = ("cells", "records", "pairs", "profiles", f"profiles{_LATER}", "keys", f"keys{_LATER}")
"""Names of the tables of a state."""


def match_state(  # noqa: PLR0917 - all that a run found
    records: pa.Table, profiles: Profiles, blocks: Blocks, outcome: Outcome, model: MatchModel, clusters: pa.Table
) -> MatchState:
    """Return what to keep of a full run.

    Parameters
    ----------
    records
        The records as they came: ``record_key`` and the columns that take part.
    profiles, blocks, outcome, model
        What the run made of them.
    clusters
        Its table CLUSTER, in the order of keys.
    """
    texts = {
        f"{number}": fact.values.take(pa.array(fact.codes, mask=fact.codes < 0))
        for number, fact in enumerate(profiles.facts)
    }
    # Clusters as numbers: their lasting ids are given later, and may change without the records in them changing.
    number = clusters["cluster_id"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    order = pc.sort_indices(records["record_key"]).to_numpy()
    # Most pairs speak for nothing. The levels of the others are not kept: few are ever opened again, and then graded.
    is_kept = is_worth_keeping(outcome.scores, model)
    graded = outcome.graded
    return MatchState(
        # Rows in the order of the files, which most exports keep: the next one is then compared row by row.
        records.combine_chunks(),
        pa.table({
            "profile": rearranged(profiles.profile_of, order).astype(np.int32),
            "cluster": rearranged(number, order),
        }),
        Grown.of(pa.table({"fingerprint": profiles.fingerprints, "kind": profiles.kinds.astype(np.int8), **texts})),
        Grown.of(pa.table({"key": blocks.packed})),
        pairs_table(graded.left[is_kept], graded.right[is_kept], outcome.scores.match_weight[is_kept]),
    )  # fmt: skip


def is_worth_keeping(scores: Scores, model: MatchModel) -> npt.NDArray[np.bool_]:
    """Return which scored pairs may be listed by some later matching."""
    least = min(model.min_match_probability, model.min_review_probability)
    return np.asarray((scores.match_probability >= least) | np.isin(scores.likeliest, (BY_PLACE, BY_NAME)))


def pairs_table(left: Ints, right: Ints, weight: Floats) -> pa.Table:
    """Return pairs of profiles as a state keeps them.

    Parameters
    ----------
    left, right
        Positions of the two profiles of each pair.
    weight
        Match weight in bits.
    """
    # Half the bytes of positions: blocking has room for no more than 24 bits of them.
    return pa.table({"left": left.astype(np.int32), "right": right.astype(np.int32), "match_weight": weight})


def rearranged(values: Ints, order: Ints) -> Ints:
    """Return values that stand in the order of record keys row by row; ``order`` sorts the rows by key."""
    result = np.empty_like(values)
    result[order] = values
    return result
