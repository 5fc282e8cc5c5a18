"""Appendix: every file, and where each of its rows went."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from toolkit.report.blocks import Block, Bullets, Heading, Inline, Note, Table
from toolkit.report.document import Section
from toolkit.report.free_text import masked_free_text
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text, shown_figure

_COUNTS = ("rows_read", "rows_kept", "rows_folded", "rows_repeated", "rows_quarantined")
_MAX_ROWS = 60
_ASIDE = {
    "total_line": "total lines",
    "balance_line": "lines that state a balance",
    "foot_line": "remarks above or below the list",
    "one_cell": "lines with one filled cell",
    "group_line": "headings of groups",
    "empty_line": "empty lines",
    "repeated_header": "repeated header lines",
    **dict.fromkeys(("too_few_cells", "too_many_cells", "bad_json", "bad_bytes"), "broken rows"),
    **dict.fromkeys(("not_understood", "unrecognised_table"), "rows of tables of which nobody has said what they are"),
    "left_out": "rows of tables that you leave out",
    "bad_value": "rows with an amount that cannot be read",
    "no_key": "rows that nothing names",
    "other_type": "rows of another kind",
    "own_transfer": "transfers between your own accounts",
    "picture": "further pictures of a product",
    "not_money_moved": "payments that were declined or never moved money",
}
"""Why a row is no record, in a client's words."""


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the count of rows of each file and of all together."""
    intake = run.table("intake").to_pylist()
    if not intake:
        return (Note(("No file was read.",)),)
    total: tuple[Inline, ...] = ("all files", "", *(shown_figure(run.figures, f"intake.{name}") for name in _COUNTS))
    rows: tuple[tuple[Inline, ...], ...] = tuple(
        (
            masked_free_text(f"{row['file']} {row['part']}".strip()),
            _read_as(run, row),
            *(decimal_text(row[name], 0) for name in _COUNTS),
        )
        for row in intake[:_MAX_ROWS]
    )
    note = f"Read = kept + folded + repeated + put aside. Folded rows continue the record above.{_put_aside(run)}"
    return (
        Table(
            ("File", "Read as", "Read", "Kept", "Folded", "Repeated", "Put aside"),
            (total, *rows),
            caption="Where every row went",
            is_compact=True,
            row_count=len(intake) + 1,
        ),
        Note((note,)),
        *([Note((f"These are the figures of run {run.run_id}.",))] if run.run_id else []),
        *_remarks(intake),
    )


def _put_aside(run: RunTables) -> str:
    """Return why rows were put aside, with how many of each: the most first."""
    counts = Counter(_ASIDE.get(one, one.replace("_", " ")) for one in run.table("quarantine")["reason"].to_pylist())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return f" Put aside: {'; '.join(f'{words} {decimal_text(count, 0)}' for words, count in ranked)}." if ranked else ""


def _remarks(intake: Sequence[dict[str, Any]]) -> tuple[Block, ...]:
    """Return what was said of files that were read: columns that were left out, ids that are destroyed, guesses."""
    said = [row for row in intake if row["status"] == "read" and row["message"]]
    if not said:
        return ()
    lines = tuple(
        (masked_free_text(f"{row['file']} {row['part']}".strip() + f": {row['message']}"),) for row in said[:_MAX_ROWS]
    )
    return (Heading("Left out, or to look at"), Bullets(lines))


def _read_as(run: RunTables, row: dict[str, Any]) -> str:
    words = (run.label(row["system"] or ""), (row["stream"] or "").replace("_", " "))
    return " ".join(part for part in words if part) or str(row["status"])


SECTION = Section("Appendix: files and rows", 91, build, is_appendix=True)
