"""Work, errors, waiting, loss and cash apart: each kind of money by its own name, never one sum of all."""

from dataclasses import replace

from toolkit.report.blocks import Block, Inline, Note, Table
from toolkit.report.run import RunTables
from toolkit.report.shown import Shown, shown_figure
from toolkit.roi.outcome_words import LINE_METRICS, NOT_COMPARED
from toolkit.values.counted import listed

_COLUMNS = (
    ("Cost now", "cost_now_per_month"),
    ("Hours", "hours_now"),
    ("Work", "work_cost_per_month"),
    ("Errors", "error_cost_per_month"),
    ("Waiting", "delay_cost_per_month"),
    ("Paid twice", "duplicate_loss_per_month"),
    ("Subscriptions", "subscription_cost_per_month"),
)
_KINDS = (
    ("hours of work", "hours_now"),
    ("the cost of these hours", "work_cost_per_month"),
    ("errors and mending them", "error_cost_per_month"),
    ("waiting", "delay_cost_per_month"),
    ("paid twice and not recovered", "duplicate_loss_per_month"),
    ("subscriptions that would end", "subscription_cost_per_month"),
)
_LOSS = "lost_revenue_per_month"
_ADDING_UP = (
    "In each line the kinds add up to the cost, but for rounding: medians, each moved within its range to the median of the "
    "sum. The line of all handoffs is the median of their sum; the medians of single handoffs come near it and need not add "
    "up to it."
)
_INTEREST = "; what it costs in interest is part of “waiting” above"
_MAX_ROWS = 12


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


def _cell(run: RunTables, metric: str, name: str) -> Inline:
    """Return a cell of the table of kinds: of a loss that cannot arise here there is no number."""
    return "none" if metric == _LOSS and not is_something(run, metric, name) else without_unit(figure(run, metric, name))


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
    kinds = [*_KINDS[1:], *([("revenue never invoiced (added, as you allowed)", _LOSS)] if is_loss_added(run) else [])]
    named = [(words, figure(run, name)) for words, name in kinds if is_something(run, name)]
    pieces: list[Inline] = []
    for place, (words, shown) in enumerate(named):
        joint = "" if not place else " and " if place == len(named) - 1 else ", "
        pieces += [f"{joint}{words} ", shown]
    return tuple(pieces)


def uncounted_words(run: RunTables) -> tuple[str, ...]:
    """Return what today's cost does not hold, because it could not be compared: unknown is not zero."""
    whole = run.figures.get("roi.cost_now_per_month.total") or {}
    inside = [name for name in run.handoff_labels() if f"roi.cost_now_per_month.{name}" in (whole.get("inputs") or ())]
    said = []
    for words, metric in (("errors cost", "error_cost_per_month"), ("waiting costs", "delay_cost_per_month")):
        held = [
            name for name in inside if NOT_COMPARED in str((run.figures.get(f"roi.{metric}.{name}") or {}).get("method"))
        ]
        if held:
            whose = listed([f"“{run.handoff_labels()[name]}”" for name in held])
            said.append(f" What {words} in {whose} is not in it: it could not be compared.")
    return tuple(said)


def is_loss_added(run: RunTables) -> bool:
    """Whether revenue likely never invoiced is part of the cost."""
    rows = run.table("cost_line").to_pylist()
    return any(row["is_added"] for row in rows if row["line"] == "missed" and row["handoff_id"] == "total")


def cash_words(run: RunTables) -> tuple[Inline, ...]:
    """Return what invoicing late ties up: cash, which is no cost and in no sum; its interest is in the waiting."""
    if not is_something(run, "cash_tied_up"):
        return ()
    words = " of cash. That cash is yours all the same, so it is in no sum here"
    priced = is_something(run, "delay_cost_per_month")
    return ("Invoicing late ties up ", figure(run, "cash_tied_up"), f"{words}{_INTEREST if priced else ''}.")


def written_lines(run: RunTables, of_whom: str = "total") -> dict[str, str]:
    """Return each line of today's cost, and its total, as the page writes it, for a picture beside it."""
    names = {**LINE_METRICS, "total": "cost_now_per_month"}
    shown = {line: figure(run, name, of_whom) for line, name in names.items()}
    return {line: one.text.removesuffix(" a month") for line, one in shown.items() if one.is_known}


def kinds_table(run: RunTables) -> list[Block]:
    """Return the cost of each handoff by kind, dearest first, and of all of them."""
    labels = run.handoff_labels()
    priced = [name for name in labels if figure(run, "cost_now_per_month", name).is_known]
    priced.sort(key=lambda name: (-(run.figures[f"roi.cost_now_per_month.{name}"]["value"] or 0.0), name))
    kinds = [*_COLUMNS, *([("Never invoiced", _LOSS)] if is_loss_added(run) else [])]
    columns = [one for one in kinds if is_something(run, one[1]) or one[1] == "cost_now_per_month"]
    rows: list[tuple[Inline, ...]] = [
        (labels[name], *(_cell(run, metric, name) for _, metric in columns)) for name in priced[:_MAX_ROWS]
    ]
    together = whom(run)
    rows.append((f"{together[0].upper()}{together[1:]}", *(without_unit(figure(run, metric)) for _, metric in columns)))
    blocks: list[Block] = [
        Table(
            ("Handoff", *(title for title, _ in columns)),
            tuple(rows),
            caption=f"The cost now in {run.currency} a month, by kind, and the hours",
            row_count=len(priced) + 1,
        ),
        Note((_ADDING_UP,)),
    ]
    if uncounted := uncounted_words(run):
        blocks.append(Note(tuple(one.strip() + " " for one in uncounted), kind="caution"))
    if len(priced) < len(labels):
        without = ", ".join(sorted(labels[name] for name in labels if name not in priced))
        blocks.append(Note((f"Not included, because inputs are missing: {without}.",), kind="caution"))
    return blocks
