"""Records cleaned as the guides of all peers ask before matching, and the answer written in one form.

Lower case, punctuation to spaces, phones as their last ten digits, postcodes and numbers without spaces, the usual
fillers as missing. No knowledge of names or companies goes in: that is what the tools are compared on.
Source: splink, "Data pre-requisites"; recordlinkage, ``preprocessing.clean``; dedupe, examples, ``preProcess``.
"""

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

_FILLERS = {"", "n/a", "na", "none", "unknown", "-", "tbd", ".", "test@test.com", "none@none.com", "na@na.com",
            "noemail@example.com", "99999", "see notes", "pending", "applied for", "0000000000", "9999999999"}  # fmt: skip
_PUNCTUATION = re.compile(r"[^\w@.&]+|(?<!\w)\.|\.(?!\w)")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table of clean text (missing is None) with ``unique_id`` (row number) and ``side``, and what its columns hold."""

    frame: pd.DataFrame
    roles: dict[str, str]
    family: str
    is_link: bool
    truth: pd.Series

    def column(self, role: str) -> str | None:
        """Return the column that holds something of a kind, if there is one."""
        return next((name for name, held in self.roles.items() if held == role), None)


def prepared(path: Path) -> Prepared:
    table = pq.read_table(path)
    about = json.loads(table.schema.metadata[b"exam"])
    raw = table.to_pandas()
    frame = pd.DataFrame({"unique_id": range(len(raw)), "side": raw["side"]})
    # Some tools write column names into SQL as they are: no blanks, no words of the language.
    roles = {f"c_{re.sub(r'[^a-z0-9]+', '_', name.lower())}": role for name, role in about["roles"].items()}
    for column, (name, role) in zip(roles, about["roles"].items(), strict=True):
        frame[column] = [_clean(value, role) for value in raw[name]]
    return Prepared(frame, roles, about["family"], about["is_link"], raw["truth"])


def _clean(value: str | None, role: str) -> str | None:
    if value is None:
        return None
    text = value.strip().lower()
    if role == "phone":
        text = re.sub(r"(ext\.?|x)\s*\d+$", "", text)
        text = re.sub(r"\D", "", text)[-10:]
    elif role in {"postcode", "date", "id", "number"}:
        text = re.sub(r"[^a-z0-9]", "", text)
        text = text[:5] if role == "postcode" and text.isdigit() else text
    elif role == "domain":
        text = re.sub(r"^https?://|^www\.|/.*$", "", text).removeprefix("www.")
    elif role != "email":
        text = " ".join(_PUNCTUATION.sub(" ", text).split())
    return None if text in _FILLERS else text


@dataclass(frozen=True, slots=True)
class Answer:
    """Pairs by row number with their probability (1 where a tool gives none), and clusters by row.

    ``candidates_count`` counts the candidate pairs once the time is taken; 0 where a tool does not tell.
    """

    pairs: pd.DataFrame
    clusters: "pd.Series[int]"
    candidates_count: Callable[[], int]


def components(count: int, left: "pd.Series[int]", right: "pd.Series[int]") -> "pd.Series[int]":
    """Return the connected component of every row."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    graph = coo_matrix((np.ones(len(left)), (left, right)), shape=(count, count))
    return pd.Series(connected_components(graph, directed=False)[1])


def run(answered) -> None:  # noqa: ANN001 - a function of this folder: Prepared, options -> Answer
    """Read an exam, time the answer (cleaning included, imports and files not), write it beside the exam."""
    path, folder, *options = sys.argv[1:]
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    wall, cpu = time.perf_counter(), _cpu_s()
    data = prepared(Path(path))
    answer = answered(data, options)
    spent = {"wall_s": time.perf_counter() - wall, "cpu_s": _cpu_s() - cpu}
    spent["candidates_count"] = answer.candidates_count()
    answer.pairs.to_parquet(out / "pairs.parquet", index=False)
    pd.DataFrame({"cluster": answer.clusters.to_numpy()}).to_parquet(out / "clusters.parquet", index=False)
    (out / "spent.json").write_text(json.dumps(spent), encoding="utf-8")


def _cpu_s() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
