"""What the stages find out. Every table is written once per run and read by the next stage, the report and ``explain``."""

from toolkit.tables.schema import COUNT, DAY, FLAG, INSTANT, MINOR, NUMBER, TEXT, TEXTS, Column, Schema

# Quality ---------------------------------------------------------------------------------------------------------

COLUMN_PROFILE = Schema(
    "column_profile",
    (
        Column("system", TEXT, "system", required=True),
        Column("stream", TEXT, "stream", required=True),
        Column("entity", TEXT, "entity", required=True),
        Column("column", TEXT, "canonical column", required=True),
        Column("rows", COUNT, "records", "rows", required=True),
        Column("filled", COUNT, "records with a value", "rows", required=True),
        Column("fill_share", NUMBER, "filled / rows", "share"),
        Column("distinct", COUNT, "different values", required=True),
        Column("shapes", TEXT, "most common shapes (A letter, 9 digit) with counts, JSON list of [shape, count]"),
        Column("top_values", TEXT, "most common values with counts, JSON list of [value, count]"),
        Column("minimum", TEXT, "smallest value as text"),
        Column("maximum", TEXT, "largest value as text"),
        Column("newest_at", INSTANT, "latest change among records with a value"),
    ),
    key=("system", "stream", "column"),
)

CHECK = Schema(
    "check",
    (
        Column("check_id", TEXT, "system.stream.column.rule", required=True),
        Column("rule", TEXT, "required, unique, format, reference or implausible.<kind>", required=True),
        Column("label", TEXT, "the check in a client's words", required=True),
        Column("system", TEXT, "system", required=True),
        Column("stream", TEXT, "stream", required=True),
        Column("column", TEXT, "column", required=True),
        Column("checked", COUNT, "values judged", "records", required=True),
        Column("failing", COUNT, "values that fail", "records", required=True),
        Column("share", NUMBER, "failing / checked", "share"),
        Column("low", NUMBER, "Wilson 95 % lower limit", "share"),
        Column("high", NUMBER, "Wilson 95 % upper limit", "share"),
        Column("severity", TEXT, "high, medium or low", required=True),
    ),
    key=("check_id",),
)

FINDING = Schema(
    "finding",
    (
        Column("check_id", TEXT, "the check", required=True),
        Column("record_key", TEXT, "the record that fails", required=True),
        Column("column", TEXT, "column", required=True),
        Column("value", TEXT, "value as written"),
        Column("reason", TEXT, "why it fails, in a sentence", required=True),
        Column("suggestion", TEXT, "a likely right value"),
    ),
)

EDGE_CASE = Schema(
    "edge_case",
    (
        Column(
            "kind",
            TEXT,
            "refund, other_currency, partial_payment, negative, zero, long_name or other_script",
            required=True,
        ),
        Column("system", TEXT, "system", required=True),
        Column("stream", TEXT, "stream", required=True),
        Column("entity", TEXT, "entity", required=True),
        Column("record_key", TEXT, "the record, right but unusual", required=True),
        Column("column", TEXT, "column that shows it", required=True),
        Column("value", TEXT, "value as written"),
        Column("reason", TEXT, "what is unusual, in a sentence", required=True),
    ),
)

# Matching --------------------------------------------------------------------------------------------------------

DECISION = Schema(
    "decision",
    (
        Column("sequence", COUNT, "order of entry", required=True),
        Column("key_l", TEXT, "record_key, the smaller of the two", required=True),
        Column("key_r", TEXT, "record_key, the larger", required=True),
        Column("decision", TEXT, "same, not_same or open (takes an earlier one back)", required=True),
        Column("reviewer", TEXT, "who"),
        Column("decided_at", INSTANT, "when", required=True),
        Column("note", TEXT, "remark"),
    ),
    key=("sequence",),
)

PAIR = Schema(
    "pair",
    (
        Column("key_l", TEXT, "record_key, the smaller of the two", required=True),
        Column("key_r", TEXT, "record_key, the larger", required=True),
        Column("match_weight", NUMBER, "sum of log2(m/u) and the prior", "bits", required=True),
        Column("match_probability", NUMBER, "that both are one party", "share", required=True),
        Column("decision", TEXT, "same, review, related or different", required=True),
        Column("decided_by", TEXT, "model, person or rule", required=True),
        Column("reason", TEXT, "in a sentence: why so, or why not merged"),
    ),
    key=("key_l", "key_r"),
)

