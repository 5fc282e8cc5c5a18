"""What was never invoiced: how many, worth how much in each currency, what of it is likely lost, and who said so."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from toolkit.report.blocks import Block, Inline, Table
from toolkit.report.free_text import masked_free_text
from toolkit.report.masking import masked_text, masked_value
from toolkit.report.money_inputs import input_text, range_text
from toolkit.report.money_kinds import figure, is_loss_added, is_something
from toolkit.report.record_names import counted_text, written_amount
from toolkit.report.run import RunTables
from toolkit.roi.not_invoiced import value_figure_name
from toolkit.roi.outcome_words import NOT_COMPARED
from toolkit.roi.rounding import rounded
from toolkit.values.counted import counted, listed
from toolkit.values.written import amount_text, day_text, sentence_text

_LARGEST = 10
_OLD_DAYS = 90
_LARGE = 10_000.0
_SUFFIX = " without an invoice"
_LOST = "lost_revenue_per_month"


def not_invoiced_words(run: RunTables, *, is_short: bool = False) -> tuple[Inline, ...]:
    """Return what was never invoiced: how many, worth how much, and what of it the client holds to be lost.

    Parameters
    ----------
    run
        With its figures.
    is_short
        Whether to leave out whose answer the loss rests on.
    """
    found = [name for name in run.handoff_labels() if is_something(run, "not_invoiced_count", name)]
    if not found:
        return ()
    pieces: list[Inline] = []
    nouns = Counter(_noun(run, name, is_one=False) for name in found)
    for place, name in enumerate(found):
        count = figure(run, "not_invoiced_count", name)
        what = _noun(run, name, is_one=count.text == "1")
        if nouns[_noun(run, name, is_one=False)] > 1:
            # "9 projects and 31 projects": whose they are only the handoff tells.
            what += f" of “{run.handoff_labels()[name]}”"
        joint = "" if not place else " and " if place == len(found) - 1 else ", "
        pieces += [joint, count, f" {what} (", *_worth(run, name), ")"]
    is_one = len(found) == 1 and figure(run, "not_invoiced_count", found[0]).text == "1"
    pieces.append(f" {'has' if is_one else 'have'} no invoice. ")
    return (*pieces, *_aside(run), *_loss(run, is_short=is_short))


def _noun(run: RunTables, name: str, *, is_one: bool) -> str:
    label = str(run.figures[f"roi.not_invoiced_count.{name}"]["label"])
    words = label.removesuffix(_SUFFIX).lower()
    return words.removesuffix("s") if is_one else words


def _documents(run: RunTables, name: str | None = None) -> list[dict[str, Any]]:
    return [row for row in run.table("not_invoiced").to_pylist() if name in {None, row["handoff_id"]}]


def _worth(run: RunTables, name: str) -> list[Inline]:
    """Return the sum of each currency with how many it holds, and how many tell no amount."""
    rows = _documents(run, name)
    counts = Counter(row["currency"] or run.currency for row in rows if row["net_minor"] is not None)
    parts: list[list[Inline]] = []
    for currency in sorted(counts, key=lambda one: (one != run.currency, one)):
        how_many = "" if counts[currency] == len(rows) else f"{counted_text(counts[currency])} of them "
        parts.append([f"{how_many}worth ", figure(run, value_figure_name(currency, run.currency), name)])
    silent = len(rows) - counts.total()
    if silent:
        parts.append([f"{counted_text(silent)} without an amount" if parts else "without an amount"])
    if not rows:
        parts = [["worth ", figure(run, "not_invoiced_value", name)]]
    pieces: list[Inline] = []
    for place, part in enumerate(parts):
        pieces += ["" if not place else ", ", *part]
    return pieces


def _aside(run: RunTables) -> tuple[Inline, ...]:
    """Return what has no invoice either and is not counted here, so that lists and sums can be compared."""
    rows = [
        run.figures.get(f"reconcile.missing_count.{name}") or {}
        for name in run.handoff_labels()
        if f"roi.not_invoiced_count.{name}" not in run.figures
    ]
    told = [row for row in rows if row.get("value") and _SUFFIX in row["label"]]
    if not told:
        return ()
    counts: Counter[str] = Counter()
    for row in told:
        # Of two handoffs of orders the orders are one sum.
        counts[row["label"].lower().partition(_SUFFIX)[0].removesuffix("s")] += round(row["value"])
    others = [sentence_text(counted(count, noun)) for noun, count in counts.items()]
    is_one = counts.total() == 1
    verb, why = ("is", "it is taken to be paid when it is") if is_one else ("are", "they are taken to be paid when they are")
    return (f"Not in this {verb} {listed(others)} without an invoice: {why} placed, so only the books lack the invoice. ",)


def _loss(run: RunTables, *, is_short: bool) -> tuple[Inline, ...]:
    if not is_something(run, "lost_revenue_per_month"):
        return ("Whether that is lost nobody has said yet, so it is no money in this report.",)
    lost, is_added = figure(run, "lost_revenue_per_month"), is_loss_added(run)
    place = "as you allowed, it is part of the cost" if is_added else "it is a loss of its own, not in the cost above"
    span = f" ({lost.range_text.removesuffix(' a month')})" if lost.range_text else ""
    words: tuple[Inline, ...] = (
        "By what you told us, revenue of about ",
        lost,
        f"{span} is never billed; {place}.",
        _untold_words(run),
    )
    return words if is_short else (*_before_recovery(run), *words, " ", *_told(run))


def _inputs(run: RunTables, name: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in run.table("cost_input").to_pylist() if row["handoff_id"] == name}


def _losing(run: RunTables) -> list[str]:
    """Return the handoffs whose loss is in the sum."""
    return [name for name in _in_the_sum(run) if is_something(run, _LOST, name)]


def _in_the_sum(run: RunTables) -> list[str]:
    """Return the handoffs that the loss of a month adds up, also those that lose nothing."""
    added = _added(run)
    return [name for name in run.handoff_labels() if not added or f"roi.{_LOST}.{name}" in added]


def _added(run: RunTables) -> list[str]:
    return list((run.figures.get(f"roi.{_LOST}.total") or {}).get("inputs") or ())


def _untold(run: RunTables) -> list[str]:
    """Return the handoffs of which something has no invoice, and whose loss could not be told."""
    if not _added(run):
        return []
    told = {name for name in _in_the_sum(run) if figure(run, _LOST, name).is_known}
    held = {name for name in run.handoff_labels() if NOT_COMPARED in _how(run, name)}
    counted_of = {name for name in run.handoff_labels() if is_something(run, "not_invoiced_count", name)}
    return [name for name in run.handoff_labels() if name in held | (counted_of - told)]


def _how(run: RunTables, name: str) -> str:
    return str((run.figures.get(f"roi.{_LOST}.{name}") or {}).get("method"))


def _untold_words(run: RunTables) -> str:
    labels = run.handoff_labels()
    whose = listed([f"“{labels[name]}”" for name in _untold(run)])
    return f" What is lost of {whose} is not in it, because it could not be told: see “What is missing”." if whose else ""


def _before_recovery(run: RunTables) -> tuple[Inline, ...]:
    """Return what a month would lose if nothing were found later."""
    gross = 0.0
    for name in _losing(run):
        given = _inputs(run, name)
        value = given.get("missed_invoice_value") or given.get("avg_invoice_value")
        if value is None or not {"invoices_per_month", "missed_rate"} <= given.keys():
            return ()
        gross += given["invoices_per_month"]["value"] * given["missed_rate"]["value"] * value["value"]
    if not gross:
        return ()
    billing = {row["handoff_id"] for row in _documents(run)} - {*_untold(run)}
    values = [run.figures.get(f"roi.not_invoiced_value.{name}") or {} for name in sorted(billing)]
    whole = sum(one.get("value") or 0.0 for one in values)
    months = {row["month"] for row in run.table("handoff_month").to_pylist() if row["handoff_id"] in billing}
    told = f"the items of a month and the share that is missing make it about {_rough(gross, run.currency)} a month"
    if months and whole:
        a_month = _rough(whole / len(months), run.currency)
        over = f"over {counted(len(months), 'month')}"
        over = f"Without what could not be told, {over}" if _untold(run) else f"O{over[1:]}"
        return (f"{over} that is about {a_month} a month; {told}, were none of it found. ",)
    return (f"{told[0].upper()}{told[1:]}, were none of it found. ",)


def _rough(amount: float, currency: str) -> str:
    return amount_text(f"{rounded(amount, -2 if amount >= _LARGE else 0):,}", currency)


def _told(run: RunTables) -> tuple[str, ...]:
    """Return the deciding input with who said so, and how old that is which waits to be found."""
    said: dict[str, list[str]] = {}
    losing = _losing(run)
    nouns = Counter(_noun(run, name, is_one=False) for name in losing)
    for name in losing:
        row = _inputs(run, name).get("recovered_rate")
        if row is not None:
            noun = _noun(run, name, is_one=False)
            # "Of the projects 70 %; of the projects 72 %": whose they are only the handoff tells.
            whose = f" of “{run.handoff_labels()[name]}”" if nouns[noun] > 1 else ""
            said.setdefault(_answer(row, run.currency), []).append(f"{noun}{whose}")
    words = [f"of the {listed(list(dict.fromkeys(nouns)))} {answer}" for answer, nouns in said.items()]
    if not words:
        return ()
    sentence = f"That rests on what you told us is forgotten, and still found and billed later: {'; '.join(words)}. "
    once = "It is taken off once, from what has no invoice at all: what was invoiced late is not missing. "
    return (sentence, once, *_old(run))


def _answer(row: Mapping[str, Any], currency: str) -> str:
    by = ", ".join(
        day_text(one, is_short=True) if isinstance(one, date) else masked_text(str(one))
        for one in (row["who"], row["given_on"])
        if one
    )
    spread = range_text(row["low"], row["high"], row["unit"], currency)
    return f"{input_text(row['value'], row['unit'], currency)} ({spread}{f'; {by}' if by else ''})"


def _old(run: RunTables) -> tuple[str, ...]:
    rows = [row for row in _documents(run) if row["event_on"] is not None]
    old = sum((run.as_of - row["event_on"]).days > _OLD_DAYS for row in rows)
    which = f"{counted_text(old)} of the {counted_text(len(rows))}"
    words = f"But {which} are more than {_OLD_DAYS} days old: the older, the less likely that it holds."
    return (words,) if old else ()


def largest_not_invoiced(run: RunTables) -> list[Block]:
    """Return the largest documents without an invoice, with the sum of each currency in the last rows."""
    found = sorted(_documents(run), key=lambda row: (-(row["net_minor"] or 0), row["record_key"]))
    if not found:
        return []
    rows: list[tuple[Inline, ...]] = [
        (
            day_text(row["event_on"], is_short=True) if row["event_on"] else "",
            _party(run, row["party_name"]),
            _what(run, row),
            written_amount(row["net_minor"], row["currency"] or run.currency, is_whole=True),
        )
        for row in found[:_LARGEST]
    ]
    counts = Counter(row["currency"] or run.currency for row in found if row["net_minor"] is not None)
    for currency in sorted(counts, key=lambda one: (one != run.currency, one)):
        count = counted_text(counts[currency])
        which = f"All {count}" if counts[currency] == len(found) else f"The {count} in {currency}"
        rows.append(("", "", which, figure(run, value_figure_name(currency, run.currency))))
    silent = len(found) - counts.total()
    if silent:
        rows.append(("", "", f"{counted_text(silent)} without an amount", ""))
    of_how_many = f"the {_LARGEST} largest of {counted_text(len(found))}" if len(found) > _LARGEST else "all of them"
    untold = (
        "" if all(row["is_net"] for row in found) else "; where a document does not tell its tax, as it states the amount"
    )
    return [
        Table(
            ("Date", "Customer", "What", "Value"),
            tuple(rows),
            caption=f"Without an invoice: {of_how_many}, without tax{untold}",
        )
    ]


def _party(run: RunTables, name: str | None) -> str:
    return masked_value("name", name, kind=run.name_words.kind(name))


def _what(run: RunTables, row: Mapping[str, Any]) -> str:
    """Return what a document is about; a name that is shortened beside it is not written out in it."""
    said, name = masked_free_text(row["name"] or row["number"]), row["party_name"]
    shown = _party(run, name)
    return re.sub(re.escape(name), lambda _: shown, said, flags=re.IGNORECASE) if name and shown != name else said
