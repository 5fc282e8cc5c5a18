"""The last months as if the integration had been live: item by item, and in money by month."""

from toolkit.tables.schema import COUNT, DAY, FLAG, MINOR, NUMBER, TEXT, TEXTS, Column, Schema

BACKTEST_ITEM = Schema(
    "backtest_item",
    (
        Column("handoff_id", TEXT, "the handoff", required=True),
        Column("item", TEXT, "document of the source; of what was entered twice the second entry", required=True),
        Column("month", DAY, "first day of the month it belongs to", required=True),
        Column("event_on", DAY, "when it happened in the source", required=True),
        Column("arrived_on", DAY, "when it stood in the target; null: never, or not known"),
        Column("would_arrive_on", DAY, "when it would have; null: an integration would not have carried it"),
        Column("days_saved", NUMBER, "how much earlier; null: not known", "days"),
        Column("fate", TEXT, "found, missing, twice or left_out", required=True),
        Column("error_kind", TEXT, "what was wrong with it"),
        Column("is_error_prevented", FLAG, "whether that would not have happened", required=True),
        Column("reason", TEXT, "why it is left out, or why its error would have happened all the same"),
        Column("amount_minor", MINOR, "amount in the source", "minor units"),
        Column("currency", TEXT, "ISO 4217 code"),
    ),
    key=("handoff_id", "item"),
)

BACKTEST = Schema(
    "backtest",
    (
        Column("handoff_id", TEXT, "the handoff, or 'total'", required=True),
        Column("month", DAY, "first day of the month", required=True),
        Column("items", COUNT, "items of the source that are replayed", "items", required=True),
        Column("found", COUNT, "that arrived", "items", required=True),
        Column("missing", COUNT, "that never did, and would have been carried", "items", required=True),
        Column("twice", COUNT, "second entries that would not have been made", "items", required=True),
        Column("errors", COUNT, "wrong items that would not have been", "items", required=True),
        Column("left_out", COUNT, "items of which nothing can be told, or that no integration would change", required=True),
        Column("days_saved", NUMBER, "days that items would have arrived earlier, in all", "days"),
        Column("hours_saved", NUMBER, "hours of entry by hand; null: minutes are not known", "hours"),
        Column("labour_saved", NUMBER, "what they cost", "currency"),
        Column("errors_saved", NUMBER, "what mending would not have cost", "currency"),
        Column("delay_saved", NUMBER, "what waiting would not have cost", "currency"),
        Column("running_cost", NUMBER, "what the integration would have cost", "currency"),
        Column("net", NUMBER, "saved less running cost; null: something is not known", "currency"),
        Column("not_priced", COUNT, "items whose waiting has no price: another currency, or no amount", required=True),
        Column("lacking", TEXTS, "inputs without which a part has no price"),
    ),
    key=("handoff_id", "month"),
)
