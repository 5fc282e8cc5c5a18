"""string-grouper: cosine of character n-grams over all text columns written one after the other, its default .8.

Source: string-grouper, README, "match_strings", and its tutorial for several columns, which joins them to one string.
"""

import pandas as pd
from string_grouper import match_strings

from benchmarks.matching.peers.prepared import Answer, Prepared, components, run

_MIN_SIMILARITY = 0.8
_JOINED = ("name", "given", "family", "street", "city", "postcode", "date", "title", "people", "venue", "year", "phone")


def answered(data: Prepared, _options: list[str]) -> Answer:
    columns = [column for column, role in data.roles.items() if role in _JOINED]
    if "name" in data.roles.values():
        columns = [column for column in columns if data.roles[column] not in {"given", "family"}]
    text = data.frame[columns].fillna("").agg(" ".join, axis=1).str.split().str.join(" ")
    is_left = data.frame["side"] == "l"
    if data.is_link:
        found = match_strings(text[is_left], text[~is_left], min_similarity=_MIN_SIMILARITY)
        found = found.rename(columns={"left_index": "left", "right_index": "right"})
    else:
        found = match_strings(text, min_similarity=_MIN_SIMILARITY)
        found = found.rename(columns={"left_index": "left", "right_index": "right"})
        found = found[found["left"] < found["right"]]
    pairs = found[["left", "right"]].assign(probability=found["similarity"])
    count = len(pairs)
    return Answer(pd.DataFrame(pairs), components(len(text), pairs["left"], pairs["right"]), lambda: count)


if __name__ == "__main__":
    run(answered)
