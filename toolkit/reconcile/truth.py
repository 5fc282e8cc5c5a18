"""Which system decides which field: as the client said. Where the client said nothing, no system decides alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.errors import InputError

DEFAULT = "default"

ONE_FACT: tuple[tuple[str, ...], ...] = (
    ("name", "given_name", "family_name"),
    ("street", "city", "region", "postcode", "country"),
)
"""Columns that are one fact together: half of one address and half of another is the address of nobody."""


@dataclass(frozen=True, slots=True)
class SourceOfTruth:
    """The deciding system per entity and column; under ``default`` that of all other columns of the entity."""

    systems: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entity, columns in self.systems.items():
            for column, system in columns.items():
                if not isinstance(system, str) or not system:
                    raise InputError(
                        f"sources_of_truth names {system!r} for {entity}.{column}. Exactly one system decides a field: "
                        "name one."
                    )
            for fact in ONE_FACT:
                named = {column: columns[column] for column in fact if column in columns}
                if len(set(named.values())) > 1:
                    said = ", ".join(f"{column}: {system}" for column, system in named.items())
                    raise InputError(
                        f"sources_of_truth of {entity} names several systems for one fact ({said}). An address, and a "
                        "person's name, is taken whole from one record: name one system for all of it."
                    )

    def system_for(self, entity: str, column: str) -> str | None:
        """Return the system that decides a column of an entity; null where nobody decided.

        Who decides one part of an address, or of a person's name, decides all of it.

        Examples
        --------
        >>> truth = SourceOfTruth({"party": {"default": "crm", "postcode": "ledger"}})
        >>> truth.system_for("party", "email"), truth.system_for("party", "city"), truth.system_for("deal", "name")
        ('crm', 'ledger', None)
        """
        columns = self.systems.get(entity, {})
        fact = next((one for one in ONE_FACT if column in one), (column,))
        return next((columns[one] for one in fact if one in columns), columns.get(DEFAULT))
