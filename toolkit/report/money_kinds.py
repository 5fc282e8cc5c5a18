"""Work, errors, waiting, loss and cash apart: each kind of money by its own name, never one sum of all."""

from dataclasses import replace

from toolkit.report.blocks import Block, Inline, Note, Table
from toolkit.report.free_text import masked_free_text
from toolkit.report.masking import masked_value
from toolkit.report.run import RunTables
from toolkit.report.shown import Shown, shown_figure
from toolkit.roi.rounding import currency_places, rounded
from toolkit.values.written import amount_text, day_text

_COLUMNS = (
    ("Cost now", "cost_now_per_month"),
    ("Hours", "hours_now"),
    ("Work", "work_cost_per_month"),
    ("Errors", "error_cost_per_month"),
    ("Waiting", "delay_cost_per_month"),
    ("Paid twice", "duplicate_loss_per_month"),
)
_KINDS = (
    ("hours of work", "hours_now"),
    ("the cost of these hours", "work_cost_per_month"),
    ("errors and mending them", "error_cost_per_month"),
    ("waiting", "delay_cost_per_month"),
    ("paid twice and not recovered", "duplicate_loss_per_month"),
)
_MAX_ROWS = 12
_LARGEST = 10


def figure(run: RunTables, name: str, of_whom: str = "total") -> Shown:
    """Return a figure of the business case.

    Parameters
    ----------
    run
        With its figures.
    name
        Of the figure, without ``roi.``.
    of_whom
        A handoff, or a sum.
    """
    return shown_figure(run.figures, f"roi.{name}.{of_whom}")


def without_unit(shown: Shown) -> Shown:
    """Return a figure without the words after its number, for a column whose head says them."""
    number = shown.text.partition(" ")[0]
    return replace(shown, text="0" if number == "0.00" else number) if shown.is_known else shown


def is_something(run: RunTables, name: str, of_whom: str = "total") -> bool:
    """Whether a figure is known and not zero.

    Parameters
    ----------
    run
        With its figures.
    name
        Of the figure, without ``roi.``.
    of_whom
        A handoff, or a sum.
    """
    row = run.figures.get(f"roi.{name}.{of_whom}")
    return row is not None and bool(row["value"])


def whom(run: RunTables, name: str = "cost_now_per_month", of_whom: str = "total") -> str:
    """Return of how many handoffs a figure speaks, as its label says: "all 8 handoffs", "1 of 2 handoffs".

    Parameters
    ----------
    run
        With its figures.
    name
        Of the figure, without ``roi.``.
    of_whom
        A handoff, or a sum.
    """
    return str(run.figures[f"roi.{name}.{of_whom}"]["label"]).rpartition(": ")[2]


def cost_kinds(run: RunTables) -> tuple[Inline, ...]:
    """Return what today's cost is made of, one kind after the other, for a sentence."""
    named = [(words, figure(run, name)) for words, name in _KINDS[1:] if is_something(run, name)]
    pieces: list[Inline] = []
    for place, (words, shown) in enumerate(named):
        joint = "" if not place else " and " if place == len(named) - 1 else ", "
        pieces += [f"{joint}{words} ", shown]
    return tuple(pieces)


