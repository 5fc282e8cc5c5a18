"""A stand-in that takes changes: what is changed is served, once for each key, and to the version that is meant."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.contract.test_asked_connectors import example
from tests.contract.test_stand_ins import exports_of
from tests.sandbox_systems import MONDAY, people, records
from toolkit.connector import Batch, Limit, Mark, OneCall, Version, WriteCall, WriteField, Writing
from toolkit.sandbox.excerpt import engagement_excerpt, export_commands
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.faults import FaultPlan
from toolkit.sandbox.machine import Machine
from toolkit.sandbox.running import running
from toolkit.sandbox.served import ServedStream, ServedSystem
from toolkit.sandbox.stand_in import Others, Problem, Record, Row, StandIn

WRITING = Writing(
    one=OneCall("/people/{id}"),
    fields=(WriteField("given_name", "firstname", read_path="properties.firstname"), WriteField("email", "email")),
    body_inside="properties",
    create=WriteCall("POST", "/people"),
    update=WriteCall("PATCH", "/people/{id}"),
    archive=WriteCall("DELETE", "/people/{id}"),
    mark=Mark("properties.our_mark", "/people/find", "mark", "results"),
)


def changing(writing: Writing = WRITING, stand_in: StandIn | None = None, count: int = 3, **more: Any) -> Machine:
    """Return a stand-in of the example's vendor that takes changes."""
    connector = example()
    streams = tuple(replace(one, writing=writing) for one in connector.streams[:1])
    connector = replace(connector, streams=streams)
    system = ServedSystem("crm", connector.name, {streams[0].name: people(count, **more)})
    return Machine(connector, stand_in or StandIn(sizes=(100, 100)), system, limits=(Limit(1_000_000, 60.0),))


def ask(
    one: Machine,
    method: str,
    path: str,
    body: Any = None,
    *,
    may_write: bool = True,
    headers: Mapping[str, str] | None = None,
    **query: str,
) -> Given:
    """Return the answer to a request that is signed."""
    key = (one.invented_to_write if may_write else one.invented).token
    sent = b"" if body is None else json.dumps(body).encode()
    return one.answer(Asked(method, path, query, {"authorization": f"Bearer {key}", **(headers or {})}, sent))


def listed(one: Machine, **query: str) -> dict[str, dict[str, Any]]:
    """Return the records of the list, by id."""
    return {record["id"]: record for record in ask(one, "GET", "/v3/people", **query).body["results"]}


def test_a_change_is_served_from_then_on() -> None:
    """By the single record and in the list; what it does not name stays."""
    one = changing()

    given = ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": "Ann"}})

    assert (given.status, given.body["properties"]) == (200, {"firstname": "Ann", "email": "p2@example.com"})
    assert ask(one, "GET", "/v3/people/2").body == given.body == listed(one)["2"]
    assert listed(one)["1"]["properties"]["firstname"] == "Person 1"


def test_a_list_of_what_changed_since_shows_a_change() -> None:
    """Its stamp is later than that of all records, also where the clock of the machine is behind."""
    one = changing()
    newest = max(record["updatedAt"] for record in listed(one).values())

    ask(one, "PATCH", "/v3/people/1", {"properties": {"email": "new@example.com"}})

    found = listed(one, updatedAfter=str(newest + 1))
    assert found.keys() == {"1"}
    assert found["1"]["updatedAt"] > newest


def test_what_only_reads_changes_nothing() -> None:
    """A change needs the other secret; that one reads, too."""
    one = changing()

    given = ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": "Ann"}}, may_write=False)

    assert given.status == 403
    assert listed(one)["2"]["properties"]["firstname"] == "Person 2"
    assert one.changed == 0
    assert ask(one, "GET", "/v3/people/2", may_write=False).status == 200


def test_a_record_that_is_made_has_an_id_of_the_vendors_shape() -> None:
    """It stands in the list with its moments, and is found again by its mark."""
    one = changing()
    given = ask(one, "POST", "/v3/people", {"properties": {"firstname": "Zoe", "our_mark": "m-1"}})
    again = ask(one, "POST", "/v3/people", {"properties": {"firstname": "Yve", "our_mark": "m-2"}})

    made = given.body["id"]
    assert (given.status, made.isdigit()) == (201, True)
    assert len({made, again.body["id"], "1", "2", "3"}) == 5
    assert listed(one)[made]["properties"]["firstname"] == "Zoe"
    [marked] = ask(one, "GET", "/v3/people/find", mark="m-1").body["results"]
    assert marked["id"] == made
    assert ask(one, "GET", "/v3/people/find", mark="m-9").body == {"results": []}


