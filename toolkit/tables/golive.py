"""What is told of a client's last days by hand."""

from toolkit.tables.schema import COUNT, DAY, FLAG, NUMBER, TEXT, Column, Schema

PARALLEL_DAY = Schema(
    "parallel_day",
    (
        Column("day", DAY, "working day, with the days before it on which nobody works", required=True),
        Column("state", TEXT, "under, over, empty, waiting or incomplete", required=True),
        Column("items", COUNT, "events with a verdict", "items", required=True),
        Column("agreeing", COUNT, "on which both sides agree", "items", required=True),
        Column("discrepancies", COUNT, "on which they do not, unexplained", "items", required=True),
        Column("waiting", COUNT, "whose other side may still come", "items", required=True),
        Column("match_rate", NUMBER, "agreeing / items; null without items", "share"),
        Column("low", NUMBER, "Wilson 95 % lower limit of the match rate", "share", required=True),
        Column("is_final", FLAG, "whether nothing of the day is still to come", required=True),
    ),
    key=("day",),
)
