"""What shows that it worked: measures with target and baseline, their reviews; what broke or was mended between two runs."""

from toolkit.tables.schema import COUNT, DAY, FLAG, NUMBER, TEXT, TEXTS, Column, Schema

KPI = Schema(
    "kpi",
    (
        Column("kpi_id", TEXT, "the measure", required=True),
        Column("label", TEXT, "in the client's words", required=True),
        Column("unit", TEXT, "unit", required=True),
        Column("rule", TEXT, "reduction_at_least, below or at_most", required=True),
        Column("target", NUMBER, "a share for a reduction, else in the unit", required=True),
        Column("owner", TEXT, "who is responsible; null: nobody yet"),
        Column("by_on", DAY, "when the target is to be reached: as given, else the last review"),
        Column("live_on", DAY, "from then on the integration does the work; null: not known yet"),
        Column("baseline", NUMBER, "as it was before; null: not known, and nothing is judged against it"),
        Column("baseline_low", NUMBER, "lower limit (95 % where it was counted)"),
        Column("baseline_high", NUMBER, "upper limit"),
        Column("baseline_x", COUNT, "cases counted, of a share"),
        Column("baseline_n", COUNT, "cases looked at"),
        Column("baseline_first_on", DAY, "first day that was measured"),
        Column("baseline_last_on", DAY, "last day, or the day it was said"),
        Column("baseline_evidence", TEXT, "measured, document or interview"),
        Column("baseline_method", TEXT, "how, in a sentence, or why it is not known"),
        Column("asked", TEXTS, "what is still to be said of it, and where to write it"),
    ),
    key=("kpi_id",),
)

KPI_REVIEW = Schema(
    "kpi_review",
    (
        Column("kpi_id", TEXT, "the measure", required=True),
        Column("days", COUNT, "after going live", "days", required=True),
        Column("due_on", DAY, "when it is looked at", required=True),
        Column("state", TEXT, "judged, not_due or not_measured", required=True),
        Column("value", NUMBER, "as it is; null: not measured"),
        Column("low", NUMBER, "lower limit"),
        Column("high", NUMBER, "upper limit"),
        Column("x", COUNT, "cases counted, of a share"),
        Column("n", COUNT, "cases looked at"),
        Column("first_on", DAY, "first day that was measured"),
        Column("last_on", DAY, "last day, or the day it was said"),
        Column("evidence", TEXT, "measured, document or interview"),
        Column("method", TEXT, "how, in a sentence, or why it is not known"),
        Column("difference", NUMBER, "value less baseline"),
        Column("difference_low", NUMBER, "lower limit"),
        Column("difference_high", NUMBER, "upper limit"),
        Column("reduction", NUMBER, "how much less it is, of the baseline", "share"),
        Column("reduction_low", NUMBER, "lower limit", "share"),
        Column("reduction_high", NUMBER, "upper limit", "share"),
        Column("verdict", TEXT, "met, missed, undecided, not_applicable or cannot_be_judged", required=True),
        Column("reason", TEXT, "in a sentence", required=True),
        Column("is_final", FLAG, "whether the target is judged for good", required=True),
    ),
    key=("kpi_id", "days"),
)

DRIFT = Schema(
    "drift",
    (
        Column("kind", TEXT, "mismatch, missing, extra, error or finding", required=True),
        Column("item", TEXT, "the record or records that it is about", required=True),
        Column("subject", TEXT, "field, handoff or check", required=True),
        Column("state", TEXT, "new, repaired (or gone) or still", required=True),
        Column("before", TEXT, "what was wrong in the earlier run"),
        Column("now", TEXT, "what is wrong in the later one"),
    ),
    key=("kind", "item", "subject"),
)
