"""What is agreed on: flows in, out and later, how each is accepted, what success is, and what is not said clearly."""

from toolkit.tables.schema import COUNT, DAY, FLAG, NUMBER, TEXT, TEXTS, Column, Schema

SCOPE = Schema(
    "scope",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("label", TEXT, "in the client's words", required=True),
        Column("place", TEXT, "in, phase_2, out or open (it cannot be told yet)", required=True),
        Column("is_said", FLAG, "whether somebody said so; else it follows from the roadmap", required=True),
        Column("reason", TEXT, "why, in a sentence", required=True),
        Column("system_l", TEXT, "from", required=True),
        Column("system_r", TEXT, "to", required=True),
        Column("owner", TEXT, "who is responsible; null: nobody yet"),
        Column("order", COUNT, "in which order it is done; null: it is not"),
        Column("live_on", DAY, "from then on nobody enters it by hand; null: no start was given, or it is not done"),
        Column("cost", NUMBER, "what it costs once, the median", "currency"),
        Column("running_per_month", NUMBER, "fees, upkeep and watching, the median", "currency per month"),
        Column("npv", NUMBER, "what it is worth beyond its cost, the median", "currency"),
        Column("assumptions", TEXTS, "what is taken for granted", required=True),
        Column("duties", TEXTS, "what the client does for it", required=True),
        Column("open_fields", TEXTS, "fields that must be filled there and that nothing fills", required=True),
    ),
    key=("handoff_id",),
)

ACCEPTANCE = Schema(
    "acceptance",
    (
        Column("handoff_id", TEXT, "a handoff in scope", required=True),
        Column("criterion", TEXT, "volume, missing, lag, errors, by_hand, fields or test_cases", required=True),
        Column("sentence", TEXT, "how it is accepted, in a sentence with its numbers", required=True),
        Column("baseline", NUMBER, "what was measured; null: not measured"),
        Column("low", NUMBER, "lower limit of the baseline"),
        Column("high", NUMBER, "upper limit of the baseline"),
        Column("n", COUNT, "cases looked at"),
        Column("target", NUMBER, "what must be reached; null: it cannot be told yet"),
        Column("rule", TEXT, "at_most, at_least or all", required=True),
        Column("unit", TEXT, "unit of baseline and target", required=True),
        Column("evidence", TEXT, "of the baseline: measured, document, interview or default; null: there is none"),
        Column("target_from", TEXT, "where the target comes from", required=True),
        Column("source_table", TEXT, "results table of the baseline", required=True),
        Column("source_filter", TEXT, "condition that selects its rows", required=True),
    ),
    key=("handoff_id", "criterion"),
)

SUCCESS = Schema(
    "success",
    (
        Column("name", TEXT, "its name in the settings", required=True),
        Column("words", TEXT, "what is to be reached, in a sentence", required=True),
        Column("metric", TEXT, "what is measured; null: not said"),
        Column("baseline", NUMBER, "what it is today; null: not said"),
        Column("target", NUMBER, "what it must be; null: not said"),
        Column("unit", TEXT, "unit of both", required=True),
        Column("by_on", DAY, "until when; null: not said"),
        Column("lacking", TEXTS, "of metric, baseline, target and date, what is missing", required=True),
        Column("is_taken", FLAG, "whether it can be judged: nothing is missing", required=True),
    ),
    key=("name",),
)

SCOPE_GAP = Schema(
    "scope_gap",
    (
        Column(
            "kind",
            TEXT,
            "vague, unnamed_system, no_number, success, master, field, acceptance, …",
            required=True,
        ),
        Column("where", TEXT, "what it is about: the place in engagement.yaml, or the handoff", required=True),
        Column("word", TEXT, "the word in question", required=True),
        Column("why", TEXT, "what is wrong, in a sentence", required=True),
        Column("is_blocking", FLAG, "whether nobody should sign before it is mended", required=True),
    ),
)
