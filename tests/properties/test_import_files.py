"""Whatever a plan holds: no change is lost, no cell runs, the order holds, and what files did is taken back."""

import csv
import dataclasses
import io
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.apply.imports.import_files import BY_HAND, MANIFEST, UNDO_BY_HAND, ImportPackage, import_files
from toolkit.apply.imports.steps import steps
from toolkit.changes import Operation, Plan, Target, made_plan, operation
from toolkit.connector import Connector, ExportFormat, Field, Stream
from toolkit.connectors import connectors
from toolkit.files.write import as_written, inert
from toolkit.tables import PARTY

_TABLE = Stream(
    name="Kunden",
    entity="party",
    kind="company",
    key=("Nr",),
    formats=(ExportFormat("Kunden", ("Nr",)),),
    fields={
        "name": Field(("Name",)),
        "phone": Field(("Telefon",)),
        "city": Field(("Ort",)),
        "street": Field(("Straße", "Zusatz"), joined=", "),
    },
)
_FOUND = {one.name: one for one in connectors()}
_TARGETS = {
    "hubspot": (_FOUND["hubspot"], "companies", {"Record ID": "", "Company name": "name", "Phone Number": "phone",
                                                 "City": "city", "Street Address": "street"}),
    "salesforce": (_FOUND["salesforce"], "accounts", {"Id": "", "Name": "name", "Phone": "phone", "BillingCity": "city",
                                                      "BillingStreet": "street"}),
    "xero": (_FOUND["xero"], "contacts", {"ContactName": "name", "PhoneNumber": "phone", "POCity": "city",
                                          "POAddressLine1": "street", "Discount": ""}),
    "table": (dataclasses.replace(_FOUND["table"], streams=(_TABLE,)), "Kunden",
              {"Nr": "", "Name": "name", "Telefon": "phone", "Ort": "city", "Straße": "street", "Zusatz": ""}),
    "quickbooks": (_FOUND["quickbooks"], "customers", {"Customer": "name", "Phone": "phone", "City": "city",
                                                       "Street": "street"}),
}  # fmt: skip
_HOSTILE = st.sampled_from(
    ["=1+1", "+44 113 496 0000", "@SUM(1)", "-2+3", "-12.50", "\t=1", "a;=1+1", "007", "O'Neill \"x\", Ltd", "two\nlines",
     "Zoë", "a\x00b", "\ud800", "'quoted", " spaced ", "#N/A", "\ufeffmark", "x" * 300]
)  # fmt: skip
_PLAIN = st.text(alphabet="abcXYZ 019,'\"é\n", min_size=1, max_size=8).filter(str.strip)
_MIXED = st.text(alphabet="aX ,;'\"=+-@|\t", max_size=6)
_TEXTS = st.integers(0, 11).flatmap(lambda at: {9: st.just(""), 10: _HOSTILE, 11: _MIXED}.get(at, _PLAIN))
_CHANGED = ("phone", "city", "street", "phone", "city", "name", "website")


