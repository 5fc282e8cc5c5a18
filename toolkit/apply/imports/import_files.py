"""An approved plan as files that a client imports, for systems to which nobody gives us write access.

Each change of the plan is in one place, once: a row of a numbered file in the vendor's own import format, or a line of the
list that is done by hand. Beside them stand the files that take it all back, in the reverse order.
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.apply.imports.cells import is_amount
from toolkit.apply.imports.csv_file import csv_files, inert_csv
from toolkit.apply.imports.field_words import field_words
from toolkit.apply.imports.hand_list import HEADERS, REFERENCES, UNDO_HEADERS, Spoken, hand_row, hand_words, undo_row
from toolkit.apply.imports.read_me import Stage, read_me, workbook_name
from toolkit.apply.imports.steps import Decided, Filed, Step, is_sparse, ordered_headers, steps
from toolkit.changes import Operation, Plan, canonical_bytes
from toolkit.connector import Connector, ImportForm

FORMAT = "integration-audit import files 1"
MANIFEST, READ_ME, BY_HAND, UNDO_BY_HAND = "manifest.json", "READ-ME-FIRST.txt", "by-hand.csv", "undo/by-hand.csv"
_DIGITS = 2
"""Of a step's number in the name of a file; more where there are more steps, so that names sort as steps do."""
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of the package: its name within it, its content, and how many rows it has (0: it is no table)."""

    name: str
    content: bytes
    rows: int = 0


@dataclass(frozen=True, slots=True)
class ImportPackage:
    """What is handed to the client: its files, and how many changes are in files, by hand, and by hand for which reason."""

    plan_id: str
    files: tuple[PackageFile, ...]
    by_file: int
    by_hand: int
    reasons: Mapping[str, int] = field(default_factory=dict)

    def file(self, name: str) -> PackageFile:
        """Return the file of that name; a name that is not there is a KeyError."""
        found = {one.name: one for one in self.files}
        return found[name]


_SHEET_ROWS, _CELL_SIGNS = 1_048_575, 32_767
"""What a sheet of a workbook holds beside its headers, and a cell: what is longer would be lost without a word."""

Workbook = Callable[[Sequence[str], Sequence[Sequence[str]], Collection[int]], bytes]
"""What makes a workbook of headers, rows, and the places of columns that hold numbers: the same bytes for the same texts."""


def import_files(
    plan: Plan,
    connector: Connector,
    records: Mapping[str, pa.Table],
    *,
    currency: str | None = None,
    workbook: Workbook | None = None,
) -> ImportPackage:
    """Return the files of a plan: the same bytes for the same plan and records, on any day.

    Parameters
    ----------
    plan
        What is done; whoever calls has seen to it that it is approved.
    connector
        Of the plan's target. Streams that ``engagement.yaml`` describes are put into it (``dataclasses.replace``).
    records
        By stream of the target, its records as they were when the plan was made: PARTY, DOCUMENT or ITEM, with ``raw``.
    currency
        ISO 4217 code of the target's amounts where a record states none.
    workbook
        What makes a workbook of a file, beside it, where the vendor's import takes one; none is made without.

    Raises
    ------
    UnknownNameError
        The plan changes a stream that the connector has not.
    """
    found = steps(plan, connector, records, currency)
    spoken = Spoken(connector.by_hand, _names(found, records), currency)
    files, stages, hand, numbered = _forward(found, spoken, _DIGITS)
    if len(stages) >= 10**_DIGITS:
        files, stages, hand, numbered = _forward(found, spoken, len(str(len(stages))))
    undo_files, undo_stages, undo_hand = _backward(numbered, spoken, max(_DIGITS, len(str(2 * len(numbered)))))
    by_hand = len(hand)
    by_file = len(plan.operations) - by_hand
    reasons = Counter(one.reason for step in found for one in step.decided if one.filed is None)
    lists = [PackageFile(BY_HAND, inert_csv(HEADERS, hand), len(hand))] if hand else []
    lists += [PackageFile(UNDO_BY_HAND, inert_csv(UNDO_HEADERS, undo_hand), len(undo_hand))] if undo_hand else []
    forms = {one.file: one.form for one in (*stages, *undo_stages) if one.form is not None}
    tables = [*_with_workbooks(files, forms, workbook), *lists, *_with_workbooks(undo_files, forms, workbook)]
    page = read_me(
        plan, connector.label, stages, undo_stages, by_file=by_file, by_hand=by_hand, files={one.name for one in tables}
    )
    body = [PackageFile(READ_ME, page.encode()), *tables]
    manifest = _manifest(plan, body, (stages, undo_stages), (by_file, by_hand), reasons)
    return ImportPackage(
        plan.plan_id,
        (PackageFile(MANIFEST, canonical_bytes(manifest) + b"\n"), *body),
        by_file,
        by_hand,
        dict(sorted(reasons.items())),
    )


def _with_workbooks(
    files: Sequence[PackageFile], forms: Mapping[str, ImportForm], workbook: Workbook | None
) -> Iterator[PackageFile]:
    """Yield files, each with a workbook of the same rows behind it where the import takes one."""
    for one in files:
        yield one
        if workbook is not None and forms[one.name].takes_xlsx:
            headers, *rows = csv.reader(io.StringIO(one.content.decode("utf-8-sig"), newline=""))
            amounts = {column.header for column in forms[one.name].columns if is_amount(column.column)}
            numbers = {place for place, header in enumerate(headers) if header in amounts}
            if len(rows) <= _SHEET_ROWS and all(len(cell) <= _CELL_SIGNS for row in rows for cell in row):
                yield PackageFile(workbook_name(one.name), workbook(headers, rows, numbers), one.rows)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Changes that are made in one step: in one file, or by hand."""

    number: int
    file: str
    step: Step
    decided: tuple[Decided, ...]


