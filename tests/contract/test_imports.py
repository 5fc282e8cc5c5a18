"""What every form of a vendor's import keeps to, and that what is written in it is read again as what was meant."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from tests.contract.test_connectors import CONNECTORS, export_of
from toolkit.apply.imports.import_files import ImportPackage, import_files
from toolkit.changes import LINE_COLUMNS, Operation, Target, made_plan, operation
from toolkit.connector import RECORD_ID, Connector, ImportColumn, ImportForm, Stream, alternatives, header_key
from toolkit.files.canonical import canonical_stream
from toolkit.files.raw import RawTable
from toolkit.files.read import raw_tables
from toolkit.files.recognise import known_headers, recognised, routed
from toolkit.tables import ENTITY_COLUMNS

FORMS = [(connector, stream, form) for connector in CONNECTORS for stream in connector.streams for form in stream.imports]
NAMES = [f"{connector.name}-{stream.name}-{form.actions[0]}" for connector, stream, form in FORMS]
CHANGING = [(connector, stream, form) for connector, stream, form in FORMS if "update" in form.actions]
READ = [(connector, stream, form) for connector, stream, form in CHANGING if stream.formats]
_FORMS = pytest.mark.parametrize(("connector", "stream", "form"), FORMS, ids=NAMES)


@_FORMS
def test_a_form_names_columns_that_there_are(connector: Connector, stream: Stream, form: ImportForm) -> None:
    """Each column is a canonical one of its entity, stands once, and has a header of its own."""
    columns = [column.column for column in form.columns]
    headers = [*(header_key(column.header) for column in form.columns), *(header_key(name) for name, _ in form.constants)]
    canonical = set(ENTITY_COLUMNS[stream.entity])

    assert connector.is_product
    assert set(columns) <= canonical
    assert len(columns) == len(set(columns))
    assert len(headers) == len(set(headers))
    assert {*form.required, *form.unsaid} <= canonical
    assert set(form.left_empty) <= canonical | set(LINE_COLUMNS)
    assert not {*form.unsaid, *form.left_empty} & set(columns)
    assert set(form.required) <= set(columns)
    assert all(name in canonical - set(columns) and set(parts) <= set(columns) for name, parts in form.follows)


@_FORMS
def test_a_form_says_how_a_record_is_found(connector: Connector, stream: Stream, form: ImportForm) -> None:
    """Whoever changes a record names it; whoever makes one names what no other record may share."""
    headers = {column.column: column for column in form.columns}

    assert connector.stream(stream.name) is stream
    assert set(form.actions) in ({"create"}, {"update"}, {"update", "repoint"})
    if "update" in form.actions:
        assert form.record is not None
        assert form.record.column == RECORD_ID or headers[form.record.column] == form.record
        assert not form.unsaid
    else:
        assert form.required
        assert form.record is None or form.record.column in form.required


@_FORMS
def test_a_document_with_lines_is_kept_apart_from_others(connector: Connector, stream: Stream, form: ImportForm) -> None:
    """Its lines have the headers of the template, and what keeps it apart is in every row."""
    columns = {column.column for column in form.columns}
    lines = [column.column for column in form.lines]

    assert connector.stream(stream.name).imports
    assert set(lines) <= {*LINE_COLUMNS, "rate"}
    assert len(lines) == len(set(lines)) == len({column.header for column in form.lines})
    assert (form.apart in columns) is bool(lines)
    assert all(name in columns and other in {*columns, *form.left_empty} for name, other in form.instead)


@_FORMS
def test_a_form_says_where_it_is_and_who_says_so(connector: Connector, stream: Stream, form: ImportForm) -> None:
    """A client finds the import in the product, and sees how old the source of a claim is."""
    assert connector.name
    assert stream.name
    assert all(text.endswith(".") for text in (form.place, form.on_repeat, *form.choices))
    assert re.search(r"\b20\d\d\b", form.source)
    assert form.max_rows > 0
    assert form.max_bytes >= 0


@pytest.mark.parametrize(
    ("connector", "stream", "form"), CHANGING, ids=[f"{connector.name}-{stream.name}" for connector, stream, _ in CHANGING]
)
def test_a_field_is_written_where_it_is_read_first(connector: Connector, stream: Stream, form: ImportForm) -> None:
    """The next export shows what was written, not what stands in another field of the product."""
    wrong = {
        column.column: column.header
        for column in form.columns
        if not (source := stream.fields[column.column]).headers
        or header_key(column.header) not in {header_key(one) for one in alternatives(source.headers[0])}
    }

    assert connector.name
    assert wrong == {}


def test_one_form_takes_a_change() -> None:
    """Whoever looks for the import of a change finds one."""
    taken = [(connector.name, stream.name, action) for connector, stream, form in FORMS for action in form.actions]

    assert len(taken) == len(set(taken))


@pytest.mark.parametrize("connector", CONNECTORS, ids=[one.name for one in CONNECTORS])
def test_what_is_done_by_hand_has_its_way_back(connector: Connector) -> None:
    """In sentences."""
    assert all(words.do.endswith(".") and words.undo.endswith(".") for words in connector.by_hand.values())


@pytest.mark.parametrize(
    ("connector", "stream", "form"), READ, ids=[f"{connector.name}-{stream.name}" for connector, stream, _ in READ]
)
def test_what_is_imported_is_read_as_planned_and_taken_back(
    connector: Connector, stream: Stream, form: ImportForm, tmp_path: Path
) -> None:
    """An export that was changed by the files, as the vendor would, is as planned; by the undo files, as it was before."""
    exported = export_of(connector, stream)
    rows = _rows(exported)
    before = _read(connector, stream, rows, tmp_path)
    operations = _updates(stream, form, before)
    plan = made_plan(
        "cleanup",
        engagement_id="e",
        target=Target("sys", connector.name),
        snapshot_ids={},
        rules_hash="r",
        operations=operations,
        record_counts={},
    )

    package = import_files(plan, connector, {stream.name: before}, currency="USD")

    assert package.by_file == len(operations) > 0, package.reasons
    _imported(package, form, rows, "0", tmp_path)
    after = _read(connector, stream, rows, tmp_path)
    assert _values(after, operations) == {one.target_id: dict(one.after) for one in operations}
    assert _others(after, operations) == _others(before, operations)
    _imported(package, form, rows, "undo/", tmp_path)
    assert _read(connector, stream, rows, tmp_path).equals(before)


def _rows(raw: RawTable) -> list[dict[str, str]]:
    return [{header: row[f"c{index}"] or "" for index, header in enumerate(raw.headers)} for row in raw.rows.to_pylist()]


def _read(connector: Connector, stream: Stream, rows: Sequence[Mapping[str, str]], folder: Path) -> pa.Table:
    """Return the canonical records of an export with these rows."""
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    [raw] = raw_tables(path, root=folder, known_headers=known_headers(CONNECTORS))
    parts = [part for found, part in routed(raw, recognised(raw, [connector])) if found.name == stream.name]
    read = canonical_stream(parts, stream, system="sys", country="US", time_zone="America/Chicago", currency="USD")
    return read.table()


_TRIED = ("new{}@example.com", "new{}.example.com", "https://new{}.example.com/", "0010000000000{:02}AAA", "Changed {}")


def _updates(stream: Stream, form: ImportForm, table: pa.Table) -> list[Operation]:
    """Return a change of every filled field of every record that the form can change."""
    found = []
    for at, row in enumerate(table.to_pylist()):
        if form.record is not None and not row[form.record.column]:
            continue
        cells = json.loads(row["raw"])
        whole = {name for name, source in stream.fields.items() if sum(bool(cells.get(one)) for one in source.headers) < 2}
        columns = [one for one in form.columns if row[one.column] and one != form.record and one.column in whole]
        before = {one.column: str(row[one.column]) for one in columns}
        after = {one.column: _other(one, at) for one in columns}
        if after:
            found.append(operation("update", "sys", row["stream"], target_id=row["record_id"], before=before, after=after))
    return found


def _other(column: ImportColumn, at: int) -> str:
    if column.column.endswith("_minor"):
        return str(1_000 + at)
    texts = (text.format(at) for text in _TRIED)
    return next(text for text in texts if column.pattern == "" or re.fullmatch(column.pattern, text))


def _imported(package: ImportPackage, form: ImportForm, rows: list[dict[str, str]], folder: str, at: Path) -> None:
    """Change rows of an export as the vendor's import would, in the order of the files, each read with our own reader."""
    assert form.record is not None
    for one in package.files:
        if not one.name.endswith(".csv") or not one.name.startswith(folder) or "by-hand" in one.name:
            continue
        path = at / "import.csv"
        path.write_bytes(one.content)
        [raw] = raw_tables(path, root=at, known_headers=known_headers(CONNECTORS))
        assert _rows(raw) == list(csv.DictReader(io.StringIO(one.content.decode())))
        for given in _rows(raw):
            [row] = [row for row in rows if row[form.record.header] == given[form.record.header]]
            row.update({header: cell for header, cell in given.items() if cell or form.rows == "whole"})


def _values(table: pa.Table, operations: Sequence[Operation]) -> dict[str | None, dict[str, str | None]]:
    names = {one.target_id: list(one.after) for one in operations}
    return {
        row["record_id"]: {name: None if row[name] is None else str(row[name]) for name in names[row["record_id"]]}
        for row in table.to_pylist()
        if row["record_id"] in names
    }


_MADE_OF_OTHERS = {"raw", "name", "company_name", "kind", "record_key"}


def _others(table: pa.Table, operations: Sequence[Operation]) -> list[dict[str, object]]:
    names = {one.target_id: set(one.after) for one in operations}
    return [
        {name: value for name, value in row.items() if name not in _MADE_OF_OTHERS | names.get(row["record_id"], set())}
        for row in table.to_pylist()
    ]
