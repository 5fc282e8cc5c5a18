"""Which canonical columns each entity may hold, and what is said to somebody who names another."""

import pytest

from toolkit.connector import Connector, Stream
from toolkit.discovery import discovered
from toolkit.settings.models import StreamSettings
from toolkit.tables import COMMON, ENTITY_COLUMNS, ENTITY_SCHEMAS, EVENT_COLUMNS, unknown_column

_BY_THE_TOOLKIT = {
    "record_key", "system", "stream", "record_id", "entity", "date_only", "alt_ids", "raw", "parent_key", "party_key",
    "offset_minutes",
}  # fmt: skip


STREAMS = [
    (f"{connector.name}.{stream.name}", stream)
    for connector in discovered("toolkit.connectors", "CONNECTOR").values()
    if isinstance(connector, Connector)
    for stream in connector.streams
]


@pytest.mark.parametrize("entity", ENTITY_SCHEMAS)
def test_the_columns_of_an_entity_stand_in_its_table_once(entity: str) -> None:
    """What an export may fill is a part of what the table holds."""
    columns = ENTITY_COLUMNS[entity]

    assert len(set(columns)) == len(columns)
    assert set(columns) <= set(ENTITY_SCHEMAS[entity].names) - _BY_THE_TOOLKIT
    assert set(EVENT_COLUMNS.get(entity, ())) <= set(columns)


def test_every_column_of_a_table_belongs_to_some_entity() -> None:
    """A column that is added to a table is given to the entities that may hold it."""
    common = {column.name for column in COMMON}
    held = {(ENTITY_SCHEMAS[entity].name, column) for entity, columns in ENTITY_COLUMNS.items() for column in columns}
    there = {(schema.name, column) for schema in ENTITY_SCHEMAS.values() for column in schema.names}

    # What a party is (company or person) is judged from its names.
    judged = {("party", "kind")}
    assert sorted(one for one in there - held - judged if one[1] not in common | _BY_THE_TOOLKIT) == []


@pytest.mark.parametrize("stream", [stream for _, stream in STREAMS], ids=[name for name, _ in STREAMS])
def test_our_own_connectors_fill_only_what_their_entity_may_hold(stream: Stream) -> None:
    """What a vendor's export holds, a home-made list of the same things may hold, too."""
    assert sorted({*stream.fields, *stream.identifying} - set(ENTITY_COLUMNS[stream.entity])) == []


@pytest.mark.parametrize(
    ("entity", "written", "meant"),
    [
        ("invoice", "started_at", "issued_on"),
        ("invoice", "date", "issued_on"),
        ("bank_line", "paid_at", "posted_on"),
        ("ticket", "closed_at", "opened_at"),
        ("invoice", "amount", "amount_minor"),
        ("bill", "supplier", "party_name"),
        ("party", "zip", "postcode"),
        ("party", "firstname", "given_name"),
        ("product", "sku", "code"),
        ("employee", "salary", "rate_minor_per_hour"),
        ("deal", "stage", "status"),
        ("invoice", "due", "due_on"),
        ("invoice", "numbr", "number"),
    ],
)
def test_a_wrong_name_gets_the_nearest_column_of_that_entity(entity: str, written: str, meant: str) -> None:
    """An invoice has no start, so nobody is sent from there to a project's columns."""
    assert f"Did you mean {meant!r}?" in str(unknown_column(entity, written))


def test_the_settings_refuse_a_column_of_another_entity() -> None:
    """The message names the invoice's own date."""
    with pytest.raises(ValueError, match=r"no column of invoice named 'started_at'\. Did you mean 'issued_on'"):
        StreamSettings.model_validate({"entity": "invoice", "fields": {"started_at": "Date"}})


def test_the_settings_refuse_what_the_toolkit_fills_itself() -> None:
    """Who a document belongs to is found, not written."""
    with pytest.raises(ValueError, match=r"Did you mean 'party_ref'"):
        StreamSettings.model_validate({"entity": "invoice", "fields": {"party_key": "Customer"}})
