"""Every change that a connector describes, sent to the stand-in of its vendor as a job sends it: taken, and read back."""

import base64
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contract.test_stand_in_contracts import CONNECTORS, Line, places_of
from tests.contract.test_stand_ins import exports_of
from tests.contract.test_writings import VENDORS, writing_of
from tests.fault_server import VirtualClock
from tests.servers.contracts import CONTRACTS
from tests.unit.apply.test_job import LIMITS, Notebook
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import run_job
from toolkit.apply.system import Current
from toolkit.changes import Operation, Target, made_plan, operation
from toolkit.changes.operation import Action, field_hash
from toolkit.connector import Writing
from toolkit.rest.client import RestClient
from toolkit.rest.places import text_at
from toolkit.rest.redaction import Secret
from toolkit.rest.signatures import FixedCredential, HeaderAuth
from toolkit.sandbox.credentials import USER
from toolkit.sandbox.lists import SystemLists
from toolkit.sandbox.machine import Machine
from toolkit.sandbox.running import stand_ins
from toolkit.sandbox.served import ServedSystem

TEXTS = ("city", "name", "phone", "description", "reference", "family_name")
"""Of these columns the first that a stream writes is changed."""
STATES: Mapping[Action, tuple[str, str]] = {"archive": ("active", "archived"), "restore": ("archived", "active")}


@contextmanager
def written(vendor: str, system: ServedSystem) -> Iterator[RestSystem]:
    """Yield what changes a stand-in, with the key that may."""
    connector, clock = CONNECTORS[vendor], VirtualClock()
    assert connector.api is not None
    machine = Machine(connector, stand_ins()[vendor], system, now=clock.monotonic_s)
    url = re.sub(r"^(https://[^/]+).*", r"\1", connector.api.url)
    machine.settle(url.replace("{instance_url}", "https://harbor.my.salesforce.com"))
    sign_in = connector.api.sign_in[0]
    header, prefix = sign_in.signature()
    word = machine.invented_to_write.token
    if sign_in.way == "basic":
        prefix, word = "Basic ", base64.b64encode(f"{USER}:{word}".encode()).decode()
    secret = Secret(word)
    credential = FixedCredential("env:KEY", HeaderAuth("sys", header, secret, prefix), (secret,))
    writings = {one.name: writing_of(one) for one in connector.streams if one.writing is not None}
    with RestClient(
        "sys", connector.api, (), writings=writings.values(), credential=credential,
        places=places_of(connector, CONTRACTS[vendor]), clock=clock, transport=Line(machine),
    ) as client:  # fmt: skip
        yield RestSystem(client, writings, "USD")


def changes_of(stream: str, writing: Writing, record_id: str, system: RestSystem) -> list[Operation]:
    """Return changes of one record: a field and back, out of use and back into it, as far as each can be done."""
    column = next((one for one in TEXTS if any(field.column == one and field.path for field in writing.fields)), None)
    found: list[Operation] = []

    def add(action: Action, before: dict[str, str | None], after: dict[str, str | None]) -> None:
        waits = (found[-1].op_id,) if found else ()
        condition = field_hash(before)
        found.append(
            operation(action, "sys", stream, target_id=record_id, before=before, after=after, precondition=condition,
                      depends_on=waits)
        )  # fmt: skip

    looked_at = operation("update", "sys", stream, target_id=record_id, after={column or "": None})
    current = system.current(looked_at, record_id)
    assert current is not None, stream
    field = next((one for one in writing.fields if one.column == column), None)
    if column is not None and writing.update is not None and (field is None or not field.actions):
        was = current.values[column]
        add("update", {column: was}, {column: "Harbor 9"})
        add("update", {column: "Harbor 9"}, {column: was} if was else {column: "Harbor 8"})
    if writing.archive is not None:
        add("archive", {"state": "active"}, {"state": "archived"})
    if writing.archive is not None and writing.restore is not None:
        add("restore", {"state": "archived"}, {"state": "active"})
    if writing.create is not None:
        found.append(
            operation("create", "sys", stream, natural_key="crm/list/9", after=new_values(stream, writing, current))
        )
    return found


def new_values(stream: str, writing: Writing, current: Current) -> dict[str, str | None]:
    """Return the values of a new record: those of another, with a name and an address of its own."""
    columns = [
        one.column for one in writing.fields
        if one.path and not one.lookups and (not one.actions or "create" in one.actions)
    ]  # fmt: skip
    columns += [theirs for _, theirs in writing.lines.whole] if writing.lines is not None else []
    values = {name: current.values[name] for name in columns if current.values.get(name)}
    own: dict[str, str | None] = {"name": f"Harbor {stream}", "email": f"{stream}@harbor.example", "number": None}
    return {name: value for name, value in (values | {one: own[one] for one in own if one in values}).items() if value}


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_is_described_is_taken_by_the_stand_in(vendor: str, tmp_path: Path) -> None:
    """Fields, putting aside and bringing back, of one record of each list; what is gone is gone."""
    tried, wrong = set(), []
    with exports_of(vendor, tmp_path) as served, written(vendor, served) as system:
        lists = SystemLists(CONNECTORS[vendor], stand_ins()[vendor], served)
        for stream, writing in system.writings.items():
            own = CONNECTORS[vendor].stream(stream)
            rows = lists.written(own) if stream in served.streams else []
            record = next((one for row, one in rows if row.get("state") == "active"), None)
            if record is None:
                continue
            record_id = text_at(record, own.path_key[0])
            changes = changes_of(stream, writing, record_id, system)
            plan = made_plan(
                "cleanup", engagement_id="e", target=Target("sys", vendor), snapshot_ids={}, rules_hash="r",
                operations=changes, record_counts={stream: 100},
            )  # fmt: skip
            outcome = run_job(plan, system, Notebook(), VirtualClock(), limits=LIMITS, is_dry_run=False)
            tried.add(stream)
            wrong += [
                f"{stream} {one.action} {dict(one.after)}: {f'{step.state} {step.reason}' if step else outcome.stopped}"
                for one in changes
                if (step := outcome.steps.get(one.op_id)) is None or step.state != "confirmed"
            ]

    assert wrong == []
    assert tried
