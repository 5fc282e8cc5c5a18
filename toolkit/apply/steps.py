"""In which order the changes of a plan are made by files and by hand: what waits for another change is in a later step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa

from toolkit.apply.import_row import ImportRow, ImportWay, import_row
from toolkit.apply.own_form import import_forms
from toolkit.apply.target_records import TargetRecord, TargetRecords, target_records
from toolkit.changes import Action, Operation, Plan
from toolkit.connector import RECORD_ID, Connector, ImportForm
from toolkit.tables import ENTITY_SCHEMAS


@dataclass(frozen=True, slots=True)
class Decided:
    """A change and how it is made: as a row of a form, or by hand and why."""

    one: Operation
    level: int
    name: str
    form: ImportForm | None = None
    row: ImportRow | None = None
    reason: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """Changes made one after another before the next step begins: rows of one form with one set of headers, or by hand."""

    stream: str
    action: Action | None
    form: ImportForm | None
    headers: tuple[str, ...]
    decided: tuple[Decided, ...]


def steps(plan: Plan, connector: Connector, records: Mapping[str, pa.Table], currency: str | None) -> tuple[Step, ...]:
    """Return the steps of a plan: each of its changes is in one of them, once.

    Parameters
    ----------
    plan
        What is done.
    connector
        Of its target, with its streams.
    records
        By stream: its records as the plan found them (PARTY, DOCUMENT or ITEM).
    currency
        Of amounts whose record states none.
    """
    found = _decided(plan, {name: _ways(name, plan, connector, records, currency) for name in _streams(plan)})
    result: list[Step] = []
    for _, group in groupby(sorted(found, key=lambda one: one.level), key=lambda one: one.level):
        ones = [*group]
        result += _file_steps([one for one in ones if one.form is not None])
        by_hand = tuple(one for one in ones if one.form is None)
        result += [Step("", None, None, (), by_hand)] if by_hand else []
    return tuple(result)


def _streams(plan: Plan) -> list[str]:
    return sorted({one.stream for one in plan.operations})


def _decided(plan: Plan, ways: Mapping[str, tuple[TargetRecords, tuple[ImportWay, ...]]]) -> list[Decided]:
    """Return how each change of a plan is made, in the plan's order."""
    levels: dict[str, int] = {}
    by_hand: set[tuple[str, str]] = set()
    turns: dict[tuple[str, str, int], int] = {}
    result = []
    for one in plan.operations:
        levels[one.op_id] = level = max((levels[needed] + 1 for needed in one.depends_on), default=0)
        known, forms = ways[one.stream]
        record = known.found.get(one.target_id or "")
        form, row, reason = _chosen(one, forms)
        key = (one.stream, one.target_id or one.natural_key or "")
        if form is not None and form.rows == "whole" and key in by_hand:
            form, row, reason = None, None, "Another change of the same record is made by hand before."
        turn = turns[*key, level] = turns.get((*key, level), -1) + 1
        result.append(Decided(one, level, _name(one, record), form, row, reason, turn))
        if form is None:
            by_hand.add(key)
        elif record is not None and row is not None:
            known.found[one.target_id or ""] = TargetRecord(
                {**record.values, **one.after}, row.cells if form.rows == "whole" else record.cells
            )
    return result


def _ways(
    name: str, plan: Plan, connector: Connector, records: Mapping[str, pa.Table], currency: str | None
) -> tuple[TargetRecords, tuple[ImportWay, ...]]:
    stream = connector.stream(name)
    forms = import_forms(connector, stream)
    touching = [one for one in plan.operations if one.stream == name]
    naming = {form.record.column for form in forms if form.record is not None}
    table = records.get(name, ENTITY_SCHEMAS[stream.entity].empty())
    known = target_records(touching, table, naming - {RECORD_ID})
    return known, tuple(ImportWay(form, known, stream.fields, currency) for form in forms)


def _chosen(one: Operation, ways: Sequence[ImportWay]) -> tuple[ImportForm | None, ImportRow | None, str]:
    """Return the first form that can hold a change, and its row; else the reason of the first that makes such changes."""
    reason = ""
    for way in ways:
        if one.action not in way.form.actions:
            continue
        row = import_row(one, way)
        if isinstance(row, ImportRow):
            return way.form, row, ""
        reason = reason or row
    return None, None, reason or "The product takes no such change from a file."


def _name(one: Operation, record: TargetRecord | None) -> str:
    """Return what a person calls the record."""
    values = one.after if record is None else record.values
    return values.get("name") or values.get("number") or values.get("code") or ""


def _file_steps(ones: Sequence[Decided]) -> Iterator[Step]:
    """Yield the files of a level: rows with other headers stand in another file, and so does a record's second change."""
    groups: dict[tuple[object, ...], list[Decided]] = {}
    for one in ones:
        if one.form is not None and one.row is not None:
            headers = () if _is_sparse(one.form, one.one) else tuple(sorted(one.row.cells))
            groups.setdefault((one.one.stream, one.one.action, one.form.name, one.turn, headers), []).append(one)
    for group in groups.values():
        form, action = group[0].form, group[0].one.action
        rows = [one.row.cells for one in group if one.row is not None]
        yield Step(group[0].one.stream, action, form, ordered_headers(form, rows), tuple(group))


def _is_sparse(form: ImportForm, one: Operation) -> bool:
    """Whether rows with different headers may share a file: where an empty cell changes nothing."""
    return one.target_id is None or (form.rows == "touched" and form.blank == "keeps")


def ordered_headers(form: ImportForm | None, rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the headers of rows: the one that names the record first, then as the form has them, then as the rows do."""
    seen = dict.fromkeys(header for row in rows for header in row)
    if form is None or form.rows == "whole":
        return tuple(seen)
    record = [] if form.record is None else [form.record.header]
    known = [*record, *(column.header for column in form.columns), *(header for header, _ in form.constants)]
    return tuple(dict.fromkeys([*(one for one in known if one in seen), *seen]))
