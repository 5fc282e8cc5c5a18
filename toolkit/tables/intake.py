"""What was read: files, rows kept and put aside, and what a snapshot holds."""

from toolkit.tables.schema import COUNT, FLAG, INSTANT, MINOR, NUMBER, TEXT, TEXTS, Column, Schema

INTAKE = Schema(
    "intake",
    (
        Column("file", TEXT, "path below the engagement, with /", required=True),
        Column("part", TEXT, "sheet or archive member; empty for a plain file", required=True),
        Column(
            "status",
            TEXT,
            "read, same_as (an earlier file), unrecognised, empty, refused or left_out",
            required=True,
        ),
        Column("message", TEXT, "what a person should know or do"),
        Column("system", TEXT, "system it was assigned to"),
        Column("stream", TEXT, "stream it was read as"),
        Column("connector", TEXT, "vendor"),
        Column("score", NUMBER, "share of the format's distinctive headers found", "share"),
        Column("runner_up", TEXT, "next best vendor/stream"),
        Column("runner_up_score", NUMBER, "its score", "share"),
        Column("encoding", TEXT, "as decoded"),
        Column("delimiter", TEXT, "of a delimited file"),
        Column("header_line", COUNT, "line of the header, from 1"),
        Column("rows_read", COUNT, "data rows below the header", "rows", required=True),
        Column("rows_kept", COUNT, "rows that became records", "rows", required=True),
        Column("rows_folded", COUNT, "continuation rows folded into a record above", "rows", required=True),
        Column(
            "rows_repeated",
            COUNT,
            "rows equal to one already read (same file or another)",
            "rows",
            required=True,
        ),
        Column("rows_quarantined", COUNT, "rows put aside, total lines included", "rows", required=True),
        Column("control_sum_minor", MINOR, "the file's own total", "minor units"),
        Column("sum_minor", MINOR, "sum of the rows kept", "minor units"),
        Column("currency", TEXT, "of both sums"),
        Column(
            "control",
            TEXT,
            "agrees, differs or none: the file's own total held against its rows",
        ),
        Column("sha256", TEXT, "of the file"),
    ),
    key=("file", "part"),
)

QUARANTINE = Schema(
    "quarantine",
    (
        Column("file", TEXT, "path below the engagement", required=True),
        Column("part", TEXT, "sheet or archive member", required=True),
        Column("line", COUNT, "line (or row) in the file, from 1"),
        Column(
            "reason",
            TEXT,
            "code: total_line, balance_line, foot_line, other_type, not_money_moved, too_few_cells, bad_value, no_key …",
            required=True,
        ),
        Column("detail", TEXT, "the reason in a sentence"),
        Column("system", TEXT, "system"),
        Column("stream", TEXT, "stream"),
        Column("row", TEXT, "the row as JSON text, cut at 10,000 characters"),
    ),
)

SNAPSHOT = Schema(
    "snapshot",
    (
        Column("system", TEXT, "system", required=True),
        Column("stream", TEXT, "stream", required=True),
        Column("entity", TEXT, "entity", required=True),
        Column("connector", TEXT, "vendor", required=True),
        Column("taken_at", INSTANT, "when", required=True),
        Column("rows", COUNT, "records in it, absent ones included", required=True),
        Column("rows_absent", COUNT, "records an earlier snapshot had and this one does not", required=True),
        Column("is_complete", FLAG, "whether everything that was offered could be read", required=True),
        Column("reasons", TEXTS, "why it is not complete"),
        Column("source_files", TEXTS, "files it was read from"),
        Column("sha256", TEXT, "of the snapshot file", required=True),
        Column("path", TEXT, "below the engagement", required=True),
    ),
    key=("system", "stream"),
)
