"""What the work by hand costs by kind, what to connect, what must be true for it to pay, and all that it assumes."""

from toolkit.charts import cash_flow, cost_by_kind
from toolkit.report.blocks import Block, Chart, Heading, Note, Paragraph
from toolkit.report.document import Section
from toolkit.report.money_advice import advice_blocks, advice_rows
from toolkit.report.money_inputs import assumption_blocks
from toolkit.report.money_kinds import cash_words, figure, kinds_table, written_lines
from toolkit.report.money_not_invoiced import largest_not_invoiced, not_invoiced_words
from toolkit.report.run import RunTables

_SET = "recommended"


def build(run: RunTables) -> tuple[Block, ...]:
    """Return cost, loss and cash apart, the recommendation with its cash flow, and the assumptions."""
    unbilled = [*_loss(run), *largest_not_invoiced(run)]
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
            *unbilled,
        )
    blocks: list[Block] = [
        Paragraph(
            (
                (
                    "Every number below is the median of many simulated cases, and its range holds eight of ten of them, "
                    "given how sure each input is. Figures are rounded by their range: more digits would claim more than "
                    "is known."
                ),
            )
        ),
        Heading("What the work by hand costs"),
        *kinds_table(run),
        *unbilled,
        *([Paragraph(cash)] if (cash := cash_words(run)) else []),
        *advice_blocks(run),
    ]
    if advice_rows(run, "connect"):
        blocks += [
            Chart(
                cost_by_kind.drawn(
                    run.table("cost_line"),
                    title=_title(run),
                    currency=run.currency,
                    handoff_id=_SET,
                    with_after=True,
                    written=written_lines(run, _SET),
                ),
                "The cost per month of these handoffs by hand, and once connected, by kind of cost.",
            ),
            Chart(
                cash_flow.drawn(run.table("cash_flow"), title=_when_back(run), currency=run.currency, handoff_id=_SET),
                "Sum of money spent and saved month by month, with the range of eight in ten cases.",
            ),
        ]
    return (*blocks, *assumption_blocks(run))


def _loss(run: RunTables) -> list[Block]:
    words = not_invoiced_words(run)
    return [Heading("What was never invoiced"), Paragraph(words)] if words else []


def _when_back(run: RunTables) -> str:
    back = figure(run, "payback_months", _SET)
    return f"The money is back after about {back.text}" if back.is_known else ""


def _title(run: RunTables) -> str:
    """Return the message in the rounded figures of the report, so that chart and text agree."""
    saving, cost = figure(run, "net_saving_per_month", _SET), figure(run, "cost_now_per_month", _SET)
    if not (saving.is_known and cost.is_known):
        return ""
    return f"Connecting what pays saves about {saving.text}, of {cost.text}"


SECTION = Section("The business case", 60, build)
