"""How each handoff is to be connected: by which way and why, what each way costs, and what would change the advice."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.charts import fee_curves, value_feasibility
from toolkit.report.approach_words import asked_lines, shown_approach, shown_flip
from toolkit.report.blocks import Block, Bullets, Chart, Heading, Inline, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.money_inputs import input_text
from toolkit.report.run import RunTables
from toolkit.report.shown import shown_figure
from toolkit.scoping.approach.words import APPROACH_WORDS
from toolkit.values.counted import counted
from toolkit.values.written import day_text

_MAX_ROWS = 12
_NOTHING = (
    "How to connect is not worked out yet: no handoff is known. Name those that matter in the systems-and-handoffs workbook."
)
_READING = (
    "For each handoff we asked what it needs: how soon, how much, how many rules of its own, and what both systems offer. "
    "The first way that serves it is the advice. Nobody pays us for any of them, and each price has its list and day."
)
_SHORT = {
    "LEAVE_MANUAL": "By hand",
    "NATIVE": "Vendors’ own",
    "NATIVE_PLUS_IPAAS": "Both",
    "IPAAS_SIMPLE": "Simple",
    "IPAAS_ADVANCED": "Advanced",
    "UNIFIED_API": "Unified",
    "CUSTOM": "Build",
    "FILE_BATCH": "File",
}
"""Ways that have a price, as the head of a narrow column."""
_COSTS = (
    "Once and running, with the work that is left; simple and advanced are platforms, both is a platform beside the "
    "vendors’ own connection"
)
_CHEAPER = (
    "A way that costs less need not serve: what the vendors’ own connection leaves out, somebody goes on carrying by hand."
)
_HOUR = 60
_MINUTES = re.compile(r"(\d+) minutes on average, (\d+) at most")
_ON_PLATFORM = {"IPAAS_SIMPLE", "IPAAS_ADVANCED", "NATIVE_PLUS_IPAAS"}


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the advice on each handoff, the ways side by side with their cost, where it changes, and what is asked."""
    rows = run.table("approach").to_pylist()
    if not rows:
        return (Note((_NOTHING,)),)
    ways, labels = run.table("approach_way").to_pylist(), run.handoff_labels()
    return (
        Paragraph((f"{_settled(rows)} {_READING}",)),
        *([_advice(run, rows, ways, labels)] if any(row["approach"] for row in rows) else ()),
        *_rated(run),
        *_costs(run, ways, labels),
        *_differences(ways),
        *_fees(run, rows, labels),
        *_changes(run, labels),
        *_asked(run, rows),
    )


def _settled(rows: Sequence[Mapping[str, Any]]) -> str:
    settled = sum(row["approach"] is not None for row in rows)
    by_hand = sum(row["approach"] == "LEAVE_MANUAL" for row in rows)
    stays = f"; {by_hand} of them stay{'s' if by_hand == 1 else ''} by hand" if by_hand else ""
    left = len(rows) - settled
    waits = f", and {left} {'waits' if left == 1 else 'wait'} for an answer from you" if left else ""
    if not settled:
        return f"How to connect {counted(len(rows), 'handoff')} hangs on answers that only you can give; they stand below."
    return f"For {settled} of {counted(len(rows), 'handoff')} the way is clear{stays}{waits}."


def _advice(
    run: RunTables, rows: Sequence[Mapping[str, Any]], ways: Sequence[Mapping[str, Any]], labels: Mapping[str, str]
) -> Table:
    months = next((row["horizon_months"] for row in ways), 0)
    has_cost = {row["handoff_id"] for row in ways if row["is_chosen"] and row["total"] is not None}
    cells: list[tuple[Inline, ...]] = []
    for row in rows[:_MAX_ROWS]:
        name = row["handoff_id"]
        is_priced = name in has_cost and row["approach"] != "LEAVE_MANUAL"
        connected: Inline = shown_figure(run.figures, f"approach.connected_total.{name}") if is_priced else ""
        because = "; ".join(row["reasons"]).replace("'", "’") or "what you tell us decides"
        by_hand = shown_figure(run.figures, f"approach.manual_total.{name}")
        cells.append((labels[name], shown_approach(row), because, connected, by_hand))
    head = ("Handoff", "How to connect it", "Because", "Costs so", "By hand")
    caption = f"The advice, and what it costs over {months} months with the work that is left"
    return Table(head, tuple(cells), caption=caption, row_count=len(rows))


def _rated(run: RunTables) -> list[Block]:
    drawn = value_feasibility.drawn(run.table("roadmap"), run.table("approach"), currency=run.currency)
    if not drawn.data:
        return []
    return [Chart(drawn, "Each handoff by what it is worth beyond its cost and by how feasible its connection is.")]


