"""Tables of any shape as records to be matched: their columns by one interpretation, companies and persons told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.dedupe.comparison_kinds import UnderstoodTable, comparison_kinds, likely_ids
from toolkit.audit.dedupe.dates_in_parts import date_parts, joined_date
from toolkit.files.cell_transforms import joined
from toolkit.files.party_kinds import kinds as record_kinds
from toolkit.interpret.given_table import GivenTable, looked_at
from toolkit.interpret.interpretation import RECORD, Interpretation
from toolkit.interpret.reading import interpretation
from toolkit.match.records.column_kinds import NOT_COMPARED
from toolkit.match.records.joint_records import JointRecords, joint_records
from toolkit.match.records.record_files import text_columns

_NAMED = frozenset({"name", "given_name", "family_name", "company"})


def records_to_match(
    tables: Mapping[str, pa.Table],
    *,
    given: Mapping[str, GivenTable] | None = None,
    id_columns: Sequence[str] = (),
    kinds: Mapping[str, str] | None = None,
) -> JointRecords:
    """Return the records of all tables in one, each column compared as what it is.

    Parameters
    ----------
    tables
        Name of the file to its rows; at least one.
    given
        What else is known of a table, by its name: its headers as written, its sheet, its titles.
    id_columns, kinds
        As for ``joint_records``.

    Raises
    ------
    InputError
        A table is empty, its ids are not unique, or nothing in the tables can be compared.
    UnknownNameError
        There is no such column or kind.
    """
    texts = {name: text_columns(table, name) for name, table in tables.items()}
    understood = {name: _understood(name, table, (given or {}).get(name)) for name, table in texts.items()}
    recognised = comparison_kinds(understood)
    for name, table in texts.items():
        if (parts := date_parts(table)) is not None and not set(parts) & set(kinds or {}):
            whole = ", ".join(parts)
            texts[name] = table.append_column(whole, joined_date(table, parts))
            recognised[name] |= dict.fromkeys(parts, (NOT_COMPARED, f"It is a part of the date {whole}."))
            recognised[name][whole] = ("date", "Year, month and day of one date of birth.")
    joint = joint_records(
        texts,
        id_columns=id_columns,
        kinds=kinds,
        recognised=recognised,
        likely_ids={name: likely_ids(table) for name, table in understood.items()},
    )
    odd = tuple(_odd_rows(name, table.found) for name, table in understood.items() if table.found.row_is != RECORD)
    return replace(_with_kinds(joint), warnings=(*joint.warnings, *odd))


def _understood(name: str, table: pa.Table, given: GivenTable | None) -> UnderstoodTable:
    rows = looked_at(table)
    columns = tuple(rows.columns)
    known = given or GivenTable(headers=tuple(rows.column_names), columns=columns, rows_total=table.num_rows, file=name)
    return UnderstoodTable(interpretation(replace(known, columns=columns, rows_total=table.num_rows)), rows)


def _odd_rows(name: str, found: Interpretation) -> str:
    return f"A row of {name!r} seems to be a {found.row_is}: {found.row_reason}. Each was taken for a record."


def _with_kinds(joint: JointRecords) -> JointRecords:
    """Return records that say which of them are companies and which persons, by the rule that the audit has for parties.

    Where a column holds the names of persons alone, or there are no names, nothing is to be told.
    """
    if "person" in joint.compared.values() or not _NAMED & set(joint.compared.values()):
        return joint
    nothing = pa.nulls(joint.records.num_rows, pa.string())
    name, given, family, company = (
        pc.coalesce(*(joint.records[field].combine_chunks() for field in _fields(joint, kind)), nothing)
        for kind in ("name", "given_name", "family_name", "company")
    )
    person = joined([given, family], " ")
    kinds = record_kinds(pc.coalesce(name, person, company), person, company)
    # Thom As Milburn is no stock company of Norway: who has a first and a last name bears them.
    is_split = pc.and_(pc.and_(given.is_valid(), family.is_valid()), pc.equal(pc.coalesce(name, person), person))
    kinds = pc.if_else(pc.fill_null(is_split, False), "person", kinds)
    return replace(joint, records=joint.records.append_column("kind", kinds))


def _fields(joint: JointRecords, kind: str) -> list[str]:
    return [field for field, one in joint.compared.items() if one == kind]
