"""The truth tables: what the exports hide, as small CSV files beside the tests."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from tests.sample_client.documents import MONTHS, Carried, Document
from tests.sample_client.files import csv_text
from tests.sample_client.parties import FIELDS, PartyRecord, Register
from tests.sample_client.planting import Planted

FORMATTING = {
    "",
    "legal_form",
    "case",
    "punctuation",
    "abbreviation",
    "last_first",
    "street_type",
    "state_name",
    "zip_plus_4",
}
COMPARED = (
    ("crm", "ledger"),
    ("crm", "payments"),
    ("crm", "shop"),
    ("crm", "support"),
    ("ledger", "payments"),
    ("ledger", "shop"),
    ("ledger", "support"),
    ("payments", "shop"),
    ("payments", "support"),
    ("shop", "support"),
    ("ledger", "people"),
)


def _write(path: Path, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = [["" if cell is None else str(cell) for cell in row] for row in rows]
    path.write_text(csv_text([list(headers), *body]), encoding="utf-8", newline="")


def write_parties(folder: Path, register: Register) -> None:
    """Every party record with the entity and the account behind it."""
    rows = sorted(
        (one.system, one.stream, one.record_id, one.entity_id, one.account_id, one.kind) for one in register.records
    )
    _write(folder / "parties.csv", ("system", "stream", "record_id", "entity_id", "account_id", "kind"), rows)


def write_lookalikes(folder: Path, register: Register) -> None:
    """Pairs of entities that look alike and are not the same."""
    _write(folder / "lookalikes.csv", ("kind", "entity_id_l", "entity_id_r"), sorted(register.world.negatives))


def write_names(folder: Path, documents: Iterable[Document]) -> None:
    """Names as written in systems without a party list, with the account they stand for."""
    rows = {
        (one.system, one.party, one.account_id) for one in documents if one.system in {"projects", "site_log"} and one.party
    }
    _write(folder / "names.csv", ("system", "name", "account_id"), sorted(rows))


def write_documents(folder: Path, documents: Iterable[Document]) -> None:
    """Every document of the exports."""
    rows = sorted(
        (
            one.system,
            one.stream,
            one.record_id,
            one.number,
            one.on.isoformat(),
            one.amount_minor,
            one.party,
            one.account_id,
            one.role,
        )
        for one in documents
    )
    _write(
        folder / "documents.csv",
        ("system", "stream", "record_id", "number", "on", "amount_minor", "party", "account_id", "role"),
        rows,
    )


def write_handoffs(folder: Path, truth: Sequence[Carried]) -> None:
    """What became of every item of every handoff, and how many left the source each month."""
    rows = []
    for one in truth:
        event = one.source or one.target
        if event is None:
            raise ValueError("A handoff row needs a source or a target.")
        key_l = one.source.key if one.source else ("", "", "")
        key_r = one.target.key if one.target else ("", "", "")
        is_error = "true" if one.error_kind and one.status == "found" else "false"
        rows.append(
            (
                one.handoff_id,
                *key_l,
                *key_r,
                one.status,
                event.on.isoformat(),
                one.lag_minutes,
                one.lag_days,
                is_error,
                one.error_kind,
                one.basis,
            )
        )
    headers = (
        "handoff_id",
        "system_l",
        "stream_l",
        "record_id_l",
        "system_r",
        "stream_r",
        "record_id_r",
        "status",
        "event_on",
        "lag_minutes",
        "lag_days",
        "is_error",
        "error_kind",
        "basis",
    )
    _write(folder / "handoffs.csv", headers, sorted(rows, key=lambda row: [str(cell) for cell in row]))
    counts = Counter((one.handoff_id, one.source.on.isoformat()[:7]) for one in truth if one.source)
    handoffs = sorted({one.handoff_id for one in truth})
    _write(
        folder / "volumes.csv",
        ("handoff_id", "month", "count"),
        [(name, month, counts[name, month]) for name in handoffs for month in MONTHS],
    )


def write_errors(folder: Path, planted: Sequence[Planted]) -> None:
    """Planted data-quality errors."""
    rows = sorted((one.system, one.stream, one.record_id, one.column, one.kind, one.value, one.right) for one in planted)
    _write(folder / "errors.csv", ("system", "stream", "record_id", "column", "kind", "value", "right_value"), rows)


def write_mismatches(folder: Path, register: Register) -> None:
    """Fields that differ between two systems' records of one party: in substance or in formatting only."""
    groups: dict[str, list[PartyRecord]] = {}
    for one in register.records:
        groups.setdefault(one.entity_id, []).append(one)
    rows = []
    for entity_id, records in groups.items():
        ordered = sorted(records, key=lambda one: (one.system, one.stream, one.record_id))
        for left, right in combinations(ordered, 2):
            if (left.system, right.system) in COMPARED:
                rows += [(entity_id, *row) for row in _differences(left, right)]
    headers = (
        "entity_id",
        "column",
        "system_l",
        "stream_l",
        "record_id_l",
        "system_r",
        "stream_r",
        "record_id_r",
        "kind",
        "cause_l",
        "cause_r",
    )
    _write(folder / "mismatches.csv", headers, sorted(rows))


def _differences(left: PartyRecord, right: PartyRecord) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for column in FIELDS:
        one, other = left.values.get(column), right.values.get(column)
        if one is None or other is None or not one.text or not other.text or one.text == other.text:
            continue
        kind = "formatting" if one.meaning == other.meaning else "different"
        rows.append(
            (
                column,
                left.system,
                left.stream,
                left.record_id,
                right.system,
                right.stream,
                right.record_id,
                kind,
                one.cause,
                other.cause,
            )
        )
    return rows


def write_totals(folder: Path, streams: Mapping[str, Sequence[object]]) -> None:
    """Records and sums of every stream, in cents."""
    rows = []
    for name, records in sorted(streams.items()):
        system, _, stream = name.partition("/")
        amounts = [one.amount_minor for one in records if isinstance(one, Document)]
        rows.append((system, stream, len(records), sum(amounts) if any(amounts) else ""))
    _write(folder / "totals.csv", ("system", "stream", "records", "sum_minor"), rows)