def test_what_is_gone_is_gone() -> None:
    """It is in no list but that of the archived, cannot be read or changed, and going twice is refused."""
    one = changing()

    assert ask(one, "DELETE", "/v3/people/2").status == 204
    assert listed(one).keys() == {"1", "3"}
    assert [ask(one, how, "/v3/people/2", body).status for how, body in
            (("GET", None), ("PATCH", {"properties": {"email": "x@y.example"}}), ("DELETE", None))] == [404] * 3  # fmt: skip
    assert ask(one, "PATCH", "/v3/people/77", {"properties": {"email": "x@y.example"}}).status == 404


def test_a_field_that_is_none_of_the_vendors_is_refused() -> None:
    """And nothing of the request is done."""
    one = changing()

    given = ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": "Ann", "shoe_size": "9"}})

    assert given.status == 400
    assert listed(one)["2"]["properties"]["firstname"] == "Person 2"


def test_an_empty_text_empties_a_field() -> None:
    """As null does."""
    one = changing()

    for empty in ("", None):
        ask(one, "PATCH", "/v3/people/2", {"properties": {"email": "a@b.example"}})
        assert ask(one, "PATCH", "/v3/people/2", {"properties": {"email": empty}}).body["properties"]["email"] is None


FLAGGED = replace(
    WRITING,
    archive=WriteCall("PATCH", "/people/{id}", body='{"properties": {"hidden": true}}', has_fields=False),
    restore=WriteCall("PATCH", "/people/{id}", body='{"properties": {"hidden": false}}', has_fields=False),
    archived=("properties.hidden", "true"),
)


def test_what_is_archived_by_a_flag_is_restored_by_it() -> None:
    """It leaves the list, is still read by its id, and comes back as it was."""
    one = changing(FLAGGED)
    before = listed(one)["2"]

    ask(one, "PATCH", "/v3/people/2", {"properties": {"hidden": True}})
    assert "2" not in listed(one)
    assert ask(one, "GET", "/v3/people/2").body["properties"]["hidden"] is True
    ask(one, "PATCH", "/v3/people/2", {"properties": {"hidden": False}})

    after = listed(one)["2"]
    assert after.pop("updatedAt") > before.pop("updatedAt")
    assert after == {**before, "properties": {**before["properties"], "hidden": False}}


def test_where_nothing_is_sent_the_request_itself_archives() -> None:
    """A path of its own, without a body."""
    one = changing(replace(FLAGGED, archive=WriteCall("POST", "/people/{id}/hide", has_fields=False),
                           restore=WriteCall("POST", "/people/{id}/show", has_fields=False)))  # fmt: skip

    assert ask(one, "POST", "/v3/people/2/hide").body["properties"]["hidden"] is True
    assert "2" not in listed(one)
    assert ask(one, "POST", "/v3/people/2/show").body["properties"]["hidden"] is False
    assert "2" in listed(one)


def built(_stream: str, record: Record, _row: Row) -> Record:
    return {**record, "version": record.get("version", "0")}


def test_versions_grow_and_stale_ones_are_refused() -> None:
    """A change names the one that it means, in its body; without one it is refused."""
    one = changing(replace(WRITING, version=Version(path="version", condition_path="seen")), StandIn(build_record=built))

    def change(name: str, **seen: str) -> Given:
        return ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": name, **seen}})

    given = [change("Ann", seen="0"), change("Bea", seen="0"), change("Cat"), change("Dot", seen="1")]

    assert [one.status for one in given] == [200, 409, 400, 200]
    assert (given[-1].body["version"], given[-1].body["properties"]["firstname"]) == ("2", "Dot")


def test_versions_in_the_head_are_compared_there() -> None:
    """Whoever names none changes whatever stands there, as such vendors allow."""
    one = changing(replace(WRITING, version=Version(header="ETag", condition="If-Match")))
    seen = ask(one, "GET", "/v3/people/2").headers["ETag"]

    def change(name: str, **headers: str) -> Given:
        return ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": name}}, headers=headers)

    given = change("Ann", **{"if-match": seen})

    assert given.status == 200
    assert given.headers["ETag"] != seen
    assert change("Bea", **{"if-match": seen}).status == 409
    assert change("Cat").status == 200


@pytest.mark.parametrize("how", ["header", "param"])
def test_a_key_has_one_effect(how: str) -> None:
    """The first answer is given again, and other bytes under it are refused; another key is another change."""
    keyed = {"header": {"key_header": "Idempotency-Key"}, "param": {"key_param": "requestid"}}[how]
    one = changing(replace(WRITING, **keyed))  # type: ignore[arg-type]

    def make(key: str, name: str) -> Given:
        headers, query = ({"idempotency-key": key}, {}) if how == "header" else ({}, {"requestid": key})
        return ask(one, "POST", "/v3/people", {"properties": {"firstname": name}}, headers=headers, **query)

    first, again, other, bytes_of_others = make("k-1", "Ann"), make("k-1", "Ann"), make("k-2", "Ann"), make("k-1", "Bea")

    assert first.body == again.body
    assert other.body["id"] != first.body["id"]
    assert bytes_of_others.status == 400
    assert len(listed(one)) == 5