def _forward(
    found: Sequence[Step], spoken: Spoken, digits: int
) -> tuple[list[PackageFile], list[Stage], list[list[str]], list[_Numbered]]:
    """Return the files to import, what is done in which order, and the lines of what is done by hand."""
    files: list[PackageFile] = []
    stages: list[Stage] = []
    hand: list[list[str]] = []
    numbered: list[_Numbered] = []
    for step in found:
        form = step.form
        if form is None:
            number = len(stages) + 1
            hand += [hand_row(number, one, spoken) for one in step.decided]
            stages.append(Stage(number, BY_HAND, len(step.decided), what=_what(step.decided)))
            numbered.append(_Numbered(number, "", step, step.decided))
            continue
        start = 0
        rows = [[one.filed.row.cells, *one.filed.row.more] for one in step.decided if one.filed is not None]
        for content, count in _contents(form, step.headers, rows):
            number = len(stages) + 1
            name = f"{number:0{digits}d}-{step.action}-{_slug(step.stream)}.csv"
            ones = step.decided[start : start + count]
            stage = Stage(number, name, sum(len(one) for one in rows[start : start + count]), form, _untold(ones))
            files.append(PackageFile(name, content, stage.rows))
            stages.append(stage)
            numbered.append(_Numbered(number, name, step, ones))
            start += count
    return files, stages, hand, numbered


def _names(found: Sequence[Step], records: Mapping[str, pa.Table]) -> Mapping[str, str]:
    """Return what the parties are called that changes by hand refer to, by id."""
    changes = [one.one for step in found for one in step.decided if one.filed is None]
    values = {values.get(name) for one in changes for values in (one.before, one.after) for name in REFERENCES}
    wanted = pa.array(sorted(value for value in values if value), pa.string())
    names: dict[str, str] = {}
    for stream in sorted(records):
        table = records[stream]
        if "parent_ref" in table.column_names and len(wanted):
            named = table.filter(pc.is_in(table["record_id"], wanted)).select(["record_id", "name"]).to_pylist()
            names |= {row["record_id"]: row["name"] for row in named if row["name"]}
    # Whoever looks for a record finds it by either name, whatever was imported by then.
    renamed = {change.target_id or "": change.after.get("name") or "" for change in _renaming(found)}
    return {key: f"{renamed[key]}, before this plan {name}" if renamed.get(key) else name for key, name in names.items()}


def _renaming(found: Sequence[Step]) -> Iterator[Operation]:
    """Yield the changes that give a record another name."""
    for step in found:
        yield from (one.one for one in step.decided if one.one.target_id is not None and "name" in one.one.after)


