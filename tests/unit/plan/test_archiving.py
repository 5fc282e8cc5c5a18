"""What refers to a record that is archived is pointed to the one that stays first; persons go before their company."""

from typing import Any

import pytest

from tests.cleanup_records import Client, document, only, party, told
from toolkit.plan.planned import Planned

ONE, TWO = "crm/companies/1", "crm/companies/2"


def contacts(first: dict[str, Any], *others: dict[str, Any], companies: int = 3, **tables: Any) -> Planned:
    """Return the plan for contacts of one cluster; the first has a document and stays."""
    keys = [f"crm/contacts/{number}" for number in range(11, 12 + len(others))]
    people = [party(key, **values) for key, values in zip(keys, (first, *others), strict=True)]
    owned = [party(f"crm/companies/{number}") for number in range(1, companies + 1)]
    clusters = {"g1": keys, **tables.pop("clusters", {})}
    documents = [document("crm/deals/70", keys[0]), *tables.pop("documents", ())]
    return Client([*people, *owned], clusters=clusters, documents=documents, **tables).planned()


def belongs(number: int) -> dict[str, Any]:
    """Return that a contact belongs to a company."""
    return {"parent_ref": str(number), "parent_key": f"crm/companies/{number}"}


@pytest.mark.parametrize(
    ("first", "others", "expected"),
    [
        ({}, [belongs(1)], {"parent_ref": "1"}),
        ({}, [belongs(1), belongs(1)], {"parent_ref": "1"}),
        ({}, [belongs(1), belongs(2)], None),
        ({}, [{}], None),
        (belongs(2), [belongs(1)], None),
    ],
)
def test_company_of_the_contact_that_stays(first: Any, others: Any, expected: dict[str, str] | None) -> None:
    """Where only the duplicates say whom a contact belongs to, and all the same, it is taken over."""
    updated = only(contacts(first, *others), "update")
    assert [one.after for one in updated] == ([expected] if expected else [])


def test_record_does_not_come_to_belong_to_itself() -> None:
    """A duplicate that belonged to the record that stays gives it no parent."""
    planned = Client(
        [party(ONE), party(TWO, parent_ref="1", parent_key=ONE)],
        clusters={"g1": [ONE, TWO]},
        documents=[document("crm/deals/70", ONE)],
    ).planned()
    assert told(planned) == [("archive", "2", {"state": "archived"})]


def test_company_that_is_archived_gives_the_one_that_stays() -> None:
    """A contact comes to belong to the company that stays, also where its duplicate belonged to the other."""
    planned = contacts({}, belongs(2), clusters={"g2": [ONE, TWO]}, documents=[document("crm/deals/71", ONE)])
    assert ("update", "11", {"parent_ref": "1"}) in told(planned)


def test_person_is_archived_before_the_company() -> None:
    """A contact that is archived itself is not pointed elsewhere; its company waits until it is gone."""
    planned = contacts(belongs(1), belongs(2), clusters={"g2": [ONE, TWO]}, documents=[document("crm/deals/71", ONE)])
    company, person = only(planned, "archive")[::-1]
    assert (company.target_id, person.target_id) == ("2", "12")
    assert company.depends_on == (person.op_id,)
    assert only(planned, "repoint") == []


def test_references_by_name_follow_the_name() -> None:
    """Where a document names its customer, it comes to name the record that stays; one that does so already is left."""

    def refs(written: str, name: str | None = "Acme Foods", **values: Any) -> list[tuple[str | None, dict[str, str | None]]]:
        documents = [document("crm/deals/70", ONE), document("crm/deals/71", ONE)]
        documents.append({**document("crm/deals/72", TWO), "party_ref": written})
        parties = [party(ONE, name=name), party(TWO, name="ACME", **values)]
        planned = Client(parties, clusters={"g1": [ONE, TWO]}, documents=documents).planned()
        return [(one.target_id, dict(one.after)) for one in only(planned, "repoint")]

    assert refs("2") == [("72", {"party_ref": "1"})]
    assert refs("old-2", alt_ids=["old-2"]) == [("72", {"party_ref": "1"})]
    assert refs("ACME") == [("72", {"party_ref": "Acme Foods"})]
    assert refs("ACME", name=None) == [("72", {"party_ref": "1"})]
    assert refs("Acme Foods") == []


def test_archive_of_a_record_without_times_rests_on_its_state() -> None:
    """Where a system does not say when a record changed, its state must still be what it was."""
    planned = Client(
        [party(ONE), party(TWO, updated_at=None)],
        clusters={"g1": [ONE, TWO]},
        documents=[document("crm/deals/70", ONE)],
    ).planned()
    (archive,) = only(planned, "archive")
    assert archive.precondition is not None
    assert archive.precondition.kind == "field_hash"
    assert archive.before == {"state": "active"}
