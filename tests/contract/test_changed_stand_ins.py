"""What every stand-in that takes changes keeps to: each kind of change of each list is taken, read back, and taken back."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.contract.test_stand_in_contracts import CONNECTORS, Line
from tests.contract.test_stand_ins import exports_of
from tests.fault_server import VirtualClock
from tests.servers.contracts import CONTRACTS
from tests.servers.requests import places_of
from tests.unit.apply.test_job import LIMITS, Notebook
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import run_job
from toolkit.apply.system import Current, Sent, Written
from toolkit.changes import Operation, Target, made_plan, operation
from toolkit.changes.operation import field_hash
from toolkit.connector import Writing, with_external_id, with_updates_together
from toolkit.errors import RejectedError
from toolkit.plan.undo import undo
from toolkit.rest.client import RestClient
from toolkit.rest.redaction import Secret
from toolkit.rest.signatures import FixedCredential, HeaderAuth
from toolkit.sandbox.credentials import USER
from toolkit.sandbox.machine import Machine
from toolkit.sandbox.running import stand_ins
from toolkit.sandbox.served import ServedSystem

VENDORS = sorted(name for name in stand_ins() if any(one.writing for one in CONNECTORS[name].streams) and name in CONTRACTS)
FREE = ("name", "given_name", "description", "city", "deal_ref", "code")
"""Columns of which a client writes what it likes."""
UNIQUE = {"email", "number", "reference"}
NAMES = {"name", "company_name", "family_name"}


def client_of(
    name: str, system: ServedSystem, told: Callable[[Writing], Writing] = lambda writing: writing
) -> tuple[RestClient, dict[str, Writing], Machine]:
    """Return a client that may change what a stand-in serves; ``told`` is what settings say of it."""
    connector = CONNECTORS[name]
    assert connector.api is not None
    clock = VirtualClock()
    machine = Machine(connector, stand_ins()[name], system, now=clock.monotonic_s)
    url = re.sub(r"^(https://[^/]+).*", r"\1", connector.api.url)
    machine.settle(url.replace("{instance_url}", "https://harbor.my.salesforce.com"))
    sign_in = connector.api.sign_in[0]
    word = machine.invented_to_write.token
    header, prefix = sign_in.signature()
    if sign_in.way == "basic":
        import base64

        prefix, word = "Basic ", base64.b64encode(f"{USER}:{word}".encode()).decode()
    secret = Secret(word)
    writings = {one.name: told(one.writing) for one in connector.streams if one.writing is not None}
    credential = FixedCredential("env:KEY", HeaderAuth("sys", header, secret, prefix), (secret,))
    client = RestClient(
        "sys", connector.api, (), credential=credential, writings=writings.values(),
        places=places_of(connector, CONTRACTS[name]), clock=clock, transport=Line(machine),
    )  # fmt: skip
    return client, writings, machine


def changes_of(system: RestSystem, stream: str, writing: Writing, ids: list[str]) -> Iterator[Operation]:
    """Yield a change of a free field, the putting aside of another record, and a new one like the first."""
    probe = operation("update", "sys", stream, target_id=ids[0], after={})
    now = system.current(probe, ids[0])
    assert now is not None, f"{stream}/{ids[0]} cannot be read"
    free = [one.column for one in writing.fields if one.column in FREE and one.path and "create" not in one.actions]
    if writing.update is not None and free:
        before = {free[0]: now.values[free[0]]}
        yield operation(
            "update", "sys", stream, target_id=ids[0], before=before, after={free[0]: f"Changed {stream}"},
            precondition=field_hash(before),
        )  # fmt: skip
    probe = operation("archive", "sys", stream, target_id=ids[0], after={})
    active = [one for one in ids[1:] if (there := system.current(probe, one)) and there.values["state"] == "active"]
    if writing.archive is not None and writing.restore is not None and active:
        state: dict[str, str | None] = {"state": "active"}
        yield operation(
            "archive", "sys", stream, target_id=active[-1], before=state, after={"state": "archived"},
            precondition=field_hash(state),
        )  # fmt: skip
    if writing.create is not None and {"name"} <= {one.column for one in writing.fields}:
        # Names of which a list tells the ids are left to the vendors' own tests.
        own = [one for one in writing.fields if not one.lookups]
        takes = [one.column for one in own if not one.actions or "create" in one.actions]
        like = {name: now.values[name] for name in takes if name not in UNIQUE and now.values[name]}
        new = {name: f"{value} II" if name in NAMES else value for name, value in like.items()}
        yield operation("create", "sys", stream, natural_key=f"other/{stream}/1", after=new, reversibility="R1")


@pytest.mark.parametrize("name", VENDORS)
def test_a_stand_in_takes_changes_and_they_are_taken_back(name: str, tmp_path: Path) -> None:
    """A field, a record put aside, one that is made; afterwards every record says what it said."""
    with exports_of(name, tmp_path) as served, closing((opened := client_of(name, served))[0]):
        client, writings, machine = opened
        system = RestSystem(client, writings, served.currency)
        changes: list[Operation] = []
        for stream, writing in writings.items():
            if stream in served.streams:
                made = machine.stand_in.made_id
                ids = [str(made(stream, row)) for row in served.streams[stream].rows()]
                changes += changes_of(system, stream, writing, ids)
        kept = [one for one in changes if one.target_id is not None]
        before = [system.current(one, one.target_id or "") for one in kept]
        plan = made_plan(
            "cleanup", engagement_id="acme", target=Target("sys", name), snapshot_ids={}, rules_hash="r",
            operations=changes, record_counts={one.stream: 100 for one in changes},
        )  # fmt: skip
        notes = Notebook()
        done = run_job(plan, system, notes, client.clock, limits=LIMITS, is_dry_run=False)
        assert [(one.state, one.reason) for one in done.steps.values() if one.state != "confirmed"] == []
        back = undo(plan, notes.last, writings)
        again = made_plan(
            "undo", engagement_id="acme", target=Target("sys", name), snapshot_ids={}, rules_hash="u",
            operations=back.operations, record_counts={one.stream: 100 for one in changes},
        )  # fmt: skip
        taken = run_job(again, system, Notebook(), client.clock, limits=LIMITS, is_dry_run=False)
        after = [system.current(one, one.target_id or "") for one in kept]

    assert [(one.state, one.reason) for one in taken.steps.values() if one.state != "confirmed"] == []
    assert [one and one.values for one in after] == [one and one.values for one in before]
    assert changes


def told_of_salesforce(writing: Writing) -> Writing:
    """Return how records are changed where the settings name a field, and let updates go together."""
    named = with_external_id(writing, "Audit_Key__c") if writing.upsert is not None else writing
    return with_updates_together(named)


def test_salesforces_stand_in_makes_a_record_under_one_id_once_and_answers_each_of_several(tmp_path: Path) -> None:
    """Sent again, it is the same record; among several one that is not there is refused, and named by nothing."""
    with exports_of("salesforce", tmp_path) as served, closing(
        (opened := client_of("salesforce", served, told_of_salesforce))[0]
    ):  # fmt: skip
        client, writings, machine = opened
        system = RestSystem(client, writings, served.currency)
        new = operation(
            "create", "sys", "accounts", natural_key="erp/customers/1", after={"name": "Bo's", "company_name": "Bo's"}
        )
        first, second = (system.send(new, None, None, "0f" * 16).record_id for _ in range(2))
        ids = [str(machine.stand_in.made_id("accounts", row)) for row in served.streams["accounts"].rows()][:2]
        several = [
            Sent(operation("update", "sys", "accounts", target_id=one, after={"city": "York"}), one, Current({}), "k")
            for one in (*ids, "001000000000000AAA")
        ]
        answers = system.send_together(several)
        read = [system.current(one.change, one.record_id) for one in several]

        assert first == second
        assert (found := system.made(new, "0f" * 16)) is not None
        assert found.record_id == first
        assert system.made(new, "1f" * 16) is None
        assert {one.record_id for one in answers.values() if isinstance(one, Written)} == {*ids}
        assert len(answers) == 2
        assert [one and one.values["city"] for one in read] == ["York", "York", None]


def test_salesforces_stand_in_refuses_a_circle_of_accounts(tmp_path: Path) -> None:
    """An account cannot go into one that stands below it."""
    with exports_of("salesforce", tmp_path) as served, closing((opened := client_of("salesforce", served))[0]):
        client, writings, machine = opened
        system = RestSystem(client, writings, served.currency)
        above, below = [str(machine.stand_in.made_id("accounts", row)) for row in served.streams["accounts"].rows()][:2]
        with pytest.raises(RejectedError, match="would form a circle"):
            system.send(merge_of(system, "accounts", above, below), above, None, "k")
        now = system.current(operation("update", "sys", "accounts", target_id=above, after={}), above)

    assert now is not None


MERGING = [(name, one.name) for name in VENDORS for one in CONNECTORS[name].streams if one.writing and one.writing.merge]
"""Lists of which the vendor merges records itself."""
REFERENCES = ("party_ref", "parent_ref")


@pytest.mark.parametrize(("name", "stream"), MERGING, ids=[f"{name}-{stream}" for name, stream in MERGING])
def test_a_stand_in_merges_two_records_and_all_that_refers_to_them_moves(name: str, stream: str, tmp_path: Path) -> None:
    """It says beforehand what it would do, does it once, and afterwards nothing refers to the one that went."""
    with exports_of(name, tmp_path) as served, closing((opened := client_of(name, served))[0]):
        client, writings, machine = opened
        if stream not in served.streams:
            pytest.skip(f"the exports of {name} have no {stream}")
        system = RestSystem(client, writings, served.currency)
        made = machine.stand_in.made_id
        ids = [str(made(stream, row)) for row in served.streams[stream].rows()]
        stays, goes = (*ids, made_alike(system, stream, writings[stream], ids))[:2] if len(ids) < 2 else ids[:2]
        change = merge_of(system, stream, goes, stays)
        plan = made_plan(
            "cleanup", engagement_id="acme", target=Target("sys", name), snapshot_ids={}, rules_hash="r",
            operations=[change], record_counts={stream: 100},
        )  # fmt: skip
        rehearsed = run_job(plan, system, Notebook(), client.clock, limits=LIMITS, is_dry_run=True)
        kept: dict[str, object] = {}
        done = run_job(
            plan, system, Notebook(), client.clock, limits=LIMITS, is_dry_run=False,
            keep=lambda op_id, records: kept.update({op_id: records}),
        )  # fmt: skip
        again = run_job(plan, system, Notebook(), client.clock, limits=LIMITS, is_dry_run=False)
        left = []
        for other, rows in ((one, served.streams[one].rows()) for one in served.streams if one in writings):
            columns = [one.column for one in writings[other].fields if one.column in REFERENCES]
            for record_id in [str(made(other, row)) for row in rows][:40] if columns else []:
                there = system.current(operation("update", "sys", other, target_id=record_id, after={}), record_id)
                left += [record_id for column in columns if there is not None and there.values.get(column) == goes]

    assert [one.state for one in rehearsed.steps.values()] == ["not_applied"]
    assert [(one.state, one.reason) for one in done.steps.values()] == [("confirmed", None)]
    assert next(one.state for one in again.steps.values()) in {"noop_already", "conflict"}
    assert kept
    assert left == []


def made_alike(system: RestSystem, stream: str, writing: Writing, ids: list[str]) -> str:
    """Return the id of a record that is made like the first one."""
    [new] = [one for one in changes_of(system, stream, writing, ids) if one.action == "create"]
    return system.send(new, None, None, "0" * 32).record_id


def merge_of(system: RestSystem, stream: str, goes: str, stays: str) -> Operation:
    """Return the merge of one record into another."""
    after: dict[str, str | None] = {"merged_into": stays}
    now = system.current(operation("merge", "sys", stream, target_id=goes, after=after), goes)
    assert now is not None
    before = {column: value for column, value in now.values.items() if column in FREE}
    return operation(
        "merge", "sys", stream, target_id=goes, before=before, after=after, precondition=field_hash(before),
        reversibility="R3",
    )  # fmt: skip


def test_salesforces_stand_in_refuses_a_field_for_keys_that_the_client_has_not(tmp_path: Path) -> None:
    """In the vendor's words, so that a name that was mistyped is found in the rehearsal."""

    def told(writing: Writing) -> Writing:
        return writing if writing.upsert is None else with_external_id(writing, "Never_There__c")

    with exports_of("salesforce", tmp_path) as served, closing((opened := client_of("salesforce", served, told))[0]):
        system = RestSystem(opened[0], opened[1], served.currency)
        new = operation("create", "sys", "accounts", natural_key="erp/customers/1", after={"name": "Bo's"})

        with pytest.raises(RejectedError, match="external ID field does not exist or is not accessible: Never_There__c"):
            system.send(new, None, None, "0f" * 16)
