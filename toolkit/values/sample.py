"""Some values of one column as the tests of values look at them: cut short, sorted by what they are made of, folded once.

A shape is a value with 9 for each digit, A for each capital and a for each small letter. Values of one shape are judged by
one of them wherever only the shape tells, so that a column of dates costs as much as one date.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from anyascii import anyascii

LONGEST = 240
"""Letters of a cell that are looked at."""

_LONG_CODE, _MOST_BLANKS = 50, 5
_WORD = re.compile("[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018\u00b4`")


class _Signs(dict[int, str]):
    """What stands for each character in a shape; signs stand for themselves, blanks of all widths for a blank."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign.isdecimal():
            shown = "9"
        elif sign.isalpha():
            shown = "a" if sign.islower() else "A"
        elif sign.isspace():
            shown = " "
        else:
            shown = "-" if sign in "\u2212\u2010\u2011\u2013" else sign
        self[code] = shown
        return shown


_SIGNS = _Signs()


class Worded(NamedTuple):
    """A value with letters: as written, folded, its words, and whether digits are among them."""

    value: str
    folded: str
    words: tuple[str, ...]
    has_digit: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of one column.

    ``figures`` are those without letters and ``codes`` those with letters and digits, both by shape, without what is too
    long or has too many words for either; ``worded`` are all those with letters. ``signs`` has every character of the
    shapes. ``shape_counts`` counts the values of every shape; ``mean_length`` and ``mean_words`` are over all values.
    """

    count: int
    figures: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, tuple[str, ...]]
    worded: tuple[Worded, ...]
    signs: frozenset[str]
    shape_counts: Mapping[str, int]
    mean_length: float
    mean_words: float

    def shaped(self, judge: Callable[[str], float], *, with_codes: bool = True, most: int = 2) -> float:
        """Return the share of values that ``judge`` finds fit, asked for at most so many of each shape that has digits.

        Parameters
        ----------
        judge
            How well a value fits, 0 to 1.
        with_codes
            Whether values that look like codes count.
        most
            Values of one shape that are asked for.
        """
        if not self.count:
            return 0.0
        total = sum(_judged(values, judge, most) for values in self.figures.values())
        if with_codes:
            total += sum(_judged(values, judge, most) for values in self.codes.values())
        return total / self.count

    def read(self, judge: Callable[[Worded], float]) -> float:
        """Return the share of values with letters that ``judge`` finds fit."""
        return sum(map(judge, self.worded)) / self.count if self.count else 0.0

    def has_any(self, signs: str) -> bool:
        """Return whether one of some signs stands in any value; of letters and digits nothing is said."""
        return not self.signs.isdisjoint(signs)

    @property
    def shape_share(self) -> float:
        """The share of the commonest shape."""
        return max(self.shape_counts.values()) / self.count if self.count else 0.0


def shape(value: str) -> str:
    """Return a value with 9 for digits, A and a for letters.

    Examples
    --------
    >>> shape("INV-1001"), shape("12,50 €"), shape("Ärger")
    ('AAA-9999', '99,99 €', 'Aaaaa')
    """
    return value.translate(_SIGNS)


def sample_of(values: Sequence[str]) -> Sample:
    """Return values made ready for the tests; empty ones are left out.

    Examples
    --------
    >>> sample = sample_of(["INV-1001", "INV-1002", "12.50", ""])
    >>> sample.count, sorted(sample.codes), sorted(sample.figures), sample.worded[0].words
    (3, ['AAA-9999'], ['99.99'], ('inv', '1001'))
    """
    figures: dict[str, list[str]] = {}
    codes: dict[str, list[str]] = {}
    worded: list[Worded] = []
    counts: Counter[str] = Counter()
    length = word_count = 0
    for cell in values:
        # An apostrophe in front only keeps a spreadsheet from reading what follows.
        value = cell[:LONGEST].strip().removeprefix("'")
        if not value:
            continue
        length += len(value)
        own = value.translate(_SIGNS)
        counts[own] += 1
        has_digit = "9" in own
        if "a" not in own and "A" not in own:
            figures.setdefault(own, []).append(value)
            word_count += 1
            continue
        if has_digit and (len(own) <= _LONG_CODE or " " not in own) and own.count(" ") <= _MOST_BLANKS:
            codes.setdefault(own, []).append(value)
        folded = (value if value.isascii() else anyascii(value)).lower()
        words = tuple(_WORD.findall(folded.translate(_APOSTROPHES)))
        word_count += len(words)
        worded.append(Worded(value, folded, words, has_digit))
    count = counts.total()
    return Sample(
        count=count,
        figures={own: tuple(cells) for own, cells in figures.items()},
        codes={own: tuple(cells) for own, cells in codes.items()},
        worded=tuple(worded),
        signs=frozenset("".join(counts)),
        shape_counts=counts,
        mean_length=length / count if count else 0.0,
        mean_words=word_count / count if count else 0.0,
    )


def _judged(values: tuple[str, ...], judge: Callable[[str], float], most: int) -> float:
    """Return how many of the values of one shape fit, by some of them from its first to its last."""
    count = len(values)
    if count == 1:
        return judge(values[0])
    if count <= most:
        return sum(map(judge, values))
    asked = {round(place * (count - 1) / (most - 1)) for place in range(most)}
    return sum(judge(values[place]) for place in asked) / len(asked) * count
