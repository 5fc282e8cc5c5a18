"""Amounts that were probably mistyped: a decimal point moved, two digits swapped, a sign where none belongs.

The evidence is the party's own history (median and median absolute deviation, with enough documents), an amount that it
has paid many times, or the document that this one refers to. Without such evidence an odd amount is no error.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.documents import document_counts, minor_text
from toolkit.quality.outcome import Finding, Outcome
from toolkit.quality.streams import Stream
from toolkit.query import Connection

MIN_HISTORY = 6
"""Documents of one party in one stream and currency that make a usual amount."""

_NEVER_NEGATIVE = ("quote", "order", "invoice", "deal", "bill")
_GIVES_BACK = r"(?i)refund|credit|revers|return|void|adjust|charge ?back|rebate|discount|cancel|correct|write.?off|reimburs"
_MAX_NEGATIVE_SHARE = 0.2
_MIN_HABIT_COUNT = 20

# The party's other amounts spread so little (a standard deviation of 0.12 of a power of ten, a factor of 1.32) that ten
# times as much stands out, and the corrected amount is one of them. Few amounts look alike by chance: where parties of the
# stream spread widely, the party's amounts must be e^9 times likelier under its own spread than under that of a wide party
# (the stream's 90th percentile), and e^6 times more for every further candidate. At most a fifth of the party's documents
# may look so: more is a habit, no slip.
_FACTOR_BY_HISTORY = """
WITH measured AS (
    SELECT record_key, system, stream, party, currency, amount_minor, log10(abs(amount_minor)) AS size FROM documents
    WHERE party IS NOT NULL AND entity <> 'bank_line'
), middle AS (
    SELECT *, size - median(size) OVER whole AS off, count(*) OVER whole AS n, median(size) OVER whole AS usual
    FROM measured WINDOW whole AS (PARTITION BY system, stream, party, currency)
), marked AS (
    SELECT *, abs(round(off)) IN (1, 2) AND abs(off - round(off)) <= 0.3 AS is_candidate FROM middle WHERE n >= ?
), party AS (
    SELECT system, stream, party, currency, count(*) FILTER (is_candidate) AS candidates,
        count(*) FILTER (NOT is_candidate) AS others,
        greatest(0.02, stddev_samp(size) FILTER (NOT is_candidate)) AS own, stddev_samp(size) AS whole
    FROM marked GROUP BY system, stream, party, currency
), spread AS (
    SELECT *, quantile_cont(whole, 0.9) OVER (PARTITION BY system, stream) AS wide FROM party
)
SELECT record_key, amount_minor, m.currency, round(off)::INTEGER AS power, n, usual
FROM marked m JOIN spread s ON m.system = s.system AND m.stream = s.stream AND m.party = s.party
    AND m.currency IS NOT DISTINCT FROM s.currency
WHERE is_candidate AND candidates <= greatest(1, n / 5) AND own <= 0.12
    AND abs(off - round(off)) <= 2.5 * own + 0.02
    AND (wide <= 0.15 OR others * (ln(wide / own) - 0.5 * (1 - (own / wide) ** 2)) >= 3 + 6 * candidates)
ORDER BY record_key
"""

# The digits are those of another amount of the party, which is the usual size; this one is not. At least four digits count,
# and one more for every tenfold of 50 documents: among thousands of amounts some share their digits by chance.
_FACTOR_BY_DIGITS = """
WITH measured AS (
    SELECT record_key, system, stream, party, currency, amount_minor, log10(abs(amount_minor)) AS size,
        rtrim(abs(amount_minor)::VARCHAR, '0') AS digits
    FROM documents WHERE party IS NOT NULL AND entity <> 'bank_line'
), grouped AS (
    SELECT *, count(*) OVER whole AS n, median(size) OVER whole AS usual,
        count(*) OVER (PARTITION BY system, stream, party, currency, digits) AS same_digits
    FROM measured WINDOW whole AS (PARTITION BY system, stream, party, currency)
), spread AS (
    SELECT *, 1.4826 * median(abs(size - usual)) OVER (PARTITION BY system, stream, party, currency) AS deviation
    FROM grouped WHERE n >= ?
)
SELECT DISTINCT ON (l.record_key) l.record_key, l.amount_minor, l.currency,
    round(l.size - r.size)::INTEGER AS power, l.n, r.size AS usual
FROM spread l JOIN spread r
ON l.system = r.system AND l.stream = r.stream AND l.party = r.party AND l.currency IS NOT DISTINCT FROM r.currency
    AND l.digits = r.digits AND l.record_key <> r.record_key
