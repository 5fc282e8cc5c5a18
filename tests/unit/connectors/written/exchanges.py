"""Exchanges with a vendor's writing side: changes of a plan sent to a script of answers, and every request as it came."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.fault_server import Asked, Given, VirtualClock, served
from tests.unit.apply.test_job import LIMITS, Notebook
from toolkit.apply.rest_system import RestSystem
from toolkit.apply.running import JobLimits, JobOutcome, run_job
from toolkit.changes import Operation, Target, made_plan, operation
from toolkit.changes.operation import Action, field_hash
from toolkit.connector import Connector
from toolkit.connector.write_calls import CallForm
from toolkit.rest.body_forms import as_json
from toolkit.rest.calls import filled
from toolkit.rest.client import RestClient

Said = tuple[str, str, Any]
"""A request: its method, its address with what is asked there, and its body."""


class Vendor:
    """A vendor that answers each kind of request as a script says, and keeps every change that it was sent."""

    def __init__(self, answers: Callable[[Asked], Given]) -> None:
        self.answers = answers
        self.changes: list[Said] = []
        self.reads: list[Said] = []
        self.headers: list[Mapping[str, str]] = []

    def __call__(self, asked: Asked) -> Given:
        """Answer a request."""
        kind = asked.headers.get("content-type", "")
        form: CallForm = "soap" if kind.startswith("text/xml") else "form" if kind.endswith("urlencoded") else "json"
        body: Any = as_json(asked.body, form) if asked.body else None
        said = (asked.method, asked.path, body)
        # A document of GraphQL says in its first word whether it only reads.
        document = str(body.get("query")) if isinstance(body, dict) else ""
        is_read = asked.method == "GET" or "/batch/read" in asked.path or document.startswith("query")
        (self.reads if is_read else self.changes).append(said)
        if not is_read:
            self.headers.append({**asked.headers, **{f"?{name}": value for name, value in asked.query.items()}})
        return self.answers(asked)


def sent(
    connector: Connector,
    vendor: Vendor,
    changes: Sequence[Operation],
    places: Mapping[str, str] | None = None,
    *,
    is_dry_run: bool = False,
    keep: Callable[[str, Mapping[str, Any]], None] = lambda _op_id, _records: None,
    limits: JobLimits = LIMITS,
) -> JobOutcome:
    """Run a job against a vendor whose interface stands at another address.

    Parameters
    ----------
    connector
        Of the vendor.
    vendor
        The script.
    changes
        Of the plan.
    places
        What fills the places of addresses.
    is_dry_run, keep, limits
        As `run_job` takes them.
    """
    assert connector.api is not None
    writings = {one.name: one.writing for one in connector.streams if one.writing is not None}
    plan = made_plan(
        "cleanup", engagement_id="acme", target=Target("sys", connector.name), snapshot_ids={}, rules_hash="r",
        operations=changes, record_counts={one.stream: 100 for one in changes},
    )  # fmt: skip
    with served(vendor) as server:
        home = filled(connector.api.url, dict(places or {}))
        api = replace(connector.api, url=server.url + ("/" + home.split("/", 3)[3] if home.count("/") > 2 else ""))
        with RestClient("sys", api, writings=writings.values(), clock=VirtualClock(), places=dict(places or {})) as client:
            system = RestSystem(client, writings, "USD")
            return run_job(plan, system, Notebook(), client.clock, limits=limits, is_dry_run=is_dry_run, keep=keep)


def changed(
    action: Action, stream: str, record_id: str, before: Mapping[str, str | None], after: Mapping[str, str | None]
) -> Operation:
    """Return a change of a record.

    Parameters
    ----------
    action, stream, record_id, before, after
        As an operation has them.
    """
    return operation(
        action, "sys", stream, target_id=record_id, before=before, after=after, precondition=field_hash(before)
    )  # fmt: skip


def created(stream: str, **after: str) -> Operation:
    """Return the making of a record."""
    return operation("create", "sys", stream, natural_key="other/list/9", after=after)
