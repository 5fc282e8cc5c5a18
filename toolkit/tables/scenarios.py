"""Business cases that were tried, side by side, and handoffs ranked in several ways."""

from toolkit.tables.schema import COUNT, NUMBER, TEXT, TEXTS, Column, Schema

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

RANKING = Schema(
    "ranking",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("label", TEXT, "in the client's words", required=True),
        Column("money_rank", COUNT, "its place by what it costs today; null: unknown"),
        Column("cost_now_per_month", NUMBER, "that cost, the median", "currency per month"),
        Column("top_share", NUMBER, "share of the simulated cases in which it is among the three dearest", "share"),
        Column("index", NUMBER, "0 to 100, from volume, error rate and delay; null: one of them is unknown"),
        Column("index_rank", COUNT, "its place by the index"),
        Column("cd3", NUMBER, "saving a month for each month it takes", "currency per month and month"),
        Column("cd3_rank", COUNT, "its place by cd3"),
        Column("rice", NUMBER, "reach x impact x confidence / effort, by the client's points; null: none were given"),
        Column("wsjf", NUMBER, "points over job size; null: none were given"),
        Column("lacking", TEXTS, "inputs without which nothing can be said"),
    ),
    key=("handoff_id",),
)
