"""What can be connected, and what is: in which order, when, by whom, and what stays by hand."""

from toolkit.tables.schema import COUNT, DAY, NUMBER, TEXT, TEXTS, Column, Schema

PROJECT = Schema(
    "project",
    (
        Column("handoff_id", TEXT, "the handoff, or 'total': the clean-up that serves all, a cost alone", required=True),
        Column("cost", NUMBER, "what connecting costs once, the median", "currency"),
        Column("npv", NUMBER, "what it is worth beyond its cost, the median", "currency"),
        Column("cost_now_per_month", NUMBER, "what the handoff costs today, the median", "currency per month"),
        Column("saving_per_month", NUMBER, "what connecting saves, the median", "currency per month"),
        Column("build_days", NUMBER, "person-days of building, the likely value", "days"),
        Column("parallel_weeks", NUMBER, "weeks in which both ways run, the likely value", "weeks"),
        Column("top_share", NUMBER, "share of the simulated cases in which it is among the three dearest today", "share"),
        Column("lacking", TEXTS, "inputs without which nothing can be said"),
        Column("assumed", TEXTS, "inputs of its effort that nobody has confirmed"),
    ),
    key=("handoff_id",),
)

ROADMAP = Schema(
    "roadmap",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("label", TEXT, "in the client's words", required=True),
        Column("state", TEXT, "do, wait (for money or days), manual or unknown", required=True),
        Column("reason", TEXT, "why, in a sentence", required=True),
        Column("place", COUNT, "in which order; null: not to be done"),
        Column("stage", COUNT, "1: the first alone; 2: what pays even in the low case; 3: what pays in the middle one"),
        Column("money_rank", COUNT, "its place by what it costs today; null: unknown"),
        Column("top_share", NUMBER, "share of the simulated cases in which it is among the three dearest today", "share"),
        Column("owner", TEXT, "who is responsible; null: nobody yet"),
        Column("starts_on", DAY, "first day of building; null: no start was given"),
        Column("built_on", DAY, "last day of building"),
        Column("live_on", DAY, "from then on nobody enters it by hand"),
        Column("weeks_to_live", NUMBER, "weeks from the start of the roadmap until then", "weeks"),
        Column("parallel_weeks", NUMBER, "weeks in which both ways run before that", "weeks"),
        Column("build_days", NUMBER, "person-days of building", "days"),
        Column("review_30_on", DAY, "first review of what it brought, and of entries by hand: 0 are expected"),
        Column("review_60_on", DAY, "second review"),
        Column("review_90_on", DAY, "last review: the targets are judged"),
        Column("cost", NUMBER, "what it costs once", "currency"),
        Column("cost_in_all", NUMBER, "of what is not done: its cost with all that it needs and shares", "currency"),
        Column("npv", NUMBER, "what it is worth beyond its cost", "currency"),
        Column("saving_per_month", NUMBER, "what it saves", "currency per month"),
        Column("cd3", NUMBER, "saving a month for each month it takes", "currency per month and month"),
        Column("needs", TEXTS, "what is done before"),
        Column("gates", TEXTS, "what must hold before it goes live"),
        Column("asked", TEXTS, "what is not known of it, and where to write it"),
    ),
    key=("handoff_id",),
)

ROADMAP_TOTAL = Schema(
    "roadmap_total",
    (
        Column("name", TEXT, "budget, days, cost, npv, shared.NAME, forgone, forgone_as_written, …", required=True),
        Column("value", NUMBER, "null: not given"),
        Column("unit", TEXT, "unit", required=True),
        Column("meaning", TEXT, "what it is, in words", required=True),
    ),
    key=("name",),
)