def _what(decided: Sequence[Decided]) -> str:
    """Return what is done by hand, in counts."""
    counts = Counter((one.one.action, one.one.stream) for one in decided)
    return " (" + ", ".join(f"{action} {stream}: {count}" for (action, stream), count in sorted(counts.items())) + ")"


def _untold(ones: Sequence[Decided]) -> tuple[tuple[str, int], ...]:
    """Return the fields that an import has not, and of how many records they are."""
    counts = Counter(name for one in ones if one.filed is not None for name in one.filed.row.untold)
    return tuple((field_words(name), count) for name, count in sorted(counts.items()))


def _backward(
    numbered: Sequence[_Numbered], spoken: Spoken, digits: int
) -> tuple[list[PackageFile], list[Stage], list[list[str]]]:
    """Return what takes it all back: the last step first."""
    files: list[PackageFile] = []
    stages: list[Stage] = []
    hand: list[list[str]] = []
    for one in reversed(numbered):
        for form, content, count in _undo_contents(one):
            number = len(stages) + 1
            name = f"undo/{number:0{digits}d}-take-back-{one.file}"
            files.append(PackageFile(name, content, count))
            stages.append(Stage(number, name, count, form))
        number = len(stages) + 1
        lines = [
            undo_row(number, one.number, change, what, spoken)
            for change in reversed(one.decided)
            if (what := _undone_by_hand(change, spoken))
        ]
        if lines:
            hand += lines
            stages.append(Stage(number, UNDO_BY_HAND, len(lines)))
    return files, stages, hand


def _undo_contents(one: _Numbered) -> Iterator[tuple[ImportForm, bytes, int]]:
    """Yield files that put back what a file changed: where an empty cell may do harm, each fills all of its cells."""
    groups: dict[tuple[str, ...], list[Filed]] = {}
    for filed in (change.filed for change in one.decided if change.filed is not None):
        restored = filed.row.restored
        if restored:
            groups.setdefault(() if is_sparse(filed.form) else tuple(sorted(restored)), []).append(filed)
    for group in groups.values():
        form, rows = group[0].form, [filed.row.restored for filed in group]
        for content, count in _contents(form, ordered_headers(form, rows), [[row] for row in rows]):
            yield form, content, count


def _undone_by_hand(change: Decided, spoken: Spoken) -> str:
    if change.filed is None:
        return hand_words(change.one, spoken.words).undo
    return " ".join(change.filed.row.left)


def _contents(
    form: ImportForm, headers: Sequence[str], records: Sequence[Sequence[Mapping[str, str]]]
) -> Iterator[tuple[bytes, int]]:
    cells = ([[row.get(header, "") for header in headers] for row in rows] for rows in records)
    yield from csv_files(headers, cells, max_records=form.max_rows, max_bytes=form.max_bytes, has_bom=form.has_bom)


def _slug(name: str) -> str:
    """Return a stream's name as a part of a file's name.

    Examples
    --------
    >>> _slug("Kunden / ../x"), _slug("???")
    ('kunden-x', 'records')
    """
    return _SLUG.sub("-", name.casefold()).strip("-")[:40] or "records"


def _manifest(
    plan: Plan,
    files: Sequence[PackageFile],
    stages: tuple[Sequence[Stage], Sequence[Stage]],
    counts: tuple[int, int],
    reasons: Mapping[str, int],
) -> dict[str, Any]:
    by_file, by_hand = counts
    forward, backward = ([{"step": one.number, "file": one.file, "rows": one.rows} for one in part] for part in stages)
    return {
        "format": FORMAT,
        "plan_id": plan.plan_id,
        "kind": plan.kind,
        "engagement": plan.engagement_id,
        "target": plan.body["target"],
        "snapshot_ids": dict(plan.snapshot_ids),
        "operations": len(plan.operations),
        "by_file": by_file,
        "by_hand": by_hand,
        "by_hand_reasons": dict(reasons),
        "left_out": len(plan.left_out),
        "steps": forward,
        "undo_steps": backward,
        "files": [
            {
                "name": one.name,
                "rows": one.rows,
                "bytes": len(one.content),
                "sha256": hashlib.sha256(one.content).hexdigest(),
            }
            for one in files
        ],
    }
