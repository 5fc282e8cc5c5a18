"""recordlinkage: blocks and sorted neighbourhoods, comparisons by kind of column, ECM without labels.

Source: recordlinkage documentation, "Data deduplication", "Comparing" (jarowinkler with a threshold of .85 for strings)
and "Classification" (``ECMClassifier(binarize=0.8)``).
"""

import pandas as pd
import recordlinkage
from recordlinkage.index import Block

from benchmarks.matching.peers.prepared import Answer, Prepared, components, run

_MAX_BLOCK = 300
_BLOCKING = {"email", "phone", "id", "date", "street", "domain", "name", "title", "family", "people"}


def answered(data: Prepared, _options: list[str]) -> Answer:
    frame = data.frame.set_index("unique_id")
    pairs = _candidates(data, frame)
    compare = recordlinkage.Compare()
    for column, role in data.roles.items():
        if role in {"email", "phone", "date", "id", "domain", "year", "price", "region"}:
            compare.exact(column, column, label=column)
        else:
            compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    if data.is_link:
        found = compare.compute(pairs, frame[frame["side"] == "l"], frame[frame["side"] == "r"])
    else:
        found = compare.compute(pairs, frame)
    matches = recordlinkage.ECMClassifier(binarize=0.8).fit_predict(found)
    table = pd.DataFrame({"left": matches.get_level_values(0), "right": matches.get_level_values(1), "probability": 1.0})
    return Answer(table, components(len(frame), table["left"], table["right"]), lambda: len(pairs))


def _candidates(data: Prepared, frame: pd.DataFrame) -> pd.MultiIndex:
    """Return pairs equal in one telling column, or in a column and the beginning of the name.

    Values of more than ``_MAX_BLOCK`` records do not block: the guide warns of them.
    """
    main = data.column("name") or data.column("title") or data.column("family")
    indexes = []
    keys = {column: frame[column] for column, role in data.roles.items() if role in _BLOCKING}
    for column, role in data.roles.items():
        if role in {"postcode", "city"}:
            keys[f"{column} and name"] = frame[column] + " " + frame[main].str[:4]
    if data.column("title"):
        keys["start of title"] = frame[main].str[:10]
    for values in keys.values():
        kept = values.where(values.map(values.value_counts()) <= _MAX_BLOCK).dropna()
        if kept.empty:
            continue
        one = kept.to_frame("key")
        if data.is_link:
            side = frame.loc[one.index, "side"]
            indexes.append(Block("key").index(one[side == "l"], one[side == "r"]))
        else:
            indexes.append(Block("key").index(one))
    return pd.MultiIndex.from_tuples(sorted(set().union(*(set(index) for index in indexes))))


if __name__ == "__main__":
    run(answered)
