"""What to connect, in which order, and what to leave: the low case first, and what must be true for it to pay."""

from collections.abc import Mapping
from typing import Any

from toolkit.report.blocks import Block, Bullets, Heading, Inline, Note, Paragraph, Table
from toolkit.report.gaps import input_words
from toolkit.report.money_inputs import input_text
from toolkit.report.money_kinds import figure, is_something
from toolkit.report.run import RunTables
from toolkit.report.shown import NEVER, decimal_text, shown_figure
from toolkit.values.counted import counted

_SET = "recommended"
_CLEANED = "the clean-up of the records included"
_CASES = (
    ("Saved a month, fees paid", "net_saving_per_month", False),
    ("One-time cost", "one_time_cost", True),
    ("Money back after", "payback_months", True),
    ("One-time cost over the saving of a month", "plain_payback_months", True),
    ("Worth today, over the whole period", "npv", False),
)
_MAX_CONDITIONS = 5
_STAYS = {
    "loses": "would cost more than it saves in the middle case",
    "cleanup": "pays for itself, but not for the clean-up that all of them need",
    "missing_inputs": "nothing can be said yet",
    "not_compared": "could not be compared",
}


def advice_rows(run: RunTables, *decisions: str) -> list[dict[str, Any]]:
    """Return what is to be done with each handoff, in the order of doing."""
    rows = sorted(run.table("recommendation").to_pylist(), key=lambda row: row["place"])
    return [row for row in rows if row["decision"] in decisions]


def low_case(run: RunTables, name: str, *, is_cost: bool, of_whom: str = _SET) -> Inline:
    """Return the end of a figure's range that nine of ten cases do not fall short of.

    Parameters
    ----------
    run
        With its figures.
    name
        Of the figure.
    is_cost
        Whether a higher number is the worse one.
    of_whom
        The handoff, or the sum.
    """
    return _end(run, name, "high" if is_cost else "low", of_whom)


def _end(run: RunTables, name: str, end: str, of_whom: str = _SET) -> Inline:
    figure_id = f"roi.{name}.{of_whom}"
    row = run.figures.get(figure_id)
    if row is None or row["value"] is None:
        return NEVER if "payback" in name else "not known yet"
    if row[end] is None:
        return NEVER if "payback" in name else figure(run, name, of_whom)
    return shown_figure({figure_id: {**row, "value": row[end]}}, figure_id)


def pays_surely(rows: list[dict[str, Any]]) -> bool:
    """Whether any of these pays even in the low case: only then is there a first wave."""
    return any(row["wave"] == 1 for row in rows)


def advice_blocks(run: RunTables) -> list[Block]:
    """Return what to connect in which wave, the case of that set, what must be true, and what stays by hand."""
    connected, labels = advice_rows(run, "connect"), run.handoff_labels()
    blocks: list[Block] = [Heading("What to connect")]
    if connected:
        blocks += [_waves(run, advice_rows(run, "connect", "later")), _cases(run), *_conditions(run)]
    elif none_pays := none_pays_sentence(run):
        blocks.append(Paragraph((none_pays,)))
    else:
        blocks.append(Note(("Nothing can be recommended yet: “What is missing” says what is needed.",)))
    stays = advice_rows(run, "by_hand", "unknown")
    if stays:
        blocks += [Heading("What stays by hand"), Bullets(tuple(_stays(run, row, labels) for row in stays))]
    return [*blocks, *_subscribe(run, advice_rows(run, "connect", "later"))]


def none_pays_sentence(run: RunTables) -> str:
    """Return that nothing should be connected, where that can be said of one handoff at least, and nothing pays."""
    by_hand, unknown = (len(advice_rows(run, decision)) for decision in ("by_hand", "unknown"))
    if advice_rows(run, "connect") or not by_hand:
        return ""
    if unknown:
        known = f"{by_hand} of {counted(by_hand + unknown, 'handoff')} would not pay for a connection"
        return f"At these figures we would connect nothing: {known}, of the rest it is not known."
    return "At these figures no handoff pays for its connection: we would connect none of them."


def _waves(run: RunTables, connected: list[dict[str, Any]]) -> Table:
    labels = run.handoff_labels()
    when = "decide when the first are running" if pays_surely(connected) else "decide whether you can bear the low one"
    waves = {1: "First: pays even in the low case", 2: f"Pays in the middle case, not in the low one: {when}"}
    rows: list[tuple[Inline, ...]] = []
    for wave, words in waves.items():
        own = [row["handoff_id"] for row in connected if row["wave"] == wave]
        rows += [(words,)] if own else []
        rows += [
            (
                labels[name],
                low_case(run, "net_saving_per_month", is_cost=False, of_whom=name),
                figure(run, "net_saving_per_month", name),
                figure(run, "one_time_cost", name),
                _end(run, "npv", "low", name),
            )
            for name in own
        ]
    head = ("Handoff", "Saved a month, low case", "Middle case", "One-time cost", "Worth, low case")
    return Table(head, tuple(rows), caption="In this order, what saves most for its time first")


