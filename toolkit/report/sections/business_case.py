"""What connecting costs and brings, with the range that follows from what is not known exactly."""

from toolkit.charts import cash_flow, cost_waterfall
from toolkit.report.blocks import Block, Chart, Inline, Note, Paragraph, ScoreCards, Table
from toolkit.report.document import Section
from toolkit.report.run import RunTables
from toolkit.report.shown import shown_figure

_CARDS = ("one_time_cost", "npv", "roi_pct", "prob_payback_12_months")
_COLUMNS = (
    ("Cost now", "cost_now_per_month"),
    ("Saved", "net_saving_per_month"),
    ("One-time cost", "one_time_cost"),
    ("Money back after", "payback_months"),
)
_MAX_ROWS = 12


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the case of all handoffs together, its cash flow, and the case of each."""
    labels = run.handoff_labels()
    if not any(row["value"] is not None for row in run.figures_below("roi.cost_now_per_month.")):
        return (
            Note(
                (
                    (
                        "There is no business case yet: no handoff has all the inputs that it needs. “What is missing” "
                        "lists them."
                    ),
                )
            ),
        )
    cards = tuple(shown for name in _CARDS if (shown := shown_figure(run.figures, f"roi.{name}.total")).is_known)
    priced = [name for name in labels if shown_figure(run.figures, f"roi.cost_now_per_month.{name}").is_known]
    priced.sort(key=lambda name: (-(run.figures[f"roi.cost_now_per_month.{name}"]["value"] or 0.0), name))
    blocks: list[Block] = [
        Paragraph(
            (
                (
                    "Every range below is what eight of ten simulated cases stay in, given how sure each input is. "
                    "Figures are rounded by their range: more digits would claim more than is known."
                ),
            )
        ),
        ScoreCards(cards),
        Chart(
            cost_waterfall.chart(run.table("cost_line"), title=_title(run), currency=run.currency),
            "From the cost per month now to the cost per month after connecting, by kind of cost.",
        ),
        Chart(
            cash_flow.chart(run.table("cash_flow"), title=_when_back(run), currency=run.currency),
            "Sum of money spent and saved month by month, with the range of eight in ten cases.",
        ),
        Table(
            ("Handoff", *(title for title, _ in _COLUMNS)),
            tuple((labels[name], *(_cell(run, metric, name) for _, metric in _COLUMNS)) for name in priced[:_MAX_ROWS]),
            caption="The case of each handoff",
            row_count=len(priced),
            with_range=True,
        ),
    ]
    if len(priced) < len(labels):
        without = ", ".join(sorted(labels[name] for name in labels if name not in priced))
        blocks.append(Note((f"Not included, because inputs are missing: {without}.",), kind="caution"))
    return tuple(blocks)


def _cell(run: RunTables, metric: str, handoff_id: str) -> Inline:
    """Return a figure of a handoff; a known case without payback does not lack an input, it does not pay in time."""
    shown = shown_figure(run.figures, f"roi.{metric}.{handoff_id}")
    saving = shown_figure(run.figures, f"roi.net_saving_per_month.{handoff_id}")
    return "not in the period" if metric == "payback_months" and saving.is_known and not shown.is_known else shown


def _when_back(run: RunTables) -> str:
    back = shown_figure(run.figures, "roi.payback_months.total")
    return f"The money is back after about {back.text}" if back.is_known else ""


def _title(run: RunTables) -> str:
    """Return the message in the rounded figures of the report, so that chart and text agree."""
    saving, cost = (
        shown_figure(run.figures, f"roi.{name}.total") for name in ("net_saving_per_month", "cost_now_per_month")
    )
    if not (saving.is_known and cost.is_known) or run.figures[saving.figure_id]["value"] <= 0:
        return ""
    return f"Connecting saves about {saving.text}, of {cost.text}"


SECTION = Section("The business case", 60, build)
