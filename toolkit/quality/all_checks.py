"""Every check over every stream: what is required, unique, well formed, referred to and plausible."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

import pyarrow as pa

from toolkit.discovery import discovered
from toolkit.quality.check import Check
from toolkit.quality.documents import without_documents
from toolkit.quality.edge_cases import edge_cases
from toolkit.quality.evidence import Evidence, WrittenRows
from toolkit.quality.outcome import Outcome, checks_table, findings_table, summed
from toolkit.quality.profiles import stream_profiles
from toolkit.quality.streams import Records, live_streams
from toolkit.query import Connection, query_connection
from toolkit.tables import CHECK, COLUMN_PROFILE, EDGE_CASE, FINDING

_MEMORY_LIMIT = "4GB"


@dataclass(frozen=True, slots=True)
class Quality:
    """What the records are like.

    ``profiles`` follows COLUMN_PROFILE, ``checks`` CHECK, ``findings`` FINDING (one row per record that fails a check),
    ``edge_cases`` EDGE_CASE (right, but worth a test of its own).
    """

    profiles: pa.Table
    checks: pa.Table
    findings: pa.Table
    edge_cases: pa.Table


@cache
def all_checks() -> tuple[Check, ...]:
    """Return every check of the folder, by round, turn and file name."""
    found = discovered("toolkit.quality.checks", "CHECK").values()
    return tuple(sorted((cast("Check", one) for one in found), key=lambda one: (one.round, one.turn)))


def checked_records(
    records: Records,
    *,
    country: str | None,
    as_of: date,
    currency: str | None = None,
    lines: pa.Table | None = None,
    written: WrittenRows | None = None,
    connection: Connection | None = None,
) -> Quality:
    """Return profiles, checks and findings of all records.

    Parameters
    ----------
    records
        Tables in their entity's schema, by system and stream.
    country
        Two-letter code of the client's country: what records without a country of their own are read by.
    as_of
        The day on which the data was taken; later dates of things that happened are in the future.
    currency
        ISO 4217 code of the client's own currency, apart from which documents are listed as foreign; null: the most common.
    lines
        DOCUMENT_LINE rows, for the ledger accounts in them.
    written
        Gives rows as the file wrote them, for what no column of the schema holds.
    connection
        A query engine that is open already; it is left as it was. Null: one is opened.
    """
    streams = tuple(live_streams(records))
    # Three million documents grouped at once need more than the engine is given elsewhere; there is no disk to spill to.
    with (
        query_connection(memory_limit=_MEMORY_LIMIT) if connection is None else nullcontext(connection) as engine,
        without_documents(engine),
    ):
        evidence = Evidence(streams, records, as_of, engine, country, lines, written)
        outcomes = outcomes_of(all_checks(), evidence)
    return Quality(
        profiles=stream_profiles(streams),
        checks=checks_table(outcomes),
        findings=findings_table(outcomes),
        edge_cases=edge_cases(streams, currency=currency),
    )


def joined(parts: Sequence[Quality]) -> Quality:
    """Return what was found of several systems as if all had been checked at once: no check looks beyond its system.

    Parameters
    ----------
    parts
        What was found of each system, in the order of their names.
    """
    return Quality(
        profiles=pa.concat_tables([COLUMN_PROFILE.empty(), *(one.profiles for one in parts)]),
        checks=pa.concat_tables([CHECK.empty(), *(one.checks for one in parts)]),
        findings=pa.concat_tables([FINDING.empty(), *(one.findings for one in parts)]),
        edge_cases=pa.concat_tables([EDGE_CASE.empty(), *(one.edge_cases for one in parts)]),
    )


def outcomes_of(checks: Sequence[Check], evidence: Evidence) -> list[Outcome]:
    """Return what the checks find: system by system, in each round by round, then stream by stream, then check by check.

    Of columns that nothing could be judged in there is none. A stream that mixes entities has one outcome per rule and
    column, with the counts of its entities added up.
    """
    places = {id(stream): place for place, stream in enumerate(evidence.streams)}
    found = [(check, one) for check in checks for one in check.judged(evidence)]
    found.sort(key=lambda one: (one[1].stream.system, one[0].round, places[id(one[1].stream)], one[0].turn, one[1].step))
    merged: dict[str, Outcome] = {}
    for outcome in (Outcome.of(check, one) for check, one in found):
        before = merged.get(outcome.check_id)
        merged[outcome.check_id] = outcome if before is None else summed(before, outcome)
    return [one for one in merged.values() if one.checked]