PAIR_LEVEL = Schema(
    "pair_level",
    (
        Column("key_l", TEXT, "record_key", required=True),
        Column("key_r", TEXT, "record_key", required=True),
        Column("comparison", TEXT, "what was compared", required=True),
        Column("level", TEXT, "the grade in words", required=True),
        Column("bits", NUMBER, "what it adds to the weight", "bits", required=True),
    ),
    key=("key_l", "key_r", "comparison"),
)

CLUSTER = Schema(
    "cluster",
    (
        Column("record_key", TEXT, "every party record, single ones too", required=True),
        Column("cluster_id", TEXT, "stable id of the cluster", required=True),
    ),
    key=("record_key",),
)

# Reconciling -----------------------------------------------------------------------------------------------------

REFERENCE = Schema(
    "reference",
    (
        Column("record_key", TEXT, "record that names a party", required=True),
        Column("column", TEXT, "party_key (of a document) or parent_key (of a contact)", required=True),
        Column("system", TEXT, "system", required=True),
        Column("stream", TEXT, "stream", required=True),
        Column("written", TEXT, "id or name as written", required=True),
        Column("found_key", TEXT, "record_key of the party; null: not resolved"),
        Column("found_by", TEXT, "id, name, name part, standardised name, ambiguous or nothing", required=True),
    ),
    key=("record_key", "column"),
)

CROSSWALK = Schema(
    "crosswalk",
    (
        Column("record_key", TEXT, "record in its system", required=True),
        Column("golden_id", TEXT, "id of the one party behind it", required=True),
        Column("account_id", TEXT, "golden_id of its company, or its own", required=True),
        Column("system", TEXT, "system", required=True),
        Column("stream", TEXT, "stream", required=True),
        Column("record_id", TEXT, "id there", required=True),
        Column(
            "match_probability",
            NUMBER,
            "weakest pair that holds the record in its cluster; 1 when it is alone",
            "share",
        ),
        Column("decided_by", TEXT, "alone, model, person or rule", required=True),
    ),
    key=("record_key",),
)

GOLDEN = Schema(
    "golden",
    (
        Column("golden_id", TEXT, "the party", required=True),
        Column("column", TEXT, "column", required=True),
        Column("value", TEXT, "surviving value", required=True),
        Column("record_key", TEXT, "record it comes from", required=True),
        Column("reason", TEXT, "source of truth, newest, most complete, only value …", required=True),
    ),
    key=("golden_id", "column"),
)

MISMATCH = Schema(
    "mismatch",
    (
        Column("golden_id", TEXT, "the party (or the document of the left side)", required=True),
        Column("column", TEXT, "field that differs", required=True),
        Column("key_l", TEXT, "record", required=True),
        Column("key_r", TEXT, "record in the other system", required=True),
        Column("system_l", TEXT, "system", required=True),
        Column("system_r", TEXT, "other system", required=True),
        Column("value_l", TEXT, "value as written"),
        Column("value_r", TEXT, "value as written"),
        Column("kind", TEXT, "different, formatting, missing_l or missing_r", required=True),
        Column("changed_last", TEXT, "l, r or unknown", required=True),
        Column("proposed_value", TEXT, "by source of truth"),
        Column("proposed_system", TEXT, "system that decides this field"),
    ),
    key=("column", "key_l", "key_r"),
)

COMPARED_FIELD = Schema(
    "compared_field",
    (
        Column("system_l", TEXT, "system", required=True),
        Column("system_r", TEXT, "other system", required=True),
        Column("column", TEXT, "field", required=True),
        Column("compared", COUNT, "matched pairs where at least one side has a value", "pairs", required=True),
        Column("equal", COUNT, "equal as written", "pairs", required=True),
        Column("formatting", COUNT, "equal but for formatting", "pairs", required=True),
        Column("different", COUNT, "different", "pairs", required=True),
        Column("missing_l", COUNT, "only the right side has a value", "pairs", required=True),
        Column("missing_r", COUNT, "only the left side has a value", "pairs", required=True),
        Column("low", NUMBER, "Wilson 95 % lower limit of different / compared", "share"),
        Column("high", NUMBER, "upper limit", "share"),
    ),
    key=("system_l", "system_r", "column"),
)

COVERAGE = Schema(
    "coverage",
    (
        Column("system_l", TEXT, "system", required=True),
        Column("system_r", TEXT, "other system", required=True),
        Column("role", TEXT, "customer, vendor, employee, … or any", required=True),
        Column("both", COUNT, "parties in both", "parties", required=True),
        Column("only_l", COUNT, "parties in the left only", "parties", required=True),
        Column("only_r", COUNT, "parties in the right only", "parties", required=True),
        Column(
            "ambiguous",
            COUNT,
            "parties in one system with a pair still to be reviewed",
            "parties",
            required=True,
        ),
    ),
    key=("system_l", "system_r", "role"),
)

