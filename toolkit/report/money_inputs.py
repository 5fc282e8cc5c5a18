"""Every assumption in sight: its value and range, what it rests on, and how much of the result it moves."""

from collections.abc import Mapping
from typing import Any

from toolkit.charts import tornado
from toolkit.report.blocks import Block, Chart, Heading, Inline, Note, Paragraph, Table
from toolkit.report.gaps import assumption_rows, input_words
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text, share_text
from toolkit.roi.rounding import rounded
from toolkit.values.counted import worded
from toolkit.values.written import amount_text, separators

_RESULTS = {
    "npv": "what connecting all of them is worth",
    "cost_now_per_month": "the cost now",
}


def input_text(value: float, unit: str, currency: str) -> str:
    r"""Return the value of an input as a client reads it.

    Parameters
    ----------
    value
        The input, a share as a fraction.
    unit
        As the input names it; ``currency`` in it stands for the report's.
    currency
        ISO 4217 code of the report.

    Examples
    --------
    >>> input_text(0.7, "share", "USD"), input_text(31.0, "currency per hour", "USD"), input_text(1.5, "days", "USD")
    ('70 %', '31 USD per hour', '1.5 days')
    >>> from toolkit.values.written import written_for
    >>> with written_for("NL"):
    ...     input_text(20.3, "currency per hour", "EUR"), input_text(1234.5, "currency", "EUR")
    ('€\xa020,3 per hour', '€\xa01.235')
    """
    if unit.startswith("share"):
        return f"{share_text(value) if value >= 0 else f'−{share_text(-value)}'}{unit.removeprefix('share')}"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    if unit.startswith("currency"):
        # ``amount_text`` writes as the country does; what is written so already would be turned back.
        plain = f"{rounded(value, digits):,.{digits}f}"
        plain = plain.rstrip("0").rstrip(".") if digits else plain
        return f"{amount_text(plain.replace('-', '−'), currency)}{unit.removeprefix('currency')}"
    number = decimal_text(value, digits)
    sign = separators()[0]
    number = number.rstrip("0").rstrip(sign) if sign in number else number
    return worded(number, unit.replace("currency", currency))


def range_text(low: float, high: float, unit: str, currency: str) -> str:
    """Return a range with its unit once.

    Parameters
    ----------
    low, high
        Both ends.
    unit
        As the input names it; ``currency`` in it stands for the report's.
    currency
        ISO 4217 code of the report.

    Examples
    --------
    >>> range_text(0.5, 0.95, "share", "USD"), range_text(1, 4, "hours", "USD"), range_text(3, 3, "hours", "USD")
    ('50 to 95 %', '1 to 4 hours', 'none given')
    """
    if low == high:
        return "none given"
    return f"{input_text(low, unit, currency).partition(' ')[0]} to {input_text(high, unit, currency)}"


def assumption_blocks(run: RunTables) -> list[Block]:
    """Return the table of assumptions, and the picture of what moves the result most."""
    rows, labels = assumption_rows(run), run.handoff_labels()
    inputs = run.table("cost_input").to_pylist()
    if not inputs:
        return []
    tried = next((_RESULTS[row["result"]] for row in inputs if row["result"]), "")
    blocks: list[Block] = [Heading("What the figures assume")]
    if rows:
        share = sum(row["share"] for row in rows)
        together = f" Together they make {share_text(share, 0)} of what moves {tried}." if tried else ""
        blocks += [
            Paragraph((f"Nobody has confirmed these yet; each is ours until you replace it.{together}",)),
            Table(
                (
                    "Assumption",
                    "Most likely",
                    "Median (enters)",
                    "Range",
                    "Used for",
                    "Rests on",
                    "Share of the result",
                ),
                tuple(_row(row, labels, run.currency, run.handoff_count) for row in rows),
                caption="Every assumption in the figures, the one that moves most first",
                is_compact=True,
            ),
        ]
    if tried:
        words = {f"{row['handoff_id']}/{row['name']}": _words(row, labels) for row in inputs}
        blocks += [
            Chart(
                tornado.drawn(run.table("cost_input"), currency=run.currency, labels=words),
                f"What moves {tried} most: each input low and high in turn, the others in their middle.",
            ),
            Note(("A share is the distance between both ends of an input over the sum of these distances.",)),
        ]
    return blocks


def _row(row: Mapping[str, Any], labels: Mapping[str, str], currency: str, count: int) -> tuple[Inline, ...]:
    return (
        input_words(row["name"]),
        input_text(row["value"], row["unit"], currency),
        input_text(row["median"], row["unit"], currency),
        range_text(row["low"], row["high"], row["unit"], currency),
        _used(row["used_by"], labels, count),
        row["source"] or "as written down for you, without a source",
        share_text(row["share"]) if row["share"] else "0 %",
    )


def _used(handoffs: list[str], labels: Mapping[str, str], count: int) -> str:
    if "total" in handoffs or len(handoffs) == count:
        return "all"
    return labels.get(handoffs[0], handoffs[0]) if len(handoffs) == 1 else f"{len(handoffs)} of {count} handoffs"


def _words(row: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    words = input_words(row["name"])
    return words if row["handoff_id"] == "total" else f"{words}: {labels.get(row['handoff_id'], row['handoff_id'])}"
