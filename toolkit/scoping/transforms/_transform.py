"""What a transform is: a way there and a way back, over texts.

Texts are what an interface carries. An empty text is no value. A value that cannot be carried is refused with a reason that
a client understands: nothing is carried in half.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that cannot be carried, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Options:
    """What a transform must be told; each uses those that it names.

    Attributes
    ----------
    separator
        What stands between joined parts.
    parts
        How many fields are joined.
    form
        How the target writes a day (``strftime``).
    currency
        The one currency of a target that keeps none; empty: it keeps each.
    home
        The currency of a value that states none.
    rates
        How much of ``currency`` one unit of each other currency is worth.
    is_negated
        Whether the target shows what goes out as a negative amount, and the source as a positive one.
    table
        The target's value for each value of the source.
    """

    separator: str = " "
    parts: int = 2
    form: str = "%Y-%m-%d"
    currency: str = ""
    home: str = ""
    rates: Mapping[str, float] = field(default_factory=dict)
    is_negated: bool = False
    table: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """The source's values for each value of the target."""

    def __post_init__(self) -> None:
        found: dict[str, tuple[str, ...]] = {}
        for one, other in self.table.items():
            found[other] = (*found.get(other, ()), one)
        object.__setattr__(self, "sources", found)


@dataclass(frozen=True, slots=True)
class Transform:
    """A way to carry values.

    ``takes`` and ``gives`` say how many fields go in and come out (0: any number), ``uses`` which options count.
    """

    name: str
    label: str
    takes: int
    gives: int
    there: Callable[[Texts, Options], Texts | Refused]
    back: Callable[[Texts, Options], Texts | Refused]
    uses: tuple[str, ...] = ()
