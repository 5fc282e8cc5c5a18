"""What handoffs cost, what connecting them returns, and every figure that a client may read."""

from toolkit.tables.schema import COUNT, NUMBER, TEXT, TEXTS, Column, Schema

COST_LINE = Schema(
    "cost_line",
    (
        Column("handoff_id", TEXT, "the handoff, or 'total'", required=True),
        Column("line", TEXT, "labour, errors, delay, duplicates, missed, subscriptions, total", required=True),
        Column("now_per_month", NUMBER, "cost today", "currency per month"),
        Column("after_per_month", NUMBER, "cost after connecting", "currency per month"),
        Column("evidence", TEXT, "weakest evidence among its inputs", required=True),
        Column("formula", TEXT, "the arithmetic with numbers", required=True),
    ),
    key=("handoff_id", "line"),
)

CASE = Schema(
    "case",
    (
        Column("handoff_id", TEXT, "the handoff, or 'total'", required=True),
        Column(
            "metric",
            TEXT,
            "cost_now_per_month, net_saving_per_month, one_time_cost, payback_months, npv, roi_pct, …",
            required=True,
        ),
        Column("value", NUMBER, "single figure; null: does not exist (no payback within the horizon)"),
        Column("p10", NUMBER, "simulated"),
        Column("p50", NUMBER, "simulated"),
        Column("p90", NUMBER, "simulated"),
        Column("unit", TEXT, "unit", required=True),
        Column("evidence", TEXT, "weakest evidence among its inputs", required=True),
        Column("formula", TEXT, "the arithmetic with numbers"),
    ),
    key=("handoff_id", "metric"),
)

CASH_FLOW = Schema(
    "cash_flow",
    (
        Column("handoff_id", TEXT, "the handoff, or 'total'", required=True),
        Column("month", COUNT, "0 is the day the money is committed", required=True),
        Column("flow", NUMBER, "net flow; out is negative", "currency", required=True),
        Column("cumulative", NUMBER, "sum so far", "currency", required=True),
        Column("cumulative_p10", NUMBER, "simulated", "currency"),
        Column("cumulative_p50", NUMBER, "simulated", "currency"),
        Column("cumulative_p90", NUMBER, "simulated", "currency"),
    ),
    key=("handoff_id", "month"),
)

FIGURE = Schema(
    "figure",
    (
        Column("figure_id", TEXT, "stage.name[.scope], e.g. match.duplicate_share.crm", required=True),
        Column("label", TEXT, "what it says, in a client's words", required=True),
        Column("value", NUMBER, "value; null: could not be measured"),
        Column(
            "unit",
            TEXT,
            "share, count, minutes, days, hours per month, currency, currency per month, months, percent",
            required=True,
        ),
        Column("currency", TEXT, "ISO 4217 code of a money figure"),
        Column("low", NUMBER, "lower limit (95 % interval, or P10)"),
        Column("high", NUMBER, "upper limit (95 % interval, or P90)"),
        Column("n", COUNT, "cases looked at"),
        Column("evidence", TEXT, "measured, document, interview or default", required=True),
        Column("method", TEXT, "how, in a sentence", required=True),
        Column("source_table", TEXT, "results table of the rows behind it"),
        Column("source_filter", TEXT, "DuckDB condition that selects those rows"),
        Column("snapshots", TEXTS, "snapshots it rests on"),
        Column("formula", TEXT, "the arithmetic with numbers"),
        Column("inputs", TEXTS, "figure_ids it is computed from"),
        Column("unconfirmed", TEXTS, "what it rests on that nobody has confirmed, by the names in engagement.yaml"),
    ),
    key=("figure_id",),
)
