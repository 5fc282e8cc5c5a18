"""A semantic type as data: what speaks for a column having one meaning.

A *sign* is a set of notions (``concepts.CONCEPTS``) that a header may hold, with its weight in natural logarithms: 6 is as
good as certain, 2 a hint. In a sign, ``own`` stands for any noun of the table's entity ("invoice number" is ``own number``
in a list of invoices), and ``@notion`` asks for a notion in another header of the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ParsedSign = tuple[frozenset[str], frozenset[str], float]


@dataclass(frozen=True, slots=True, eq=False)
class SemanticType:
    """One meaning of a column.

    ``looks`` are kinds of values (``observed.LOOKS``) that it may have, any of which fits; without any, every value fits.
    ``unlike`` are kinds that speak against it. ``looks_like`` is what a person would call its values (money, date, name,
    id). ``common`` is how common it is where nothing else is known, as a logarithm against ``none``. With ``is_many`` a
    table may have several columns of it. ``is_distinct`` asks for values that differ from row to row, ``is_few`` for a
    handful of values that recur.
    """

    meaning: str
    label: str
    signs: Mapping[str, float]
    looks: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    looks_like: str = ""
    common: float = -2.0
    is_many: bool = False
    is_distinct: bool = False
    is_few: bool = False
    parsed: tuple[ParsedSign, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parsed", parsed_signs(self.signs))


def parsed_signs(signs: Mapping[str, float]) -> tuple[ParsedSign, ...]:
    """Return signs taken apart: notions of the header, notions of other headers, weight.

    Examples
    --------
    >>> parsed_signs({"debit @opening": 1.5})
    ((frozenset({'debit'}), frozenset({'opening'}), 1.5),)
    """
    parsed = []
    for phrase, weight in signs.items():
        words = phrase.split()
        here = frozenset(word for word in words if not word.startswith("@"))
        parsed.append((here, frozenset(word[1:] for word in words if word.startswith("@")), weight))
    return tuple(parsed)
