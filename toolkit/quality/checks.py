"""Every check over every stream: what is required, unique, well formed, referred to and plausible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from toolkit.quality.documents import documents_connection
from toolkit.quality.doubles import double_outcomes
from toolkit.quality.edge_cases import edge_cases
from toolkit.quality.formats import format_outcomes
from toolkit.quality.implausible_amounts import amount_outcomes
from toolkit.quality.implausible_dates import date_outcomes
from toolkit.quality.outcome import Outcome, checks_table, findings_table
from toolkit.quality.profiles import column_profiles
from toolkit.quality.references import reference_outcomes
from toolkit.quality.required import required_outcomes
from toolkit.quality.streams import Records, Stream, live_streams
from toolkit.quality.unique import unique_outcomes


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


def checked_records(
    records: Records,
    *,
    country: str | None,
    as_of: date,
    currency: str | None = None,
    lines: pa.Table | None = None,
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
    """
    streams = live_streams(records)
    outcomes = _outcomes(streams, records, country=country, as_of=as_of, lines=lines)
    return Quality(
        profiles=column_profiles(records),
        checks=checks_table(outcomes),
        findings=findings_table([one for one in outcomes if one.checked]),
        edge_cases=edge_cases(streams, currency=currency),
    )


def _outcomes(
    streams: Sequence[Stream], records: Records, *, country: str | None, as_of: date, lines: pa.Table | None
) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for stream in streams:
        outcomes += required_outcomes(stream)
        outcomes += unique_outcomes(stream)
        outcomes += format_outcomes(stream, country=country)
        outcomes += date_outcomes(stream, as_of=as_of)
    outcomes += reference_outcomes(streams, records, lines=lines)
    with documents_connection(streams) as connection:
        outcomes += amount_outcomes(connection, streams)
        outcomes += double_outcomes(connection, streams)
    return _named_once(outcomes)


def _named_once(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """A stream that mixes entities has one check per rule and column: the counts of its entities are added up."""
    merged: dict[str, Outcome] = {}
    for one in outcomes:
        before = merged.get(one.check_id)
        merged[one.check_id] = one if before is None else _sum(before, one)
    return list(merged.values())


def _sum(one: Outcome, other: Outcome) -> Outcome:
    return Outcome(
        one.system, one.stream, one.column, one.rule, one.label, one.severity, one.checked + other.checked,
        [*one.findings, *other.findings],
    )  # fmt: skip
