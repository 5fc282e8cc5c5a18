"""Persons known by name and birth date alone, as a club, a clinic or a payroll export has them.

Common names meet with different birth dates, and twins with one date and one family name: neither is the same person.
"""

import random
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from benchmarks.matching.exam import Exam
from benchmarks.matching.generated.slips import miswritten
from benchmarks.matching.generated.vocabulary import FAMILIES, MEN, NICKNAMES, WOMEN

_FIRST_DAY = date(1935, 1, 1)
_DAY_COUNT = 25_500
_COUNTS = (1,) * 50 + (2,) * 32 + (3,) * 14 + (4,) * 4


def persons(count: int, seed: int = 1) -> Exam:
    """Return ``count`` records of persons with given name, family name and birth date."""
    dice = random.Random(seed)
    rows: list[tuple[str | None, ...]] = []
    truth: list[int] = []
    entity = 0
    while len(rows) < count:
        family, sex = _one(dice, FAMILIES["US"]), dice.random() < 0.5
        born = _FIRST_DAY + timedelta(days=int(dice.random() * _DAY_COUNT))
        # One birth in thirty is of a twin.
        for _ in range(2 if dice.random() < 1 / 30 else 1):
            given = _one(dice, MEN["US"] if sex else WOMEN["US"])
            for _ in range(_COUNTS[int(dice.random() * 100)]):
                rows.append(_written(dice, given, family, born))
                truth.append(entity)
            entity += 1
            sex = dice.random() < 0.5
    order = np.random.default_rng(seed).permutation(count)
    columns = list(zip(*(rows[row] for row in order), strict=True))
    table = pa.table(
        {
            "record_key": [f"p{number}" for number in range(count)],
            "side": ["l"] * count,
            **{name: pa.array(column, pa.string()) for name, column in zip(_ROLES, columns, strict=True)},
        }
    )
    return Exam(f"persons {count:,}, seed {seed}", "person", table, np.array(truth)[order], _ROLES)


_ROLES = {"given_name": "given", "family_name": "family", "birth_date": "date"}


def _one(dice: random.Random, values: list[str]) -> str:
    return values[int(dice.random() * len(values))]


def _written(dice: random.Random, given: str, family: str, born: date) -> tuple[str | None, ...]:
    """Return a record with at most one thing wrong in the name and one in the date."""
    way = dice.random()
    if way < 0.1:
        given = NICKNAMES.get(given, given)
    elif way < 0.14:
        given = miswritten(dice, given)
    elif way < 0.16:
        given = given[0]
    elif way < 0.22:
        family = miswritten(dice, family)
    elif way < 0.25:
        given, family = family, given
    elif way < 0.33:
        given = f"{given} {_one(dice, [*'ABCDEJLMRST'])}."
    elif way < 0.37:
        given, family = given.upper(), family.upper()
    # A name that is not whole stands beside a whole date.
    return given, family, _date(dice, born, is_whole=way < 0.25)


def _date(dice: random.Random, born: date, *, is_whole: bool) -> str | None:
    way = 1.0 if is_whole else dice.random()
    if way < 0.008:
        return None
    if way < 0.04 and born.day <= 12:
        born = date(born.year, born.day, born.month)
    elif way < 0.08:
        born = date(born.year + (1 if dice.random() < 0.5 else -1), born.month, min(born.day, 28))
    elif way < 0.12:
        born = date(born.year, born.month, 1 + (born.day * 7 + 3) % 28)
    elif way < 0.13:
        born = date(born.year, 1, 1)
    return born.isoformat()
