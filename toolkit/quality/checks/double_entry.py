"""Documents that were entered twice: same party, same amount, (nearly) the same day, and nothing that tells them apart.

Every document but the first of such a group fails. Two references, two supplier numbers or two texts tell documents
apart; so do other words in any column of their rows, also one that is not used, a card, a party that stands for many, and
a habit (a party that often has equal amounts on one day, or this amount on other days as well). Bank lines come from the
bank and are not judged, nor is a stream in which more than 3 % of the documents look so (and at least 20 do): it lists parts
of documents. Where over 0.5 % (and over 30) are of one day with numbers of their own, these are what the list is like.

Days apart may be: none without further evidence; 5 for an invoice or credit note; 7 where at least five digits of the amount
count; 10 where both name the same reference or have the same text with a number in it; 60 for a bill whose supplier's number
is the same but for the way it is written, and for a payment of the whole of one bill or invoice that was paid before. But
for such bills and payments, documents of different days are judged only where the party has the amount twice in all.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from toolkit.quality.check import Check, Judged, keyed_rows
from toolkit.quality.documents import documents, minor_text
from toolkit.quality.evidence import Evidence
from toolkit.quality.twins import are_told_apart, collective_documents, written_rows

_NO_DIFFERENCE = "nothing but their own numbers and dates tells them apart"
_MAX_SHARE = 0.03
_MIN_HABIT_COUNT = 20
_MAX_NUMBERED_SHARE, _MAX_NUMBERED_COUNT = 0.005, 30
_ENTITIES = ("order", "invoice", "credit_note", "bill", "payment", "expense")

_SAME_CAUSE = """(coalesce(l.reference = r.reference, FALSE) OR coalesce(l.deal_ref = r.deal_ref, FALSE)
    OR (coalesce(l.description = r.description, FALSE) AND regexp_matches(l.description, '[0-9]{3}')))"""

_SHOWN = f"""l.record_key, r.record_key AS other_key, l.stream, l.amount_minor, l.currency, l.event_on,
        r.event_on AS other_on, l.description, r.description AS other_description,
        l.event_on = r.event_on AND l.number <> r.number AND NOT {_SAME_CAUSE} AS is_numbered_apart"""

_LATER = """
    (r.event_on, coalesce(r.created_at, TIMESTAMPTZ '1970-01-01'), r.record_key)
        < (l.event_on, coalesce(l.created_at, TIMESTAMPTZ '1970-01-01'), l.record_key)
    AND coalesce(l.currency, '') = coalesce(r.currency, '')
"""

# A missing reference contradicts none.
_NOTHING_BETWEEN = f"""
    {_LATER}
    AND coalesce(l.reference, r.reference, '') = coalesce(r.reference, l.reference, '')
    AND coalesce(l.deal_ref, r.deal_ref, '') = coalesce(r.deal_ref, l.deal_ref, '')
    AND coalesce(l.invoice_ref, r.invoice_ref, '') = coalesce(r.invoice_ref, l.invoice_ref, '')
    AND coalesce(l.gl_code, r.gl_code, '') = coalesce(r.gl_code, l.gl_code, '')
