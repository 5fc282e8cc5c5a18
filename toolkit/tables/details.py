"""What handoffs are made of: on which weekdays, which kinds of errors; invoices corrected, payments perhaps made twice."""

from toolkit.tables.schema import COUNT, DAY, FLAG, MINOR, NUMBER, TEXT, TEXTS, Column, Schema

HANDOFF_WEEKDAY = Schema(
    "handoff_weekday",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("weekday", COUNT, "1 Monday to 7 Sunday, of the source's local day", required=True),
        Column("items", COUNT, "source documents of the whole months that are measured", "items", required=True),
        Column("share", NUMBER, "of all of them", "share"),
    ),
    key=("handoff_id", "weekday"),
)

HANDOFF_ERROR = Schema(
    "handoff_error",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column(
            "kind",
            TEXT,
            "typing, decimal, transposition, date_swap, duplicate_entry, wrong_party, tax_or_fee, other or changed_later",
            required=True,
        ),
        Column("label", TEXT, "in words", required=True),
        Column("x", COUNT, "items with it; null: cannot be told", "items"),
        Column("n", COUNT, "items looked at", "items", required=True),
        Column("share", NUMBER, "x / n; null: cannot be told", "share"),
        Column("low", NUMBER, "Wilson 95 % lower limit", "share"),
        Column("high", NUMBER, "upper limit", "share"),
        Column("first_on", DAY, "first day whose items were looked at"),
        Column("last_on", DAY, "last day"),
        Column("method", TEXT, "how, in a sentence", required=True),
    ),
    key=("handoff_id", "kind"),
)

CORRECTION = Schema(
    "correction",
    (
        Column("record_key", TEXT, "an invoice that needed a correction", required=True),
        Column("number", TEXT, "the number people quote"),
        Column("issued_on", DAY, "when it was issued"),
        Column("kinds", TEXTS, "credited, voided, edited", required=True),
        Column("reason", TEXT, "in a sentence", required=True),
        Column("other_key", TEXT, "the credit note"),
        Column("amount_minor", MINOR, "amount of the invoice", "minor units"),
        Column("currency", TEXT, "ISO 4217 code"),
    ),
    key=("record_key",),
)

CORRECTION_MONTH = Schema(
    "correction_month",
    (
        Column("system", TEXT, "system", required=True),
        Column("stream", TEXT, "list of invoices, or of credit notes", required=True),
        Column("month", DAY, "first day of the month of issue", required=True),
        Column("invoices", COUNT, "issued", "invoices", required=True),
        Column("corrected", COUNT, "of these, seen to need a correction", "invoices", required=True),
        Column("is_edit_told", FLAG, "whether a second snapshot tells of edits", required=True),
        Column("credit_notes_left", COUNT, "that fit no invoice, and count for none", "credit notes", required=True),
    ),
    key=("system", "stream", "month"),
)

DUPLICATE_PAYMENT = Schema(
    "duplicate_payment",
    (
        Column("key_first", TEXT, "the earlier entry", required=True),
        Column("key_second", TEXT, "the later one, which may be the same payment again", required=True),
        Column("system", TEXT, "system", required=True),
        Column("stream", TEXT, "list", required=True),
        Column("incident", COUNT, "number of the incident: a bill and its payment may both stand twice", required=True),
        Column("vendor", TEXT, "supplier as written"),
        Column("amount_minor", MINOR, "amount of each", "minor units", required=True),
        Column("currency", TEXT, "ISO 4217 code"),
        Column("first_on", DAY, "day of the earlier", required=True),
        Column("second_on", DAY, "day of the later", required=True),
        Column("number_first", TEXT, "number of the earlier"),
        Column("number_second", TEXT, "number of the later"),
        Column("reason", TEXT, "why they may be one, in a sentence", required=True),
    ),
    key=("key_second",),
)
