"""Appendix: every file, and where each of its rows went."""

from toolkit.report.blocks import Block, Inline, Note, Table
from toolkit.report.document import Section
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text, shown_figure

_COUNTS = ("rows_read", "rows_kept", "rows_folded", "rows_repeated", "rows_quarantined")
_MAX_ROWS = 60


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the count of rows of each file and of all together."""
    intake = run.table("intake").to_pylist()
    if not intake:
        return (Note(("No file was read.",)),)
    total: tuple[Inline, ...] = ("all files", "", *(shown_figure(run.figures, f"intake.{name}") for name in _COUNTS))
    rows: tuple[tuple[Inline, ...], ...] = tuple(
        (
            f"{row['file']} {row['part']}".strip(),
            " ".join(part for part in (row["system"], row["stream"]) if part) or row["status"],
            *(decimal_text(row[name], 0) for name in _COUNTS),
        )
        for row in intake[:_MAX_ROWS]
    )
    note = (
        "Read = kept + folded + repeated + put aside. Folded rows continue the record above; put aside are total lines "
        "and broken rows."
    )
    return (
        Table(
            ("File", "Read as", "Read", "Kept", "Folded", "Repeated", "Put aside"),
            (total, *rows),
            caption="Where every row went",
            row_count=len(intake) + 1,
        ),
        Note((note,)),
    )


SECTION = Section("Appendix: files and rows", 91, build, is_appendix=True)