"""

# What a payment is for, and what a bill is called, without the letters in front: O and 0, signs and zeros are one.
_BARE = r"""ltrim(translate(regexp_replace(regexp_replace(regexp_replace({}, '^[^0-9]*', ''), '([0-9])[a-z]{{1,4}}$', '\1'),
            '[^a-z0-9]', '', 'g'), 'oil', '011'), '0')"""
_QUOTED = "coalesce(invoice_ref, CASE WHEN regexp_matches(reference, '[0-9]') THEN reference END, {})"
_LAST_NUMBER = "regexp_extract(description, '([a-z]*[-_/#.]?[0-9][a-z0-9]*([-_/][0-9]+)*)[^0-9]*$', 1)"

# Made once, and asked twice: first whether a stream lists parts of documents, then what is there twice.
_CANDIDATES = f"""
CREATE TEMP TABLE candidate AS
WITH judged AS NOT MATERIALIZED (
    SELECT * FROM judged_documents WHERE entity IN {_ENTITIES} AND owner IS NOT NULL AND event_on IS NOT NULL
), by_day AS (
    SELECT owner, amount_minor, event_on, count(*) AS times FROM judged GROUP BY ALL
), crowd AS (
    -- Equal amounts on one day are this party's habit: a shop that sells one thing to a walk-in customer.
    SELECT owner FROM by_day GROUP BY owner HAVING sum(times - 1) >= 3 AND sum(times - 1) > 0.2 * sum(times)
), repeated AS (
    SELECT owner, amount_minor, sum(times) AS times, count(*) AS days FROM by_day GROUP BY ALL HAVING sum(times) > 1
)
SELECT j.*, times, days, length(rtrim(abs(j.amount_minor)::VARCHAR, '0')) AS digits,
    -- A supplier's number but for the way it is written: O and 0, signs, zeros in front, letters at the end.
    CASE WHEN entity = 'bill' THEN ltrim(translate(regexp_replace(
        regexp_replace(number, '([0-9])[a-z]{{1,4}}$', '\\1'), '[^a-z0-9]', '', 'g'), 'oil', '011'), '0') END AS plain,
    CASE WHEN entity = 'payment' THEN {_BARE.format(_QUOTED.format(_LAST_NUMBER))} END AS paid
FROM judged j JOIN repeated a ON j.owner = a.owner AND j.amount_minor = a.amount_minor
WHERE j.owner NOT IN (SELECT owner FROM crowd)
"""

# Documents that are equal in all that could tell them apart fail for certain: where they are too many already, the stream is
# left out before they are paired.
_LISTS_OF_PARTS = f"""
WITH alike AS (
    SELECT stream, count(*) - 1 AS failing FROM candidate
    GROUP BY stream, owner, amount_minor, event_on, currency, reference, deal_ref, invoice_ref, gl_code, plain, description
), size AS (
    SELECT stream, count(*) AS n FROM judged_documents GROUP BY stream
)
SELECT a.stream FROM alike a JOIN size s ON a.stream = s.stream
GROUP BY a.stream, n HAVING sum(failing) > greatest({_MIN_HABIT_COUNT}, {_MAX_SHARE} * n)
"""

# The four ways of being one are joined apart, each by all that must be equal: a party with ten thousand equal amounts would
# pair each with each where only party and amount were.
_PAIRS = f"""
WITH kept AS (
    SELECT * FROM candidate WHERE stream NOT IN (SELECT unnest(?::BIGINT[]))
), due AS (
    SELECT DISTINCT {_BARE.format("number")} AS number, abs(amount_minor) AS amount_minor
    FROM judged_documents WHERE entity IN ('bill', 'invoice') AND regexp_matches(number, '[0-9]')
), pair AS (
    -- A supplier's number says more than any text, and a bill is often sent again after some weeks.
    SELECT {_SHOWN}, TRUE AS is_told FROM kept l JOIN kept r
    ON l.stream = r.stream AND l.owner = r.owner AND l.amount_minor = r.amount_minor AND l.plain = r.plain
    WHERE l.event_on - r.event_on <= 60 AND {_NOTHING_BETWEEN}
    UNION ALL
    -- The whole of one bill is paid once, whatever the payments are called, unless the money came back in between.
    SELECT {_SHOWN}, TRUE FROM kept l JOIN kept r
    ON l.stream = r.stream AND l.owner = r.owner AND l.amount_minor = r.amount_minor AND l.paid = r.paid
    JOIN due ON due.number = l.paid AND due.amount_minor = abs(l.amount_minor)
    WHERE l.event_on - r.event_on <= 60 AND {_LATER} AND NOT EXISTS (
        SELECT b.place FROM judged_documents b
        WHERE b.owner = l.owner AND b.amount_minor = -l.amount_minor AND b.event_on BETWEEN r.event_on AND l.event_on
    )
    UNION ALL
    SELECT {_SHOWN}, FALSE FROM kept l JOIN kept r
    ON l.stream = r.stream AND l.owner = r.owner AND l.amount_minor = r.amount_minor AND l.event_on = r.event_on
    WHERE (l.plain IS NULL OR r.plain IS NULL) AND {_NOTHING_BETWEEN}
        -- An amount that the party has on other days too is its price, and two of it on one day are two.
        AND (l.days = 1 OR {_SAME_CAUSE})
    UNION ALL
    -- Three equal amounts on three days are a fee, not an error.
    SELECT {_SHOWN}, FALSE FROM kept l JOIN kept r
    ON l.stream = r.stream AND l.owner = r.owner AND l.amount_minor = r.amount_minor AND l.times = 2 AND r.times = 2
    WHERE (l.plain IS NULL OR r.plain IS NULL) AND l.entity <> 'order' AND {_NOTHING_BETWEEN}
        AND l.event_on > r.event_on AND l.event_on - r.event_on <= CASE
            WHEN {_SAME_CAUSE} THEN 10
            WHEN l.digits >= 5 THEN 7
            WHEN l.entity IN ('invoice', 'credit_note') THEN 5
            ELSE 0 END
)
SELECT * FROM pair ORDER BY record_key, other_on DESC, other_key
"""


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every stream of documents that can be entered twice, but lists of parts."""
    counts = evidence.once(documents).counts
    found: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    lists, rows = _lists_and_pairs(evidence) if counts else (set(), [])
    open_pairs: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, other, place, *_, is_told in rows:
        if not is_told:
            open_pairs[place].append((key, other))
    apart = {pair for place, pairs in open_pairs.items() for pair in _apart(evidence, place, pairs)}
    numbered: dict[int, set[str]] = defaultdict(set)
    for key, other, place, amount, currency, day, other_day, *texts, is_numbered_apart, is_told in rows:
        if not is_told and ((key, other) in apart or not _same_text(*texts)):
            continue
        if is_numbered_apart and not is_told:
            numbered[place].add(key)
        when = f"on {day}" if day == other_day else f"on {other_day} and {day}"
        reason = f"The same party has the same amount in {other}, {when}, and {_NO_DIFFERENCE}."
        # The nearest one before comes first.
        found[place].setdefault(key, (minor_text(amount, currency), reason))
    for place, checked in counts.items():
        stream, own = evidence.streams[place], found[place]
        if len(numbered[place]) > max(_MAX_NUMBERED_COUNT, _MAX_NUMBERED_SHARE * checked):
            # So many of one day with numbers of their own are what this list is like, not slips.
            own = {key: one for key, one in own.items() if key not in numbered[place]}
        if stream.entity in _ENTITIES and place not in lists and len(own) <= max(_MIN_HABIT_COUNT, _MAX_SHARE * checked):
            failing = keyed_rows(list(own), [value for value, _ in own.values()], [reason for _, reason in own.values()])
            yield Judged(stream, "amount_minor", "that may have been entered twice", "high", checked, failing)


