"""What handoffs cost, what connecting them returns, and every figure that a client may read."""

from toolkit.tables.schema import COUNT, DAY, FLAG, MINOR, NUMBER, TEXT, TEXTS, Column, Schema

COST_LINE = Schema(
    "cost_line",
    (
        Column("handoff_id", TEXT, "the handoff, or 'total'", required=True),
        Column(
            "line",
            TEXT,
            "labour, errors, delay, duplicates, missed (a loss), subscriptions, running or total",
            required=True,
        ),
        Column("now_per_month", NUMBER, "cost today, the median of the simulated cases", "currency per month"),
        Column("after_per_month", NUMBER, "cost after connecting, the median", "currency per month"),
        Column("now_likely", NUMBER, "cost today with every input at its likely value", "currency per month"),
        Column("after_likely", NUMBER, "cost after connecting with every input at its likely value", "currency per month"),
        Column("is_added", FLAG, "whether it may be added up into the total", required=True),
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
        Column("value", NUMBER, "the median where simulated, else as likely; null: does not exist (never pays back)"),
        Column("likely", NUMBER, "with every input at its likely value"),
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

COST_INPUT = Schema(
    "cost_input",
    (
        Column("handoff_id", TEXT, "the handoff, or 'total' for what all of them share", required=True),
        Column("name", TEXT, "as in engagement.yaml", required=True),
        Column("value", NUMBER, "likely value", required=True),
        Column("low", NUMBER, "low end", required=True),
        Column("high", NUMBER, "high end", required=True),
        Column("median", NUMBER, "what enters: the median of what is drawn; of a term of the calculation its one value"),
        Column("unit", TEXT, "unit", required=True),
        Column("evidence", TEXT, "measured, document, interview or default", required=True),
        Column("source", TEXT, "what it rests on, in words"),
        Column("who", TEXT, "who gave it"),
        Column("given_on", DAY, "when"),
        Column("x", COUNT, "cases counted, of a share"),
        Column("n", COUNT, "cases looked at, of a share"),
        Column("result", TEXT, "metric of the case of all handoffs that it was tried on"),
        Column("result_middle", NUMBER, "that metric with all inputs at their median", "currency"),
        Column("result_at_low", NUMBER, "that metric with the input at its P10, all others at their median", "currency"),
        Column("result_at_high", NUMBER, "that metric with the input at its P90", "currency"),
        Column("share", NUMBER, "its swing as a share of the swings of all inputs", "share"),
    ),
    key=("handoff_id", "name"),
)

NOT_INVOICED = Schema(
    "not_invoiced",
    (
        Column("handoff_id", TEXT, "a handoff that bills its source", required=True),
        Column("record_key", TEXT, "document of the source without an invoice beyond the grace window", required=True),
        Column("number", TEXT, "the number people quote"),
        Column("name", TEXT, "title"),
        Column("party_name", TEXT, "customer as written"),
        Column("event_on", DAY, "when it happened"),
        Column("net_minor", MINOR, "value, without tax where the document tells it", "minor units"),
        Column("currency", TEXT, "ISO 4217 code"),
        Column("is_net", FLAG, "whether the document tells its tax", required=True),
    ),
    key=("handoff_id", "record_key"),
)

RECOMMENDATION = Schema(
    "recommendation",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("decision", TEXT, "connect, later, by_hand or unknown", required=True),
        Column("wave", COUNT, "1: pays even in the low case; 2: pays in the middle one; null: not to be connected"),
        Column("place", COUNT, "in which order", required=True),
        Column("reason", TEXT, "pays_low, pays_median, loses, missing_inputs or not_compared", required=True),
        Column("is_in_total", FLAG, "whether the total adds it up", required=True),
        Column("lacking", TEXTS, "inputs without which nothing can be said"),
        Column("npv_low", NUMBER, "P10 of its net present value", "currency"),
        Column("npv_median", NUMBER, "median of its net present value", "currency"),
        Column("subscribe_build", NUMBER, "one-time price of a build of one's own instead of a platform", "currency"),
        Column("subscribe_fee", NUMBER, "fee of the platform", "currency per month"),
        Column("subscribe_months", NUMBER, "after how many months an own build has cost less; null: never", "months"),
        Column("subscribe_items", NUMBER, "from how many items a month an own build costs less over the horizon"),
    ),
    key=("handoff_id",),
)

CONDITION = Schema(
    "condition",
    (
        Column("name", TEXT, "input, the same change for all recommended handoffs", required=True),
        Column("assumed", NUMBER, "its value in the middle case; null where the handoffs have one each"),
        Column("factor", NUMBER, "how many times as much it may be until the recommended set no longer pays", required=True),
        Column("limit", NUMBER, "that times the assumed value"),
        Column("unit", TEXT, "unit of both"),
        Column("is_least", FLAG, "whether it is the least, not the most, that must hold", required=True),
    ),
    key=("name",),
)

CASE_WARNING = Schema(
    "case_warning",
    (
        Column("handoff_id", TEXT, "the handoff, or 'total'", required=True),
        Column("warning", TEXT, "a sentence for the client", required=True),
    ),
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
        Column("source_filter", TEXT, "DuckDB condition that selects those rows of the table, which it may name"),
        Column("snapshots", TEXTS, "snapshots it rests on"),
        Column("formula", TEXT, "the arithmetic with numbers"),
        Column("inputs", TEXTS, "figure_ids it is computed from"),
        Column("unconfirmed", TEXTS, "what it rests on that nobody has confirmed, by the names in engagement.yaml"),
    ),
    key=("figure_id",),
)
