"""Values of records as text that an interface carries."""

from datetime import UTC, date, datetime

import pyarrow as pa

from toolkit.audit.scope.carried_values import column_texts, column_type
from toolkit.tables import DOCUMENT
from toolkit.tables.schema import INSTANT, TEXTS


def table(column: str, values: list[object], kind: pa.DataType, dated: list[list[str] | None] | None = None) -> pa.Table:
    return pa.table({column: pa.array(values, kind), "date_only": pa.array(dated or [None] * len(values), TEXTS)})


def test_a_moment_is_in_the_clients_own_time_zone() -> None:
    """Half past two at night in UTC is the evening before in Chicago."""
    moments = table("closed_at", [datetime(2026, 1, 2, 2, 30, tzinfo=UTC), None], INSTANT)

    assert column_texts(moments, "closed_at", "America/Chicago") == ["2026-01-01T20:30:00", ""]


def test_a_day_without_a_time_stays_that_day_everywhere() -> None:
    """Midnight stands for it: it never becomes the evening before."""
    days = table("paid_at", [datetime(2026, 1, 2, tzinfo=UTC)], INSTANT, [["paid_at"]])

    assert column_texts(days, "paid_at", "America/Chicago") == ["2026-01-02"]


def test_amounts_days_and_truths_are_text_and_nothing_is_empty() -> None:
    """A column that a system does not have has no value."""
    amounts = table("amount_minor", [1050, -1, None], pa.int64())

    assert column_texts(amounts, "amount_minor", "UTC") == ["1050", "-1", ""]
    assert column_texts(amounts, "tax_minor", "UTC") == ["", "", ""]
    assert column_texts(table("issued_on", [date(2026, 1, 2)], pa.date32()), "issued_on", "UTC") == ["2026-01-02"]
    assert column_texts(table("is_won", [True, False, None], pa.bool_()), "is_won", "UTC") == ["true", "false", ""]


def test_every_column_of_a_document_has_a_type_in_words() -> None:
    """Nothing is called by the name of a programming language."""
    found = {column_type("invoice", name) for name in DOCUMENT.names}

    assert found <= {"text", "amount", "day", "moment", "number", "yes or no", "list"}
    assert column_type("invoice", "amount_minor") == "amount"
    assert column_type("invoice", "offset_minutes") == "number"
