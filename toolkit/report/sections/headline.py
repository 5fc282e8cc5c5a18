"""The first page: the message in one sentence, and five figures with the marks of their evidence."""

from toolkit.report.blocks import Block, Inline, Legend, Note, Paragraph, ScoreCards
from toolkit.report.document import Section
from toolkit.report.run import RunTables
from toolkit.report.shown import Shown, shown_figure

_MONEY = ("roi.cost_now_per_month.total", "roi.net_saving_per_month.total", "roi.payback_months.total")
_CARD_COUNT = 5


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the message, five figures, and what the marks mean."""
    blocks: list[Block] = [Paragraph(_message(run), is_lead=True), ScoreCards(_five(run)), Legend()]
    if run.reasons:
        blocks.append(
            Note(
                ("Not everything could be read, so these figures may change: see “What is missing”.",),
                kind="caution",
            )
        )
    return tuple(blocks)


def _message(run: RunTables) -> tuple[Inline, ...]:
    cost, saving, payback = (shown_figure(run.figures, name) for name in _MONEY)
    if cost.is_known and saving.is_known and (run.figures[saving.figure_id]["value"] or 0) > 0:
        back: tuple[Inline, ...] = (
            (" and give the money back after ", payback, ".")
            if payback.is_known
            else (". The money does not come back within the period we looked at.",)
        )
        return (
            "Carrying data between your systems by hand costs about ",
            cost,
            ". Connecting them would save about ",
            saving,
            *back,
        )
    if cost.is_known:
        return ("Carrying data between your systems by hand costs about ", cost, ".")
    duplicates = shown_figure(run.figures, "match.duplicate_count")
    if duplicates.is_known:
        return (
            "Your systems hold ",
            duplicates,
            " duplicate records. What the work by hand costs cannot be said yet: see “What is missing”.",
        )
    return ("There is not enough to measure yet: see “What is missing”.",)


def _five(run: RunTables) -> tuple[Shown, ...]:
    """Return three figures of money, then the largest count of missing items and the share of duplicates.

    Where a run lacks one of them, the next figures of quality and reading take its place.
    """
    wanted = [
        *_MONEY,
        *_largest(run, "reconcile.missing_count.", 1),
        # Of the system with the most duplicates: a share of a handful of records would say little.
        *(name.replace("_count.", "_share.") for name in _largest(run, "match.duplicate_count.", 1)),
    ]
    spare = [
        *_largest(run, "reconcile.missing_count.", 3)[1:],
        "match.duplicate_count",
        "match.review_count",
        *_largest(run, "quality.failing.", 2),
        "intake.rows_kept",
        "intake.files",
    ]
    known = [shown for name in (*wanted, *spare) if (shown := shown_figure(run.figures, name)).is_known]
    unique = list({shown.figure_id: shown for shown in known}.values())
    return tuple(unique[:_CARD_COUNT])


def _largest(run: RunTables, prefix: str, count: int) -> list[str]:
    rows = [row for row in run.figures_below(prefix) if row["value"]]
    rows.sort(key=lambda row: (-row["value"], row["figure_id"]))
    return [row["figure_id"] for row in rows[:count]]


SECTION = Section("In short", 10, build)
