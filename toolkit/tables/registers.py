"""The landscape's registers: what a consultant keeps of systems, links, people's answers and patterns, a table each.

They are worked out when somebody asks; no run holds them.
"""

from toolkit.tables.schema import COUNT, DAY, FLAG, INSTANT, NUMBER, TEXT, TEXTS, Column, Schema

PATTERN = Schema(
    "pattern",
    (
        Column("pattern", TEXT, "the template's name", required=True),
        Column("label", TEXT, "in words", required=True),
        Column("standing", TEXT, "there, partly, possible or lacking (systems or records)", required=True),
        Column("flow", TEXT, "one handoff of it", required=True),
        Column("flow_label", TEXT, "in words", required=True),
        Column("handoffs", TEXTS, "handoffs of the client that are this flow already"),
        Column("ends", TEXTS, "between which lists it can go, as from > to"),
        Column("lacks", TEXTS, "what the client does not have for it"),
        Column("trigger", TEXT, "code of what starts it once it is connected", required=True),
        Column("starts", TEXT, "what starts the pattern, in words", required=True),
        Column("steps", TEXTS, "the actions of one run"),
        Column("kpi", TEXT, "how success is counted", required=True),
        Column("minutes_before", TEXT, "an example with its source, or: to be asked", required=True),
        Column("minutes_after", TEXT, "the same once it is connected", required=True),
        Column("linked", COUNT, "of a loop: how many of its flows close the circle; null: no loop"),
    ),
    key=("pattern", "flow"),
)

CATALOGUE = Schema(
    "catalogue",
    (
        Column("kind", TEXT, "category, product or platform", required=True),
        Column("name", TEXT, "as settings name it", required=True),
        Column("label", TEXT, "in words", required=True),
        Column("category", TEXT, "of a product: its kind; of a platform: for which flows it is"),
        Column("interface", TEXT, "how it is asked; of a category what is usual"),
        Column("formats", TEXTS, "formats of what goes over it"),
        Column("methods", TEXTS, "methods of HTTP that it takes"),
        Column("stateless", FLAG, "whether each request stands alone"),
        Column("id_fields", TEXTS, "what names its records"),
        Column("exports", TEXTS, "what its export files are called"),
        Column("read_with", TEXT, "the connector that knows it; null: its files are read as any table"),
        Column("pricing_unit", TEXT, "of a platform: what it counts"),
        Column("note", TEXT, "what must be known besides"),
        Column("as_of", DAY, "when that was looked up"),
        Column("is_old", FLAG, "whether that is longer ago than 180 days"),
        Column("source", TEXT, "where"),
        Column("is_own", FLAG, "whether this engagement says so", required=True),
        Column("here", TEXTS, "the client's systems of it"),
    ),
    key=("kind", "name"),
)

SCORECARD = Schema(
    "scorecard",
    (
        Column("system", TEXT, "the client's system", required=True),
        Column("product", TEXT, "the product behind it; null: nobody said"),
        Column("score", COUNT, "0 to 100 over the criteria that are known; null: none is"),
        Column("known_share", NUMBER, "share of the ten criteria that are known", "share", required=True),
        Column("criterion", TEXT, "one of the ten", required=True),
        Column("answer", TEXT, "null: not known"),
        Column("points", NUMBER, "0 to 1; null: not known"),
    ),
    key=("system", "criterion"),
)

INTERFACE = Schema(
    "interface",
    (
        Column("system", TEXT, "the client's system", required=True),
        Column("product", TEXT, "the product behind it; null: nobody said"),
        Column("interface", TEXT, "rest, graphql, query, odata, soap, sql, files or none; null: not known"),
        Column("methods", TEXTS, "methods of HTTP that it takes"),
        Column("formats", TEXTS, "formats of what goes over it"),
        Column("stateless", FLAG, "whether each request stands alone"),
        Column("limit_a_minute", NUMBER, "requests a minute that it takes; null: not known"),
        Column("peak_a_minute", COUNT, "records made or changed in its busiest minute; null: nothing tells minutes"),
        Column("peak_share", NUMBER, "the peak of the limit, one request a record", "share"),
        Column("is_flagged", FLAG, "whether the peak is above 80 % of the limit"),
        Column("source", TEXT, "connector, catalogue, or what somebody said; null: nothing is known"),
        Column("as_of", DAY, "when the catalogue's facts were looked up"),
    ),
    key=("system",),
)

