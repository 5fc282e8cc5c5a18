"""What a person's decision about a pair is worth: how much it is expected to change."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints


def decision_worth(pairs: pa.Table, clusters: pa.Table) -> Floats:
    """Return for each pair how much its decision is expected to change.

    That is the probability that both are one times the size of the two groups that would then be one (the root of their
    product: of large groups more is known, and what kept them apart is seldom chance). One answer settles two groups: of
    several pairs between them the likeliest has the worth, and the others have none.

    Parameters
    ----------
    pairs
        Table PAIR, of which every row joins two groups.
    clusters
        Table CLUSTER of their records.
    """
    codes, sizes, known = _groups(clusters, pa.chunked_array([*pairs["key_l"].chunks, *pairs["key_r"].chunks], pa.string()))
    one, other = (codes[np.asarray(pc.index_in(pairs[key], value_set=known), dtype=np.int64)] for key in ("key_l", "key_r"))
    probability = np.asarray(pairs["match_probability"], dtype=np.float64)
    both = np.minimum(one, other) * len(sizes) + np.maximum(one, other)
    order = np.lexsort((np.arange(len(both)), -probability, both))
    is_first = np.ones(len(both), dtype=bool)
    is_first[order[1:]] = both[order[1:]] != both[order[:-1]]
    return np.where(is_first, probability * np.sqrt(sizes[one] * sizes[other]), 0.0)


def by_worth(pairs: pa.Table, clusters: pa.Table, *, is_once: bool = False) -> pa.Table:
    """Return pairs put to a person, those first on which most hangs; of equal worth the likelier.

    Parameters
    ----------
    pairs
        Rows of a table PAIR.
    clusters
        Table CLUSTER.
    is_once
        Whether of several pairs between two groups only the likeliest is wanted: its answer settles the others.
    """
    order = [("worth", "descending"), ("match_weight", "descending"), ("key_l", "ascending"), ("key_r", "ascending")]
    told = pairs.append_column("worth", pa.array(decision_worth(pairs, clusters)))
    wanted = told.filter(pc.greater(told["worth"], 0)) if is_once else told
    return wanted.sort_by(order).drop_columns(["worth"])


def _groups(clusters: pa.Table, keys: pa.ChunkedArray) -> tuple[Ints, Ints, pa.ChunkedArray]:
    """Return the groups of some records as numbers, how many records each of those groups has, and the records."""
    own = clusters.filter(pc.is_in(clusters["record_key"], value_set=keys))
    names = pc.unique(own["cluster_id"])
    codes = np.asarray(pc.index_in(own["cluster_id"], value_set=names), dtype=np.int64)
    # Few groups are asked for: all others are passed over without telling them apart.
    place = pc.index_in(clusters["cluster_id"], value_set=names).drop_null()
    return codes, np.bincount(np.asarray(place, dtype=np.int64), minlength=len(names)), own["record_key"]
