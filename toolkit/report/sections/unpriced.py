"""What connecting brings that has no amount: each benefit with what was measured of it, and none of it in a total."""

from toolkit.report.blocks import Block, Bullets, Inline, Paragraph
from toolkit.report.document import Section
from toolkit.report.run import RunTables
from toolkit.report.shown import share_text, shown_figure
from toolkit.roi.defaults import DEFAULTS

_MAX_ROWS = 12
_BATCH_DAYS, _TARGET = DEFAULTS["batch_delay_days"].likely, DEFAULTS["error_rate_target"].likely


def is_for(run: RunTables) -> bool:
    """Whether anything was measured that no amount stands for."""
    return bool(_benefits(run))


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the benefits without a number in a list of their own."""
    text = (
        "These count for the decision as well. Nobody has put an amount on them, so they are in no sum of this report, and "
        "none of them is needed for the case above to hold."
    )
    return (Paragraph((text,)), Bullets(tuple(_benefits(run)[:_MAX_ROWS])))


def _benefits(run: RunTables) -> list[tuple[Inline, ...]]:
    return [*_waiting(run), *_wrong(run), *_records(run)]


def _priced(run: RunTables, line: str) -> set[str]:
    """Return the handoffs of whose cost a kind of it is a part."""
    rows = run.table("cost_line").to_pylist()
    return {row["handoff_id"] for row in rows if row["line"] == line and row["now_per_month"]}


def _waiting(run: RunTables) -> list[tuple[Inline, ...]]:
    found: list[tuple[Inline, ...]] = []
    priced = _priced(run, "delay")
    # A connection pays no bill before its day.
    for name, label in ((name, label) for name, label in run.handoff_labels().items() if name not in run.paid_on_terms()):
        shown = shown_figure(run.figures, f"reconcile.lag_median.{name}")
        if name not in priced and shown.is_known and (run.figures[shown.figure_id]["value"] or 0) > _BATCH_DAYS * 24 * 60:
            words = (
                f"“{label}”: items wait for the next run of a connection, half a day by our assumption; today half of them"
            )
            found.append((f"{words} take up to ", shown, "."))
    return found


def _wrong(run: RunTables) -> list[tuple[Inline, ...]]:
    found: list[tuple[Inline, ...]] = []
    priced = _priced(run, "errors")
    for name, label in run.handoff_labels().items():
        shown = shown_figure(run.figures, f"reconcile.error_share.{name}")
        if name not in priced and shown.is_known and (run.figures[shown.figure_id]["value"] or 0) > _TARGET:
            words = f"“{label}”: less arrives wrong, {share_text(_TARGET, 0)} by our assumption; today "
            found.append((words, shown, " does."))
    return found


def _records(run: RunTables) -> list[tuple[Inline, ...]]:
    found: list[tuple[Inline, ...]] = []
    duplicates = shown_figure(run.figures, "match.duplicate_count")
    if duplicates.is_known and run.figures[duplicates.figure_id]["value"] and run.handoff_labels():
        said = (" record stands" if duplicates.text == "1" else " records stand") + " for somebody who is there already."
        found.append(("A customer is entered once, and no second time in the next system: today ", duplicates, said))
    return found


SECTION = Section("What else it brings, without an amount", 65, build, is_for=is_for)
