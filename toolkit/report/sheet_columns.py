"""Columns of the work-through workbook: names before ids, the columns to decide in, and names of records and documents."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import array_of
from toolkit.report.run import RunTables
from toolkit.report.sheets import Sheet

Column = tuple[pa.Array | pa.ChunkedArray, int]
"""The cells of a column, and its width."""

# To put all of a long column into a table of its keys takes longer than to look through it once.
_FEW_TIMES = 8
_NAMING = ("name", "company_name", "email", "record_id")


def sheet(
    name: str,
    purpose: str,
    columns: Mapping[str, Column],
    row_count: int,
    *,
    ids: Mapping[str, Column] | None = None,
    choices: tuple[str, ...] = (),
    hint: str = "",
    frozen: int = 2,
) -> Sheet:
    """Return a sheet; ids come last.

    Parameters
    ----------
    name, purpose, columns, row_count, choices, hint, frozen
        As `Sheet` has them.
    ids
        Columns for the programme.
    """
    whole = {**columns, **(ids or {})}
    table = pa.table({header: values for header, (values, _) in whole.items()})
    widths = tuple(width for _, width in whole.values())
    return Sheet(name, purpose, table, widths, row_count, choices, hint, frozenset(ids or ()), frozen)


def plain_columns(table: pa.Table, names: Sequence[str], widths: Sequence[int]) -> dict[str, Column]:
    """Return columns of a table as they are.

    Parameters
    ----------
    table
        Any table.
    names, widths
        Its columns to show.
    """
    return {name: (table[name], width) for name, width in zip(names, widths, strict=True)}


def worded(column: pa.ChunkedArray, words: Mapping[str, str]) -> pa.Array | pa.ChunkedArray:
    """Return a column of codes in words; a code without a word stays as it is.

    Examples
    --------
    >>> worded(pa.chunked_array([["l", None, "x"]]), {"l": "left"}).to_pylist()
    ['left', None, 'x']
    """
    known = pc.unique(column).to_pylist()
    said = pa.array([words.get(one, one) for one in known], pa.string())
    return said.take(pc.index_in(column, value_set=pa.array(known, pa.string())))


def looked_up(keys: pa.Array | pa.ChunkedArray, among: pa.ChunkedArray, *columns: pa.ChunkedArray) -> list[pa.ChunkedArray]:
    """Return the cells of some columns in the first row that has each key; null where there is none.

    Parameters
    ----------
    keys
        What is looked for.
    among
        The column that holds keys.
    columns
        As long as ``among``.
    """
    # Most tables of a run are long, and most questions are about none of it.
    if not len(keys):
        return [one.slice(0, 0) for one in columns]
    if len(keys) * _FEW_TIMES < len(among):
        asked = pc.indices_nonzero(pc.is_in(among, value_set=array_of(keys)))
        among, columns = among.take(asked), tuple(one.take(asked) for one in columns)
    rows = pc.index_in(keys, value_set=among)
    return [one.take(rows) for one in columns]


def party_names(run: RunTables, record_keys: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    """Return what each party record is called: its name, company, e-mail address or id; null for no record."""
    party = run.table("party")
    return pc.coalesce(*looked_up(record_keys, party["record_key"], *(party[name] for name in _NAMING)))


def golden_names(run: RunTables, golden_ids: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return what each party is called, by its golden name, else by a record of it."""
    golden, crosswalk = run.table("golden"), run.table("crosswalk")
    named = golden.filter(pc.equal(golden["column"], "name"))
    (own,) = looked_up(golden_ids, named["golden_id"], named["value"])
    (record,) = looked_up(golden_ids, crosswalk["golden_id"], crosswalk["record_key"])
    return pc.coalesce(own, party_names(run, record))


def document_columns(run: RunTables, record_keys: pa.ChunkedArray) -> dict[str, Column]:
    """Return whose each document is, and what people call it: its number, its name or its text, else its id."""
    document, reference = run.table("document"), run.table("reference")
    of_document = reference.filter(pc.equal(reference["column"], "party_key"))
    (party,) = looked_up(record_keys, of_document["record_key"], of_document["found_key"])
    words = (document[name] for name in ("party_name", "number", "name"))
    written, number, title = looked_up(record_keys, document["record_key"], *words)
    record_id = pc.replace_substring_regex(record_keys, pattern="^[^/]+/[^/]+/", replacement="")
    # A party record is its own customer.
    who = pc.coalesce(party_names(run, party), written, party_names(run, record_keys))
    # An id that nobody quotes says less than a title.
    quoted = pc.if_else(pc.fill_null(pc.equal(number, record_id), False), pa.scalar(None, pa.string()), number)
    is_nameless = pc.and_(pc.is_null(number), pc.is_null(title))
    called = pc.coalesce(quoted, title, _texts(run, record_keys, is_nameless), record_id)
    return {"customer or supplier": (who, 30), "document": (called, 36)}


def _texts(run: RunTables, record_keys: pa.ChunkedArray, is_asked: pa.ChunkedArray) -> pa.Array:
    """Return what stands in documents that have neither a number nor a name, such as bank lines; null elsewhere."""
    keys = record_keys.filter(is_asked).drop_null().unique().to_pylist()
    rows = run.documents_of(keys) if keys else {}
    said = {key: text for key, row in rows.items() if (text := " ".join(str(row.get("description") or "").split()))}
    return (
        pa.array([said.get(key) for key in record_keys.to_pylist()], pa.string())
        if said
        else pa.nulls(len(record_keys), pa.string())
    )


def system_words(run: RunTables, record_keys: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return the client's word for the system of each record."""
    return worded(pc.replace_substring_regex(record_keys, pattern="/.*$", replacement=""), run.labels)