COUNTERPART = Schema(
    "counterpart",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("key_l", TEXT, "document in the source; null when only the target has one"),
        Column("key_r", TEXT, "its counterpart; null when there is none"),
        Column(
            "status",
            TEXT,
            "found, missing, waiting (inside the grace window), extra or ambiguous",
            required=True,
        ),
        Column("basis", TEXT, "what they were found by: reference, number, name, amount and date …"),
        Column("probability", NUMBER, "that they are the same event", "share"),
        Column("event_l_at", INSTANT, "when it happened in the source"),
        Column("event_r_at", INSTANT, "when it was entered in the target"),
        Column(
            "event_on",
            DAY,
            "the source's (or for extra ones the target's) local date, for months; null: no date is known",
        ),
        Column("lag_minutes", NUMBER, "target minus source where both have a time of day", "minutes"),
        Column("lag_days", NUMBER, "target minus source by date", "days"),
        Column("amount_l_minor", MINOR, "amount in the source", "minor units"),
        Column("amount_r_minor", MINOR, "amount in the target", "minor units"),
        Column("currency", TEXT, "of both"),
        Column("is_error", FLAG, "whether the target disagrees with the source", required=True),
        Column("error_kind", TEXT, "amount, transposed, factor, tax_missed, fee, party, field, currency, missing_field"),
        Column("error_columns", TEXTS, "fields that disagree"),
    ),
)

HANDOFF_MONTH = Schema(
    "handoff_month",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("month", DAY, "first day of the local month", required=True),
        Column("items", COUNT, "source documents of the month", "items", required=True),
        Column("found", COUNT, "with a counterpart", "items", required=True),
        Column("missing", COUNT, "without one, beyond the grace window", "items", required=True),
        Column("waiting", COUNT, "without one, inside the grace window", "items", required=True),
        Column("ambiguous", COUNT, "with equally good counterparts", "items", required=True),
        Column("errors", COUNT, "found, but disagreeing", "items", required=True),
        Column("is_full", FLAG, "whether the whole month had passed when the data was taken", required=True),
    ),
    key=("handoff_id", "month"),
)

HANDOFF = Schema(
    "handoff",
    (
        Column("handoff_id", TEXT, "id in the settings", required=True),
        Column("label", TEXT, "in the client's words", required=True),
        Column("system_l", TEXT, "from", required=True),
        Column("stream_l", TEXT, "from", required=True),
        Column("system_r", TEXT, "to", required=True),
        Column("stream_r", TEXT, "to", required=True),
        Column("entity_l", TEXT, "from"),
        Column("entity_r", TEXT, "to"),
        Column("by", TEXT, "person who carries it"),
        Column("trigger", TEXT, "record_created, status_change, schedule, payment_received, manual"),
        Column("carrier", TEXT, "copy, file, reentry, report_update, email, sheet"),
        Column("is_proposed", FLAG, "whether the toolkit proposed it, nobody confirmed it", required=True),
        Column("missing", TEXTS, "what is not known yet and keeps it from a complete cost"),
    ),
    key=("handoff_id",),
)

HANDOFF_MEASURE = Schema(
    "handoff_measure",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column(
            "measure",
            TEXT,
            "volume_per_month, lag_median, lag_p90, error_share, missing_share, minutes_per_item …",
            required=True,
        ),
        Column("value", NUMBER, "value; null: not measurable"),
        Column("unit", TEXT, "unit", required=True),
        Column("low", NUMBER, "95 % lower limit, or low of an estimate"),
        Column("high", NUMBER, "95 % upper limit, or high of an estimate"),
        Column("x", COUNT, "cases counted"),
        Column("n", COUNT, "cases looked at"),
        Column("evidence", TEXT, "measured, document, interview or default", required=True),
        Column("method", TEXT, "how, in a sentence", required=True),
        Column("who", TEXT, "who gave it, for an interview"),
    ),
    key=("handoff_id", "measure"),
)

# Money -----------------------------------------------------------------------------------------------------------

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
            "cost_now_per_month, net_saving_per_month, one_time_cost, running_cost_per_month, payback_months, npv, roi_pct, …",
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

# What a client may read ------------------------------------------------------------------------------------------

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
    ),
    key=("figure_id",),
)
