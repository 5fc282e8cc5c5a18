"""Where the same records are kept, and at how many places people enter them."""

from typing import Any

import pytest

from toolkit.landscape.entry_points import entry_points


def kept(*names: str, entity: str = "party", stream: str = "customers") -> list[dict[str, Any]]:
    """Return snapshots of one kind of record in some systems."""
    return [{"system": name, "stream": stream, "entity": entity, "rows": 5} for name in names]


def handed(source: str, target: str, carrier: str | None = "reentry", *, is_proposed: bool = False) -> dict[str, Any]:
    """Return a handoff of customers."""
    ends = {"system_l": source, "entity_l": "party", "system_r": target, "entity_r": "party"}
    return {**ends, "carrier": carrier, "is_proposed": is_proposed}


def test_an_address_typed_in_four_places_has_four_entry_points() -> None:
    """It begins in the CRM, and people type it again into the ledger, the project tracker and a sheet of their own."""
    systems = ("crm", "ledger", "projects", "sheet")
    [found] = entry_points(kept(*systems), [handed("crm", other) for other in systems[1:]])

    assert (found.least, found.most) == (4, 4)
    assert [one.system for one in found.at("begins")] == ["crm"]
    assert {one.system: one.sources for one in found.at("entered")} == dict.fromkeys(systems[1:], ("crm",))


@pytest.mark.parametrize("carrier", ["copy", "reentry", "report_update", "email", "sheet", None])
def test_whatever_a_person_carries_is_entered_by_hand(carrier: str | None) -> None:
    """A handoff is a person who carries something; only a file is read in."""
    [found] = entry_points(kept("crm", "ledger"), [handed("crm", "ledger", carrier)])

    assert found.least == 2


def test_a_file_that_is_read_in_is_no_typing() -> None:
    """It is a handoff, and nobody types a name a second time."""
    [found] = entry_points(kept("crm", "ledger"), [handed("crm", "ledger", "file")])

    assert (found.least, found.most) == (1, 1)
    assert [one.system for one in found.at("file")] == ["ledger"]


def test_what_nobody_told_is_counted_for_no_hand() -> None:
    """A handoff that is only proposed, and a system to which no handoff leads, may be typed in or be connected."""
    handoffs = [handed("crm", "ledger", is_proposed=True)]
    [found] = entry_points(kept("crm", "ledger", "shop"), handoffs)

    assert (found.least, found.most) == (1, 3)
    assert {one.system: one.arrival for one in found.kept} == {"crm": "begins", "ledger": "proposed", "shop": "unknown"}


def test_only_what_several_systems_keep_is_listed() -> None:
    """Names that merely appear inside other records are no list that a system keeps."""
    names = kept("bank", stream="names")

    assert entry_points([*kept("crm"), *names, *kept("crm", entity="deal")], []) == ()


def test_lists_of_one_system_are_one_place() -> None:
    """Companies and contacts of one CRM are customers at one place, with all their records."""
    [found] = entry_points([*kept("crm", stream="companies"), *kept("crm", "ledger", stream="contacts")], [])

    assert [(one.system, one.streams, one.records) for one in found.kept] == [
        ("crm", ("companies", "contacts"), 10),
        ("ledger", ("contacts",), 5),
    ]
