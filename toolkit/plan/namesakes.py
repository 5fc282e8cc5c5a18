"""New parties of one name that different rules ask for: they may be one, so none of them is made, nor what waits for it."""

from toolkit.changes import LeftOut, Operation
from toolkit.plan.new_parties import NAME_TWICE, NEW_PARTY, folded_name
from toolkit.plan.planned import Planned

WAITS = "its customer or supplier is not entered: another one of that name is to be entered, too"


def without_namesakes(planned: Planned, party_keys: frozenset[str]) -> Planned:
    """Return what is planned without new parties of one name in one list, and without the documents that name them.

    Parameters
    ----------
    planned
        What several rules ask for.
    party_keys
        Keys of all party records: what is made for one of them is a party.
    """
    named: dict[tuple[str, str], dict[str, Operation]] = {}
    for one in planned.operations:
        if one.natural_key in party_keys:
            named.setdefault((one.stream, _name(one)), {})[one.op_id] = one
    doubled = {op_id: one for found in named.values() if len(found) > 1 for op_id, one in found.items()}
    waiting = [one for one in planned.operations if doubled.keys() & {*one.depends_on}]
    gone = {*doubled, *(one.op_id for one in waiting)}
    left_out = [LeftOut(NEW_PARTY, (one.natural_key or "",), NAME_TWICE) for one in doubled.values()]
    left_out += [LeftOut(f"new record in {one.stream}", (one.natural_key or "",), WAITS) for one in waiting]
    kept = tuple(one for one in planned.operations if one.op_id not in gone)
    return Planned(kept, (*planned.left_out, *left_out))


def _name(one: Operation) -> str:
    """Return the folded name of a new party; of one that has none to compare, what makes it another than all others."""
    said = one.after.get("name") or " ".join(filter(None, (one.after.get("given_name"), one.after.get("family_name"))))
    return folded_name(said) or one.op_id
