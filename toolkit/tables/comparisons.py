"""What comparing systems shows: crosswalk, differences, counterparts, measured handoffs."""

from toolkit.tables.schema import CODED_TEXT, COUNT, DAY, FLAG, INSTANT, MINOR, NUMBER, TEXT, TEXTS, Column, Schema

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
        Column(
            "reason",
            TEXT,
            "source of truth, newest, only value …; most complete, … where somebody has to decide",
            required=True,
        ),
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
        Column("proposed_value", TEXT, "the value chosen for the party; null: nothing settles it"),
        Column("proposed_system", TEXT, "system that the chosen value stands in"),
        Column("decision", TEXT, "which side a person calls right: left, right or neither; null: open"),
    ),
    key=("column", "key_l", "key_r"),
)

SOURCE_OF_TRUTH = Schema(
    "source_of_truth",
    (
        Column("entity", TEXT, "what the records are", required=True),
        Column("column", TEXT, "field", required=True),
        Column("system", TEXT, "system that decides it; null: open, nobody said"),
        Column("differences", COUNT, "fields in which two systems differ by more than formatting", required=True),
        Column("undecided", COUNT, "of these, with neither a chosen value nor a person's word", required=True),
    ),
    key=("entity", "column"),
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

DOCUMENT_PAIR = Schema(
    "document_pair",
    (
        Column("handoff_id", CODED_TEXT, "the handoff that both documents belong to", required=True),
        Column("key_l", CODED_TEXT, "document in the source", required=True),
        Column("key_r", CODED_TEXT, "document in the target that was weighed for it", required=True),
        Column("match_weight", NUMBER, "sum of what the facts tell, and the prior", "bits", required=True),
        Column(
            "match_probability",
            NUMBER,
            "that both are one event, looked at by itself; pairs below .01 are left out",
            "share",
            required=True,
        ),
        Column("lag_days", NUMBER, "target minus source by date; null where a date is unknown", "days"),
        Column("party", CODED_TEXT, "how their parties agree; null: unknown"),
        Column("party_name", CODED_TEXT, "how the target names the source's party; null: not at all"),
        Column("number", CODED_TEXT, "how they quote each other's number; null: neither quotes any"),
        Column("amount", CODED_TEXT, "how their amounts relate; null: unknown"),
        Column("words", CODED_TEXT, "how their titles agree; null: unknown"),
        Column("currency", CODED_TEXT, "how their currencies agree; null: unknown, or unlike throughout"),
    ),
)

DOCUMENT_LINK = Schema(
    "document_link",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("key_l", TEXT, "document in the source; null where only the target is told of"),
        Column("key_r", TEXT, "document in the target; null where only the source is told of"),
        Column(
            "kind",
            TEXT,
            "one (they are one event), together (one document for several), ambiguous (nobody can say which target is the "
            "source's), repeated (a second entry of a target that has its source), contested (a target that an ambiguous "
            "source may own), returned (money that was sent back, and what sent it back) or credited (a source document "
            "and the credit note that takes back the whole of it)",
            required=True,
        ),
        Column("group", COUNT, "number of the documents that stand together or take each other back, within the handoff"),
        Column("basis", TEXT, "what they were found by: reference, number, name, amount and date …"),
        Column("match_probability", NUMBER, "that they are one event, or stand together", "share"),
        Column("amount_relation", TEXT, "how the amounts relate: equal, tax, fee, transposed …; of several, their sum"),
        Column("named_share", NUMBER, "how much of the source's party name the target's party name has", "share"),
    ),
)

COUNTERPART = Schema(
    "counterpart",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("key_l", TEXT, "document in the source; null when only the target has one"),
        Column("key_r", TEXT, "its counterpart, of several the first; null when there is none"),
        Column("more_keys_r", TEXTS, "further documents that together with key_r stand for it, such as part payments"),
        Column(
            "status",
            TEXT,
            "found, missing, waiting (inside the grace window, or not paid yet), extra, ambiguous or unknown (the target "
            "does not cover its time, or the comparison was judged unfit to say); not_due or in_order: a person said so",
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
        Column("amount_r_minor", MINOR, "amount in the target, of several the sum", "minor units"),
        Column("currency", TEXT, "of both"),
        Column("is_error", FLAG, "whether the target disagrees with the source", required=True),
        Column("error_kind", TEXT, "amount, transposed, factor, tax_missed, fee, party, field, currency, missing_field"),
        Column("error_columns", TEXTS, "fields that disagree"),
        Column("is_passed_on", FLAG, "whether the source's amount is wrong itself, as a handoff before found; null: no"),
        Column(
            "decision",
            TEXT,
            "what a person said: found, enter or remove (agreed work), not_due or in_order (which the status is then); "
            "of what arrived wrong left or neither (agreed work), or right (no error then); null: nobody",
        ),
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
        Column("waiting", COUNT, "without one, inside the grace window or not paid yet", "items", required=True),
        Column("ambiguous", COUNT, "with equally good counterparts", "items", required=True),
        Column("unknown", COUNT, "of which it could not be told", "items", required=True),
        Column("not_due", COUNT, "without one, and not due as a person said", "items", required=True),
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
        Column("first_on", DAY, "first local day whose items were counted"),
        Column("last_on", DAY, "last local day whose items were counted"),
    ),
    key=("handoff_id", "measure"),
)

HANDOFF_JUDGEMENT = Schema(
    "handoff_judgement",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column(
            "aspect",
            TEXT,
            "dates, amounts, currency, references, period, filter, factor, disagreement or missing",
            required=True,
        ),
        Column("verdict", TEXT, "sound, partly or failed", required=True),
        Column("reason", TEXT, "what was seen, in a sentence with its numbers", required=True),
        Column("to_do", TEXT, "what to do next; null where it is sound"),
        Column(
            "held_back",
            TEXTS,
            "measures that are not told because of it: volume, missing, lag, error, loss",
            required=True,
        ),
    ),
    key=("handoff_id", "aspect"),
)
