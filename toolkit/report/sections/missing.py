"""What is missing for a complete and sure picture, what rests on assumptions, and who could mend it."""

from toolkit.report.blocks import Block, Bullets, Heading, Inline, Link, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.free_text import masked_free_text
from toolkit.report.gaps import assumption_rows, missing_inputs, not_told, read_in_part, unconfirmed, unread_files
from toolkit.report.run import RunTables
from toolkit.values.counted import counted
from toolkit.values.written import sentence_text

_MAX_ROWS = 15


def build(run: RunTables) -> tuple[Block, ...]:
    """Return what could not be read, what handoffs lack, what nobody has confirmed, and what could not be measured."""
    blocks = [*_files(run), *_questions(run), *_unconfirmed(run), *_inputs(run), *_assumptions(run), *_unmeasured(run)]
    if not blocks:
        return (Note(("Nothing that we know of.",)),)
    return (Paragraph(("With these, the figures of this report become complete or surer:",)), *blocks)


def _files(run: RunTables) -> list[Block]:
    blocks: list[Block] = []
    lines = [*read_in_part(run), *(f"{run.label(system)}: no file was sent." for system in run.without_files)]
    if lines:
        blocks += [
            Heading("What could not be used completely"),
            Bullets(tuple((masked_free_text(line),) for line in lines[:_MAX_ROWS])),
        ]
    unread = unread_files(run)
    if unread:
        blocks.append(
            Table(
                ("File", "What to do"),
                tuple(
                    (masked_free_text(f"{row['file']} {row['part']}".strip()), masked_free_text(row["message"]))
                    for row in unread[:_MAX_ROWS]
                ),
                caption="Files without a use yet",
                row_count=len(unread),
            )
        )
    return blocks


def _questions(run: RunTables) -> list[Block]:
    if not run.questions:
        return []
    asked = tuple((masked_free_text(one),) for one in run.questions[:_MAX_ROWS])
    return [Heading("What only you can tell us"), Bullets(asked)]


def _unconfirmed(run: RunTables) -> list[Block]:
    sentences = unconfirmed(run)
    if not sentences:
        return []
    return [Heading("What we assumed, and you should confirm"), Bullets(tuple((one,) for one in sentences))]


def _inputs(run: RunTables) -> list[Block]:
    lacking, labels = missing_inputs(run), run.handoff_labels()
    if not labels:
        sentence = (
            "No handoff is known, so nothing could be said about what work by hand costs, or what a connection would save. "
            "Name those that matter in the systems-and-handoffs workbook."
        )
        return [Heading("What work by hand costs"), Paragraph((sentence,))]
    if not lacking:
        return []
    together: dict[tuple[str, ...], list[str]] = {}
    for handoff_id, words in lacking.items():
        together.setdefault(words, []).append(labels[handoff_id])
    rows: list[tuple[Inline, ...]] = [
        ("; ".join(sorted(whose)), ", ".join(words)) for words, whose in sorted(together.items(), key=lambda item: item[1])
    ]
    return [
        Table(
            ("Handoff", "Needed for its cost"),
            tuple(rows[:_MAX_ROWS]),
            caption="Inputs that only you can give: without them these handoffs have no cost, or not a complete one",
            row_count=len(rows),
        )
    ]


def _assumptions(run: RunTables) -> list[Block]:
    rows = assumption_rows(run)
    if not rows:
        return []
    names = len({row["name"] for row in rows})
    inputs = counted(names, "input")
    how_many = inputs if names == len(rows) else f"{counted(len(rows), 'value')} of {inputs}"
    text = (
        f"{how_many} of the business case {'is an assumption' if len(rows) == 1 else 'are assumptions'} of ours. "
        "What rests on one of them carries the mark ○: saving, one-time cost, payback and value, as long as you do not "
        "replace it."
    )
    listed = Paragraph((Link("The business case lists each of them, the one that moves most first.", "business_case"),))
    return [Heading("What rests on our assumptions"), Paragraph((text,)), listed]


def _unmeasured(run: RunTables) -> list[Block]:
    lines = not_told(run)
    rows = [row for row in run.figures.values() if row["value"] is None and not row["figure_id"].startswith("roi.")]
    lines += sorted(f"{row['label']}: {sentence_text(row['method'])}" for row in rows)
    if not lines:
        return []
    blocks: list[Block] = [
        Heading("What could not be measured"),
        Bullets(tuple((masked_free_text(line),) for line in lines[:_MAX_ROWS])),
    ]
    if len(lines) > _MAX_ROWS:
        blocks.append(Note(("More of them stand in the list of figures in the appendix, as not known yet.",)))
    return blocks


SECTION = Section("What is missing", 80, build)
