"""A cleanup joins its rules: one update for each record, references moved before an archive, one plan for one state."""

import os
import random
import subprocess
import sys

import pyarrow as pa
import pytest

from tests.cleanup_records import AS_OF, NOTHING_WRITTEN, Client, at, document, only, party, told
from toolkit.changes import Target, made_plan
from toolkit.plan.cleanup_rules import CleanupRules
from toolkit.tables import DOCUMENT, PARTY

OLD, NEW, OTHER = "crm/companies/1", "crm/companies/2", "crm/companies/3"
LEDGER = "ledger/customers/9"


@pytest.fixture
def client() -> Client:
    """A CRM with one company twice, a contact and deals of both, and the same company in the ledger."""
    return Client(
        [
            party(OLD, name="ACME FOODS INC", phone="(312) 555-0147", updated_at=at("2026-09-01")),
            party(NEW, name="Acme Foods, Inc.", website="acme-foods.example", updated_at=at("2026-10-02")),
            party(OTHER, name="Borden Tile", phone="312-555-0199", website="borden.example"),
            party(LEDGER, name="Acme Foods", phone="312 555 0147"),
            party("crm/contacts/5", name="Ann Lee", parent_ref="1", parent_key=OLD),
            party("crm/contacts/6", name="Bo Ray", parent_ref="3", parent_key=OTHER),
        ],
        clusters={"g1": [OLD, NEW, LEDGER]},
        documents=[document("crm/deals/70", NEW), document("crm/deals/71", NEW), document("crm/deals/72", OLD)],
        golden=[
            ("g1", "name", "Acme Foods, Inc.", NEW),
            ("g1", "phone", "(312) 555-0147", OLD),
            ("g1", "website", "acme-foods.example", NEW),
        ],
    )


def test_duplicate_is_merged_into_the_record_with_more_documents(client: Client) -> None:
    """The record with two deals stays and takes the phone number; contact and deal of the other follow it."""
    assert told(client.planned()) == [
        ("archive", "1", {"state": "archived"}),
        ("repoint", "5", {"parent_ref": "2"}),
        ("repoint", "72", {"party_ref": "2"}),
        ("update", "2", {"phone": "(312) 555-0147"}),
    ]


def test_archive_waits_for_update_and_every_reference(client: Client) -> None:
    """The other record is archived only when the one that stays has its values and its children."""
    planned = client.planned()
    (archive,) = only(planned, "archive")
    assert {*archive.depends_on} == {one.op_id for one in planned.operations if one.action != "archive"}
    assert [(one.record_key, one.column) for one in archive.children] == [
        ("crm/contacts/5", "parent_ref"),
        ("crm/deals/72", "party_ref"),
    ]
    assert archive.precondition is not None
    assert archive.precondition.value == "2026-09-01T08:00:00Z"


def test_update_is_joined_with_standardising(client: Client) -> None:
    """The record that stays is updated once: with the phone number of the other, in international form."""
    planned = client.planned(CleanupRules(home_country="US"))
    (update,) = [one for one in only(planned, "update") if one.target_id == "2"]
    assert update.after == {"phone": "+13125550147"}
    assert len(update.evidence.reasons) == 2
    assert (update.evidence.cluster_id, update.evidence.probability, update.evidence.from_key) == ("g1", "0.9900", OLD)


def test_record_that_is_archived_is_not_updated(client: Client) -> None:
    """Nothing of the other record is standardised: it is only archived."""
    planned = client.planned(CleanupRules(home_country="US"))
    assert [one.action for one in planned.operations if one.stream == "companies" and one.target_id == "1"] == ["archive"]


def test_same_plan_whatever_the_order_of_rows(client: Client) -> None:
    """A hundred orders of the rows of all tables give one plan (N07)."""
    found = set()
    for seed in range(100):
        shuffled = {name: _shuffled(table, random.Random(seed)) for name, table in client.tables.items()}
        planned = client.planned(CleanupRules(home_country="US"), **shuffled)
        plan = made_plan(
            "cleanup",
            engagement_id="e",
            target=Target("crm", "hubspot"),
            snapshot_ids={},
            rules_hash="",
            operations=planned.operations,
            record_counts={"companies": 3, "contacts": 2, "deals": 3},
            left_out=planned.left_out,
        )
        found.add(plan.plan_id)
    assert len(found) == 1


def test_second_cleanup_finds_nothing_to_do(client: Client) -> None:
    """What was changed as planned needs no change again."""
    rules = CleanupRules(home_country="US")
    tables = {name: client.tables[name].to_pylist() for name in ("parties", "documents")}
    rows = {(row["stream"], row["record_id"]): row for table in tables.values() for row in table if row["system"] == "crm"}
    planned = client.planned(rules)
    for one in planned.operations:
        row = rows[one.stream, one.target_id or ""]
        row.update(one.after)
        for ref, key in (("parent_ref", "parent_key"), ("party_ref", "party_key")):
            row.update({key: f"crm/companies/{one.after[ref]}"} if ref in one.after else {})
    again = {"parties": PARTY.from_rows(tables["parties"]), "documents": DOCUMENT.from_rows(tables["documents"])}
    assert len(planned.operations) > 4
    assert client.planned(rules, **again).operations == ()


_HASHED = """
import sys
from tests.cleanup_records import Client, document, party
from toolkit.changes import sha256_of
from toolkit.plan.cleanup_rules import CleanupRules
rows = [party(f"crm/companies/{n}", name=f"FIRM {n % 4} FOODS", region=("IL", "Illinois")[n % 2]) for n in range(12)]
others = [party(f"crm/contacts/{n}", parent_ref=str(n), parent_key=f"crm/companies/{n}") for n in range(12)]
quiet = [party(f"ledger/customers/{n}", name=f"Firm {n % 4} Foods") for n in range(4)]
clusters = {f"g{n}": [f"crm/companies/{n + 4 * k}" for k in range(3)] for n in range(4)}
deals = [document(f"crm/deals/{n}", f"crm/companies/{n % 7}") for n in range(20)]
client = Client(rows + others + quiet, clusters=clusters, documents=deals)
planned = client.planned(CleanupRules(home_country="US"))
operations = sorted((one.as_json() for one in planned.operations), key=lambda one: one["op_id"])
told = [[one.subject, list(one.record_keys), one.reason] for one in planned.left_out]
print(sha256_of([operations, told]), len(operations))
"""


def test_same_plan_whatever_the_hash_seed_and_the_clock_of_the_machine() -> None:
    """Sets of names stand in another order in every process, and no process tells the time alike: the plan is one (N07)."""
    found = set()
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Chicago")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", _HASHED], env=environment, capture_output=True, text=True, check=True, timeout=60
        )
        found.add(done.stdout)
    (told,) = found
    assert int(told.split()[1]) > 10


def test_nothing_to_clean_gives_an_empty_plan() -> None:
    """A system without records is no error."""
    planned = Client([]).planned(NOTHING_WRITTEN, as_of=AS_OF)
    assert (planned.operations, planned.left_out) == ((), ())


def _shuffled(table: pa.Table, rng: random.Random) -> pa.Table:
    return table.take(pa.array(rng.sample(range(table.num_rows), table.num_rows), pa.int64()))