def _costs(run: RunTables, ways: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> list[Block]:
    """Return what each way costs for each handoff, beside the one that is advised."""
    priced = [row for row in ways if row["total"] is not None]
    used = [code for code in _SHORT if any(row["approach"] == code for row in priced)]
    cost = {(row["handoff_id"], row["approach"]): row for row in priced}
    if not used:
        return []

    def cell(name: str, code: str) -> str:
        row = cost.get((name, code))
        return input_text(row["total"], "currency", run.currency) if row else ""

    chosen = {row["handoff_id"]: _SHORT.get(row["approach"], "Own means") for row in ways if row["is_chosen"]}
    names = list(dict.fromkeys(row["handoff_id"] for row in ways))
    table = Table(
        ("Handoff", "Advice", *(_SHORT[code] for code in used)),
        tuple((labels[name], chosen.get(name, "open"), *(cell(name, code) for code in used)) for name in names[:_MAX_ROWS]),
        caption=_COSTS,
        row_count=len(names),
        is_compact=True,
    )
    return [Heading("What each way costs"), table, Note((_CHEAPER,))]


def _differences(ways: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Return how the ways differ beside their price: how long an item waits, what keeps it going, how it fails."""
    told: dict[str, list[Mapping[str, Any]]] = {}
    for row in ways:
        told.setdefault(row["approach"], []).append(row)
    rows = tuple(
        (
            f"{APPROACH_WORDS[code][:1].upper()}{APPROACH_WORDS[code][1:]}".replace("'", "’"),
            _MINUTES.sub(_hours, Counter(row["latency"] for row in told[code]).most_common(1)[0][0]),
            told[code][0]["upkeep"].replace("'", "’"),
            told[code][0]["failure"].replace("'", "’"),
        )
        for code in APPROACH_WORDS
        if code in told and code != "AUTOMATE_IN_SYSTEM"
    )
    head = ("Way", "An item waits", "What keeps it going", "How it fails")
    return [Table(head, rows, caption="How the ways differ")] if rows else []


def _hours(found: re.Match[str]) -> str:
    mean, most = (float(one) for one in found.groups())
    if most < 2 * _HOUR:
        return found[0]
    return f"{mean / _HOUR:g} hours on average, {most / _HOUR:g} at most"


def _fees(run: RunTables, rows: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> list[Block]:
    """Return the fees of platforms as items grow, for the handoff on a platform of which most are carried."""
    fees = run.table("approach_fee")
    known = {row["handoff_id"] for row in fees.to_pylist()}
    on_platform = [row for row in rows if row["approach"] in _ON_PLATFORM and row["handoff_id"] in known]
    if not on_platform:
        return []
    most = max(on_platform, key=lambda row: (row["ops_per_month"] or 0.0, row["handoff_id"]))["handoff_id"]
    drawn = fee_curves.drawn(fees, currency=run.currency, handoff_id=most)
    days = sorted({row["as_of"] for row in run.table("approach_platform").to_pylist() if row["as_of"]})
    old = f" The price lists are of {day_text(days[0])}: check them before you sign." if days else ""
    return [
        Chart(drawn, "Fees of platforms by items a month, and the fee from which a build costs less."),
        Note((f"Drawn for “{labels[most]}”.{old}",)),
    ]


def _changes(run: RunTables, labels: Mapping[str, str]) -> list[Block]:
    """Return where another way becomes right, and what must be known beside the advice."""
    flips: dict[str, list[str]] = {}
    for row in run.table("approach_flip").to_pylist():
        flips.setdefault(row["handoff_id"], []).append(shown_flip(row, run.currency))
    blocks: list[Block] = []
    if flips:
        items = tuple((f"{labels[name]}: {'; '.join(words)}.",) for name, words in list(flips.items())[:_MAX_ROWS])
        told = "One at a time, the others as they are:"
        blocks += [Heading("What would change the advice"), Paragraph((told,)), Bullets(items)]
    flags: dict[str, list[str]] = {}
    for row in run.table("approach").to_pylist():
        for flag in row["flags"]:
            flags.setdefault(flag, []).append(labels[row["handoff_id"]])
    blocks += [Note((f"{flag} ({', '.join(names)})",), kind="caution") for flag, names in flags.items()]
    return blocks


def _asked(run: RunTables, rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    lines = asked_lines(run)
    if not lines:
        return []
    hangs = any(row["approach"] is None for row in rows)
    lead = "The first of them decide about the way." if hangs else "None of them changes the way; they say how it is set up."
    return [Heading("What we ask about connecting"), Paragraph((lead,)), Bullets(tuple((one,) for one in lines[:_MAX_ROWS]))]


SECTION = Section("How to connect it", 62, build)
