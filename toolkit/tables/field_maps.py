"""Which field becomes which between two systems, whether that survives on the data, and what to test it with."""

from toolkit.tables.schema import COUNT, FLAG, NUMBER, TEXT, TEXTS, Column, Schema

FIELD_MAP = Schema(
    "field_map",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("target_column", TEXT, "field of the target, canonically", required=True),
        Column("target_field", TEXT, "its name in the target system", required=True),
        Column("target_type", TEXT, "text, amount, day, moment, number, yes or no, list", required=True),
        Column("source_columns", TEXTS, "fields of the source that fill it; none: see why", required=True),
        Column("source_fields", TEXTS, "their names in the source system", required=True),
        Column("source_types", TEXTS, "their types", required=True),
        Column("transform", TEXT, "how it is carried, by the name of the transform; null: not carried"),
        Column("options", TEXT, "what the transform is told, in words", required=True),
        Column("is_required", FLAG, "whether the target refuses a record without it; null: nobody knows"),
        Column("default", TEXT, "what stands there when the source has nothing; null: nothing was named"),
        Column("master", TEXT, "system that decides the field; null: open"),
        Column("is_proposed", FLAG, "whether the toolkit proposed it and nobody confirmed it", required=True),
        Column("is_made_there", FLAG, "whether the target gives or works it out itself", required=True),
        Column("is_open", FLAG, "whether it must be filled and nothing fills it: blocks the sign-off", required=True),
        Column("why", TEXT, "why it is filled so, or not", required=True),
        Column("rows", COUNT, "records of the source with a value, each tried there and back", "records", required=True),
        Column("survived", COUNT, "of these, that came back as they were", "records", required=True),
        Column("survived_share", NUMBER, "survived / rows; null: nothing to try", "share"),
        Column("low", NUMBER, "Wilson 95 % lower limit", "share"),
        Column("high", NUMBER, "Wilson 95 % upper limit", "share"),
        Column("compared", COUNT, "matched records with a value on both sides", "records", required=True),
        Column("agreed", COUNT, "of these, where the target says what would arrive", "records", required=True),
    ),
    key=("handoff_id", "target_column"),
)

FIELD_MAP_EXAMPLE = Schema(
    "field_map_example",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("target_column", TEXT, "field of the target, canonically", required=True),
        Column("kind", TEXT, "refused, changed (it comes back otherwise) or differs (from the target today)", required=True),
        Column("place", COUNT, "from the most common one on", required=True),
        Column("value", TEXT, "what the source has", required=True),
        Column("carried", TEXT, "what would arrive; null: refused"),
        Column("came_back", TEXT, "what came back, or what the target has; null: nothing"),
        Column("reason", TEXT, "why, in a sentence", required=True),
        Column("rows", COUNT, "records with it", "records", required=True),
        Column("record_key", TEXT, "one of these records", required=True),
    ),
    key=("handoff_id", "target_column", "kind", "place"),
)

TEST_CASE = Schema(
    "test_case",
    (
        Column("handoff_id", TEXT, "the handoff to be tested", required=True),
        Column("kind", TEXT, "refund, other_currency, partial_payment … as EDGE_CASE has it", required=True),
        Column("place", COUNT, "within its kind", required=True),
        Column("found", COUNT, "records of the kind in all", "records", required=True),
        Column("record_key", TEXT, "the record of the source to test with", required=True),
        Column("party_name", TEXT, "customer or supplier as written"),
        Column("column", TEXT, "what shows it", required=True),
        Column("value", TEXT, "value as written"),
        Column("expected", TEXT, "what must arrive by the field map; null: nothing carries that field"),
        Column("counterpart_key", TEXT, "the record that stands for it in the target today; null: none is known"),
        Column("reason", TEXT, "what is unusual", required=True),
    ),
    key=("handoff_id", "kind", "place"),
)
