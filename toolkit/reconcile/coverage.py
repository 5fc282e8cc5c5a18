"""Which parties two systems share, and which only one of them has."""

from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import NONE, Coded, Flags, array_of, coded, positions
from toolkit.tables import COVERAGE, PARTY, checked


def coverage(parties: pa.Table, crosswalk: pa.Table, pairs: pa.Table) -> pa.Table:
    """Return the COVERAGE of each two systems, for every role and for ``any``.

    ``both + only_l + only_r + ambiguous`` is exactly the number of different parties of the two systems. A party is
    ambiguous when one system lacks it and a pair with a record of that system still waits for review.

    Parameters
    ----------
    parties
        Table PARTY, for the roles.
    crosswalk
        Table CROSSWALK of these parties.
    pairs
        Table PAIR.
    """
    parties = checked(parties, PARTY).select(["record_key", "system", "roles"])
    walk_row = positions(parties["record_key"], crosswalk["record_key"])
    parties, walk_row = parties.filter(pa.array(walk_row != NONE)), walk_row[walk_row != NONE]
    golden, system = coded(crosswalk["golden_id"]), coded(parties["system"])
    party = golden.code[walk_row]
    held = _held(system.code, party, len(system.texts), len(golden.texts))
    with_role = _held_with_role(parties, system, party, len(golden.texts))
    reviews = _reviews(pairs, crosswalk, golden, system)
    rows = []
    for (left, system_l), (right, system_r) in combinations(enumerate(system.texts.to_pylist()), 2):
        for role in ("any", *sorted({*with_role[left], *with_role[right]})):
            none = np.zeros(len(golden.texts), dtype=bool)
            is_its = with_role[left].get(role, none) | with_role[right].get(role, none) if role != "any" else ~none
            in_l, in_r = held[left] & is_its, held[right] & is_its
            only_l, only_r = in_l & ~in_r, in_r & ~in_l
            open_l, open_r = only_l & reviews[right], only_r & reviews[left]
            rows.append(
                {
                    "system_l": system_l, "system_r": system_r, "role": role, "both": int((in_l & in_r).sum()),
                    "only_l": int((only_l & ~open_l).sum()), "only_r": int((only_r & ~open_r).sum()),
                    "ambiguous": int(open_l.sum() + open_r.sum()),
                }
            )  # fmt: skip
    return COVERAGE.from_rows(rows)


def _held(system: Ints, party: Ints, systems: int, parties: int) -> Flags:
    """Return which system (row) has which party (column)."""
    result = np.zeros((systems, parties), dtype=bool)
    result[system, party] = True
    return result


def _held_with_role(parties: pa.Table, system: Coded, party: Ints, count: int) -> list[dict[str, Flags]]:
    """Return for each system the parties that it gives each role."""
    lists = parties["roles"].combine_chunks()
    owner = np.asarray(pc.list_parent_indices(lists), dtype=np.int64)
    role = coded(pc.list_flatten(lists))
    result: list[dict[str, Flags]] = [{} for _ in system.texts]
    places, at = np.unique(system.code[owner] * np.int64(len(role.texts) + 1) + role.code, return_inverse=True)
    for number, place in enumerate(places.tolist()):
        its_system, its_role = divmod(place, len(role.texts) + 1)
        has_role = np.zeros(count, dtype=bool)
        has_role[party[owner[at == number]]] = True
        result[its_system][role.texts[its_role].as_py()] = has_role
    return result


def _reviews(pairs: pa.Table, crosswalk: pa.Table, golden: Coded, system: Coded) -> Flags:
    """Return in which system (row) a record waits to be compared with which party (column) by a person."""
    waiting = pairs.select(["key_l", "key_r"]).filter(pc.equal(pairs["decision"], "review"))
    keys = array_of(crosswalk["record_key"])
    row_l, row_r = positions(waiting["key_l"], keys), positions(waiting["key_r"], keys)
    is_known = (row_l != NONE) & (row_r != NONE)
    row_l, row_r = row_l[is_known], row_r[is_known]
    place = system.code_of(crosswalk["system"])
    result = np.zeros((len(system.texts) + 1, len(golden.texts)), dtype=bool)
    result[place[row_r], golden.code[row_l]] = True
    result[place[row_l], golden.code[row_r]] = True
    return result
