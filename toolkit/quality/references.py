"""References that lead nowhere: to a customer, an invoice, a deal or a ledger account that its own system does not hold.

A reference may be an id, another id of the same record, a number or a name, as systems write it. Nothing is judged where the
list they refer to was not sent: the system has no list of customers, suppliers or companies (names that only stand on its
documents are none), or a stream has at least 20 references and none of them is found. A placeholder is no reference, and a
document of a placeholder refers to nobody, whatever id stands beside it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.outcome import Finding, Outcome
from toolkit.quality.streams import Records, Stream, encoded, folded, is_filled, named
from toolkit.tables import DOCUMENT_ENTITIES, ITEM_ENTITIES, PARTY_ENTITIES

_MIN_UNKNOWN_LIST = 20
# The stream of names that stand on a system's documents: no list that the system keeps.
_NAMES = "names"
_SUPPLIERS_OF = ("bill", "expense")
_SEVERAL = re.compile(r"\s*[,;|/]\s*|\s+and\s+|\s*&\s*")


class _Kind(NamedTuple):
    """A column, what it refers to, and what the failing records lack in a client's words."""

    column: str
    targets: tuple[str, ...]
    words: str
    severity: str


_KINDS = (
    _Kind("invoice_ref", ("invoice", "bill", "credit_note", "order"), "an invoice", "medium"),
    _Kind("deal_ref", ("deal",), "a deal", "medium"),
    _Kind("parent_ref", ("party",), "a company", "low"),
)


def reference_outcomes(streams: Sequence[Stream], records: Records, *, lines: pa.Table | None = None) -> list[Outcome]:
    """Return one outcome per column that refers to records of the same system.

    Parameters
    ----------
    streams
        Live records.
    records
        All records: a reference to one that was deleted is told apart from one that never was.
    lines
        DOCUMENT_LINE rows, whose ledger accounts are judged too.
    """
    names = _Names(records)
    outcomes = [_party_outcome(stream, names) for stream in streams if stream.entity in DOCUMENT_ENTITIES]
    outcomes += [
        _outcome(stream, kind, names) for stream in streams for kind in _KINDS if kind.column in stream.table.column_names
    ]
    return [one for one in outcomes if one is not None] + _account_outcomes(streams, records, lines)


