"""Records that begin in several systems: each of them is its own master, until somebody says which decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.landscape.entry_points import EntryPoints


@dataclass(frozen=True, slots=True)
class Mastered:
    """A kind of record that begins in several systems; ``decided_by`` is empty where nobody said who decides."""

    entity: str
    systems: tuple[str, ...]
    decided_by: str


def mastered_twice(
    found: Iterable[EntryPoints], truth: Mapping[str, str | Mapping[str, str]] | None = None
) -> tuple[Mastered, ...]:
    """Return the kinds of records that begin in two systems or more.

    Parameters
    ----------
    found
        Where records are kept, and how they come there.
    truth
        The system that decides, by entity, or by field below it (``default`` for the rest).

    Examples
    --------
    >>> from toolkit.landscape.entry_points import Kept
    >>> both = tuple(Kept("party", name, ("customers",), 5, "begins", ()) for name in ("crm", "shop"))
    >>> mastered_twice([EntryPoints("party", both)], {"party": {"default": "crm", "tax_id": "ledger"}})
    (Mastered(entity='party', systems=('crm', 'shop'), decided_by='crm'),)
    """
    twice = []
    for one in found:
        begins = tuple(sorted(kept.system for kept in one.at("begins")))
        if len(begins) > 1:
            said = (truth or {}).get(one.entity, "")
            twice.append(Mastered(one.entity, begins, said if isinstance(said, str) else said.get("default", "")))
    return tuple(twice)