def _lists_and_pairs(evidence: Evidence) -> tuple[set[int], list[tuple[Any, ...]]]:
    """Return the streams that list parts of documents, and the pairs of all others."""
    evidence.connection.execute(_CANDIDATES)
    try:
        lists = {place for (place,) in evidence.connection.execute(_LISTS_OF_PARTS).fetchall()}
        return lists, evidence.connection.execute(_PAIRS, [sorted(lists)]).fetchall()
    finally:
        evidence.connection.execute("DROP TABLE candidate")


def _apart(evidence: Evidence, place: int, pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield those pairs that any column of their rows tells apart, or whose party stands for many."""
    stream = evidence.streams[place]
    keys = [key for pair in pairs for key in pair]
    written, collective = written_rows(evidence, stream, keys), collective_documents(stream, keys)
    yield from (pair for pair in pairs if pair[0] in collective or are_told_apart(written, *pair))


def _same_text(text: str | None, other: str | None) -> bool:
    """Whether one text says nothing that the other does not say."""
    if not text or not other:
        return True
    left, right = (set(re.findall(r"\w+", one)) for one in (text, other))
    return left & right in (left, right)


CHECK = Check(
    rule="implausible.double_entry",
    label="Documents that may have been entered twice",
    fails_when="two documents have the same party and amount, on (nearly) the same day, and nothing but "
    "their own numbers and dates tells them apart; or the whole of one bill is paid twice",
    severities=("high",),
    judged=judged,
    round=6,
    turn=12,
)
