"""A system that is asked by JSON-RPC: its version under a name that holds the id, its errors in answers of success."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.fault_server import Asked, Given, VirtualClock, served
from tests.unit.apply.test_job import Notebook
from tests.vendor_doubles import job
from toolkit.apply.rest_system import RestSystem, instant
from toolkit.apply.running import JobLimits, JobOutcome, run_job
from toolkit.apply.system import Current
from toolkit.apply.written_body import Meant, written_body
from toolkit.changes import Operation, operation
from toolkit.connector import Api, Mark, OneCall, Version, WriteCall, WriteField, Writing
from toolkit.connector.api import Fault
from toolkit.rest.allowed_changes import allowed_changes
from toolkit.rest.client import RestClient

STALE = Fault("conflict", path="error.0", pattern="^Concurrency$")
READ = '{"method": "read", "params": [[0], {}]}'
PARTIES = Writing(
    one=OneCall("/rpc", "POST", body=READ, id_path="params.0.0"),
    inside="result.0",
    fields=(WriteField("name", "name"),),
    create=WriteCall(
        "POST", "/rpc", '{"method": "create", "params": [[{}], {}]}', body_inside="params.0.0", id_at="result.0"
    ),
    update=WriteCall(
        "POST", "/rpc", '{"method": "write", "params": [[0], {}, {}]}', id_path="params.0.0", body_inside="params.1"
    ),
    keeps=("category.id",),
    version=Version("stamp", condition_path=r"/params.2.stamps.party\.party,{id}"),
    mark=Mark("code", "/rpc", "params.0", "result", body='{"method": "find", "params": [""]}'),
)  # fmt: skip


class Ledger:
    """A system that answers all with 200."""

    def __init__(self) -> None:
        self.records: dict[int, dict[str, Any]] = {
            number: {"id": number, "name": f"Client {number}", "stamp": "1", "category": {"id": 5}} for number in (7, 8)
        }
        self.is_edited = False
        self.moves_category = False
        self.sent: list[Any] = []

    def __call__(self, asked: Asked) -> Given:
        said, result = asked.json, None
        match said:
            case {"method": "read", "params": [[number], _]}:
                result = [self.records[number]] if number in self.records else []
            case {"method": "find", "params": [code]}:
                result = [one for one in self.records.values() if one.get("code") == code]
            case {"method": "create", "params": [[values], _]}:
                self.records[9] = {"id": 9, "stamp": "1", **values}
                result = [9]
            case {"method": "write", "params": [[number], values, {"stamps": stamps}]}:
                self.sent.append(said)
                if self.is_edited:
                    self.records[number] |= {"stamp": "2", "name": "Theirs"}
                if stamps != {f"party.party,{number}": self.records[number]["stamp"]}:
                    return Given({"error": ["Concurrency", "modified meanwhile"]})
                self.records[number] |= {**values, "stamp": "3"}
                if self.moves_category:
                    self.records[number]["category"] = None
        return Given({"result": result})


def renamed(number: int, name: str) -> Operation:
    return operation(
        "update", "crm", "parties", target_id=str(number), before={"name": f"Client {number}"}, after={"name": name}
    )


@contextmanager
def running(ledger: Ledger) -> Iterator[RestSystem]:
    """Serve the ledger, and ask it."""
    with served(ledger) as server, RestClient("crm", Api(server.url, faults=(STALE,)), writings=[PARTIES]) as client:
        yield RestSystem(client, {"parties": PARTIES})


def ended(ledger: Ledger, *changes: Operation) -> JobOutcome:
    """Carry changes out."""
    with running(ledger) as system:
        return run_job(job(list(changes)), system, Notebook(), VirtualClock(), limits=JobLimits(), is_dry_run=False)


def why(outcome: JobOutcome) -> str:
    [entry] = outcome.steps.values()
    return entry.reason or ""


def test_a_change_names_the_version_it_means_under_the_id_of_its_record() -> None:
    """The system takes it for that version of that record only."""
    ledger = Ledger()

    assert ended(ledger, renamed(7, "Alder")).counts == {"confirmed": 1}
    assert ledger.sent == [{"method": "write", "params": [[7], {"name": "Alder"}, {"stamps": {"party.party,7": "1"}}]}]


def test_f19_an_edit_between_look_and_change_is_no_refusal_but_another_version() -> None:
    """The answer is one of success, and says so in a word of its own."""
    ledger = Ledger()
    ledger.is_edited = True
    outcome = ended(ledger, renamed(7, "Alder"))

    assert outcome.counts == {"conflict": 1}
    assert "says that the record is another one by now (it says: 'modified meanwhile')" in why(outcome)
    assert ledger.records[7]["name"] == "Theirs"


def test_what_a_change_moves_beside_what_was_sent_is_said() -> None:
    """Nobody sent the category, and it is gone: what was planned is there, and more."""
    ledger = Ledger()
    ledger.moves_category = True
    outcome = ended(ledger, renamed(7, "Alder"), renamed(8, "Birch"))

    assert outcome.counts == {"differs": 1, "planned": 1}
    assert outcome.stopped.endswith("It was taken, and the system changed more than was sent: category.id.")


def test_a_new_record_stands_elsewhere_in_its_body_than_a_changed_one() -> None:
    """Each kind of request says where."""
    ledger = Ledger()
    made = operation("create", "crm", "parties", natural_key="shop/people/1", after={"name": "Cedar"})

    assert ended(ledger, made).counts == {"confirmed": 1}
    assert ledger.records[9]["name"] == "Cedar"
    assert ledger.records[9]["code"]


@pytest.mark.parametrize(
    ("params", "may"),
    [
        ([[7], {"name": "A"}, {"stamps": {"party.party,7": "1"}}], True),
        ([[7], {"name": "A"}, {}], True),
        ([[7], {"name": "A"}, {"stamps": {}}], True),
        ([[7], {"name": "A"}, {"stamps": {"party.partyX7": "1"}}], False),
        ([[7], {"name": "A"}, {"stamps": {"party.party,7": {"a": 1}}}], False),
        ([[7], {"name": "A"}, {"stamps": {"party.party,7": "1"}, "user": 1}], False),
        ([[7], {"name": "A"}, {"stamps": "1"}], False),
        ([[7], {"name": "A", "active": False}, {}], False),
        ([[7, 8], {"name": "A"}, {}], False),
    ],
)
def test_only_a_version_may_stand_under_such_a_name(params: list[Any], may: bool) -> None:  # noqa: FBT001  # a value
    """The context of a call can do much: nothing else of it is ever sent."""
    allowed = allowed_changes(Api("https://a.example"), [PARTIES], {})
    body = json.dumps({"method": "write", "params": params}).encode()

    assert any(one.is_met("POST", "/rpc", body) for one in allowed) is may


def test_without_a_known_version_none_is_named() -> None:
    """As where a system leaves it out."""
    assert PARTIES.update is not None
    body = written_body(renamed(7, "A"), PARTIES, PARTIES.update, Meant("7", Current({}), "key-1"))

    assert json.loads(body)["params"] == [[7], {"name": "A"}, {}]


def test_a_moment_in_parts_that_is_none_is_none() -> None:
    """A part is missing, or there is no such day."""
    assert instant({"year": 2026, "month": 2, "day": 30}) is None
    assert instant({"month": 2}) is None
    assert instant(None) is None
