"""Records that stand for one and the same customer, supplier or person: how many, with examples and reasons."""

from toolkit.charts import match_waterfall
from toolkit.report.blocks import Block, Chart, Heading, Inline, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.examples import PairExample, pair_count, pair_examples
from toolkit.report.run import RunTables
from toolkit.report.shown import shown_figure

_EXAMPLES = 5
_DOUBTFUL_EXAMPLES = 8
_MAX_ROWS = 15
_NAMED = "Names inside documents"


def build(run: RunTables) -> tuple[Block, ...]:
    """Return duplicates by system, names inside documents apart, masked examples with their reasons, and one drawn."""
    listed, named = _by_system(run, "duplicate"), _by_system(run, "spelling")
    if not listed and not named:
        return (Note(("No customers, suppliers or persons could be compared: none were read.",)),)
    compared = (
        " Names, addresses, e-mail addresses, phone and tax numbers were compared, as far as they are there; a person’s "
        "decision always overrides ours."
    )
    blocks: list[Block] = [Paragraph((*_message(run, is_listed=bool(listed)), compared))]
    if listed:
        blocks.append(_systems(run, "duplicate", listed))
    if named:
        blocks.append(Heading(_NAMED))
        blocks.append(
            Paragraph(
                (
                    (
                        "Bank lines, sheets and other documents name people and companies without keeping a list of them. "
                        "These are not records to clean up, and no count above holds them."
                    ),
                )
            )
        )
        blocks.append(_systems(run, "spelling", named))
    examples = pair_examples(run, decision="same", is_within_system=True, limit=_EXAMPLES)
    if examples:
        count = pair_count(run, decision="same", is_within_system=True)
        blocks.append(_table(examples, "Examples, from the surest to the least sure", count))
        # The one with the most to tell.
        told = max(examples, key=lambda one: ("against" in one.evidence, one.levels.num_rows))
        blocks.append(
            Chart(
                match_waterfall.drawn(told.levels, pair=run.table("pair")),
                f"Why {told.name_l} and {told.name_r} are held to be one: {told.evidence}.",
            )
        )
        blocks.append(Note((f"The chart shows why “{told.name_l}” and “{told.name_r}” are held to be one.",)))
    return (*blocks, *_doubtful(run, has_examples=bool(examples)))


def _by_system(run: RunTables, figure: str) -> list[str]:
    """Return the systems that were looked at, those with most duplicates first; by name where there are none."""
    prefix = f"match.{figure}_count."
    rows = sorted(run.figures_below(prefix), key=lambda row: (-(row["value"] or 0.0), row["figure_id"]))
    return [row["figure_id"].removeprefix(prefix) for row in rows]


def _message(run: RunTables, *, is_listed: bool) -> tuple[Inline, ...]:
    total = shown_figure(run.figures, "match.duplicate_count")
    spellings = shown_figure(run.figures, "match.spelling_count")
    if total.is_known and run.figures[total.figure_id]["value"]:
        one, several = "record that stands for somebody who is", "records that stand for somebody who is"
        return ("Within single systems we found ", total, f" {one if total.text == '1' else several} there already.")
    if not is_listed and spellings.is_known and run.figures[spellings.figure_id]["value"]:
        return (
            "No list of customers or suppliers was read; of the names written in documents, ",
            spellings,
            " are another spelling of one.",
        )
    return ("Within single systems no record is surely a second one of somebody who is there already.",)


def _systems(run: RunTables, figure: str, systems: list[str]) -> Table:
    """Return the table of the systems, with a row that adds all of them up."""
    is_listed = figure == "duplicate"
    rows: list[tuple[Inline, ...]] = [
        (
            run.label(system),
            shown_figure(run.figures, f"match.{figure}_count.{system}"),
            share,
            share.range_text,
            share.cases,
        )
        for system in systems[:_MAX_ROWS]
        for share in (shown_figure(run.figures, f"match.{figure}_share.{system}"),)
    ]
    if len(systems) > 1:
        total = shown_figure(run.figures, f"match.{figure}_count")
        rows.append(("All systems", total, "", "", total.cases))
    return Table(
        ("System", "Duplicates" if is_listed else "Written in a further way", "Share", "95 % interval", "Compared"),
        tuple(rows),
        caption="Duplicates by system" if is_listed else "Ways of writing a name, by system",
        row_count=len(systems) + (len(systems) > 1),
    )


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