def not_invoiced_words(run: RunTables) -> tuple[Inline, ...]:
    """Return what was never invoiced: how many, worth how much, and what of it the client holds to be lost."""
    found = [name for name in run.handoff_labels() if is_something(run, "not_invoiced_count", name)]
    if not found:
        return ()
    pieces: list[Inline] = []
    for place, name in enumerate(found):
        count, value = figure(run, "not_invoiced_count", name), figure(run, "not_invoiced_value", name)
        what = run.figures[count.figure_id]["label"].removesuffix(" without an invoice").lower()
        joint = "" if not place else " and " if place == len(found) - 1 else ", "
        pieces += [joint, count, f" {what.removesuffix('s') if count.text == '1' else what}"]
        pieces += [", worth ", value, ","] if value.is_known else []
    is_one = len(found) == 1 and figure(run, "not_invoiced_count", found[0]).text == "1"
    pieces.append(f" {'has' if is_one else 'have'} no invoice")
    if is_something(run, "lost_revenue_per_month"):
        added = any(row["is_added"] for row in _loss_lines(run))
        pieces += [". By what you told us, revenue of about ", figure(run, "lost_revenue_per_month"), " is never billed"]
        pieces.append(
            "; as you allowed, it is part of the cost" if added else "; it is a loss of its own, not in the cost above"
        )
    else:
        pieces.append(". Whether that is lost nobody has said yet, so it is no money in this report")
    return (*pieces, ".")


def _loss_lines(run: RunTables) -> list[dict[str, object]]:
    rows = run.table("cost_line").to_pylist()
    return [row for row in rows if row["line"] == "missed" and row["handoff_id"] == "total"]


def cash_words(run: RunTables) -> tuple[Inline, ...]:
    """Return what invoicing late ties up: cash, which is no cost and in no sum."""
    if not is_something(run, "cash_tied_up"):
        return ()
    return ("Invoicing late ties up ", figure(run, "cash_tied_up"), " of cash: yours all the same, so it is in no sum here.")


def kinds_table(run: RunTables) -> list[Block]:
    """Return the cost of each handoff by kind, dearest first, and of all of them."""
    labels = run.handoff_labels()
    priced = [name for name in labels if figure(run, "cost_now_per_month", name).is_known]
    priced.sort(key=lambda name: (-(run.figures[f"roi.cost_now_per_month.{name}"]["value"] or 0.0), name))
    columns = [one for one in _COLUMNS if is_something(run, one[1]) or one[1] == "cost_now_per_month"]
    rows: list[tuple[Inline, ...]] = [
        (labels[name], *(without_unit(figure(run, metric, name)) for _, metric in columns)) for name in priced[:_MAX_ROWS]
    ]
    together = whom(run)
    rows.append((f"{together[0].upper()}{together[1:]}", *(without_unit(figure(run, metric)) for _, metric in columns)))
    blocks: list[Block] = [
        Table(
            ("Handoff", *(title for title, _ in columns)),
            tuple(rows),
            caption=f"The cost now in {run.currency} a month, by kind, and the hours; a median each",
            row_count=len(priced) + 1,
        ),
        Note(("Each number is a median of its own: those of the parts do not add up exactly to that of the whole.",)),
    ]
    if len(priced) < len(labels):
        without = ", ".join(sorted(labels[name] for name in labels if name not in priced))
        blocks.append(Note((f"Not included, because inputs are missing: {without}.",), kind="caution"))
    return blocks


def largest_not_invoiced(run: RunTables) -> list[Block]:
    """Return the largest documents without an invoice, with all of them in the last row."""
    found = sorted(run.table("not_invoiced").to_pylist(), key=lambda row: (-(row["net_minor"] or 0), row["record_key"]))
    if not found:
        return []
    rows: list[tuple[Inline, ...]] = [
        (
            day_text(row["event_on"], is_short=True) if row["event_on"] else "",
            _party(run, row["party_name"]),
            masked_free_text(row["name"] or row["number"]),
            _amount(row["net_minor"], row["currency"] or run.currency),
        )
        for row in found[:_LARGEST]
    ]
    count = figure(run, "not_invoiced_count")
    rows.append(("", "", f"All {count.text}", figure(run, "not_invoiced_value")))
    of_how_many = f"the {min(_LARGEST, len(found))} largest of {len(found)}" if len(found) > _LARGEST else "all of them"
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


def _amount(minor: int | None, currency: str) -> str:
    if minor is None:
        return ""
    places = currency_places(currency)
    return amount_text(f"{rounded(minor / 10**places, 0):,}".replace("-", "−"), currency)
