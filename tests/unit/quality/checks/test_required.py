"""What a record cannot do without, and what counts as missing."""

from datetime import UTC, date, datetime

import pytest

from tests.quality_records import by_stream, failing, outcomes, stream_table
from toolkit.quality.checks.required import CHECK
from toolkit.quality.requirements import REQUIRED


@pytest.mark.parametrize(
    ("entity", "columns", "words", "severity"),
    [(entity, one.columns, one.words, one.severity) for entity, some in REQUIRED.items() for one in some],
)
def test_a_requirement_is_met_by_any_of_its_columns(
    entity: str, columns: tuple[str, ...], words: str, severity: str
) -> None:
    """The record that has none of them fails, as soon as another one has."""
    rows = [{"record_id": name, name: _value(name)} for name in columns]

    found = outcomes(CHECK, by_stream(stream_table(entity, [*rows, {"record_id": "bare"}])))

    [one] = [one for one in found if one.label.endswith(f" without {words}")]
    assert [key.rpartition("/")[2] for key in one.failing["record_key"].to_pylist()] == ["bare"]
    assert (one.severity, one.column) == (severity, columns[0])


def _value(column: str) -> object:
    if column.endswith("_minor"):
        return 5
    if column.endswith("_on"):
        return date(2026, 1, 1)
    return datetime(2026, 1, 1, tzinfo=UTC) if column.endswith("_at") else "Acme"


@pytest.mark.parametrize(
    ("entity", "column", "value", "found"),
    [
        ("party", "name", "n/a", ["2"]),
        ("party", "email", "none", ["2"]),
        ("employee", "name", "test", ["2"]),
        ("account", "name", "test", []),
        ("invoice", "party_ref", "REDACTED", ["2"]),
        ("invoice", "party_ref", "99999", []),
        ("invoice", "number", "n/a", []),
        ("invoice", "number", " ", ["2"]),
    ],
)
def test_a_placeholder_is_missing_where_names_stand(entity: str, column: str, value: str, found: list[str]) -> None:
    """Names, addresses and customers may be fillers; a number is never one, nor is the code of an account."""
    table = stream_table(entity, [{column: "Kestrel Ltd"}, {column: value}])

    assert failing(CHECK, table, column=column) == found


def test_the_reason_tells_a_placeholder_from_nothing() -> None:
    """What stands there is shown."""
    table = stream_table("party", [{"name": "A"}, {"name": "n/a"}, {"name": None}, {"name": "tbd", "company_name": "n/a"}])

    [one] = outcomes(CHECK, by_stream(table))

    assert [(row["value"], "placeholder" in row["reason"]) for row in one.failing.to_pylist()] == [
        ("n/a", True),
        (None, False),
        ("tbd", True),
    ]
    assert (one.severity, one.checked, one.label) == ("high", 4, "Companies and people without a name")
