"""Earlier words of persons on the rows of a sheet: what was said of each, by whom, and with which remark."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from toolkit.files.decision_words import PAIR, shown
from toolkit.report.run import RunTables
from toolkit.report.sheet_columns import Column
from toolkit.tables.rulings import DIFFERENCE

Word = Mapping[str, Any]


def decision_columns(
    run: RunTables,
    words: pa.Array | pa.ChunkedArray,
    subject: str,
    part: pa.Array | pa.ChunkedArray,
    keys: Sequence[pa.Array | pa.ChunkedArray],
) -> dict[str, Column]:  # fmt: skip
    """Return the yellow columns; what was decided before is filled in, so that nobody has to make it again.

    Parameters
    ----------
    run
        Its words of persons.
    words
        What was decided of each row; null where nothing was.
    subject, part, keys
        What each row is about, as table RULING names it.
    """
    known = {_finding(row["subject"], row["part"], row["key_l"], row["key_r"]): row for row in run.rulings}
    rows = zip(part.to_pylist(), *(one.to_pylist() for one in keys), strict=True)
    said = [known.get(_finding(subject, name, *own, *([None] if len(own) == 1 else []))) for name, *own in rows]
    return _columns(words, said)


def pair_columns(run: RunTables, pair: pa.Table) -> dict[str, Column]:
    """Return the yellow columns of pairs that a person decided: the word on the pair, or that one side is another.

    What only follows from words on other pairs stays empty: nobody said it.

    Parameters
    ----------
    run
        Its words of persons.
    pair
        Rows of PAIR.
    """
    direct = {(row["key_l"], row["key_r"]): row for row in run.decisions}
    excluded = {row["key_l"]: row for row in run.decisions if row["decision"] == "exclude"}
    words: list[str | None] = []
    said: list[Word | None] = []
    columns = (pair[name].to_pylist() for name in ("key_l", "key_r", "decided_by", "decision"))
    for key_l, key_r, decided_by, decision in zip(*columns, strict=True):
        one = direct.get((key_l, key_r)) if decided_by == "person" else None
        word = shown(PAIR, one["decision"]) or None if one else None
        if decided_by == "person" and word is None and decision != "same":
            side = "left" if key_l in excluded else "right"
            one = excluded.get(key_l) or excluded.get(key_r)
            word = f"{side} is another" if one else None
        words.append(word)
        said.append(one if word else None)
    return _columns(pa.array(words, pa.string()), said)


def _columns(words: pa.Array | pa.ChunkedArray, said: Sequence[Word | None]) -> dict[str, Column]:
    of = {
        name: [one[name] if one and word else None for one, word in zip(said, words.to_pylist(), strict=True)]
        for name in ("reviewer", "note")
    }
    return {
        "decision": (words, 17),
        "reviewer": (pa.array(of["reviewer"], pa.string()), 12),
        "note": (pa.array(of["note"], pa.string()), 24),
    }


def _finding(subject: str, part: str, key_l: str, key_r: str | None) -> tuple[str, ...]:
    """Return what names a finding: of a difference both records, in whatever order, else the document that is alone."""
    return (subject, part, *sorted((key_l, str(key_r)))) if subject == DIFFERENCE else (subject, part, key_l)
