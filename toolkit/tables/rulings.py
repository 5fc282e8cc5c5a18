"""What persons said: which side of a difference is right, what becomes of an item without a counterpart, how to merge."""

from toolkit.tables.schema import COUNT, INSTANT, TEXT, Column, Schema

DIFFERENCE, MISSING, EXTRA, WRONG = "difference", "missing", "extra", "wrong"
"""What a ruling is about: a field in which two records differ, a document without a counterpart, one without a source, one
that does not say what its source says."""
FINDINGS = (DIFFERENCE, MISSING, EXTRA, WRONG)

STAYS, VALUE = "stays", "value"
"""What a ruling on a merge is about: which of several records of one party stays, and the value that its field takes."""
MERGES = (STAYS, VALUE)

RULING = Schema(
    "ruling",
    (
        Column("sequence", COUNT, "order of entry", required=True),
        Column("subject", TEXT, "difference, missing, extra or wrong; of a merge: stays or value", required=True),
        Column(
            "key_l",
            TEXT,
            "record_key: of two that differ the smaller, of a merge the record that stays, else the document that is alone",
            required=True,
        ),
        Column(
            "key_r",
            TEXT,
            "record_key: of two that differ the larger; the document that a missing one was found as, or that arrived wrong",
        ),
        Column(
            "part",
            TEXT,
            "the field that differs, or the stream in which the other document is looked for (system.stream); of a merge "
            "the stream, or the first column of what is one fact",
            required=True,
        ),
        Column(
            "decision",
            TEXT,
            "left, right or neither (is right; of what arrived wrong the source is left); enter (agreed work), not_due or "
            "found; in_order or remove (agreed work); stays or value (of a merge); open takes an earlier one back",
            required=True,
        ),
        Column("value_l", TEXT, "value of the left record when it was decided; of a merge what the records said (JSON)"),
        Column(
            "value_r",
            TEXT,
            "value of the right record when it was decided; of what arrived wrong how the two differed; of a merge what was "
            "chosen (JSON)",
        ),
        Column("reviewer", TEXT, "who"),
        Column("decided_at", INSTANT, "when", required=True),
        Column("note", TEXT, "remark"),
    ),
    key=("sequence",),
)
