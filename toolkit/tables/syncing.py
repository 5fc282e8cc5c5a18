"""What two systems held when they were last alike: without it nobody can tell which of the two changed a field since."""

from toolkit.tables.schema import TEXT, Column, Schema

SYNC_BASE = Schema(
    "sync_base",
    (
        Column("key_l", TEXT, "record_key, the smaller of the two", required=True),
        Column("key_r", TEXT, "record_key, the larger", required=True),
        Column("column", TEXT, "field", required=True),
        Column("value_l", TEXT, "what the left record held, or what was written to it since; null: nothing"),
        Column("value_r", TEXT, "what the right record held, or what was written to it since; null: nothing"),
    ),
    key=("key_l", "key_r", "column"),
)