def _cases(run: RunTables) -> Table:
    connected = advice_rows(run, "connect")
    rows, which = [], "one" if len(connected) == 1 else str(len(connected))
    that = "that we recommend" if pays_surely(connected) else "that would pay in the middle case"
    for words, name, is_cost in _CASES:
        if figure(run, name, _SET).is_known or "payback" in name:
            low, high = ("high", "low") if is_cost else ("low", "high")
            middle: Inline = figure(run, name, _SET) if figure(run, name, _SET).is_known else NEVER
            rows.append((words, _end(run, name, low), middle, _end(run, name, high)))
    return Table(
        ("", "Low case: nine of ten are better", "Middle case", "High case: one of ten is better"),
        tuple(rows),
        caption=f"The {which} {that}, {_CLEANED}",
    )


def _conditions(run: RunTables) -> list[Block]:
    rows = run.table("condition").to_pylist()
    if not rows:
        return []
    items = tuple((_condition(row, run.currency),) for row in rows[:_MAX_CONDITIONS])
    return [
        Heading("What must be true for that to pay"),
        Paragraph(
            ("One at a time, the others as they are in the middle case. What we reckon with is the median of each range:",)
        ),
        Bullets(items),
    ]


def _condition(row: Mapping[str, Any], currency: str) -> str:
    words = input_words(row["name"])
    if row["limit"] is not None:
        assumed, limit = (input_text(row[one], row["unit"], currency) for one in ("assumed", "limit"))
        bound = "at least" if row["is_least"] else "at most"
        return f"The {words}: {bound} {limit}; we reckon with {assumed}."
    if row["is_least"]:
        return f"The {words}: at least {decimal_text(100 * row['factor'], 0)} % of what we reckon with."
    return f"The {words}: at most {decimal_text(row['factor'], 1)} times what we reckon with."


def _stays(run: RunTables, row: Mapping[str, Any], labels: Mapping[str, str]) -> tuple[Inline, ...]:
    name = row["handoff_id"]
    pieces: list[Inline] = [f"{labels[name]}: {_STAYS[row['reason']]}"]
    if row["reason"] == "loses" and is_something(run, "npv", name):
        pieces += [" (worth ", figure(run, "npv", name), ")"]
    if row["lacking"] and row["reason"] == "missing_inputs":
        pieces.append(f", for want of {', '.join(input_words(one) for one in row['lacking'])}")
    return (*pieces, ".")


def _subscribe(run: RunTables, rows: list[dict[str, Any]]) -> list[Block]:
    """Return from when a build of one's own would be cheaper than a platform, and the warnings about prices and hours."""
    labels = run.handoff_labels()
    told = [row for row in rows if row["subscribe_fee"]]
    cells: list[tuple[Inline, ...]] = [
        (
            labels[row["handoff_id"]],
            input_text(row["subscribe_fee"], "currency", run.currency),
            input_text(row["subscribe_build"], "currency", run.currency),
            "never" if row["subscribe_months"] is None else f"{decimal_text(row['subscribe_months'], 0)} months",
        )
        for row in told
    ]
    blocks: list[Block] = []
    if cells:
        head = (
            "Handoff",
            "Fee of a platform, a month",
            "Price of a build of your own",
            "At today’s items a build is cheaper after",
        )
        blocks += [Heading("Subscribe or build"), Table(head, tuple(cells), caption="A platform’s fee against an own build")]
    warnings = run.table("case_warning").to_pylist()
    blocks += [
        Note((f"{labels[row['handoff_id']]}: " if row["handoff_id"] in labels else "", row["warning"]), kind="caution")
        for row in warnings
    ]
    return blocks


def advice_sentence(run: RunTables) -> tuple[Inline, ...]:
    """Return the recommendation in a sentence, the low case first; empty where there is none."""
    connected = advice_rows(run, "connect")
    if connected and not pays_surely(connected):
        return _bold_sentence(run, len(connected))
    if not connected or not figure(run, "net_saving_per_month", _SET).is_known:
        return ()
    count = run.handoff_count
    which = f"all {count} of them" if len(connected) == count > 1 else f"{len(connected)} of {counted(count, 'handoff')}"
    later = len(advice_rows(run, "later"))
    when = "it runs" if len(connected) == 1 else "they run"
    more = f", and look again at {later} more when {when}" if later else ""
    pieces: list[Inline] = [
        f"We would connect {which} now{more}: that saves at least ",
        low_case(run, "net_saving_per_month", is_cost=False),
        " in nine of ten cases, and ",
        figure(run, "net_saving_per_month", _SET),
        " in the middle one, for ",
        figure(run, "one_time_cost", _SET),
        f" once, {_CLEANED}",
    ]
    if figure(run, "payback_months", _SET).is_known:
        pieces += ["; the money is back after ", figure(run, "payback_months", _SET)]
    return (*pieces, ".")


def _bold_sentence(run: RunTables, pays: int) -> tuple[Inline, ...]:
    """Return what can be said where some pay in the middle case, and none in the low one."""
    which = f"{counted(pays, 'handoff')} {'does' if pays == 1 else 'do'}"
    return (
        f"No handoff pays for its connection in the low case; {which} in the middle one: that would save ",
        figure(run, "net_saving_per_month", _SET),
        " for ",
        figure(run, "one_time_cost", _SET),
        f" once, {_CLEANED}. In the low case it is worth ",
        low_case(run, "npv", is_cost=False),
        ": connect it only if you can bear that.",
    )
