"""The scorecard: how much of what was checked passes, and which checks fail most, each rate with its n."""

from collections import Counter

from toolkit.charts import quality_scores
from toolkit.report.blocks import Block, Chart, Inline, Link, Note, Paragraph, Table
from toolkit.report.column_pages import anchor_of, column_words, is_told
from toolkit.report.document import Section
from toolkit.report.quality_examples import quality_examples
from toolkit.report.record_names import counted_text
from toolkit.report.run import RunTables
from toolkit.report.shown import Shown, decimal_text, shown_figure

_MAX_ROWS = 12


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the score of every system and the checks that fail most."""
    scores = sorted(
        (row for row in run.figures_below(quality_scores.PREFIX) if row["value"] is not None),
        key=lambda row: (row["value"], row["figure_id"]),
    )
    if not scores and not run.table("check").num_rows:
        return (Note(("No value has been checked: no records could be read.",)),)
    blocks: list[Block] = [
        Paragraph(
            (
                (
                    "We looked at every record for values that must be there, must be unique, must have a certain "
                    "form, or must lead to another record. A value passes when it meets all of these."
                ),
            )
        ),
    ]
    if len(scores) > 1:
        # The drawing has every score and interval; a table would only repeat them.
        blocks.append(
            Chart(
                quality_scores.drawn(run.table("figure"), labels=run.labels),
                "Share of checked values that pass in each system, with its 95 % interval.",
            )
        )
    else:
        blocks.append(
            Table(
                ("System", "Passes", "95 % interval", "Values checked"),
                tuple(
                    (run.label(row["figure_id"].removeprefix(quality_scores.PREFIX)), shown, shown.range_text, _count(shown))
                    for row in scores[:_MAX_ROWS]
                    for shown in (shown_figure(run.figures, row["figure_id"]),)
                ),
                caption="Score by system, lowest first",
                row_count=len(scores),
            )
        )
    failing = sorted(
        (row for row in run.figures_below("quality.failing.") if row["value"]),
        key=lambda row: (-row["value"], row["figure_id"]),
    )
    blocks.append(
        Table(
            ("What fails", "Found", "Values checked"),
            tuple(
                (shown.label, shown, _count(shown))
                for row in failing[:_MAX_ROWS]
                for shown in (shown_figure(run.figures, row["figure_id"]),)
            ),
            caption="What fails most often",
            row_count=len(failing),
        )
    )
    pages = _columns(run)
    blocks += [pages] if pages else []
    examples = quality_examples(run)
    if examples:
        blocks.append(
            Table(
                ("Record", "Value", "Why we ask"),
                tuple((one.record, one.value, one.reason) for one in examples),
                caption="Examples; each one is listed in the work-through workbook",
            )
        )
    return tuple(blocks)


def _columns(run: RunTables) -> Table | None:
    """Return the columns with the most failing values, each a link to its page."""
    failing: Counter[tuple[str, str, str]] = Counter()
    checked: Counter[tuple[str, str, str]] = Counter()
    for row in run.table("check").to_pylist():
        place = (row["system"], row["stream"], row["column"])
        failing[place] += row["failing"]
        # Every check of a column looks at the same values.
        checked[place] = max(checked[place], row["checked"])
    known = {(row["system"], row["stream"], row["column"]): row for row in run.table("column_profile").to_pylist()}
    places = sorted((one for one in failing if failing[one] and one in known), key=lambda one: (-failing[one], one))
    if not places:
        return None
    rows: list[tuple[Inline, ...]] = [
        (
            f"{run.label(place[0])} {place[1].replace('_', ' ')}",
            Link(column_words(place[2]), anchor_of(known[place])) if is_told(place[2]) else column_words(place[2]),
            counted_text(failing[place]),
            counted_text(checked[place]),
        )
        for place in places[:_MAX_ROWS]
    ]
    return Table(
        ("List", "Column", "To look at", "Values checked"),
        tuple(rows),
        caption="Where to look first; each column leads to its page, with its rows",
        row_count=len(places),
    )


def _count(shown: Shown) -> str:
    return "" if shown.n is None else decimal_text(shown.n, 0)


SECTION = Section("How good the data is", 30, build)
