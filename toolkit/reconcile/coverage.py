"""Which parties two systems share, and which only one of them has."""

from collections import defaultdict
from itertools import combinations

import pyarrow as pa

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
    parties = checked(parties, PARTY)
    golden = dict(zip(crosswalk["record_key"].to_pylist(), crosswalk["golden_id"].to_pylist(), strict=True))
    system_of = dict(zip(crosswalk["record_key"].to_pylist(), crosswalk["system"].to_pylist(), strict=True))
    held: dict[str, set[str]] = defaultdict(set)
    with_role: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in parties.select(["record_key", "system", "roles"]).to_pylist():
        party = golden.get(row["record_key"])
        if party is None:
            continue
        held[row["system"]].add(party)
        for role in row["roles"] or ():
            with_role[row["system"]][role].add(party)
    reviews = _reviews(pairs, golden, system_of)
    rows = []
    for system_l, system_r in combinations(sorted(held), 2):
        roles = sorted({*with_role[system_l], *with_role[system_r]})
        for role in ("any", *roles):
            of_role = with_role[system_l].get(role, set()) | with_role[system_r].get(role, set())
            in_l = held[system_l] if role == "any" else held[system_l] & of_role
            in_r = held[system_r] if role == "any" else held[system_r] & of_role
            only_l, only_r = in_l - in_r, in_r - in_l
            open_l = {party for party in only_l if system_r in reviews.get(party, ())}
            open_r = {party for party in only_r if system_l in reviews.get(party, ())}
            rows.append(
                {
                    "system_l": system_l, "system_r": system_r, "role": role, "both": len(in_l & in_r),
                    "only_l": len(only_l - open_l), "only_r": len(only_r - open_r),
                    "ambiguous": len(open_l) + len(open_r),
                }
            )  # fmt: skip
    return COVERAGE.from_rows(rows)


def _reviews(pairs: pa.Table, golden: dict[str, str], system_of: dict[str, str]) -> dict[str, set[str]]:
    """Return for each party the systems in which a record waits to be compared with it by a person."""
    waiting: dict[str, set[str]] = defaultdict(set)
    for row in pairs.select(["key_l", "key_r", "decision"]).to_pylist():
        if row["decision"] == "review" and row["key_l"] in golden and row["key_r"] in golden:
            waiting[golden[row["key_l"]]].add(system_of[row["key_r"]])
            waiting[golden[row["key_r"]]].add(system_of[row["key_l"]])
    return waiting
