"""Records of a list that may be the party that is to be entered: one mailbox, company domain, telephone or address."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.cell_texts import Row
from toolkit.values import address, domain, email

_COLUMNS = ("email", "website", "phone", "street", "postcode")
_FEWEST_DIGITS, _COMPARED_DIGITS = 7, 9


def look_alikes(candidates: Mapping[str, Row], there: pa.Table) -> dict[str, tuple[str, ...]]:
    """Return for each candidate the records of a list that share one of its traits, where there are any.

    What everybody may have, such as the domain of a free mailbox, is no trait.

    Parameters
    ----------
    candidates
        Values of parties by any name.
    there
        Table PARTY, of the list.

    Examples
    --------
    >>> from toolkit.tables import PARTY
    >>> common = {"system": "ledger", "stream": "c", "entity": "party", "state": "active", "kind": "company"}
    >>> row = {**common, "record_key": "ledger/c/1", "record_id": "1", "email": "office@pebble.example"}
    >>> look_alikes({"a": {"email": "nadia@pebble.example"}, "b": {"email": "x@gmail.com"}}, PARTY.from_rows([row]))
    {'a': ('ledger/c/1',)}
    """
    if not candidates:
        return {}
    names = sorted(candidates)
    columns = {column: pa.array([candidates[name].get(column) for name in names], pa.string()) for column in _COLUMNS}
    owners: dict[str, list[str]] = {}
    for key, traits in zip(there["record_key"].to_pylist(), _traits(there.select(_COLUMNS)), strict=True):
        for one in traits:
            owners.setdefault(one, []).append(key)
    result = {}
    for name, traits in zip(names, _traits(pa.table(columns)), strict=True):
        found = {key for one in traits for key in owners.get(one, ())}
        if found:
            result[name] = tuple(sorted(found))
    return result


def _traits(parties: pa.Table) -> Iterable[set[str]]:
    """Return what each row may be recognised by."""
    held = {name: parties[name].combine_chunks() for name in _COLUMNS}
    digits = pc.replace_substring_regex(pc.fill_null(held["phone"], ""), r"\D", "").to_pylist()
    kinds = {
        "mailbox": email.standardised(held["email"]).to_pylist(),
        "domain": domain.company_domains(held["email"]).to_pylist(),
        "site": domain.company_domains(held["website"]).to_pylist(),
        "phone": [one[-_COMPARED_DIGITS:] if len(one) >= _FEWEST_DIGITS else None for one in digits],
        "address": [
            f"{street} {postcode.split()[0].split('-')[0]}" if street and postcode and postcode.split() else None
            for street, postcode in zip(
                address.standardised(held["street"]).to_pylist(), held["postcode"].to_pylist(), strict=True
            )
        ],
    }
    kind_of = {"site": "domain"}
    for row in zip(*kinds.values(), strict=True):
        yield {f"{kind_of.get(kind, kind)} {value}" for kind, value in zip(kinds, row, strict=True) if value}
