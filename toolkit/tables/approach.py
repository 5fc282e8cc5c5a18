"""By which approach each handoff is to be connected, what each way costs, and what is asked."""

from toolkit.tables.schema import COUNT, DAY, FLAG, NUMBER, TEXT, TEXTS, Column, Schema

APPROACH = Schema(
    "approach",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("approach", TEXT, "code of the approach; null: what is unknown could change it"),
        Column("approach_words", TEXT, "the same in words, or what is possible", required=True),
        Column("reason_codes", TEXTS, "codes of the reasons", required=True),
        Column("reasons", TEXTS, "the reasons in words", required=True),
        Column("flag_codes", TEXTS, "codes of what must be known beside it", required=True),
        Column("flags", TEXTS, "the same in words", required=True),
        Column("possible", TEXTS, "approaches that are left, whatever the unknown facts are", required=True),
        Column("if_usual", TEXT, "the approach if every unknown fact were as usual: a guess, no advice", required=True),
        Column("asked", TEXTS, "what could change the approach and is asked, the first to ask first", required=True),
        Column("asked_keys", TEXTS, "keys of engagement.yaml that take the answers", required=True),
        Column("asked_beside", TEXTS, "what changes nothing of the approach and is asked all the same", required=True),
        Column("asked_beside_keys", TEXTS, "keys that take these answers", required=True),
        Column("remarks", TEXTS, "what was taken for granted or does not fit together, in sentences", required=True),
        Column("money_missing", TEXTS, "inputs without which a rule on money says nothing", required=True),
        Column("decision", TEXT, "of the recommendation: connect, later, by_hand or unknown"),
        Column("ops_per_month", NUMBER, "operations: items times steps", "operations per month"),
        Column("native_share", NUMBER, "of what must be carried the vendors' own connector carries", "share"),
        Column("native_lost", TEXTS, "fields and directions that it does not carry", required=True),
        Column("feasibility", COUNT, "0 to 100, over what is known"),
        Column("feasibility_known", NUMBER, "how much of it is known", "share", required=True),
        Column("effort", TEXT, "class of effort that the feasibility speaks for; null: too little is known"),
        Column("delivery", TEXT, "webhook, polling or batch; null: not known"),
        Column("delivery_why", TEXT, "why", required=True),
        Column("checks_per_month", NUMBER, "checks for news", "checks per month"),
        Column("controls", TEXTS, "what must be there before messages are relied on", required=True),
    ),
    key=("handoff_id",),
)

APPROACH_WAY = Schema(
    "approach_way",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("approach", TEXT, "code of the way", required=True),
        Column("words", TEXT, "the same in words", required=True),
        Column("platform", TEXT, "platform that it was reckoned with"),
        Column("is_chosen", FLAG, "whether it is the advice", required=True),
        Column("why_not", TEXT, "why it is not"),
        Column("build_days", NUMBER, "days to build it", "days"),
        Column("one_time", NUMBER, "what it costs once", "currency"),
        Column("running_per_month", NUMBER, "fee, upkeep and hosting", "currency per month"),
        Column("work_per_month", NUMBER, "work, errors and waiting that are left", "currency per month"),
        Column("connection_total", NUMBER, "what connecting alone costs over the horizon", "currency"),
        Column("total", NUMBER, "the same with the work that is left", "currency"),
        Column("horizon_months", COUNT, "months that both hold", "months", required=True),
        Column("latency", TEXT, "how long an item waits", required=True),
        Column("upkeep", TEXT, "what keeps it going", required=True),
        Column("failure", TEXT, "how it fails", required=True),
        Column("missing", TEXTS, "inputs without which its cost is unknown", required=True),
    ),
    key=("handoff_id", "approach"),
)

APPROACH_PLATFORM = Schema(
    "approach_platform",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("platform", TEXT, "its name, as quotes name it", required=True),
        Column("label", TEXT, "as people say it", required=True),
        Column("branch", TEXT, "simple, advanced, enterprise or unified", required=True),
        Column("unit", TEXT, "what it bills by", required=True),
        Column("units_per_month", NUMBER, "how many of them", "units per month"),
        Column("tier", TEXT, "the cheapest plan that carries them"),
        Column("monthly_fee", NUMBER, "its fee; null: no price that may be told", "currency per month"),
        Column("status", TEXT, "quoted, list, too_small or no_price", required=True),
        Column("as_of", DAY, "day of the price list"),
        Column("source", TEXT, "where the price stands", required=True),
        Column("note", TEXT, "what must be known of it", required=True),
    ),
    key=("handoff_id", "platform"),
)

APPROACH_FEE = Schema(
    "approach_fee",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("platform", TEXT, "its name, as quotes name it", required=True),
        Column("label", TEXT, "as people say it", required=True),
        Column("items_per_month", NUMBER, "items carried", "items per month", required=True),
        Column("monthly_fee", NUMBER, "its fee then, by its list; null: no plan carries so many", "currency per month"),
        Column(
            "build_per_month",
            NUMBER,
            "the fee at which a build of one's own costs the same over the horizon; null: unknown, or never",
            "currency per month",
        ),
    ),
    key=("handoff_id", "platform", "items_per_month"),
)

APPROACH_FLIP = Schema(
    "approach_flip",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("quantity", TEXT, "volume_per_month, platform_fee_per_month or day_rate", required=True),
        Column("is_from", FLAG, "whether the other approach holds from this value on, not below it", required=True),
        Column("today", NUMBER, "its value now", required=True),
        Column("at", NUMBER, "the nearest value with another answer", required=True),
        Column("factor", NUMBER, "that over today's", required=True),
        Column("approach", TEXT, "the answer there", required=True),
    ),
    key=("handoff_id", "quantity", "is_from"),
)
