"""Amounts that were probably mistyped: a decimal point moved, or two digits swapped.

The evidence is the party's own history (median and spread, with enough documents), an amount that it has paid many times, or
the document that this one refers to. Without such evidence an odd amount is no error.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.quality.check import Judged, keyed_rows
from toolkit.quality.documents import documents, minor_text
from toolkit.quality.evidence import Evidence

MIN_HISTORY = 6
"""Documents of one party in one stream and currency that make a usual amount."""


class Slip(NamedTuple):
    """A document whose amount is wrong: amount as written, why in a sentence, and the likely right one."""

    stream: int
    value: str
    reason: str
    suggestion: str | None


Slips = Mapping[str, Slip]
"""Slips by record key, in the order in which they are listed."""


# NOT MATERIALIZED: read again, a table costs time; kept as text for millions of rows, it costs the engine's memory.

# Few amounts look alike by chance: where parties of the stream spread widely, the party's amounts must be e^9 times likelier
# under its own spread than under that of a wide party (the stream's 90th percentile), and e^6 times more for every further
# candidate.
_FACTOR_BY_HISTORY = """
WITH measured AS NOT MATERIALIZED (
    SELECT place, stream, book, owner, money, amount_minor, currency, log10(abs(amount_minor)) AS size
    -- A bank line's party is what the bank could read of it: no history.
    FROM judged_documents WHERE owner IS NOT NULL AND entity <> 'bank_line'
), usual AS (
    -- The median, since the slip itself is among the amounts and must not shift what is usual.
    SELECT owner, money, median(size) AS usual, count(*) AS n FROM measured GROUP BY owner, money HAVING count(*) >= ?
), marked AS (
    SELECT m.*, n, usual, size - usual AS off, abs(round(off)) IN (1, 2) AND abs(off - round(off)) <= 0.3 AS is_candidate,
        count(*) OVER (PARTITION BY m.owner, m.money, m.amount_minor) AS times
    FROM measured m JOIN usual u ON m.owner = u.owner AND m.money = u.money
), party AS (
    -- Fixed fees have no spread at all: without a floor the smallest rise of the fee would stand out.
    SELECT book, owner, money, count(*) FILTER (is_candidate) AS candidates, count(*) FILTER (NOT is_candidate) AS others,
        greatest(0.02, stddev_samp(size) FILTER (NOT is_candidate)) AS own, stddev_samp(size) AS whole
    FROM marked GROUP BY book, owner, money
), book AS (
    SELECT book, quantile_cont(whole, 0.9) AS wide FROM party GROUP BY book
)
SELECT place, stream, amount_minor, currency, round(off)::INTEGER AS power, n, usual
FROM marked m JOIN party p ON m.owner = p.owner AND m.money = p.money JOIN book b ON m.book = b.book
-- At most a fifth of the party's documents may look so: more is a habit. A standard deviation of 0.12 of a power of ten is a
-- factor of 1.32; where amounts spread more, ten times as much does not stand out.
WHERE is_candidate AND candidates <= greatest(1, n / 5) AND own <= 0.12
    -- The corrected amount has to be one of the usual ones, not only nearer to them.
    AND abs(off - round(off)) <= 2.5 * own + 0.02
    -- A large bill is no slip: what occurs twice was meant, and a point that moved to the right leaves zeros at the end.
    AND times = 1 AND (off < 0 OR amount_minor % (10 ** round(off))::BIGINT = 0)
    AND (wide <= 0.15 OR others * (ln(wide / own) - 0.5 * (1 - (own / wide) ** 2)) >= 3 + 6 * candidates)
"""

# The digits are those of another amount of the party, which is the usual size; this one is not.
_FACTOR_BY_DIGITS = """
WITH measured AS NOT MATERIALIZED (
    SELECT place, stream, owner, money, amount_minor, currency, log10(abs(amount_minor)) AS size
    FROM judged_documents WHERE owner IS NOT NULL AND entity <> 'bank_line'
), usual AS (
    SELECT owner, money, median(size) AS usual, count(*) AS n FROM measured GROUP BY owner, money HAVING count(*) >= ?
), spread AS (
    -- 1.4826 makes the median deviation of normal values their standard deviation.
    SELECT m.owner, m.money, any_value(n) AS n, any_value(usual) AS usual, 1.4826 * median(abs(size - usual)) AS deviation
    FROM measured m JOIN usual u ON m.owner = u.owner AND m.money = u.money GROUP BY m.owner, m.money
), odd AS (
    SELECT m.*, n, usual, rtrim(abs(amount_minor)::VARCHAR, '0') AS digits
    FROM measured m JOIN spread s ON m.owner = s.owner AND m.money = s.money
    WHERE abs(size - usual) > greatest(0.7, 2.5 * deviation)
), amounts AS (
    -- Each amount once: a party with a hundred thousand equal documents would pair each with each.
    SELECT owner, money, size, rtrim(abs(amount_minor)::VARCHAR, '0') AS digits, count(*) AS times
    FROM measured SEMI JOIN odd USING (owner, money) GROUP BY ALL
), known AS (
    SELECT *, sum(times) OVER (PARTITION BY owner, money, digits) AS same_digits FROM amounts
)
SELECT DISTINCT ON (l.place) l.place, l.stream, l.amount_minor, l.currency, round(l.size - r.size)::INTEGER AS power,
    l.n, r.size AS usual
