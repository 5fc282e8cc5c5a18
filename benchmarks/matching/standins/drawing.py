"""Draws that the stand-ins share: words by rank, spellings of a name, a cell that is there or not."""

import random
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from benchmarks.matching.exam import Exam
from benchmarks.matching.generated.slips import miswritten

Row = dict[str, str]


def listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def by_rank(dice: random.Random, words: Sequence[str]) -> str:
    """Return a word, the first ones of a list far more often than the last."""
    return words[int(len(words) * dice.random() ** 1.6)]


def coined(dice: random.Random, starts: Sequence[str], ends: Sequence[str], *, is_long: bool) -> str:
    middle = dice.choice(starts) if is_long else ""
    return (dice.choice(starts) + middle + dice.choice(ends)).capitalize()


def plain(text: str) -> str:
    """Return a text in plain small letters without blanks, as addresses on the net are written."""
    known = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "à": "a", "è": "e", "é": "e", "ì": "i", "ò": "o", "ù": "u"})
    return "".join(letter for letter in text.lower().translate(known) if letter.isalnum())


class Domains:
    """Domains that are taken: no two parties register one."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, name: str, ending: str) -> str:
        domain, number = f"{plain(name)}.{ending}", 1
        while domain in self._taken:
            number += 1
            domain = f"{plain(name)}{number}.{ending}"
        self._taken.add(domain)
        return domain


def kept(dice: random.Random, row: Row, shares: dict[str, float]) -> Row:
    """Return a row in which each cell is there as often as told; the first column always."""
    return {name: text if dice.random() < shares.get(name, 1.0) else "" for name, text in row.items()}


def slipped(dice: random.Random, text: str, share: float) -> str:
    return miswritten(dice, text) if dice.random() < share else text


def standin(name: str, rows: list[tuple[str, Row, int]], roles: dict[str, str], dice: random.Random) -> Exam:
    """Return rows (side, cells, party) in the order of chance as an exam."""
    dice.shuffle(rows)
    columns = {column: pa.array([row[column] or None for _, row, _ in rows], pa.string()) for column in roles}
    keys = pa.array([f"{side}{number}" for number, (side, _, _) in enumerate(rows)])
    table = pa.table({"record_key": keys, "side": [side for side, _, _ in rows], **columns})
    return Exam(name, "party", table, np.array([party for _, _, party in rows], dtype=np.int64), roles)