def refusing(_stream: str, record: Record, _before: Record | None, others: Others) -> Problem | None:
    name = record["properties"].get("firstname")
    same = [one for _, one in others("people") if one["id"] != record["id"] and one["properties"].get("firstname") == name]
    return "name_taken" if same else None


def test_a_vendors_own_rule_refuses_a_change() -> None:
    """Nothing of it is done."""
    one = changing(stand_in=StandIn(refusal=refusing))

    assert ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": "Person 1"}}).status == 400
    assert ask(one, "POST", "/v3/people", {"properties": {"firstname": "Person 1"}}).status == 400
    assert ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": "Person 2"}}).status == 200
    assert len(listed(one)) == 3


def test_faults_spoil_changes_before_their_effect_and_behind_it() -> None:
    """Whoever lost an answer does not know what became of the change; both happen."""
    one = changing()
    one.faults = FaultPlan()

    lost = {"done": 0, "not done": 0}
    for number in range(200):
        given = ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": f"Name {number}"}})
        if given.cut is not None or given.status == 503:
            faults, one.faults = one.faults, None
            is_done = listed(one)["2"]["properties"]["firstname"] == f"Name {number}"
            lost["done" if is_done else "not done"] += 1
            one.faults = faults

    assert lost["done"] > 5
    assert lost["not done"] > 5


def test_no_snapshot_is_changed() -> None:
    """What was read from the disk is what it was: changes are in memory."""
    one = changing()
    served = one.system.streams["people"]
    before = served.rows()

    ask(one, "PATCH", "/v3/people/2", {"properties": {"firstname": "Ann"}})
    ask(one, "DELETE", "/v3/people/1")

    assert served.rows() == before


def test_what_an_interface_sent_is_changed_as_it_stands() -> None:
    """Fields that no column reads are kept."""
    raw = json.dumps({"id": "1", "properties": {"firstname": "Ann", "odd": [1, 2]}})
    one = changing()
    row = {"record_id": "1", "raw": raw, "updated_at": MONDAY}
    one.system.streams["people"] = ServedStream(records("party", [row]), is_asked=True)

    given = ask(one, "PATCH", "/v3/people/1", {"properties": {"firstname": "Bea"}})

    assert given.body["properties"] == {"firstname": "Bea", "odd": [1, 2]}


def test_several_records_are_changed_by_one_request_and_one_that_is_refused_leaves_the_others() -> None:
    """Each has its own result; the one that is refused is named with why."""
    together = Batch(
        WriteCall("POST", "/people/batch", id_path="id"),
        3,
        "inputs",
        results="results",
        errors="errors",
        error_ids="context.ids",
    )
    one = changing(replace(WRITING, batch=together), StandIn(refusal=refusing))
    entries = [
        {"id": "1", "properties": {"firstname": "Ann"}},
        {"id": "2", "properties": {"firstname": "Ann"}},
        {"id": "9", "properties": {"firstname": "Bo"}},
    ]
    given = ask(one, "POST", "/v3/people/batch", {"inputs": entries})

    assert given.status == 207
    assert [result["id"] for result in given.body["results"]] == ["1"]
    assert [error["context"]["ids"] for error in given.body["errors"]] == [["2"], ["9"]]
    assert [listed(one)[key]["properties"]["firstname"] for key in "12"] == ["Ann", "Person 2"]
    assert ask(one, "POST", "/v3/people/batch", {"inputs": [*entries, *entries]}).status == 400
    assert ask(one, "POST", "/v3/people/batch", {"inputs": entries}, may_write=False).status == 403


def test_what_hands_over_the_secrets_names_both_sign_ins(tmp_path: Path) -> None:
    """The one that reads and the one that writes, each with secrets of its own; a system that takes no changes has one."""
    with exports_of("quickbooks", tmp_path) as system, running([system]) as found:
        commands, text = export_commands(found), engagement_excerpt(found, "Harbor", "USD")

    assert [one.partition("=")[0] for one in commands] == [
        "export SANDBOX_SYS_CLIENT_SECRET",
        "export SANDBOX_SYS_REFRESH_TOKEN",
        "export SANDBOX_SYS_WRITE_CLIENT_SECRET",
        "export SANDBOX_SYS_WRITE_REFRESH_TOKEN",
        "integration-audit connect sys FOLDER",
        "integration-audit connect sys FOLDER --write",
    ]
    assert len({one.partition("=")[2] for one in commands[:4]}) == 4
    assert "sign_in_to_write: {way: refresh_token, client_id: sandbox-writer" in text.replace('"', "")