FROM odd l JOIN known r ON l.owner = r.owner AND l.money = r.money AND l.digits = r.digits
-- Among thousands of amounts some share their digits by chance: four must count, and one more for every tenfold of 50
-- documents.
WHERE length(l.digits) >= 4 AND 10 ** (length(l.digits) - 1) >= 20 * l.n
    AND same_digits <= 1 + l.n / 10 AND abs(round(l.size - r.size)) IN (1, 2) AND abs(r.size - l.usual) < 0.5
ORDER BY l.place, abs(r.size - l.usual), r.size
"""

# Two neighbouring digits that change places change an amount by 9 to 81 and zeros. It is asked here so that few rows come
# back; `transposed_digits` decides.
_MAY_BE_SWAPPED = "rtrim(abs({l}::HUGEINT - {r})::VARCHAR, '0') IN ('9', '18', '27', '36', '45', '54', '63', '72', '81')"

_AGAINST_REFERENCE = f"""
WITH referring AS NOT MATERIALIZED (
    SELECT place, record_key, stream, entity, currency, amount_minor, unnest([reference, invoice_ref, deal_ref]) AS name
    FROM judged_documents WHERE entity IN ('order', 'invoice', 'bill', 'payment', 'credit_note')
), named AS (
    SELECT place, entity, number AS name FROM judged_documents WHERE entity IN ('deal', 'quote', 'order', 'invoice', 'bill')
    UNION ALL
    SELECT place, entity, lower(record_id) FROM judged_documents
    WHERE entity IN ('deal', 'quote', 'order', 'invoice', 'bill')
), unambiguous AS (
    -- A number that two documents carry says of neither what its amount should be; one of two characters is a counter.
    SELECT name, any_value(place) AS place FROM named SEMI JOIN referring USING (name)
    WHERE length(name) >= 3 GROUP BY name, entity HAVING min(place) = max(place)
)
SELECT DISTINCT l.place, l.stream, l.amount_minor, l.currency, r.amount_minor AS right_minor, r.record_key AS reference_key,
    -- A tenth can be a deposit: payments and invoices of deals are judged upwards only.
    l.entity = 'payment' OR r.entity IN ('deal', 'quote') AS only_upwards
FROM referring l JOIN unambiguous u ON l.name = u.name JOIN judged_documents r ON u.place = r.place
WHERE l.entity <> r.entity AND l.record_key <> r.record_key AND l.amount_minor <> r.amount_minor
    AND l.amount_minor > 0 AND r.amount_minor > 0
    AND coalesce(l.currency, r.currency) IS NOT DISTINCT FROM coalesce(r.currency, l.currency)
    -- HUGEINT: a hundred times the largest amount that fits a column does not.
    AND (l.amount_minor IN (r.amount_minor::HUGEINT * 10, r.amount_minor::HUGEINT * 100)
        OR r.amount_minor IN (l.amount_minor::HUGEINT * 10, l.amount_minor::HUGEINT * 100)
        OR {_MAY_BE_SWAPPED.format(l="l.amount_minor", r="r.amount_minor")})
ORDER BY l.place, reference_key
"""

_NEAR_USUAL = f"""
WITH counted AS (
    SELECT owner, money, amount_minor, count(*) AS times, any_value(place) AS place, any_value(stream) AS stream,
        any_value(currency) AS currency, sum(count(*)) OVER (PARTITION BY owner, money) AS n
    FROM judged_documents WHERE owner IS NOT NULL AND entity <> 'bank_line' GROUP BY owner, money, amount_minor
)
SELECT l.place, l.stream, l.amount_minor, l.currency, r.amount_minor AS usual_minor, r.times
FROM counted l JOIN counted r ON l.owner = r.owner AND l.money = r.money
-- What occurs twice was meant. What is usual makes up a third of the documents: at most three amounts can.
WHERE l.times = 1 AND r.times >= 3 AND r.times >= 0.3 * r.n
    AND {_MAY_BE_SWAPPED.format(l="l.amount_minor", r="r.amount_minor")}