OVERLAP = Schema(
    "overlap",
    (
        Column("kind", TEXT, "category: several systems of a kind; mastered_twice: records begin in several", required=True),
        Column("what", TEXT, "the category or the entity", required=True),
        Column("systems", TEXTS, "the systems"),
        Column("decided_by", TEXT, "the system that decides, where somebody said so; null: open"),
        Column("ask", TEXT, "what to ask", required=True),
    ),
    key=("kind", "what"),
)

SHADOW_FLOW = Schema(
    "shadow_flow",
    (
        Column("shadow_id", TEXT, "a name for it as a handoff", required=True),
        Column("system_l", TEXT, "where the records come from", required=True),
        Column("system_r", TEXT, "where they go", required=True),
        Column("trigger", TEXT, "manual", required=True),
        Column("carrier", TEXT, "sheet or email", required=True),
        Column("found_in", TEXT, "where it was said: the key of the settings, or the answer", required=True),
        Column("words", TEXT, "what was said", required=True),
    ),
    key=("shadow_id",),
)

AUTOMATION = Schema(
    "automation",
    (
        Column("automation", TEXT, "its name in the settings", required=True),
        Column("tool", TEXT, "what it runs on; null: nobody said"),
        Column("system_l", TEXT, "from", required=True),
        Column("system_r", TEXT, "to", required=True),
        Column("trigger", TEXT, "what starts it; null: nobody said"),
        Column("owner", TEXT, "who answers for it; null: nobody"),
        Column("last_success", DAY, "when it last ran well; null: nobody knows"),
        Column("days_since", COUNT, "days since then"),
        Column("failure_mode", TEXT, "what happens when it fails; null: nobody knows"),
        Column("handoffs", TEXTS, "handoffs between the same systems: is it still carried by hand?"),
        Column("reaches", TEXTS, "what its access lets it read or write"),
        Column("reviewed_on", DAY, "when somebody last looked at that access; null: never"),
        Column("review_age_days", COUNT, "days since then"),
        Column("is_review_due", FLAG, "whether that is longer than 90 days ago, or never was", required=True),
        Column("orphaned", TEXTS, "why it is an orphan; empty: it is none"),
        Column("missing", TEXTS, "what nobody has said of it"),
    ),
    key=("automation",),
)

COMPLETENESS = Schema(
    "completeness",
    (
        Column("system", TEXT, "the client's system, or 'all'", required=True),
        Column("filled", COUNT, "answers that are there", required=True),
        Column("asked", COUNT, "answers that must be", required=True),
        Column("share", NUMBER, "filled of asked; null: nothing is asked", "share"),
        Column("missing", TEXTS, "what is not known"),
    ),
    key=("system",),
)

HANDOFF_CARD = Schema(
    "handoff_card",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("label", TEXT, "in the client's words", required=True),
        Column("trigger", TEXT, "code of what starts it; null: nobody said"),
        Column("trigger_words", TEXT, "the same in words"),
        Column("data", TEXT, "what is carried; null: nobody said"),
        Column("destination", TEXT, "where it goes", required=True),
        Column("format", TEXT, "in which form; null: nobody said"),
        Column("carrier", TEXT, "how it is carried; null: nobody said"),
        Column("steps", TEXTS, "what is done, each with its minutes"),
        Column("step_minutes", NUMBER, "minutes of all steps; null: not known of each", "minutes"),
        Column("minutes_per_item", NUMBER, "what somebody said one item takes, the likely value", "minutes"),
        Column("is_ready", FLAG, "whether trigger, data, destination and format are known", required=True),
        Column("missing", TEXTS, "which of the four is not"),
        Column("doubt", TEXT, "where the minutes of the steps are not those of the item"),
    ),
    key=("handoff_id",),
)

SCREENING = Schema(
    "screening",
    (
        Column("item", TEXT, "the sign", required=True),
        Column("question", TEXT, "what is asked", required=True),
        Column("answer", TEXT, "yes, no or unknown", required=True),
        Column("because", TEXT, "who or what says so"),
    ),
    key=("item",),
)

