"""From a table of text to its interpretation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.interpret.assignment import assigned
from toolkit.interpret.certainty import (
    CONTRADICTED,
    ENTITY_PROBABLE_FROM,
    ENTITY_SURE_FROM,
    certainty,
    column_probabilities,
    entity_probability,
    is_contradicted,
)
from toolkit.interpret.column_scores import TableEvidence, entity_kinds, semantic_types, table_evidence
from toolkit.interpret.entity_choice import Candidate, candidates
from toolkit.interpret.entity_kind import EntityKind
from toolkit.interpret.given_table import GivenTable
from toolkit.interpret.header_words import HeaderWords, header_words
from toolkit.interpret.interpretation import (
    DOUBTFUL,
    LINE,
    NONE,
    PROBABLE,
    SURE,
    ColumnReading,
    Guess,
    Interpretation,
)
from toolkit.interpret.keys import record_key
from toolkit.interpret.locales import table_locale
from toolkit.interpret.looks import columns_by_looks, looks_like
from toolkit.interpret.observed import SAMPLE, Observed, observed
from toolkit.interpret.party_kinds import listed_companies
from toolkit.interpret.questions import table_questions
from toolkit.interpret.reasons import column_reason, entity_reason
from toolkit.interpret.row_kinds import row_kind
from toolkit.interpret.ties import tied_meanings
from toolkit.values.date_forms import plain_texts
from toolkit.values.day_order import order_evidence, order_examples
from toolkit.values.status import outcomes

_SHOWN = 3
_MAX_STATUSES = 40
_SAMPLE_LENGTH = 60
_WIDE = 1_000
_SAMPLE_OF_WIDE = 5
"""Values of a column that are looked at where a table has more than a thousand: it is no list that a person reads."""


def interpretation(
    table: GivenTable,
    *,
    entity: str | None = None,
    meanings: Mapping[str, str] | None = None,
    country: str | None = None,
) -> Interpretation:
    """Return what a table is.

    Parameters
    ----------
    table
        Headers and columns of text.
    entity
        What it holds, where a person has said so.
    meanings
        Header to meaning, where a person has said so: these are sure.
    country
        Two-letter country of the client, where it is known: a weak hint for days, amounts and signs.
    """
    headers = header_words(table.headers)
    sample = SAMPLE if len(table.columns) <= _WIDE else _SAMPLE_OF_WIDE
    seen = [observed(column, sample=sample) for column in table.columns]
    names = header_words([f"{_stem(table.file)} {table.sheet}", table.folder])
    kinds = [kind for kind in entity_kinds() if entity is None or kind.entity == entity]
    evidence = table_evidence(headers, seen, tied=tuple(tied_meanings(table.columns, seen, headers)))
    ranked = candidates(evidence, names=names[0], folder=names[1], kinds=kinds, vendor_entity=table.vendor_entity)
    best = ranked[0]
    told = dict(meanings or {})
    fitting = assigned(evidence.weights(best.kind))
    shares = column_probabilities(evidence, ranked, fitting)
    shown = shown_headers(table.headers)
    entity_sure = 1.0 if entity is not None else entity_probability(ranked)
    columns = tuple(
        _told(place, shown[place], told[table.headers[place]], seen[place])
        if table.headers[place] in told
        else _with_days_judged(
            _reading(place, shown[place], fitting.ranked[place], evidence, best.kind, shares[place]), table.columns[place]
        )
        for place in range(len(table.headers))
    )
    if entity is not None and not any(one.used_as != NONE for one in columns):
        by_looks = columns_by_looks(entity, columns)
        # What a person said of a column holds, also that it means nothing.
        columns = tuple(
            one if header in told else other for header, one, other in zip(table.headers, columns, by_looks, strict=True)
        )
    used = [one.meaning for one in columns]
    rows = row_kind(best.kind.entity, used, headers, seen, table.columns)
    key, key_reason = record_key(
        best.kind.entity,
        rows.row_is,
        meanings=used,
        headers=headers,
        columns=seen,
        cells=table.columns,
        shares=[one.probability for one in columns],
    )
    entities = _entities(ranked, entity_sure, headers)
    sure = certainty(entity_sure, sure_from=ENTITY_SURE_FROM, probable_from=ENTITY_PROBABLE_FROM)
    if entity is None and not any(one.used_as != NONE for one in columns):
        sure = DOUBTFUL
    locale = table_locale(table, used, seen, country=country)
    statuses = _statuses(columns, seen)
    return Interpretation(
        entity=best.kind.entity,
        entities=entities,
        entity_certainty=sure,
        row_is=rows.row_is,
        row_reason=rows.reason,
        row_certainty=certainty(rows.probability),
        total=rows.total if rows.row_is == LINE else "",
        key=key,
        key_reason=key_reason,
        columns=columns,
        locale=locale,
        statuses={value: outcome for value, outcome in statuses.items() if outcome is not None},
        questions=table_questions(
            entities,
            sure,
            rows.row_is,
            columns=columns,
            locale=locale,
            unknown_statuses=[value for value, outcome in statuses.items() if outcome is None],
        ),
        rows_seen=len(table.columns[0]) if table.columns else 0,
        rows_total=table.rows_total,
        company=listed_companies(best.kind.entity, rows.row_is, key, columns=columns, headers=headers, seen=seen),
    )


def _entities(ranked: Sequence[Candidate], first: float, headers: Sequence[HeaderWords]) -> tuple[Guess, ...]:
    """Return the likeliest entities; the first has its calibrated probability, the others share what is left."""
    rest = sum(one.probability for one in ranked[1:]) or 1.0
    shares = [first, *((1 - first) * one.probability / rest for one in ranked[1:])]
    return tuple(
        Guess(one.kind.entity, share, entity_reason(one, headers)) for one, share in zip(ranked[:4], shares, strict=False)
    )


def shown_headers(headers: Sequence[str]) -> tuple[str, ...]:
    """Return the names that columns are shown by: unique, and never empty.

    Examples
    --------
    >>> shown_headers(["Name", "", "Name"])
    ('Name', 'column 2', 'Name (2)')
    >>> shown_headers(["Name", "Name", "Name (2)"])
    ('Name', 'Name (3)', 'Name (2)')
    """
    counts: dict[str, int] = {}
    shown: dict[str, None] = {}
    own = {*headers}
    for place, header in enumerate(headers, start=1):
        name = header or f"column {place}"
        counts[name] = counts.get(name, 0) + 1
        unique = name if counts[name] == 1 and (header or name not in own) else f"{name} ({max(counts[name], 2)})"
        while unique in shown or (counts[name] > 1 and unique in own):
            counts[name] += 1
            unique = f"{name} ({counts[name]})"
        shown[unique] = None
    return tuple(shown)


def _told(place: int, header: str, meaning: str, seen: Observed) -> ColumnReading:
    return ColumnReading(place, header, (Guess(meaning, 1.0, "a person said so"),), SURE, _samples(seen), looks_like(seen))


def _reading(  # noqa: PLR0917 - facts of one column
    place: int,
    header: str,
    ranked: Sequence[tuple[str, float]],
    evidence: TableEvidence,
    kind: EntityKind,
    first: float,
) -> ColumnReading:
    seen = evidence.columns[place]
    scores = {meaning: evidence.score(place, meaning, kind) for meaning, _ in ranked}
    contradicted = {one.meaning for one in semantic_types() if one.meaning in scores and is_contradicted(one, seen)}
    if ranked[0][0] in contradicted:
        first = min(first, CONTRADICTED)
    rest = sum(share for _, share in ranked[1:]) or 1.0
    own = next((noun for noun in kind.nouns if noun in evidence.headers[place].concepts), "")
    guesses = tuple(
        Guess(
            meaning,
            round(first if rank == 0 else (1 - first) * share / rest, 4),
            column_reason(scores[meaning], seen, own=own, is_contradicted=meaning in contradicted),
        )
        for rank, (meaning, share) in enumerate(ranked)
    )
    return ColumnReading(place, header, guesses, certainty(first), _samples(seen), looks_like(seen))


def _with_days_judged(one: ColumnReading, cells: pa.ChunkedArray) -> ColumnReading:
    """Return a reading that is not sure where the dates prove that the day comes first, and others that the month does."""
    if one.certainty != SURE or one.looks_like != "date":
        return one
    distinct = plain_texts(pc.drop_null(pc.unique(cells)).cast(pa.string()))
    if not order_evidence(distinct).is_torn:
        return one
    day, month = order_examples(distinct)
    reason = f"{one.reason}; {day!r} has its day first, {month!r} its month first"
    return replace(one, certainty=PROBABLE, guesses=(replace(one.guesses[0], reason=reason), *one.guesses[1:]))


def _statuses(columns: Sequence[ColumnReading], seen: Sequence[Observed]) -> Mapping[str, str | None]:
    """Return what each value of the status column stands for; null where no list knows it."""
    status = max((one for one in columns if one.used_as == "status"), key=lambda one: one.probability, default=None)
    return {} if status is None else outcomes(seen[status.index].values[:_MAX_STATUSES])


def _samples(seen: Observed) -> tuple[str, ...]:
    return tuple(value[:_SAMPLE_LENGTH] for value in seen.values[:_SHOWN])


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0] or file.rpartition("/")[2]
