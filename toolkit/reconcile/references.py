"""Which party of its own system a record means: by id, then by name as written, then by standardised name.

Never across systems: that is the crosswalk's work. A reference that fits several parties equally well stays unresolved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.tables import DOCUMENT, PARTY, REFERENCE, checked
from toolkit.values import company_name
from toolkit.values.placeholder import is_placeholder

_SUPPLIER_ENTITIES = frozenset({"bill", "expense"})
_SUPPLIER_ROLES = frozenset({"vendor", "supplier"})
_CUSTOMER_ROLES = frozenset({"customer", "lead"})
_KIND_ORDER = {"company": 0, "unknown": 1, "person": 2}


@dataclass(frozen=True, slots=True)
class ResolvedReferences:
    """Documents with ``party_key``, parties with ``parent_key``, and how each reference was found (REFERENCE)."""

    documents: pa.Table
    parties: pa.Table
    references: pa.Table

    @property
    def unresolved_count(self) -> int:
        """How many references no party was found for, ambiguous ones included."""
        return int(self.references["found_key"].null_count)


@dataclass(frozen=True, slots=True)
class _Party:
    key: str
    kind: str
    roles: frozenset[str]
    survivor: str


@dataclass(slots=True)
class _Names:
    """The parties of one system, by everything that may name them."""

    by_id: dict[str, list[_Party]] = field(default_factory=dict)
    by_name: dict[str, list[_Party]] = field(default_factory=dict)
    by_company: dict[str, list[_Party]] = field(default_factory=dict)
    by_part: dict[str, list[_Party]] = field(default_factory=dict)
    by_standard: dict[str, list[_Party]] = field(default_factory=dict)


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
    names = _names_per_system(parties)
    document_rows = _resolved_documents(documents, names)
    party_rows = _resolved_parents(parties, names)
    return ResolvedReferences(
        documents=_filled(documents, "party_key", document_rows),
        parties=_filled(parties, "parent_key", party_rows),
        references=REFERENCE.from_rows([*document_rows, *party_rows]),
    )


def _names_per_system(parties: pa.Table) -> dict[str, _Names]:
    columns = [
        "record_key",
        "system",
        "record_id",
        "alt_ids",
        "name",
        "company_name",
        "kind",
        "roles",
        "merged_into",
        "state",
    ]
    rows = parties.select(columns).to_pylist()
    standard = company_name.standardised(pa.array([row["name"] for row in rows], pa.string())).to_pylist()
    result: dict[str, _Names] = {}
    for row, standard_name in zip(rows, standard, strict=True):
        if row["state"] in {"deleted", "absent"} and not row["merged_into"]:
            continue
        names = result.setdefault(row["system"], _Names())
        party = _Party(
            row["record_key"], row["kind"], frozenset(row["roles"] or ()), row["merged_into"] or row["record_key"]
        )
        for identity in {row["record_id"], *(row["alt_ids"] or ())}:
            names.by_id.setdefault(identity.strip(), []).append(party)
        _add(names.by_name, row["name"], party)
        _add(names.by_part, _last_part(row["name"]), party)
        _add(names.by_company, row["company_name"], party)
        if standard_name:
            names.by_standard.setdefault(standard_name, []).append(party)
    return result


def _add(index: dict[str, list[_Party]], name: str | None, party: _Party) -> None:
    folded = _folded(name)
    if folded:
        index.setdefault(folded, []).append(party)


def _folded(name: str | None) -> str:
    return " ".join(name.split()).casefold() if name and not is_placeholder(name) else ""


def _last_part(name: str | None) -> str | None:
    return name.rsplit(":", 1)[1] if name and ":" in name else None


def _resolved_documents(documents: pa.Table, names: dict[str, _Names]) -> list[dict[str, str | None]]:
    wanted = documents.filter(
        pc.and_(
            pc.is_null(documents["party_key"]),
            pc.or_(pc.is_valid(documents["party_ref"]), pc.is_valid(documents["party_name"])),
        )
    ).select(["record_key", "system", "stream", "entity", "party_ref", "party_name"])
    known: dict[tuple[str, bool, str | None, str | None], tuple[str | None, str]] = {}
    rows: list[dict[str, str | None]] = []
    for row in wanted.to_pylist():
        is_supplier = row["entity"] in _SUPPLIER_ENTITIES
        question = (row["system"], is_supplier, row["party_ref"], row["party_name"])
        if question not in known:
            roles = _SUPPLIER_ROLES if is_supplier else _CUSTOMER_ROLES
            known[question] = _found(names.get(row["system"], _Names()), row["party_ref"], row["party_name"], roles)
        # A number that names nobody here does not stand for the name beside it.
        is_by_name = known[question][1] != "id" and bool(row["party_name"])
        written = row["party_name"] if is_by_name else row["party_ref"] or row["party_name"]
        # Of a name that was blacked out nobody can be found, whatever id stands beside it: it is no failed reference.
        is_nobody = bool(row["party_name"]) and is_placeholder(row["party_name"]) and known[question][0] is None
        if written and not is_placeholder(written) and not is_nobody:
            rows.append(_reference(row, "party_key", written, known[question]))
    return rows


def _resolved_parents(parties: pa.Table, names: dict[str, _Names]) -> list[dict[str, str | None]]:
    is_contact = pc.and_(pc.equal(parties["kind"], "person"), pc.is_valid(parties["company_name"]))
    wanted = parties.filter(
        pc.and_(pc.is_null(parties["parent_key"]), pc.or_(pc.is_valid(parties["parent_ref"]), is_contact))
    ).select(["record_key", "system", "stream", "kind", "parent_ref", "company_name"])
    rows: list[dict[str, str | None]] = []
    for row in wanted.to_pylist():
        in_system = names.get(row["system"], _Names())
        name = row["company_name"] if row["kind"] == "person" else None
        answer = _found(in_system, row["parent_ref"], name, frozenset(), self_key=row["record_key"])
        written = row["parent_ref"] or row["company_name"]
        # A company name in a system without companies names nobody there: it is no failed reference.
        is_asked = row["parent_ref"] is not None or answer[0] is not None
        if is_asked and written and not is_placeholder(written):
            rows.append(_reference(row, "parent_key", written, answer))
    return rows


def _reference(row: dict[str, str], column: str, written: str, answer: tuple[str | None, str]) -> dict[str, str | None]:
    return {
        "record_key": row["record_key"], "column": column, "system": row["system"], "stream": row["stream"],
        "written": written, "found_key": answer[0], "found_by": answer[1],
    }  # fmt: skip


def _found(
    names: _Names, ref: str | None, name: str | None, roles: frozenset[str], *, self_key: str | None = None
) -> tuple[str | None, str]:
    """Return the key found and by what; the first step with any candidate decides."""
    is_parent = self_key is not None
    is_ambiguous = False
    for found_by, candidates in _steps(names, ref, name):
        fitting = [one for one in candidates if one.key != self_key and not (is_parent and one.kind == "person")]
        if not fitting:
            continue
        best = _best(fitting, roles)
        if best is not None:
            return best, found_by
        is_ambiguous = True
    return None, "ambiguous" if is_ambiguous else "nothing"


def _steps(names: _Names, ref: str | None, name: str | None) -> Iterable[tuple[str, Sequence[_Party]]]:
    if ref:
        yield "id", names.by_id.get(ref.strip(), ())
        if ";" in ref:
            for one in sorted(ref.split(";"), key=lambda piece: "(Primary)" not in piece):
                yield "id", names.by_id.get(one.replace("(Primary)", "").strip(), ())
    written = [one for one in (ref, name) if one]
    for one in written:
        yield "name", names.by_name.get(_folded(one), ())
    for one in written:
        yield "name", names.by_company.get(_folded(one), ())
    for one in written:
        yield "name part", names.by_part.get(_folded(one), ())
        yield "name part", names.by_name.get(_folded(_last_part(one)), ())
    for standard in filter(None, map(company_name.company_name, written)):
        yield "standardised name", names.by_standard.get(standard.text, ())


def _best(candidates: Sequence[_Party], roles: frozenset[str]) -> str | None:
    """Return the one party that fits best; None when two fit equally well."""
    ranked = sorted({(not (roles & one.roles), _KIND_ORDER.get(one.kind, 1), one.survivor) for one in candidates})
    if len(ranked) > 1 and ranked[0][:2] == ranked[1][:2] and ranked[0][2] != ranked[1][2]:
        return None
    return ranked[0][2]


def _filled(table: pa.Table, column: str, rows: Sequence[dict[str, str | None]]) -> pa.Table:
    found = {row["record_key"]: row["found_key"] for row in rows}
    keys = table["record_key"].to_pylist()
    values = [old or found.get(key) for key, old in zip(keys, table[column].to_pylist(), strict=True)]
    return table.set_column(table.column_names.index(column), column, pa.array(values, pa.string()))
