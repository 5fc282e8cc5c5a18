"""In which order the changes of a plan are made by files and by hand: what waits for another change is in a later step."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa

from toolkit.apply.imports.import_row import ImportRow, ImportWay, changed_row, must_be_unique
from toolkit.apply.imports.made_row import apart_value, made_row
from toolkit.apply.imports.own_form import import_forms, with_own_fields
from toolkit.apply.imports.target_records import TargetRecord, TargetRecords, target_records
from toolkit.changes import Action, Operation, Plan
from toolkit.connector import Connector, ImportForm
from toolkit.tables import ENTITY_SCHEMAS


@dataclass(frozen=True, slots=True)
class Filed:
    """A row, and the form of the vendor's import that takes it."""

    form: ImportForm
    row: ImportRow


@dataclass(frozen=True, slots=True)
class Decided:
    """A change and how it is made: in a file, or by hand and why.

    ``level`` is how many changes must be made one after another before it, ``name`` what people call its record, ``turn``
    how many changes of the same record and level stand before it.
    """

    one: Operation
    level: int
    name: str
    filed: Filed | None
    reason: str
    turn: int


@dataclass(frozen=True, slots=True)
class Step:
    """Changes made before the next step begins: rows of a form with one set of headers, or by hand without one."""

    decided: tuple[Decided, ...]
    form: ImportForm | None = None
    headers: tuple[str, ...] = ()

    @property
    def stream(self) -> str:
        """The kind of object that a file changes."""
        return self.decided[0].one.stream

    @property
    def action(self) -> Action:
        """What the rows of a file do."""
        return self.decided[0].one.action


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
        result += _file_steps(ones)
        by_hand = tuple(one for one in ones if one.filed is None)
        result += [Step(by_hand)] if by_hand else []
    return tuple(result)


def _streams(plan: Plan) -> list[str]:
    return sorted({one.stream for one in plan.operations})


def _decided(plan: Plan, ways: Mapping[str, tuple[TargetRecords, tuple[ImportWay, ...]]]) -> list[Decided]:
    """Return how each change of a plan is made, in the plan's order."""
    levels: dict[str, int] = {}
    by_hand: set[tuple[str, str]] = set()
    turns: dict[tuple[str, str, int], int] = {}
    renamed: dict[tuple[str, str], str] = {}
    result = []
    for one in plan.operations:
        levels[one.op_id] = level = max((levels[needed] + 1 for needed in one.depends_on), default=0)
        known, forms = ways[one.stream]
        record = known.found.get(one.target_id or "")
        filed, reason = _chosen(one, forms)
        key = (one.stream, one.target_id or one.natural_key or "")
        if filed is not None and filed.form.rows == "whole" and key in by_hand:
            filed, reason = None, "Another change of the same record is made by hand before."
        turn = turns[*key, level] = turns.get((*key, level), -1) + 1
        # A record that got another name by a change before is found by that one.
        result.append(Decided(one, level, renamed.get(key) or _name(one, record), filed, reason, turn))
        if one.after.get("name") and one.action == "update":
            renamed[key] = one.after["name"] or ""
        if filed is None:
            by_hand.add(key)
        elif record is not None:
            cells = filed.row.cells if filed.form.rows == "whole" else record.cells
            known.found[one.target_id or ""] = TargetRecord({**record.values, **one.after}, cells)
    return result


def _ways(
    name: str, plan: Plan, connector: Connector, records: Mapping[str, pa.Table], currency: str | None
) -> tuple[TargetRecords, tuple[ImportWay, ...]]:
    stream = connector.stream(name)
    forms = import_forms(connector, stream)
    touching = [one for one in plan.operations if one.stream == name]
    naming = {form.record.column for form in forms if form.record is not None and must_be_unique(form)}
    table = records.get(name, ENTITY_SCHEMAS[stream.entity].empty())
    known = target_records(touching, table, naming)
    own = [with_own_fields(form, known.samples, stream.fields) for form in forms]
    return known, tuple(ImportWay(form, known, stream.fields, currency, _shared(touching, form)) for form in own)


def _shared(ones: Sequence[Operation], form: ImportForm) -> frozenset[str]:
    """Return the values that would make one document of several that are made."""
    values = Counter(apart_value(one, form) for one in ones if one.target_id is None and form.apart)
    return frozenset(value for value, count in values.items() if count > 1)


def _chosen(one: Operation, ways: Sequence[ImportWay]) -> tuple[Filed | None, str]:
    """Return the row of a change in the form that takes such changes, or why it has none."""
    way = next((way for way in ways if one.action in way.form.actions), None)
    if way is None:
        return None, "The product takes no such change from a file."
    row = made_row(one, way) if one.target_id is None else changed_row(one, way)
    return (None, row) if isinstance(row, str) else (Filed(way.form, row), "")


def _name(one: Operation, record: TargetRecord | None) -> str:
    """Return what a person calls the record."""
    values = one.after if record is None else record.values
    known = (values.get(column) for column in ("name", "code", "number", "reference"))
    return next((f"{values.get('party_name') or ''} {text}".strip() for text in known if text), "")


def _file_steps(ones: Sequence[Decided]) -> Iterator[Step]:
    """Yield the files of a level: rows with other headers stand in another file, and so does a record's second change."""
    groups: dict[tuple[object, ...], list[tuple[Decided, Filed]]] = {}
    for one in ones:
        if one.filed is not None:
            headers = () if one.one.target_id is None or is_sparse(one.filed.form) else tuple(sorted(one.filed.row.cells))
            key = (one.one.stream, one.one.action, one.filed.form.name, one.turn, headers)
            groups.setdefault(key, []).append((one, one.filed))
    for group in groups.values():
        form, rows = group[0][1].form, [cells for _, filed in group for cells in (filed.row.cells, *filed.row.more)]
        yield Step(tuple(one for one, _ in group), form, ordered_headers(form, rows))


def is_sparse(form: ImportForm) -> bool:
    """Whether rows that change different fields may share a file: where an empty cell changes nothing."""
    return form.rows == "touched" and form.blank == "keeps"


def ordered_headers(form: ImportForm, rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the headers of rows: the one that names the record first, then as the form has them, then as the rows do."""
    seen = dict.fromkeys(header for row in rows for header in row)
    if form.rows == "whole":
        return tuple(seen)
    record = [] if form.record is None else [form.record.header]
    known = [*record, *(column.header for column in (*form.columns, *form.lines)), *(header for header, _ in form.constants)]
    return tuple(dict.fromkeys([*(one for one in known if one in seen), *seen]))