ORDER BY l.place, r.times DESC, r.amount_minor
"""


def decimal_slips(evidence: Evidence) -> Slips:
    """Return the amounts that are 10 or 100 times what they should be, or a tenth or a hundredth of it."""
    return {**_by_history(evidence), **evidence.once(_against_reference)[0]}


def transposed_slips(evidence: Evidence) -> Slips:
    """Return the amounts with two digits swapped; one that has the decimal point in the wrong place is none of them."""
    decimal = evidence.once(decimal_slips)
    found = {**_near_usual(evidence), **evidence.once(_against_reference)[1]}
    return {key: slip for key, slip in found.items() if key not in decimal}


def judged_slips(evidence: Evidence, slips: Slips, words: str) -> Iterator[Judged]:
    """Yield the amounts of every stream of documents but bank lines, which come from the bank.

    Parameters
    ----------
    evidence
        All records.
    slips
        The amounts that fail.
    words
        What is wrong with the documents, in a client's words.
    """
    for place, checked in evidence.once(documents).counts.items():
        stream = evidence.streams[place]
        if stream.entity != "bank_line":
            own = {key: slip for key, slip in slips.items() if slip.stream == place}
            failing = keyed_rows(
                list(own),
                [slip.value for slip in own.values()],
                [slip.reason for slip in own.values()],
                [slip.suggestion for slip in own.values()],
            )
            yield Judged(stream, "amount_minor", words, "high", checked, failing)


def transposed_digits(one: int, other: int) -> bool:
    """Return whether two amounts are equal but for two neighbouring digits that changed places.

    Three digits must count (zeros at the end do not), so that 1200.00 and 2100.00 are two amounts, not a slip.

    Examples
    --------
    >>> transposed_digits(124500, 142500), transposed_digits(120000, 210000), transposed_digits(124500, 154200)
    (True, False, False)
    """
    left, right = str(abs(one)), str(abs(other))
    if len(left) != len(right) or min(len(left.rstrip("0")), len(right.rstrip("0"))) < 3:
        return False
    places = [place for place in range(len(left)) if left[place] != right[place]]
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    return left[places[0]] == right[places[1]] and left[places[1]] == right[places[0]]


def _by_history(evidence: Evidence) -> Slips:
    known = evidence.once(documents)
    found: dict[str, Slip] = {}
    for query in (_FACTOR_BY_DIGITS, _FACTOR_BY_HISTORY):
        rows = evidence.connection.execute(query, [MIN_HISTORY]).fetchall() if known.counts else []
        own: dict[str, Slip] = {}
        for place, stream, amount, currency, power, count, usual in rows:
            about = minor_text(round(10**usual), currency)
            reason = f"It is {_times(power)} what is usual here (about {about} in {count} documents)."
            own[known.key(place)] = Slip(stream, minor_text(amount, currency), reason, _moved(amount, power, currency))
        found.update(sorted(own.items()))
    return found


def _near_usual(evidence: Evidence) -> Slips:
    known = evidence.once(documents)
    found: dict[str, Slip] = {}
    rows = evidence.connection.execute(_NEAR_USUAL).fetchall() if known.counts else []
    for place, stream, amount, currency, usual, times in rows:
        if transposed_digits(amount, usual):
            right = minor_text(usual, currency)
            reason = f"Two digits seem swapped: this party has {right} in {times} other documents."
            found.setdefault(known.key(place), Slip(stream, minor_text(amount, currency), reason, right))
    return dict(sorted(found.items()))


def _against_reference(evidence: Evidence) -> tuple[Slips, Slips]:
    """Return the decimal slips and the transposed digits that another document tells of."""
    known = evidence.once(documents)
    slips: dict[str, Slip] = {}
    transposed: dict[str, Slip] = {}
    rows = evidence.connection.execute(_AGAINST_REFERENCE).fetchall() if known.counts else []
    for place, stream, amount, currency, right, reference, upwards in rows:
        key, shown, meant = known.key(place), minor_text(amount, currency), minor_text(right, currency)
        power = next((one for one in (1, 2, -1, -2) if amount * 10 ** max(0, -one) == right * 10 ** max(0, one)), 0)
        if power > 0 or (power < 0 and not upwards):
            reason = f"It is {_times(power)} the amount of {reference}, which it refers to."
            slips.setdefault(key, Slip(stream, shown, reason, meant))
        elif transposed_digits(amount, right):
            reason = f"Two digits seem swapped against {reference}, which it refers to."
            transposed.setdefault(key, Slip(stream, shown, reason, meant))
    return dict(sorted(slips.items())), dict(sorted(transposed.items()))


def _times(power: int) -> str:
    return {1: "10 times", 2: "100 times", -1: "a tenth of", -2: "a hundredth of"}[power]


def _moved(amount_minor: int, power: int, currency: str | None) -> str | None:
    """Undo a slip of ``power`` decimal places, where that leaves no fraction of the smallest coin."""
    if power > 0:
        return None if amount_minor % 10**power else minor_text(amount_minor // 10**power, currency)
    return minor_text(amount_minor * 10**-power, currency)