class _Names:
    """What each system's records may be called, live and gone apart; computed once per system and kind."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: dict[tuple[str, tuple[str, ...]], tuple[set[str], set[str]]] = {}

    def of(self, system: str, entities: tuple[str, ...]) -> tuple[set[str], set[str]]:
        """Return the names of live records and of gone ones."""
        if (system, entities) not in self._known:
            live: set[str] = set()
            gone: set[str] = set()
            for (owner, stream), table in self._records.items():
                if owner == system and stream != _NAMES:
                    some = table.filter(pc.is_in(table["entity"], value_set=pa.array(entities)))
                    is_gone = pc.is_in(some["state"], value_set=pa.array(["deleted", "absent"]))
                    live.update(_called(some.filter(pc.invert(is_gone))))
                    gone.update(_called(some.filter(is_gone)))
            self._known[system, entities] = live, gone - live
        return self._known[system, entities]

    def has_list(self, system: str, role: str) -> bool:
        """Say whether a system keeps a list of suppliers (``vendor``), or of customers and others that are no suppliers."""
        for (owner, stream), table in self._records.items():
            if owner != system or stream == _NAMES or "roles" not in table.column_names:
                continue
            roles = table.filter(pc.equal(table["entity"], "party"))["roles"]
            named = set(pc.unique(pc.list_flatten(roles)).to_pylist())
            # A list without roles may hold anybody.
            if len(roles) and not pc.all(pc.greater(pc.fill_null(pc.list_value_length(roles), 0), 0)).as_py():
                return True
            if "vendor" in named if role == "vendor" else named - {"vendor", "employee"}:
                return True
        return False

    def has_companies(self, stream: Stream) -> bool:
        """Say whether a system keeps companies, in the stream itself or, where kinds are unknown, in another one."""
        for (owner, name), table in self._records.items():
            if owner == stream.system and name != _NAMES and "kind" in table.column_names:
                kinds = set(pc.unique(table["kind"]).to_pylist())
                if "company" in kinds or (name != stream.name and "unknown" in kinds):
                    return True
        return False


def _called(table: pa.Table) -> Iterable[str]:
    """Every text that may refer to a record of the table, folded."""
    for name in ("record_id", "record_key", "number", "code", "name", "company_name"):
        if name in table.column_names:
            yield from pc.unique(folded(table[name])).drop_null().to_pylist()
    yield from pc.unique(folded(pc.list_flatten(table["alt_ids"]))).drop_null().to_pylist()
    if "given_name" in table.column_names and table.num_rows:
        whole = pc.binary_join_element_wise(table["given_name"], table["family_name"], " ")
        yield from pc.unique(folded(whole)).drop_null().to_pylist()


def _party_outcome(stream: Stream, names: _Names) -> Outcome | None:
    """Documents whose customer or supplier is not among the parties of their own system."""
    live, gone = names.of(stream.system, PARTY_ENTITIES)
    reference, name = named(stream.table["party_ref"]), named(stream.table["party_name"])
    is_resolved = pc.is_valid(stream.table["party_key"]).to_numpy(zero_copy_only=False)
    shown = pc.coalesce(reference, name)
    is_nobody = is_filled(stream.table["party_name"]) & ~is_filled(name)
    rows = np.flatnonzero(is_filled(shown) & ~is_nobody)
    role = "vendor" if stream.entity in _SUPPLIERS_OF else "customer"
    if not live or not len(rows) or not names.has_list(stream.system, role):
        return None
    by_reference = _codes_found(reference, live)
    by_name = _codes_found(name, live)
    failing = rows[~(is_resolved | by_reference | by_name)[rows]]
    if len(failing) == len(rows) >= _MIN_UNKNOWN_LIST:
        return None
    words = "a supplier" if role == "vendor" else "a customer"
    return Outcome(
        system=stream.system,
        stream=stream.name,
        column="party_ref",
        rule="reference",
        label=f"{stream.noun.capitalize()} of {words} that {stream.system} does not list",
        severity="high",
        checked=len(rows),
        findings=_findings(stream, failing, shown, gone, words),
    )


def _outcome(stream: Stream, kind: _Kind, names: _Names) -> Outcome | None:
    live, gone = names.of(stream.system, kind.targets)
    column = stream.table[kind.column]
    rows = np.flatnonzero(is_filled(column))
    if not live or not len(rows) or (kind.column == "parent_ref" and not names.has_companies(stream)):
        return None
    is_known = _codes_found(column, live)
    if kind.column == "parent_ref":
        is_known |= pc.is_valid(stream.table["parent_key"]).to_numpy(zero_copy_only=False)
    failing = rows[~is_known[rows]]
    if len(failing) == len(rows) >= _MIN_UNKNOWN_LIST:
        return None
    return Outcome(
        system=stream.system,
        stream=stream.name,
        column=kind.column,
        rule="reference",
        label=f"{stream.noun.capitalize()} that name {kind.words} that {stream.system} does not list",
        severity=kind.severity,
        checked=len(rows),
        findings=_findings(stream, failing, column, gone, kind.words),
    )


def _codes_found(column: pa.ChunkedArray, known: set[str]) -> npt.NDArray[np.bool_]:
    """Return for every row whether its reference, or every one of several in the cell, is known."""
    values, codes = encoded(folded(column))
    is_known = np.array([_is_known(value, known) for value in values] + [False])
    return is_known[codes]


def _is_known(value: str, known: set[str]) -> bool:
    if value in known or value.lstrip("#") in known:
        return True
    parts = [part for part in _SEVERAL.split(value) if part]
    return len(parts) > 1 and all(part in known or part.lstrip("#") in known for part in parts)


def _findings(
    stream: Stream, rows: npt.NDArray[np.int64], column: pa.ChunkedArray, gone: set[str], words: str
) -> list[Finding]:
    taken = column.take(pa.array(rows, pa.int64()))
    return [
        Finding(
            key,
            value,
            f"{stream.system} once listed {words} like this, but it was deleted."
            if compared in gone
            else f"{stream.system} does not list {words} like this.",
        )
        for key, value, compared in zip(stream.keys_at(rows), taken.to_pylist(), folded(taken).to_pylist(), strict=True)
    ]


def _account_outcomes(streams: Sequence[Stream], records: Records, lines: pa.Table | None) -> list[Outcome]:
    """Ledger accounts that are not in the chart, or no longer in use; the chart of the own system comes first."""
    charts = _charts(records)
    if not charts:
        return []
    outcomes = []
    for stream in streams:
        if stream.entity in ITEM_ENTITIES or "gl_code" not in stream.table.column_names:
            continue
        chart = charts.get(stream.system)
        if chart is None and len(charts) == 1:
            [chart] = charts.values()
        if chart is None:
            continue
        outcomes.append(_account_outcome(stream, "gl_code", stream.table.select(["record_key", "gl_code"]), chart))
        if lines is not None and lines.num_rows:
            own = lines.filter(pc.is_in(lines["record_key"], value_set=stream.table["record_key"]))
            outcomes.append(_account_outcome(stream, "line_gl_code", own.select(["record_key", "gl_code"]), chart))
    return [one for one in outcomes if one is not None]


def _charts(records: Records) -> dict[str, dict[str, bool]]:
    """Return by system every code and name of an account, and whether it may still be used."""
    charts: dict[str, dict[str, bool]] = {}
    for (system, _), table in sorted(records.items()):
        if "is_active" not in table.column_names:
            continue
        accounts = table.filter(pc.equal(table["entity"], "account"))
        is_current = pc.and_(
            pc.fill_null(accounts["is_active"], fill_value=True), pc.equal(accounts["state"], "active")
        ).to_pylist()
        for column in ("record_id", "name", "code"):
            for value, is_active in zip(folded(accounts[column]).to_pylist(), is_current, strict=True):
                if value is not None:
                    known = charts.setdefault(system, {})
                    known[value] = known.get(value, False) or is_active
    return charts


def _account_outcome(stream: Stream, column: str, used: pa.Table, chart: dict[str, bool]) -> Outcome | None:
    rows = np.flatnonzero(is_filled(used["gl_code"]))
    if not len(rows):
        return None
    used = used.take(pa.array(rows))
    values, codes = encoded(used["gl_code"])
    standing = [_standing(value, chart) for value in folded(pa.chunked_array([values], pa.string())).to_pylist()]
    if "active" not in standing and len(rows) >= _MIN_UNKNOWN_LIST and "inactive" not in standing:
        return None
    failing = np.flatnonzero(np.array([one != "active" for one in standing])[codes])
    keys = used["record_key"].take(pa.array(failing)).to_pylist()
    reasons = {
        "inactive": "This ledger account is no longer in use.",
        "unknown": "The chart of accounts does not list this ledger account.",
    }
    return Outcome(
        system=stream.system,
        stream=stream.name,
        column=column,
        rule="reference",
        label=f"{stream.noun.capitalize()} booked to a ledger account that is inactive or unknown",
        severity="high",
        checked=len(rows),
        findings=[
            Finding(key, values[code], reasons[standing[code]])
            for key, code in zip(keys, codes[failing].tolist(), strict=True)
        ],
    )


def _standing(value: str | None, chart: dict[str, bool]) -> str:
    """Say how an account stands in the chart; "4000 Sales" is found by its code, "Income:Sales" by its last part."""
    text = value or ""
    first, _, _ = text.partition(" ")
    spellings = [text, text.rsplit(":", 1)[-1].strip(), text.removesuffix(".0")]
    if first.isdigit():
        spellings.append(first)
    known = [chart[one] for one in spellings if one in chart]
    if not known:
        return "unknown"
    return "active" if known[0] else "inactive"
