"""Names of parties as they are matched: none that is an address, and of a list of persons each one a person.

``dedupe`` reads a table in the same way, so that a list gives the same pairs whichever way it comes in.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.dedupe.kinds_by_values import kind_of_names
from toolkit.interpret.given_table import looked_at
from toolkit.match.records.column_kinds import distinct_values
from toolkit.values.company_name import company_like

_WHOSE = ("person", "company")
_PARTS = ("given_name", "family_name", "company_name")


def names_to_match(parties: pa.Table) -> pa.Table:
    """Return parties with names and kinds as they are matched.

    An address that stands for a name where a system has none is compared as the address that it is. Where a list leaves open
    what its records are, and its names are nearly all of persons or of companies, each record that is not told, and whose
    name does not say otherwise, is one.

    Parameters
    ----------
    parties
        Table PARTY.
    """
    is_borrowed = pc.fill_null(pc.equal(parties["name"], parties["email"]), False)
    names = pc.if_else(is_borrowed, pa.scalar(None, pa.string()), parties["name"].cast(pa.string()))
    kinds = parties["kind"].cast(pa.string())
    told = kinds.combine_chunks()
    is_company = pc.fill_null(company_like(names.combine_chunks()), False)
    streams = pc.binary_join_element_wise(parties["system"].cast(pa.string()), parties["stream"].cast(pa.string()), "/")
    for stream in pc.unique(streams).to_pylist():
        is_own = pc.equal(streams, stream)
        whose = _whose(parties.filter(is_own), names.filter(is_own))
        if whose is not None:
            is_left_open = pc.and_(pc.and_(is_own, names.is_valid()), pc.equal(kinds, "unknown"))
            told = pc.if_else(pc.and_not(is_left_open, is_company if whose == "person" else False), whose, told)
    columns = {"name": names, "kind": pa.chunked_array([told]) if isinstance(told, pa.Array) else told}
    for name, values in columns.items():
        field = parties.schema.field(name)
        parties = parties.set_column(parties.column_names.index(name), field, values.cast(field.type))
    return parties


def _whose(rows: pa.Table, names: pa.ChunkedArray) -> str | None:
    """Return whose names a list holds; None where that is open, or its records say it themselves."""
    has_parts = any(rows[part].null_count < rows.num_rows for part in _PARTS)
    is_open = np.any(np.asarray(pc.equal(rows["kind"], "unknown")))
    if has_parts or not is_open:
        return None
    values = distinct_values(looked_at(pa.table({"name": names}))["name"])
    if not values:
        return None
    whose, _ = kind_of_names(values, is_company=False)
    return whose if whose in _WHOSE else None
