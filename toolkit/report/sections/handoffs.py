"""The handoffs: how many items, how late, how many errors, how many lost, and what each costs a month."""

from toolkit.charts import handoff_heat_map, handoff_ranking, hour_heat_map, lag_distribution
from toolkit.charts.style import chart_text
from toolkit.report.blocks import Block, Bullets, Chart, Heading, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.doubted_decisions import doubted_blocks
from toolkit.report.judgements import doubt_sentences
from toolkit.report.masking import masked_text
from toolkit.report.matters_most import most_blocks
from toolkit.report.money_twice import entered_twice
from toolkit.report.record_names import client_words, told
from toolkit.report.run import RunTables
from toolkit.report.shown import shown_figure
from toolkit.report.wrong_items import wrong_blocks
from toolkit.values.written import sentence_text

_MAX_ROWS = 12
_ON_TERMS = (
    "Where bills or invoices are paid, the days until the payment are the credit that was given, not a delay; one that is "
    "still open awaits its payment and is not missing."
)


def build(run: RunTables) -> tuple[Block, ...]:
    """Return handoffs ranked by cost, with what was measured of each."""
    labels = run.handoff_labels()
    if not labels:
        return (Note(("No handoff is known yet. Name those that matter in the systems-and-handoffs workbook.",)),)
    ranked = sorted(labels, key=lambda name: (-_cost(run, name), labels[name]))
    cost_chart = handoff_ranking.drawn(
        run.table("cost_line"),
        run.table("handoff"),
        title=_dearest(run, ranked[0]),
        currency=run.currency,
        written={
            name: shown.text.removesuffix(" a month")
            for name in ranked
            if (shown := shown_figure(run.figures, f"roi.cost_now_per_month.{name}")).is_known
        },
    )
    on_terms = run.paid_on_terms()
    lag_chart = lag_distribution.drawn(run.table("counterpart"), run.table("handoff"), on_terms=on_terms)
    blocks: list[Block] = [
        Paragraph(
            (
                (
                    "For each handoff we followed every item to the other system: the project for this deal, the "
                    "invoice for this order. That shows how many items are carried, how long they wait, how many "
                    "arrive wrong and how many never arrive."
                ),
            )
        ),
    ]
    if _cost(run, ranked[0]) > 0:
        blocks.append(Chart(cost_chart, "Cost of each handoff per month by kind of cost; the table below gives the totals."))
    else:
        blocks.append(
            Note(("What these handoffs cost cannot be said yet: “What is missing” lists the inputs.",), kind="caution")
        )
    blocks.append(
        Table(
            ("Handoff", "Items", "Half take up to", "Arrive wrong", "Never arrive", "Cost now"),
            tuple(
                (
                    labels[name],
                    *(
                        shown_figure(run.figures, f"{figure}.{name}")
                        for figure in (
                            "reconcile.volume",
                            "reconcile.lag_median",
                            "reconcile.error_share",
                            "reconcile.missing_share",
                            "roi.cost_now_per_month",
                        )
                    ),
                )
                for name in ranked[:_MAX_ROWS]
            ),
            caption="Handoffs by cost",
            row_count=len(ranked),
            with_range=True,
        )
    )
    doubts = doubt_sentences(run.table("handoff"), run.table("handoff_judgement"))
    if doubts:
        blocks += [
            Heading("What could not be compared"),
            Bullets(tuple((masked_text(told(sentence_text(client_words(one)))),) for one in doubts)),
        ]
    blocks += most_blocks(run)
    if lag_chart.data:
        blocks.append(Chart(lag_chart, "How long it takes until items are carried over, handoff by handoff."))
    if on_terms:
        whose = ", ".join(sorted(f"“{labels[name]}”" for name in on_terms))
        blocks.append(Note((f"{_ON_TERMS} That holds for {whose}.",)))
    blocks += _when(run)
    blocks.append(_missing(run))
    blocks += [*wrong_blocks(run), *doubted_blocks(run)]
    if twice := entered_twice(run):
        blocks += [Heading("What was entered twice"), Bullets(twice)]
    return tuple(blocks)


def _when(run: RunTables) -> list[Block]:
    """Return on which days items arrive and, where systems keep the time, at which hours."""
    days = handoff_heat_map.drawn(run.table("counterpart"), run.table("handoff"), time_zone=run.time_zone)
    hours = hour_heat_map.drawn(run.table("counterpart"), time_zone=run.time_zone)
    told = {
        "How many items of each handoff arrive on which day of the week.": days,
        "How many items arrive at which hour of which day of the week.": hours,
    }
    return [Chart(drawn, words) for words, drawn in told.items() if drawn.data]


def _dearest(run: RunTables, handoff_id: str) -> str:
    """Return the message in the rounded figure of the report, so that chart and text agree."""
    shown = shown_figure(run.figures, f"roi.cost_now_per_month.{handoff_id}")
    label = chart_text(run.handoff_labels()[handoff_id], limit=90)
    return f"“{label}” costs the most: {shown.text}" if shown.is_known else ""


def _missing(run: RunTables) -> Block:
    rows = [row for row in run.figures_below("reconcile.missing_count.") if row["value"]]
    rows.sort(key=lambda row: (-row["value"], row["figure_id"]))
    if not rows:
        told = len(run.figures_below("reconcile.missing_count."))
        if not told or not run.table("counterpart").num_rows:
            return Note(("Whether items are missing could not be measured.",))
        if told < run.handoff_count:
            return Note(("Of what could be compared nothing is missing: every item whose time was up has arrived.",))
        return Note(("Nothing is missing: every item whose time was up has arrived.",))
    return Table(
        ("What is missing", "Count", "Of all whose time was up"),
        tuple((shown.label, shown, shown.cases) for row in rows for shown in (shown_figure(run.figures, row["figure_id"]),)),
        caption="Items that never arrived; each one is listed in the work-through workbook",
    )


def _cost(run: RunTables, handoff_id: str) -> float:
    row = run.figures.get(f"roi.cost_now_per_month.{handoff_id}")
    return float(row["value"]) if row and row["value"] is not None else -1.0


SECTION = Section("What is carried by hand, and what it costs", 50, build)