WHERE length(l.digits) >= 4 AND 10 ** (length(l.digits) - 1) >= 20 * l.n
    AND l.same_digits <= 1 + l.n / 10 AND abs(round(l.size - r.size)) IN (1, 2)
    AND abs(l.size - l.usual) > greatest(0.7, 2.5 * l.deviation) AND abs(r.size - l.usual) < 0.5
ORDER BY l.record_key, abs(r.size - l.usual)
"""

# The document it refers to (by a number that only one document of another kind carries) has the same amount but for the
# slip. A tenth can be a deposit: payments and invoices of deals are judged upwards only.
_AGAINST_REFERENCE = """
WITH named AS (
    SELECT record_key, entity, currency, amount_minor, unnest([number, lower(record_id)]) AS name FROM documents
    WHERE entity IN ('deal', 'quote', 'order', 'invoice', 'bill')
), unambiguous AS (
    SELECT name, entity, any_value(currency) AS currency, any_value(amount_minor) AS amount_minor,
        any_value(record_key) AS record_key
    FROM named WHERE length(name) >= 3 GROUP BY name, entity HAVING count(DISTINCT record_key) = 1
), referring AS (
    SELECT record_key, entity, currency, amount_minor, unnest([reference, invoice_ref, deal_ref]) AS name FROM documents
    WHERE entity IN ('order', 'invoice', 'bill', 'payment', 'credit_note')
)
SELECT DISTINCT l.record_key, l.amount_minor, l.currency, r.amount_minor AS right_minor,
    r.record_key AS reference_key, l.entity = 'payment' OR r.entity IN ('deal', 'quote') AS only_upwards
FROM referring l JOIN unambiguous r ON l.name = r.name AND l.entity <> r.entity AND l.record_key <> r.record_key
WHERE l.amount_minor <> r.amount_minor AND l.amount_minor > 0 AND r.amount_minor > 0
    AND coalesce(l.currency, r.currency) IS NOT DISTINCT FROM coalesce(r.currency, l.currency)
ORDER BY l.record_key, reference_key
"""

# One amount makes up at least 30 % of the party's documents (and three of them); this one occurs once.
_NEAR_USUAL = """
WITH counted AS (
    SELECT system, stream, party, currency, amount_minor, count(*) AS times, any_value(record_key) AS record_key,
        sum(count(*)) OVER (PARTITION BY system, stream, party, currency) AS n
    FROM documents WHERE party IS NOT NULL AND entity <> 'bank_line'
    GROUP BY system, stream, party, currency, amount_minor
)
SELECT l.record_key, l.amount_minor, l.currency, r.amount_minor AS usual_minor, r.times
FROM counted l JOIN counted r
ON l.system = r.system AND l.stream = r.stream AND l.party = r.party AND l.currency IS NOT DISTINCT FROM r.currency
WHERE l.times = 1 AND r.times >= 3 AND r.times >= 0.3 * r.n AND l.amount_minor <> r.amount_minor
    AND (l.amount_minor - r.amount_minor) % 9 = 0
