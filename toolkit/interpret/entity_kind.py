"""An entity as data: what a row of it may hold, and what speaks for a table being a list of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.interpret.semantic_type import ParsedSign, parsed_signs

NOT_OF_IT = -2.2
"""What is added for a meaning that an entity does not name."""
CANNOT = -6.0
"""What is added for a meaning that an entity cannot have."""


@dataclass(frozen=True, slots=True, eq=False)
class EntityKind:
    """One entity.

    ``nouns`` are its names among the notions of headers: "invoice number" is the own number of an invoice. ``columns`` says
    how usual a meaning is, ``cannot`` which it never has, ``needs`` which kinds of values (``observed.LOOKS``) some column
    must have. ``signs`` are sets of notions in headers with their weight for the entity (``semantic_type`` explains them);
    ``named_by`` are notions in the names of files and folders that speak for it, its nouns without any. All weights are
    logarithms.
    """

    entity: str
    label: str
    nouns: tuple[str, ...]
    columns: Mapping[str, float]
    signs: Mapping[str, float]
    cannot: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    parsed: tuple[ParsedSign, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parsed", parsed_signs(self.signs))

    def allows(self, meaning: str) -> float:
        """Return what is added to a meaning's weight in a table of this entity."""
        if meaning in self.cannot:
            return CANNOT
        return self.columns.get(meaning, 0.0 if meaning == "none" else NOT_OF_IT)
