"""dedupe: active learning with 60 labels, answered from the truth, then its default threshold of .5.

Source: dedupe documentation, "Quick start": fields with their type, ``prepare_training``, labels until enough, ``train``,
``partition`` or ``join`` at .5.
"""

import random

import dedupe
import numpy as np
import pandas as pd
from dedupe import variables

from benchmarks.matching.peers.prepared import Answer, Prepared, run

_LABEL_COUNT = 60
_MIN_SCORE = 0.5


def answered(data: Prepared, _options: list[str]) -> Answer:
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002 - the seed that the package reads
    fields = [_field(column, role) for column, role in data.roles.items() if role != "price"]
    records = data.frame[list(data.roles)].replace({np.nan: None}).to_dict("index")
    sides = [{row: records[row] for row in data.frame.index[data.frame["side"] == side]} for side in ("l", "r")]
    matcher = dedupe.RecordLink(fields, num_cores=2) if data.is_link else dedupe.Dedupe(fields, num_cores=2)
    matcher.prepare_training(*(sides if data.is_link else sides[:1]))
    # A record carries its row along, so that the truth can answer for the person at the keyboard.
    row_of = {id(record): row for row, record in records.items()}
    for _ in range(_LABEL_COUNT):
        for one, other in matcher.uncertain_pairs():
            same = data.truth[_row(row_of, records, one)] == data.truth[_row(row_of, records, other)]
            matcher.mark_pairs({"match": [(one, other)] if same else [], "distinct": [] if same else [(one, other)]})
    matcher.train()
    matcher.cleanup_training()
    rows = []
    clusters = pd.Series(range(len(records)))
    if data.is_link:
        for (left, right), score in matcher.join(*sides, threshold=_MIN_SCORE, constraint="one-to-one"):
            rows.append((left, right, float(score)))
            clusters[right] = clusters[left]
    else:
        for members, scores in matcher.partition(records, threshold=_MIN_SCORE):
            for place, one in enumerate(members):
                clusters[one] = members[0]
                rows += [(one, other, float(min(scores))) for other in members[place + 1 :]]
    pairs = pd.DataFrame(rows, columns=["left", "right", "probability"])
    # dedupe does not tell how many pairs it compared.
    return Answer(pairs, clusters, lambda: 0)


def _row(row_of: dict[int, int], records: dict[int, dict], record: dict) -> int:
    known = row_of.get(id(record))
    return known if known is not None else next(row for row, one in records.items() if one == record)


def _field(column: str, role: str):  # noqa: ANN202 - a variable of dedupe
    if role in {"email", "phone", "postcode", "date", "id", "number", "year", "region"}:
        return variables.ShortString(column, has_missing=True)
    if role in {"text", "people"}:
        return variables.Text(column, has_missing=True)
    return variables.String(column, has_missing=True)


if __name__ == "__main__":
    run(answered)
