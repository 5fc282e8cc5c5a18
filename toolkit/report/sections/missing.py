"""What is missing for a complete picture, and who could supply it."""

import pyarrow.compute as pc

from toolkit.report.blocks import Block, Bullets, Heading, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.masking import masked_text
from toolkit.report.run import RunTables

_MAX_ROWS = 15


def build(run: RunTables) -> tuple[Block, ...]:
    """Return files that could not be read, inputs that handoffs lack, and figures that could not be measured."""
    blocks: list[Block] = []
    if run.reasons:
        blocks += [
            Heading("What could not be read completely"),
            Bullets(tuple((masked_text(one),) for one in run.reasons[:_MAX_ROWS])),
        ]
    intake = run.table("intake")
    unread = intake.filter(pc.is_in(intake["status"], value_set=_unread())).to_pylist()
    if unread:
        blocks.append(
            Table(
                ("File", "Part", "What to do"),
                tuple((row["file"], row["part"], masked_text(row["message"])) for row in unread[:_MAX_ROWS]),
                caption="Files without a use yet",
                row_count=len(unread),
            )
        )
    lacking = [row for row in run.table("handoff").to_pylist() if row["missing"]]
    if lacking:
        blocks.append(
            Table(
                ("Handoff", "Needed for its cost"),
                tuple((row["label"], ", ".join(row["missing"])) for row in lacking[:_MAX_ROWS]),
                caption="Inputs that only you can give",
                row_count=len(lacking),
            )
        )
    unknown = [
        row["label"] for row in run.figures.values() if row["value"] is None and not row["figure_id"].startswith("roi.")
    ]
    if unknown:
        blocks += [
            Heading("What could not be measured"),
            Bullets(tuple((label,) for label in sorted(unknown)[:_MAX_ROWS])),
        ]
    if not blocks:
        return (Note(("Nothing that we know of.",)),)
    return (Paragraph(("With these, the figures of this report become complete or surer:",)), *blocks)


def _unread() -> object:
    import pyarrow as pa

    return pa.array(["unrecognised", "refused", "empty"])


SECTION = Section("What is missing", 80, build)
