"""Which system is right: masters by entity and group of fields, what each policy would settle, how far systems agree."""

from toolkit.tables.schema import COUNT, FLAG, INSTANT, NUMBER, TEXT, TEXTS, Column, Schema

MASTER_CELL = Schema(
    "master_cell",
    (
        Column("entity", TEXT, "what the records are", required=True),
        Column("field_group", TEXT, "name, contact, address, tax, status, amounts, payment, dates, …", required=True),
        Column("system", TEXT, "a system that keeps these fields", required=True),
        Column("role", TEXT, "master, copy, reader (a derived view) or open (nobody said who is master)", required=True),
        Column("is_proposed", FLAG, "whether the toolkit proposes it as master", required=True),
        Column("policy", TEXT, "of a copy: reject, propagate or manual, for changes made there; null: nobody said"),
        Column("columns", TEXTS, "fields of the group that it fills", required=True),
        Column("filled", COUNT, "values there", required=True),
        Column("is_open", FLAG, "whether several systems keep the group and none is named master", required=True),
        Column("why", TEXT, "why, in a sentence", required=True),
    ),
    key=("entity", "field_group", "system"),
)

CONFLICT = Schema(
    "conflict",
    (
        Column("column", TEXT, "field in which two records differ", required=True),
        Column("key_l", TEXT, "record", required=True),
        Column("key_r", TEXT, "record in the other system", required=True),
        Column("system_l", TEXT, "system", required=True),
        Column("system_r", TEXT, "other system", required=True),
        Column("changed_l_at", INSTANT, "when the left record was last changed; null: unknown"),
        Column("changed_r_at", INSTANT, "when the right one was"),
        Column("filled_l", COUNT, "fields that the left record fills", required=True),
        Column("filled_r", COUNT, "fields that the right one fills", required=True),
        Column("master_wins", TEXT, "l or r; null: a person has to decide"),
        Column("latest_wins", TEXT, "l or r; null: a tie, or a time is unknown: a person has to decide"),
        Column("most_complete_wins", TEXT, "l or r; null: a tie: a person has to decide"),
        Column("by_field", TEXT, "l or r by the policy that was agreed on for the field; null: a person has to decide"),
        Column("decision", TEXT, "what a person said: l, r or neither; null: nobody"),
    ),
    key=("column", "key_l", "key_r"),
)

CONFLICT_POLICY = Schema(
    "conflict_policy",
    (
        Column("policy", TEXT, "master_wins, latest_wins, most_complete_wins, by_field or human_queue", required=True),
        Column("column", TEXT, "field, or 'total'", required=True),
        Column("conflicts", COUNT, "fields in which two records differ by more than formatting", required=True),
        Column("settled", COUNT, "of these, that the policy settles", required=True),
        Column("person", COUNT, "of these, that a person has to decide", required=True),
        Column("person_share", NUMBER, "person / conflicts; null: no conflict", "share"),
        Column("judged", COUNT, "settled ones of which a person has said who is right", required=True),
        Column("agreed", COUNT, "of these, where the policy says the same", required=True),
    ),
    key=("policy", "column"),
)

CONSISTENCY = Schema(
    "consistency",
    (
        Column("column", TEXT, "field, or 'total'", required=True),
        Column("master", TEXT, "system that decides it, or 'total'", required=True),
        Column("system", TEXT, "system that is held against it, or 'total'", required=True),
        Column("compared", COUNT, "matched records of which the master has a value", "records", required=True),
        Column("equal", COUNT, "of these, that say the same, formatting aside", "records", required=True),
        Column("share", NUMBER, "equal / compared; null: nothing was compared", "share"),
        Column("low", NUMBER, "Wilson 95 % lower limit", "share"),
        Column("high", NUMBER, "Wilson 95 % upper limit", "share"),
    ),
    key=("column", "master", "system"),
)