ORDER BY l.record_key, r.times DESC
"""


def amount_outcomes(connection: Connection, streams: Sequence[Stream]) -> list[Outcome]:
    """Return the outcomes for decimal slips, transposed digits and signs of every stream with amounts.

    Parameters
    ----------
    connection
        Open on ``documents`` (`documents_connection`) of the same streams.
    streams
        Live records.
    """
    slips, transposed = _factor_slips(connection), _transposed(connection)
    referred_slips, referred_transposed = _against_reference(connection)
    slips = {**slips, **referred_slips}
    transposed = {key: one for key, one in {**transposed, **referred_transposed}.items() if key not in slips}
    counts = document_counts(connection)
    outcomes = []
    for stream in streams:
        checked = counts.get((stream.system, stream.name, stream.entity), 0)
        if checked and stream.entity != "bank_line":
            words = "may have the decimal point in the wrong place"
            outcomes.append(_outcome(stream, slips, kind="factor", words=words, checked=checked))
            words = "may have two digits swapped"
            outcomes.append(_outcome(stream, transposed, kind="transposed", words=words, checked=checked))
        outcomes += _sign_outcomes(stream)
    return outcomes


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


def _factor_slips(connection: Connection) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    for query in (_FACTOR_BY_DIGITS, _FACTOR_BY_HISTORY):
        rows = connection.execute(query, [MIN_HISTORY]).fetchall()
        for key, amount, currency, power, count, usual in rows:
            about = minor_text(round(10**usual), currency)
            found[key] = Finding(
                key,
                minor_text(amount, currency),
                f"It is {_times(power)} what is usual here (about {about} in {count} documents).",
                _moved(amount, power, currency),
            )
    return found


def _transposed(connection: Connection) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    for key, amount, currency, usual, times in connection.execute(_NEAR_USUAL).fetchall():
        if transposed_digits(amount, usual):
            right = minor_text(usual, currency)
            reason = f"Two digits seem swapped: this party has {right} in {times} other documents."
            found.setdefault(key, Finding(key, minor_text(amount, currency), reason, right))
    return found


def _against_reference(connection: Connection) -> tuple[dict[str, Finding], dict[str, Finding]]:
    slips: dict[str, Finding] = {}
    transposed: dict[str, Finding] = {}
    for key, amount, currency, right, reference, upwards in connection.execute(_AGAINST_REFERENCE).fetchall():
        shown, meant = minor_text(amount, currency), minor_text(right, currency)
        power = next((one for one in (1, 2, -1, -2) if amount * 10 ** max(0, -one) == right * 10 ** max(0, one)), 0)
        if power > 0 or (power < 0 and not upwards):
            reason = f"It is {_times(power)} the amount of {reference}, which it refers to."
            slips.setdefault(key, Finding(key, shown, reason, meant))
        elif transposed_digits(amount, right):
            reason = f"Two digits seem swapped against {reference}, which it refers to."
            transposed.setdefault(key, Finding(key, shown, reason, meant))
    return slips, transposed


def _times(power: int) -> str:
    return {1: "10 times", 2: "100 times", -1: "a tenth of", -2: "a hundredth of"}[power]


def _moved(amount_minor: int, power: int, currency: str | None) -> str | None:
    """Undo a slip of ``power`` decimal places, where that leaves no fraction of the smallest coin."""
    if power > 0:
        return None if amount_minor % 10**power else minor_text(amount_minor // 10**power, currency)
    return minor_text(amount_minor * 10**-power, currency)


def _outcome(stream: Stream, found: dict[str, Finding], *, kind: str, words: str, checked: int) -> Outcome:
    own = set(stream.table["record_key"].to_pylist())
    return Outcome(
        system=stream.system,
        stream=stream.name,
        column="amount_minor",
        rule=f"implausible.{kind}",
        label=f"{stream.noun.capitalize()} whose amount {words}",
        severity="high",
        checked=checked,
        findings=[finding for key, finding in found.items() if key in own],
    )


def _sign_outcomes(stream: Stream) -> list[Outcome]:
    """Negative amounts where none belong, and more paid than was due."""
    outcomes = []
    for column in ("amount_minor", "price_minor", "rate_minor_per_hour"):
        if column not in stream.table.column_names:
            continue
        if column == "amount_minor" and stream.entity not in _NEVER_NEGATIVE:
            continue
        amounts = stream.table[column]
        checked = len(amounts) - amounts.null_count
        rows = _where(pc.less(amounts, 0))
        rows = rows[~_gives_back(stream, rows)]
        if not checked or len(rows) > max(_MIN_HABIT_COUNT, _MAX_NEGATIVE_SHARE * checked):
            continue
        findings = _findings(stream, column, rows, "It is negative, and nothing says that it gives money back.")
        label = f"{stream.noun.capitalize()} whose amount is negative"
        outcomes.append(
            Outcome(stream.system, stream.name, column, "implausible.negative", label, "medium", checked, findings)
        )
    if stream.entity in ("invoice", "bill", "order"):
        due, paid = stream.table["amount_minor"], stream.table["paid_minor"]
        checked = len(_where(pc.and_(pc.is_valid(due), pc.is_valid(paid))))
        rows = _where(pc.and_(pc.greater(paid, due), pc.greater(due, 0)))
        findings = _findings(stream, "paid_minor", rows, "More was paid than the document asks for.")
        label = f"{stream.noun.capitalize()} that were paid more than once or too much"
        outcomes.append(
            Outcome(
                stream.system,
                stream.name,
                "paid_minor",
                "implausible.overpaid",
                label,
                "medium",
                checked,
                findings,
            )
        )
    return outcomes


def _where(flags: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    return np.flatnonzero(pc.fill_null(flags, fill_value=False).to_numpy(zero_copy_only=False))


def _gives_back(stream: Stream, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    says_so = np.zeros(len(rows), dtype=bool)
    for name in ("description", "status", "name", "number", "method", "reference"):
        if name in stream.table.column_names:
            texts = stream.table[name].take(pa.array(rows))
            says_so[_where(pc.match_substring_regex(texts, _GIVES_BACK))] = True
    return says_so


def _findings(stream: Stream, column: str, rows: npt.NDArray[np.int64], reason: str) -> list[Finding]:
    taken = stream.table.take(pa.array(rows))
    codes = taken["currency"].to_pylist() if "currency" in taken.column_names else [None] * len(rows)
    return [
        Finding(key, minor_text(value, code), reason)
        for key, value, code in zip(taken["record_key"].to_pylist(), taken[column].to_pylist(), codes, strict=True)
    ]
