"""What is found in the records themselves: profiles, failed checks, pairs of records that are one."""

from toolkit.tables.schema import CODED_TEXT, COUNT, FLAG, INSTANT, NUMBER, TEXT, Column, Schema

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
        Column(
            "histogram", TEXT, "of numbers and dates: JSON list of [from, to, count], from and to as minimum and maximum"
        ),
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

DECISION = Schema(
    "decision",
    (
        Column("sequence", COUNT, "order of entry", required=True),
        Column("key_l", TEXT, "record_key, the smaller of the two", required=True),
        Column("key_r", TEXT, "record_key, the larger; of an exclusion the cluster_id", required=True),
        Column("decision", TEXT, "same, not_same, exclude or open (takes an earlier one back)", required=True),
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
        Column("match_weight", NUMBER, "sum of its terms: start, facts, rival and group", "bits", required=True),
        Column("match_probability", NUMBER, "that both are one party", "share", required=True),
        Column("decision", TEXT, "same, review, related or different", required=True),
        Column("decided_by", TEXT, "model, person or rule", required=True),
        Column("reason", TEXT, "in a sentence: why so, or why not merged"),
        Column("start_bits", NUMBER, "how likely any two records are one", "bits"),
        Column("rival_bits", NUMBER, "what neighbours and namesakes would explain as well, and the limit", "bits"),
        Column("group_bits", NUMBER, "what other records of the group add", "bits"),
        Column("link_l", TEXT, "record_key: with link_r the weakest link by which the group joins the two"),
        Column("link_r", TEXT, "record_key of the other end of that link"),
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

CLUSTER_MEMBER = Schema(
    "cluster_member",
    (
        Column("record_key", TEXT, "every record that was ever matched", required=True),
        Column("cluster_id", CODED_TEXT, "cluster it is in, or was in when it was last there", required=True),
        Column("former_id", CODED_TEXT, "cluster it was in before that was merged into this one"),
        Column("is_present", FLAG, "whether the newest matching had it", required=True),
    ),
    key=("record_key",),
)

CLUSTER_NAME = Schema(
    "cluster_name",
    (
        Column("cluster_id", TEXT, "every id that was ever given, in the order of giving", required=True),
        Column("record_count", COUNT, "records of the newest matching; 0: the id is at rest", "records", required=True),
        Column("merged_into", TEXT, "id that took its place when it was merged"),
    ),
    key=("cluster_id",),
)

CLUSTER_EVENT = Schema(
    "cluster_event",
    (
        Column("run_id", TEXT, "run in which it happened", required=True),
        Column(
            "kind",
            TEXT,
            "new, merged (the other id went into it), split (off the other id), grown, shrunk, retired (no record is left) "
            "or returned",
            required=True,
        ),
        Column("cluster_id", TEXT, "the cluster", required=True),
        Column("other_cluster_id", TEXT, "the cluster that was merged into it, or that it was split off"),
        Column("record_count_before", COUNT, "its records in the matching before", "records", required=True),
        Column("record_count", COUNT, "its records now", "records", required=True),
        Column("moved_count", COUNT, "records that this changed", "records", required=True),
    ),
)


def is_record_key(key: str) -> bool:
    """Whether ``key`` names a record (``system/stream/id``) and not a cluster.

    Examples
    --------
    >>> is_record_key("crm/companies/7"), is_record_key("g-599872fab32f")
    (True, False)
    """
    return "/" in key


def decision_keys(one: str, other: str) -> tuple[str, str]:
    """Return the two keys of a decision as DECISION holds them: the smaller record first, a cluster last.

    Examples
    --------
    >>> decision_keys("g-599872fab32f", "ledger/customers/7")
    ('ledger/customers/7', 'g-599872fab32f')
    """
    left, right = sorted((one, other), key=lambda key: (not is_record_key(key), key))
    return left, right
