"""The system that a plan is for: its lists as the settings describe them, how they are written, and its records alone."""

from dataclasses import replace

from tests.unit.audit.jobs.conftest import COMPANIES, Crm, handmade
from tests.vendor_doubles import renamed
from toolkit.audit.jobs.targets import target_connector, target_records, writable_columns, writings_of
from toolkit.audit.jobs.written_streams import is_sendable, written_streams
from toolkit.connector import WriteField
from toolkit.connectors import connector_of


def test_the_lists_of_a_system_are_those_that_its_settings_describe(crm: Crm) -> None:
    """In the place of the connector's own of the same name, beside the others."""
    with crm.opened() as engagement:
        target = target_connector(engagement, "crm", "hubspot")

        names = [one.name for one in target.streams]
        assert sorted(names) == sorted(one.name for one in connector_of("hubspot").streams)
        assert target.stream("companies").key == ("id",)
        assert target_connector(engagement, "unknown", "hubspot") == connector_of("hubspot")
        # What the settings say of a list counts, and the connector's word of every other.
        written = writings_of(engagement, "crm", target)
        assert written["companies"].one.path == "/companies/{id}"
        assert written["contacts"] == connector_of("hubspot").stream("contacts").writing


def test_only_a_system_that_is_asked_is_written_over_its_interface(crm: Crm) -> None:
    """Of the ledger's files nothing is; of the CRM what is described."""
    with crm.opened() as engagement:
        assert [*written_streams(engagement, "crm")] == ["companies"]
        assert written_streams(engagement, "ledger") == {}
        assert written_streams(engagement, "nobody") == {}
        both = handmade(engagement, renamed(1), replace(renamed(2), stream="notes")).plan
        assert is_sendable(engagement, handmade(engagement, renamed(1)).plan)
        assert not is_sendable(engagement, both)
        assert not is_sendable(engagement, handmade(engagement).plan)


def test_columns_that_a_change_may_write_are_those_of_the_interface_where_there_is_one() -> None:
    """Only those of an update; of a list that takes none, no column."""
    hubspot = connector_of("hubspot")
    writing = hubspot.stream("companies").writing
    assert writing is not None
    some = replace(writing, fields=(WriteField("name", "n"), WriteField("email", "e", actions=frozenset({"create"}))))

    found = writable_columns(hubspot, {"companies": some, "contacts": replace(some, update=None)})

    assert found["companies"] == {"name"}
    assert found["contacts"] == frozenset()
    own = writable_columns(hubspot)
    assert "name" in own["companies"]
    assert own["companies"] > found["companies"]


def test_only_records_of_the_lists_that_a_plan_changes_are_read(crm: Crm) -> None:
    """The ledger's list of the same name is another."""
    with crm.opened() as engagement:
        plan = handmade(engagement, renamed(1)).plan

        found = target_records(engagement, plan)
        other = target_records(engagement, replace(plan, target=replace(plan.target, system="ledger")))

        assert {name: table.num_rows for name, table in found.items()} == {"companies": 30}
        assert set(found["companies"]["system"].to_pylist()) == {"crm"}
        assert "raw" in found["companies"].column_names
        assert {name: table.num_rows for name, table in other.items()} == {"companies": COMPANIES}
        assert target_records(engagement, handmade(engagement, replace(renamed(1), stream="notes")).plan) == {}