LANE = Schema(
    "lane",
    (
        Column("handoff_id", TEXT, "the handoff between the two lanes", required=True),
        Column("state_l", TEXT, "how the item stands in the left lane", required=True),
        Column("state_r", TEXT, "how its counterpart stands in the right lane, or: none", required=True),
        Column("items", COUNT, "how many stand so", required=True),
        Column("is_differing", FLAG, "whether the two states contradict each other", required=True),
        Column("because", TEXT, "why"),
        Column("examples", TEXTS, "up to three records"),
    ),
    key=("handoff_id", "state_l", "state_r"),
)

FIRST_CANDIDATE = Schema(
    "first_candidate",
    (
        Column("kind", TEXT, "bank feed, payment processor, or sales or billing tool", required=True),
        Column("handoffs", TEXTS, "the client's handoffs of that kind"),
        Column("systems", TEXTS, "the systems that make it possible"),
        Column("is_present", FLAG, "whether the client has what it needs", required=True),
        Column("best_rank", COUNT, "the best place of its handoffs by what they cost today; null: not known"),
        Column("said", TEXT, "how that agrees with doing it first", required=True),
    ),
    key=("kind",),
)

ANSWER = Schema(
    "answer",
    (
        Column("answer_id", TEXT, "its name in the settings", required=True),
        Column("about", TEXT, "what it is about: a setting, a system, a handoff; null: nothing named"),
        Column("question", TEXT, "what was asked", required=True),
        Column("answer", TEXT, "what was said", required=True),
        Column("who", TEXT, "who said it", required=True),
        Column("on", DAY, "when", required=True),
        Column("confidence", TEXT, "high, medium or low", required=True),
    ),
    key=("answer_id",),
)

HANDOVER = Schema(
    "handover",
    (
        Column("from_who", TEXT, "who changed it before", required=True),
        Column("to_who", TEXT, "who changed it next", required=True),
        Column("handovers", COUNT, "how often", required=True),
        Column("cases", COUNT, "in how many cases", required=True),
        Column("timed", COUNT, "of how many both times are known", required=True),
        Column("median_hours", NUMBER, "how long the case waited, the median; null: no times", "hours"),
        Column("longest_hours", NUMBER, "the longest", "hours"),
    ),
    key=("from_who", "to_who"),
)

OPEN_SECRET = Schema(
    "open_secret",
    (
        Column("file", TEXT, "path below the engagement", required=True),
        Column("part", TEXT, "member of an archive or workbook; empty: the file itself", required=True),
        Column("line", COUNT, "line, from 1", required=True),
        Column("kind", TEXT, "what kind of secret; its text is kept nowhere", required=True),
    ),
)

RISK = Schema(
    "risk",
    (
        Column("risk_id", TEXT, "poor_data, misaligned_process, scope_creep, hidden_cost or skills_gap", required=True),
        Column("label", TEXT, "in words", required=True),
        Column("score", NUMBER, "0 to 100, the mean of what was seen; null: nothing is known of it"),
        Column("level", TEXT, "high (from 50), medium (from 20), low or not known", required=True),
        Column("seen", TEXTS, "what was seen, in sentences", required=True),
        Column("to_do", TEXT, "what to do about it", required=True),
    ),
    key=("risk_id",),
)

RUN_HEALTH = Schema(
    "run_health",
    (
        Column("integration", TEXT, "as its log names it", required=True),
        Column("runs", COUNT, "that ended well or failed", "runs", required=True),
        Column("failed", COUNT, "of these", "runs", required=True),
        Column("failed_percent", NUMBER, "failed / runs; null without runs", "percent"),
        Column("low_percent", NUMBER, "Wilson 95 % lower limit", "percent"),
        Column("high_percent", NUMBER, "upper limit", "percent"),
        Column("last_success_at", INSTANT, "when it last ended well; null: never, or not known"),
        Column("failed_since", COUNT, "failures since then", "runs", required=True),
        Column("waiting", COUNT, "not ended yet", "runs", required=True),
        Column("oldest_waiting_hours", NUMBER, "how long the oldest of them waits, at the end of the log", "hours"),
        Column("unread", COUNT, "lines with a status that is none that is known", required=True),
    ),
    key=("integration",),
)
