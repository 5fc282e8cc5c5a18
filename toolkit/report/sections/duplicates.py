"""Records that stand for one and the same customer, supplier or person: how many, with examples and reasons."""

from toolkit.charts import match_waterfall
from toolkit.report.blocks import Block, Chart, Inline, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.examples import PairExample, pair_count, pair_examples
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text, shown_figure

_EXAMPLES = 5
_DOUBTFUL_EXAMPLES = 8
_MAX_ROWS = 15


def build(run: RunTables) -> tuple[Block, ...]:
    """Return duplicates by system, masked examples with their reasons, and one of them drawn."""
    # Most duplicates first; by name where there are none.
    shares = sorted(
        run.figures_below("match.duplicate_share."),
        key=lambda row: (-(row["value"] or 0.0) * (row["n"] or 0), row["figure_id"]),
    )
    if not shares:
        return (Note(("No customers, suppliers or persons could be compared: none were read.",)),)
    total = shown_figure(run.figures, "match.duplicate_count")
    is_any = bool(total.is_known and run.figures[total.figure_id]["value"])
    compared = (
        " Names, addresses, e-mail addresses, phone and tax numbers were compared, as far as they are there; a person’s "
        "decision always overrides ours."
    )
    found = " records that stand for somebody who is there already."
    if total.text == "1":
        found = " record that stands for somebody who is there already."
    message: tuple[Inline, ...] = ("Within single systems we found ", total, found)
    variants = shown_figure(run.figures, shares[0]["figure_id"].replace("_share.", "_count."))
    if not is_any and shares[0]["value"]:
        message = (
            "No list of customers or suppliers was read; of the names written in documents, ",
            variants,
            " are another spelling of one.",
        )
    elif not is_any:
        message = ("Within single systems no record is surely a second one of somebody who is there already.",)
    blocks: list[Block] = [
        Paragraph((*message, compared)),
        Table(
            ("System", "Duplicates", "Share", "95 % interval", "Records compared"),
            tuple(
                (
                    run.label(system),
                    shown_figure(run.figures, f"match.duplicate_count.{system}"),
                    shown,
                    shown.range_text,
                    "" if shown.n is None else decimal_text(shown.n, 0),
                )
                for row in shares[:_MAX_ROWS]
                for system in (row["figure_id"].removeprefix("match.duplicate_share."),)
                for shown in (shown_figure(run.figures, row["figure_id"]),)
            ),
            caption="Duplicates by system",
            row_count=len(shares),
        ),
    ]
    examples = pair_examples(run, decision="same", is_within_system=True, limit=_EXAMPLES)
    if examples:
        count = pair_count(run, decision="same", is_within_system=True)
        blocks.append(_table(examples, "Examples, from the surest to the least sure", count))
        # The one with the most to tell.
        told = max(examples, key=lambda one: ("against" in one.evidence, one.levels.num_rows))
        blocks.append(
            Chart(
                match_waterfall.chart(told.levels),
                f"Why {told.name_l} and {told.name_r} are held to be one: {told.evidence}.",
            )
        )
        blocks.append(Note((f"The chart shows why “{told.name_l}” and “{told.name_r}” are held to be one.",)))
    return (*blocks, *_doubtful(run, has_examples=bool(examples)))


def _doubtful(run: RunTables, *, has_examples: bool) -> list[Block]:
    """Return how many pairs are left to a person; examples of them too where no surer ones are shown."""
    review = shown_figure(run.figures, "match.review_count")
    if not (review.is_known and run.figures[review.figure_id]["value"]):
        return []
    blocks: list[Block] = [
        Paragraph(
            (
                "Left to a person: ",
                review,
                (
                    " pairs that may be one, but are less likely so than not, or whose other records disagree. They are not "
                    "counted above. They are in the work-through workbook, with a column for your decision."
                ),
            )
        )
    ]
    examples = [] if has_examples else pair_examples(run, decision="review", limit=_DOUBTFUL_EXAMPLES)
    if examples:
        blocks.append(_table(examples, "Examples of doubtful pairs", int(run.figures[review.figure_id]["value"])))
    return blocks


def _table(examples: list[PairExample], caption: str, count: int) -> Table:
    return Table(
        ("One record", "The other", "What speaks for it"),
        tuple((f"{one.name_l} ({one.record_l})", f"{one.name_r} ({one.record_r})", one.evidence) for one in examples),
        caption=caption,
        row_count=count,
    )


SECTION = Section("Duplicates", 40, build)