@dataclasses.dataclass(repr=False)
class Case:
    """A target, its records, a plan on them, and the rows of its export by record."""

    connector: Connector
    table: pa.Table
    plan: Plan
    rows: dict[str, dict[str, str]]
    changes: list[tuple[str, str | None, dict[str, str | None]]]

    def __repr__(self) -> str:
        return f"{self.connector.name}: {self.rows} {self.changes}"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # noqa: FBT001 - the printer's protocol
        printer.text(repr(self))

    @property
    def stream(self) -> str:
        """Return the one stream that changes."""
        return str(self.table["stream"][0].as_py())

    def package(self) -> ImportPackage:
        """Return the files of the plan."""
        return import_files(self.plan, self.connector, {self.stream: self.table})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a target, its records and a plan on them."""
    connector, stream, columns = _TARGETS[draw(st.sampled_from(sorted(_TARGETS)))]
    names = draw(st.lists(_TEXTS.filter(bool), min_size=1, max_size=4))
    rows, records = {}, []
    for at, name in enumerate(names):
        record_id = f"00100000000000{at}AAA" if connector.name == "salesforce" else f"0{at + 1}"
        cells = {header: draw(_TEXTS) if column != "name" else name for header, column in columns.items()}
        key = next((header for header in ("Record ID", "Id", "Nr") if header in cells), "")
        cells |= {key: record_id} if key else {}
        rows[record_id] = cells
        is_file = draw(st.booleans()) or connector.name == "table"
        records.append(_record(stream, record_id, columns, cells, is_file=is_file))
    plan = draw(_plans(connector.name, stream, records))
    changes = [(one.action, one.target_id, dict(one.after)) for one in plan.operations]
    return Case(connector, PARTY.from_rows(records), plan, rows, changes)


def _record(
    stream: str, record_id: str, columns: Mapping[str, str], cells: Mapping[str, str], *, is_file: bool
) -> dict[str, Any]:
    values = {column: _kept(cells[header]) for header, column in columns.items() if column}
    raw = json.dumps({header: cell or None for header, cell in cells.items()} if is_file else {"properties": {}})
    return {
        "record_key": f"sys/{stream}/{record_id}", "system": "sys", "stream": stream, "record_id": record_id,
        "entity": "party", "state": "active", "kind": "company", "raw": raw, **values,
    }  # fmt: skip


def _kept(cell: str) -> str | None:
    """Return what a column can hold of a cell."""
    return cell.encode("utf-8", "replace").decode() or None


@st.composite
def _plans(draw: st.DrawFn, connector: str, stream: str, records: Sequence[Mapping[str, Any]]) -> Plan:
    made: dict[str, Operation] = {}
    for at in range(draw(st.integers(1, 6))):
        action = draw(st.sampled_from(["update", "update", "update", "update", "archive", "create", "repoint"]))
        needed = tuple(draw(st.lists(st.sampled_from(sorted(made)), max_size=2, unique=True))) if made else ()
        names = sorted({*draw(st.lists(st.sampled_from(_CHANGED), min_size=1, max_size=3))})
        after = {name: _kept(draw(_TEXTS)) for name in names}
        record = draw(st.sampled_from(list(records)))
        if action == "create":
            one = operation("create", "sys", stream, natural_key=f"crm/x/{at}", after=after, depends_on=needed)
        elif action == "archive":
            one = operation("archive", "sys", stream, target_id=record["record_id"], depends_on=needed)
        else:
            before = {name: record.get(name) for name in after}
            one = operation(
                action, "sys", stream, target_id=record["record_id"], before=before, after=after, depends_on=needed
            )
        made.setdefault(one.op_id, one)
    return made_plan(
        "sync",
        engagement_id="e",
        target=Target("sys", connector),
        snapshot_ids={},
        rules_hash="r",
        operations=made.values(),
        record_counts={},
    )


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _imports(package: ImportPackage) -> list[str]:
    return [one.name for one in package.files if one.name[0].isdigit()]


@given(cases())
@settings(max_examples=50, deadline=None)
def test_no_change_is_lost_and_none_is_there_twice(case: Case) -> None:
    """Rows of all files and lines of the list add up to the plan, as the manifest says; each name and hash is true."""
    plan, package = case.plan, case.package()

    by_hand = _rows(package.file(BY_HAND).content) if package.by_hand else []
    in_files = sum(len(_rows(package.file(name).content)) for name in _imports(package))
    assert in_files + len(by_hand) == len(plan.operations)
    assert (in_files, len(by_hand)) == (package.by_file, package.by_hand)
    assert len({line["change id"] for line in by_hand}) == len(by_hand)
    manifest = json.loads(package.file(MANIFEST).content)
    assert sum(one["rows"] for one in manifest["steps"]) == manifest["operations"] == len(plan.operations)
    assert sum(package.reasons.values()) == package.by_hand
    assert [one["name"] for one in manifest["files"]] == [one.name for one in package.files[1:]]


@given(cases())
@settings(max_examples=50, deadline=None)
def test_what_waits_for_a_change_comes_after_it(case: Case) -> None:
    """A record is archived after all that must be done before, whether by file or by hand."""
    plan, found = case.plan, steps(case.plan, case.connector, {case.stream: case.table}, None)

    at = {one.one.op_id: place for place, step in enumerate(found) for one in step.decided}
    assert all(at[needed] < at[one.op_id] for one in plan.operations for needed in one.depends_on)
    for step in found:
        named = [one.one.target_id for one in step.decided if step.form is not None and one.one.target_id]
        assert len(named) == len(set(named))


@given(cases())
@settings(max_examples=50, deadline=None)
def test_no_cell_of_a_file_runs(case: Case) -> None:
    """A spreadsheet takes no cell for a formula; of what begins with a plus only plain telephone numbers are there."""
    package = case.package()

    for one in package.files:
        for row in _rows(one.content) if one.name.endswith(".csv") else []:
            if one.name in {BY_HAND, UNDO_BY_HAND}:
                assert all(_inert(as_written(cell)) == cell for cell in row.values())
                continue
            risky = [cell for cell in row.values() if _inert(cell) != cell]
            assert all(cell.startswith("+") and not set(cell) - set("+0123456789 ().-") for cell in risky)


def _inert(cell: str) -> str:
    return str(inert(pa.array([cell]))[0])


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_records_changes_no_byte(case: Case, shuffled: random.Random) -> None:
    """The same plan and the same records are the same files."""
    order = list(range(case.table.num_rows))
    shuffled.shuffle(order)

    other = dataclasses.replace(case, table=case.table.take(order))

    assert case.package().files == other.package().files


@given(cases())
@settings(max_examples=80, deadline=None)
def test_what_files_did_is_taken_back(case: Case) -> None:
    """After the undo files each cell is what it was, but for those that the list names to be put back by hand."""
    connector, rows = case.connector, case.rows
    key = {"hubspot": "Record ID", "salesforce": "Id", "xero": "ContactName", "table": "Nr"}.get(connector.name, "")

    package = case.package()

    system = {record: dict(cells) for record, cells in rows.items()}
    for name in [*_imports(package), *(one.name for one in package.files if one.name.startswith("undo/0"))]:
        for given_row in _rows(package.file(name).content):
            found = [cells for cells in system.values() if key and cells[key] == given_row.get(key)]
            if len(found) == 1 and "create" not in name:
                found[0].update({h: cell for h, cell in given_row.items() if cell or connector.name == "table"})
    lines = _rows(package.file(UNDO_BY_HAND).content) if UNDO_BY_HAND in {one.name for one in package.files} else []
    said = {record: " ".join(line["what to do"] for line in lines if line["id"] == record) for record in rows}
    for record, cells in system.items():
        left = {header for header, cell in cells.items() if cell != rows[record].get(header, "")}
        assert all(f"field {one}." in said[record] or _words(case, one) in said[record] for one in left)


def _words(case: Case, header: str) -> str:
    """Return how the list names the field of a header."""
    [(_, _, columns)] = [one for one in _TARGETS.values() if one[0] is case.connector]
    return f"the {columns.get(header, 'website')}"
