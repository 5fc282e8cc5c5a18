"""Documents that were entered twice: same party, same amount, (nearly) the same day, and nothing that tells them apart.

Every document but the first of such a group fails. Two references, two supplier numbers or two texts tell documents
apart; so does a habit (a party that often has equal amounts on one day). Bank lines come from the bank and are not judged,
nor is a stream in which more than 3 % of the documents look so (and at least 20 do): it lists parts of documents.

Days apart may be: none without further evidence; 5 for an invoice or credit note; 7 where at least five digits of the amount
count; 10 where both name the same reference or have the same text with a number in it; 60 for a bill whose supplier's number
is the same but for the way it is written. But for such bills, documents of different days are judged only where the party
has the amount twice in all.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from toolkit.quality.documents import document_counts, minor_text
from toolkit.quality.outcome import Finding, Outcome
from toolkit.quality.streams import Stream
from toolkit.query import Connection

_MAX_SHARE = 0.03
_MIN_HABIT_COUNT = 20
_ENTITIES = ("order", "invoice", "credit_note", "bill", "payment", "expense")

_PAIRS = """
WITH judged AS (
    SELECT *, length(rtrim(abs(amount_minor)::VARCHAR, '0')) AS digits FROM documents
    WHERE entity IN ('order', 'invoice', 'credit_note', 'bill', 'payment', 'expense')
        AND party IS NOT NULL AND event_on IS NOT NULL
), crowd AS (
    SELECT system, stream, party, sum(times - 1) AS repeats, sum(times) AS n FROM (
        SELECT system, stream, party, amount_minor, event_on, count(*) AS times FROM judged GROUP BY ALL
    ) GROUP BY ALL
), amounts AS (
    SELECT system, stream, party, amount_minor, count(*) AS times FROM judged GROUP BY ALL
)
SELECT l.record_key, r.record_key AS other_key, l.entity, l.system, l.stream, l.amount_minor, l.currency, l.event_on,
    r.event_on AS other_on, l.number, r.number AS other_number, l.description, r.description AS other_description
FROM judged l
JOIN judged r ON l.system = r.system AND l.stream = r.stream AND l.entity = r.entity AND l.party = r.party
    AND l.amount_minor = r.amount_minor
    AND (r.event_on, coalesce(r.created_at, TIMESTAMPTZ '1970-01-01'), r.record_key)
        < (l.event_on, coalesce(l.created_at, TIMESTAMPTZ '1970-01-01'), l.record_key)
JOIN crowd c ON c.system = l.system AND c.stream = l.stream AND c.party = l.party
JOIN amounts a ON a.system = l.system AND a.stream = l.stream AND a.party = l.party AND a.amount_minor = l.amount_minor
WHERE l.event_on - r.event_on <= 60
    AND coalesce(l.currency, '') = coalesce(r.currency, '')
    AND coalesce(l.reference, r.reference, '') = coalesce(r.reference, l.reference, '')
    AND coalesce(l.deal_ref, r.deal_ref, '') = coalesce(r.deal_ref, l.deal_ref, '')
    AND coalesce(l.invoice_ref, r.invoice_ref, '') = coalesce(r.invoice_ref, l.invoice_ref, '')
    AND coalesce(l.gl_code, r.gl_code, '') = coalesce(r.gl_code, l.gl_code, '')
    AND (c.repeats < 3 OR c.repeats <= 0.2 * c.n)
    AND l.event_on - r.event_on <= CASE
        WHEN l.entity = 'bill' AND l.number IS NOT NULL AND r.number IS NOT NULL THEN 60
        WHEN l.entity = 'order' OR a.times > 2 THEN 0
        WHEN l.reference = r.reference OR l.deal_ref = r.deal_ref
            OR (l.description = r.description AND regexp_matches(l.description, '[0-9]{3}')) THEN 10
        WHEN l.digits >= 5 THEN 7
        WHEN l.entity IN ('invoice', 'credit_note') THEN 5
        ELSE 0 END
ORDER BY l.record_key, r.event_on DESC, r.record_key
"""


def double_outcomes(connection: Connection, streams: Sequence[Stream]) -> list[Outcome]:
    """Return one outcome per stream of documents that can be entered twice.

    Parameters
    ----------
    connection
        Open on ``documents`` (`documents_connection`) of the same streams.
    streams
        Live records.
    """
    found: dict[tuple[str, str, str], dict[str, Finding]] = defaultdict(dict)
    for row in connection.execute(_PAIRS).fetchall():
        key, other, entity, system, stream_name, amount, currency, day, other_day, *texts = row
        if not _same_thing(entity, *texts):
            continue
        when = f"on {day}" if day == other_day else f"on {other_day} and {day}"
        reason = f"The same party has the same amount in {other}, {when}, and nothing tells them apart."
        found[system, stream_name, entity].setdefault(key, Finding(key, minor_text(amount, currency), reason))
    counts = document_counts(connection)
    return [
        Outcome(
            system=stream.system,
            stream=stream.name,
            column="amount_minor",
            rule="implausible.double_entry",
            label=f"{stream.noun.capitalize()} that may have been entered twice",
            severity="high",
            checked=counts[key],
            findings=list(found[key].values()),
        )
        for stream in streams
        for key in ((stream.system, stream.name, stream.entity),)
        if stream.entity in _ENTITIES and key in counts
        if len(found[key]) <= max(_MIN_HABIT_COUNT, _MAX_SHARE * counts[key])
    ]


def _same_thing(entity: str, number: str | None, other: str | None, text: str | None, other_text: str | None) -> bool:
    """Whether numbers and texts leave open that two documents are one; a supplier's number says more than any text."""
    if entity == "bill" and number is not None and other is not None:
        return _same_number(number, other)
    return _same_text(text, other_text)


def _same_number(number: str, other: str) -> bool:
    """Whether two numbers are one but for the way they are written: O and 0, signs, zeros in front, a letter at the end."""
    left, right = (
        re.sub(r"[^a-z0-9]|(?<=[0-9])[a-z]{1,4}$", "", one).translate(str.maketrans("oil", "011")) for one in (number, other)
    )
    return left.lstrip("0") == right.lstrip("0")


def _same_text(text: str | None, other: str | None) -> bool:
    """Whether one text says nothing that the other does not say."""
    if not text or not other:
        return True
    left, right = (set(re.findall(r"\w+", one)) for one in (text, other))
    return left <= right or right <= left
