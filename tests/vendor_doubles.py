"""Doubles of vendors that take changes: one knows keys, one versions in headers, one counts them in the record, one neither.

They count every effect, so that a change that was done twice, or over somebody else's edit, cannot hide.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.fault_server import Asked, Given
from toolkit.changes import Operation, Plan, Target, made_plan, operation
from toolkit.changes.operation import field_hash
from toolkit.connector import Api, Batch, Mark, Merge, OneCall, Version, WriteCall, WriteField, Writing

Kind = Literal["keys", "versions", "counted", "neither", "together"]
KINDS: tuple[Kind, ...] = ("keys", "versions", "counted", "neither")
"""Beside them stands one that knows neither, and takes several changes in one request (``together``)."""

COLUMNS = (("name", "name"), ("phone", "contact.phone"), ("parent_ref", "parent"))
Fault = Callable[[Asked], str | None]
"""What goes wrong with a change.

``before`` or ``after`` (the line breaks before or after the effect), ``500`` (after it), ``refused``, ``busy`` (429),
``out`` (401), ``errors`` (a 200 that took nothing), ``halved`` (half an answer), ``nameless`` (an answer without an id),
``halfway`` (of several changes the first half has effect, then the system fails), ``gone`` (the record is, after the
effect), ``other`` (another value is stored); nothing: all is well.
"""


_VERSIONS: dict[Kind, Version] = {
    "versions": Version(header="ETag", condition="If-Match"),
    "counted": Version(path="version", condition_path="version"),
}


_TOGETHER = Batch(WriteCall("POST", "/companies/batch", id_path="id"), 4, "inputs", body='{"inputs": []}', results="results")


def writing(kind: Kind, *, has_mark: bool = True) -> Writing:
    """Return how the records of a double are changed."""
    return Writing(
        one=OneCall("/companies/{id}"),
        fields=tuple(WriteField(column, path) for column, path in COLUMNS),
        create=WriteCall("POST", "/companies"),
        update=WriteCall("PATCH", "/companies/{id}"),
        archive=WriteCall("PATCH", "/companies/{id}", body='{"archived": true}', has_fields=False),
        restore=WriteCall("PATCH", "/companies/{id}", body='{"archived": false}', has_fields=False),
        merge=Merge(
            WriteCall("POST", "/companies/{id}/merge/{into}", has_fields=False), ("its id",), merged_at="merged_into"
        ),
        archived=("archived", "true"),
        version=_VERSIONS.get(kind),
        mark=Mark("our_mark", "/companies", "our_mark", "results") if has_mark else None,
        key_header="Idempotency-Key" if kind == "keys" else "",
        key_hours=24.0 if kind == "keys" else 0.0,
        stamp="updated_at",
        batch=_TOGETHER if kind == "together" else None,
        settle_s=0.02,
    )


def api(url: str) -> Api:
    """Return the interface of a double."""
    return Api(url)


_NOT_TAKEN = {
    "before": Given(b"x" * 20, cut=0),
    "busy": Given({"error": "slow down"}, 429, {"Retry-After": "1"}),
    "refused": Given({"message": "this name is taken"}, 422),
    "out": Given({"message": "who are you?"}, 401),
    "errors": Given({"errors": [{"message": "no right to do so"}]}),
}


@dataclass(slots=True)
class Double:
    """A vendor's list of companies; an app of `tests.fault_server`."""

    kind: Kind
    records: dict[str, dict[str, Any]]
    fault: Fault = lambda _asked: None
    effects: Counter[tuple[str, str]] = field(default_factory=Counter)
    answers: dict[str, tuple[bytes, Given]] = field(default_factory=dict)
    before_read: Callable[[str], None] = lambda _record_id: None
    on_read: Callable[[str], None] = lambda _record_id: None

    def __call__(self, asked: Asked) -> Given:  # one return a fault reads as the table it is
        """Answer a request."""
        parts = asked.path.strip("/").split("/")
        if asked.method == "GET":
            return self._listed(asked) if len(parts) == 1 else self._one(parts[1])
        fault = self.fault(asked)
        if fault in _NOT_TAKEN:
            return _NOT_TAKEN[fault]
        return self._together(asked.json["inputs"], fault) if parts[1:] == ["batch"] else self._taken(asked, parts, fault)

    def _taken(self, asked: Asked, parts: Sequence[str], fault: str | None) -> Given:
        key = asked.headers.get("idempotency-key", "")
        if self.kind == "keys" and key in self.answers:
            body, given = self.answers[key]
            return given if body == asked.body else Given({"message": "this key was used for another request"}, 400)
        given = self._changed(asked, parts, fault)
        if self.kind == "keys":
            self.answers[key] = (asked.body, given)
        if fault == "gone":
            self.records.pop(parts[1])
        if fault == "nameless":
            return Given({}, 201)
        if fault == "500":
            return Given({"message": "oops"}, 500)
        cut = {"after": 0, "halved": 9}.get(fault or "")
        return Given(given.body, given.status, given.headers, cut=cut)

    def _changed(self, asked: Asked, parts: Sequence[str], fault: str | None) -> Given:
        if len(parts) == 1:
            record_id = str(1000 + len(self.records))
            record = {"id": record_id, "archived": False, "version": 1, **asked.json}
            self.records[record_id] = record
            self.effects["create", str(asked.json.get("name"))] += 1
            return self._shown(record, 201)
        found = self.records.get(parts[1])
        if found is None:
            return Given({"message": "not found"}, 404)
        if self.kind == "versions" and asked.headers.get("if-match") != f'"{found["version"]}"':
            return Given({"message": "stale"}, 412)
        if parts[2:3] == ["merge"]:
            return self._merged(found, parts[3])
        sent = dict(asked.json)
        if self.kind == "counted" and ((meant := sent.pop("version", None)) != found["version"] or type(meant) is not int):
            return Given({"message": "stale"}, 409)
        for name, value in sent.items():
            found[name] = {**found.get(name, {}), **value} if isinstance(value, dict) else value
        if fault == "other":
            found["name"] = str(found["name"]).upper()
        found["version"] += 1
        if "updated_at" in found:
            found["updated_at"] = f"2026-11-30T09:{found['version']:02d}:00Z"
        self.effects["change", parts[1]] += 1
        return self._shown(found)

    def _merged(self, record: dict[str, Any], into: str) -> Given:
        if into not in self.records or record.get("merged_into"):
            return Given({"message": "cannot be merged"}, 422)
        record |= {"merged_into": into, "version": record["version"] + 1}
        self.effects["change", str(record["id"])] += 1
        return self._shown(record)

    def _together(self, entries: Sequence[Mapping[str, Any]], fault: str | None) -> Given:
        results = []
        for place, entry in enumerate(entries):
            if fault in {"halfway", "500"} and place >= len(entries) / 2:
                return Given({"message": "oops"}, 500)
            sent = {name: value for name, value in entry.items() if name != "id"}
            asked = Asked("PATCH", "", {}, {}, json.dumps(sent).encode())
            results.append(self._changed(asked, ["companies", entry["id"]], fault).body)
        # In another order than they came.
        return Given({"results": results[::-1]}, cut={"after": 0, "halved": 9}.get(fault or ""))

    def _one(self, record_id: str) -> Given:
        self.before_read(record_id)
        found = self.records.get(record_id)
        given = Given({"message": "not found"}, 404) if found is None else self._shown(found)
        self.on_read(record_id)
        return given

    def _listed(self, asked: Asked) -> Given:
        mark = asked.query.get("our_mark")
        return Given({"results": [one for one in self.records.values() if one.get("our_mark") == mark]})

    def _shown(self, record: dict[str, Any], status: int = 200) -> Given:
        shown = {**record}
        headers = {"X-Request-Id": "r-1"}
        if self.kind == "versions":
            headers["ETag"] = f'"{record["version"]}"'
        return Given(shown, status, headers)

    def edit(self, record_id: str, **values: Any) -> None:
        """Change a record as somebody else would."""
        self.records[record_id] |= values
        self.records[record_id]["version"] += 1


