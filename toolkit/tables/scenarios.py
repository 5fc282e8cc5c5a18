"""Business cases that were tried, side by side."""

from toolkit.tables.schema import NUMBER, TEXT, Column, Schema

SCENARIO_FIGURE = Schema(
    "scenario_figure",
    (
        Column("handoff_id", TEXT, "the handoff, or 'total' or 'recommended'", required=True),
        Column("metric", TEXT, "as in CASE", required=True),
        Column("scenario", TEXT, "whose figure it is; the first is what the others are held against", required=True),
        Column("unit", TEXT, "unit", required=True),
        Column("value", NUMBER, "as in CASE; null: does not exist in this scenario"),
        Column("p10", NUMBER, "simulated"),
        Column("p90", NUMBER, "simulated"),
        Column("base_value", NUMBER, "the same figure of the first scenario"),
        Column("difference", NUMBER, "value less base_value; null where one of them does not exist"),
    ),
    key=("handoff_id", "metric", "scenario"),
)
