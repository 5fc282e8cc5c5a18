"""Which party of its own system a record means: by id, then by name as written, then by standardised name.

Never across systems: that is the crosswalk's work. A reference that fits several parties equally well stays unresolved.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.party_names import CUSTOMER, FOUND_BY, PARENT, SUPPLIER, Answers, PartyNames, References
from toolkit.tables import DOCUMENT, PARTY, REFERENCE, checked
from toolkit.values.placeholder import placeholders

NAMING_COLUMNS = ("record_key", "system", "stream", "entity", "party_ref", "party_name", "party_key")
"""Columns of documents that say whose they are."""

_SUPPLIER_ENTITIES = ("bill", "expense")


@dataclass(frozen=True, slots=True)
class ResolvedReferences:
    """Documents with ``party_key``, parties with ``parent_key``, and how each reference was found (REFERENCE)."""

    documents: pa.Table
    parties: pa.Table
    references: pa.Table


def resolved_references(documents: pa.Table, parties: pa.Table) -> ResolvedReferences:
    """Return documents and parties with their references to parties of the same system resolved.

    Parameters
    ----------
    documents
        Table DOCUMENT, of any number of systems. A ``party_key`` that is there already stays.
    parties
        Table PARTY of the same systems. A contact without ``parent_ref`` is tried by its company name.

    Examples
    --------
    >>> acme = {"record_key": "crm/companies/7", "system": "crm", "stream": "companies", "record_id": "7",
    ...         "entity": "party", "state": "active", "kind": "company", "name": "Acme Ltd"}
    >>> deal = {"record_key": "crm/deals/1", "system": "crm", "stream": "deals", "record_id": "1",
    ...         "entity": "deal", "state": "active", "party_ref": "7"}
    >>> found = resolved_references(DOCUMENT.from_rows([deal]), PARTY.from_rows([acme]))
    >>> found.documents["party_key"].to_pylist(), found.references["found_by"].to_pylist()
    (['crm/companies/7'], ['id'])
    """
    documents, parties = checked(documents, DOCUMENT), checked(parties, PARTY)
    references = found_references(documents, parties)
    return ResolvedReferences(with_party_keys(documents, references), with_parent_keys(parties, references), references)


def found_references(documents: pa.Table, parties: pa.Table) -> pa.Table:
    """Return how each reference of documents and parties was found, as table REFERENCE.

    Parameters
    ----------
    documents
        ``NAMING_COLUMNS`` of table DOCUMENT, of any number of systems.
    parties
        Table PARTY of the same systems.
    """
    names = PartyNames(parties)
    return checked(pa.concat_tables([_of_documents(documents, names), _of_parties(parties, names)]), REFERENCE)


def with_party_keys(documents: pa.Table, references: pa.Table) -> pa.Table:
    """Return documents with ``party_key`` as REFERENCE has it; one that is there already stays."""
    return _filled(documents, "party_key", references)


def with_parent_keys(parties: pa.Table, references: pa.Table) -> pa.Table:
    """Return parties with ``parent_key`` as REFERENCE has it; one that is there already stays."""
    return _filled(parties, "parent_key", references)


def _of_documents(documents: pa.Table, names: PartyNames) -> pa.Table:
    """Return the REFERENCE rows of documents that name a party."""
    is_named = pc.or_(pc.is_valid(documents["party_ref"]), pc.is_valid(documents["party_name"]))
    columns = [name for name in NAMING_COLUMNS if name != "party_key"]
    wanted = documents.select(columns).filter(pc.and_(pc.is_null(documents["party_key"]), is_named)).combine_chunks()
    ref, name = _texts(wanted, "party_ref"), _texts(wanted, "party_name")
    written = References(names.system_codes(wanted["system"]), ref, name, np.full(wanted.num_rows, -1))
    is_supplier = np.asarray(pc.is_in(wanted["entity"], pa.array(_SUPPLIER_ENTITIES)).combine_chunks())
    party, found_by = np.zeros(wanted.num_rows, dtype=np.int64), np.zeros(wanted.num_rows, dtype=np.int64)
    for role, is_its in ((SUPPLIER, is_supplier), (CUSTOMER, ~is_supplier)):
        rows = np.flatnonzero(is_its)
        party[rows], found_by[rows] = names.found(written.take(rows), role)
    # A number that names nobody here does not stand for the name beside it.
    is_by_name = pc.and_(pa.array(found_by != FOUND_BY.index("id")), _is_something(name))
    shown = pc.if_else(is_by_name, name, pc.if_else(_is_something(ref), ref, name))
    # Of a name that was blacked out nobody can be found, whatever id stands beside it: it is no failed reference.
    is_nobody = pc.and_(pc.and_(_is_something(name), _is_filler(name)), pa.array(party < 0))
    kept = pc.and_not(pc.and_not(_is_something(shown), _is_filler(shown)), is_nobody)
    return _rows(wanted, "party_key", shown, Answers(party, found_by), names).filter(kept)


def _of_parties(parties: pa.Table, names: PartyNames) -> pa.Table:
    """Return the REFERENCE rows of parties that name the company they belong to."""
    is_contact = pc.and_(pc.equal(parties["kind"], "person"), pc.is_valid(parties["company_name"]))
    mask = pc.and_(pc.is_null(parties["parent_key"]), pc.or_(pc.is_valid(parties["parent_ref"]), is_contact))
    columns = ["record_key", "system", "stream", "kind", "parent_ref", "company_name"]
    wanted = parties.select(columns).filter(mask).combine_chunks()
    ref, company = _texts(wanted, "parent_ref"), _texts(wanted, "company_name")
    name = pc.if_else(pc.equal(wanted["kind"], "person").combine_chunks(), company, pa.scalar(None, pa.string()))
    own_rows = np.flatnonzero(np.asarray(mask.combine_chunks()))
    found = names.found(References(names.system_codes(wanted["system"]), ref, name, own_rows), PARENT)
    shown = pc.if_else(_is_something(ref), ref, company)
    # A company name in a system without companies names nobody there: it is no failed reference.
    is_asked = pc.or_(pc.is_valid(ref), pa.array(found.party >= 0))
    kept = pc.and_(is_asked, pc.and_not(_is_something(shown), _is_filler(shown)))
    return _rows(wanted, "parent_key", shown, found, names).filter(kept)


def _rows(wanted: pa.Table, column: str, written: pa.StringArray, found: Answers, names: PartyNames) -> pa.Table:
    return pa.table(
        {
            "record_key": wanted["record_key"],
            "column": pa.repeat(column, wanted.num_rows),
            "system": wanted["system"],
            "stream": wanted["stream"],
            "written": written,
            "found_key": names.keys.take(pa.array(found.party, mask=found.party < 0)),
            "found_by": pa.array(FOUND_BY).take(pa.array(found.found_by)),
        }
    )


def _filled(table: pa.Table, column: str, references: pa.Table) -> pa.Table:
    own = references.filter(pc.equal(references["column"], column))
    at = pc.index_in(table["record_key"], value_set=own["record_key"].combine_chunks())
    found = own["found_key"].combine_chunks().take(at.combine_chunks()).cast(pa.string())
    old = _texts(table, column)
    values = pc.if_else(_is_something(old), old, found)
    return table.set_column(table.column_names.index(column), column, values)


def _texts(table: pa.Table, column: str) -> pa.StringArray:
    return table[column].combine_chunks()


def _is_something(texts: pa.StringArray) -> pa.BooleanArray:
    return pc.fill_null(pc.not_equal(texts, ""), False)


def _is_filler(texts: pa.StringArray) -> pa.BooleanArray:
    return pc.fill_null(placeholders(texts), False)