def companies(count: int) -> dict[str, dict[str, Any]]:
    """Return records, ids from 1."""
    return {
        str(number): {
            "id": str(number),
            "name": f"company {number}",
            "contact": {"phone": None},
            "parent": None,
            "archived": False,
            "version": 1,
        }
        for number in range(1, count + 1)
    }


def renamed(number: int, depends_on: tuple[str, ...] = ()) -> Operation:
    """Return a change of one record's name."""
    before = {"name": f"company {number}"}
    return operation(
        "update",
        "crm",
        "companies",
        target_id=str(number),
        before=before,
        after={"name": f"Company {number}"},
        precondition=field_hash(before),
        depends_on=depends_on,
    )


def repointed(number: int, parent: str, depends_on: tuple[str, ...] = ()) -> Operation:
    """Return a change of whom a record belongs to."""
    before = {"parent_ref": None}
    return operation(
        "repoint",
        "crm",
        "companies",
        target_id=str(number),
        before=before,
        after={"parent_ref": parent},
        precondition=field_hash(before),
        depends_on=depends_on,
    )


def merged(number: int, into: int) -> Operation:
    """Return the merge of one record into another."""
    before = {"name": f"company {number}"}
    return operation(
        "merge",
        "crm",
        "companies",
        target_id=str(number),
        before=before,
        after={"merged_into": str(into)},
        precondition=field_hash(before),
        reversibility="R2",
    )


def archived(number: int, depends_on: tuple[str, ...] = ()) -> Operation:
    """Return the archiving of one record."""
    before = {"state": "active"}
    return operation(
        "archive",
        "crm",
        "companies",
        target_id=str(number),
        before=before,
        after={"state": "archived"},
        precondition=field_hash(before),
        depends_on=depends_on,
    )


def created(number: int) -> Operation:
    """Return the making of a record."""
    return operation(
        "create",
        "crm",
        "companies",
        natural_key=f"ledger/customers/{number}",
        after={"name": f"new {number}", "phone": "1"},
        reversibility="R1",
    )


def job(changes: Iterable[Operation]) -> Plan:
    """Return a plan of these changes."""
    return made_plan(
        "cleanup",
        engagement_id="e-1",
        target=Target("crm", "rest"),
        snapshot_ids={},
        rules_hash="0" * 64,
        operations=changes,
        record_counts={"companies": 1_000},
    )
