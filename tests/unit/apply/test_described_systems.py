"""What the page of described systems says is what is sent: to the byte, and let through by the allow-list."""

import json
import textwrap
from pathlib import Path
from typing import Any

import pydantic
import pytest
from ruamel.yaml import YAML

from toolkit.apply.rest_system import RestSystem
from toolkit.apply.system import Current
from toolkit.apply.written_body import Meant, written_body
from toolkit.changes import operation
from toolkit.changes.operation import Action
from toolkit.connector import Writing
from toolkit.rest.allowed_changes import allowed_changes
from toolkit.rest.client import RestClient
from toolkit.settings import Settings
from toolkit.settings.asking import ApiSettings

PAGE = Path(__file__).resolve().parents[3] / "docs" / "described-systems.md"


def described(title: str) -> tuple[ApiSettings, dict[str, Writing]]:
    """Return the interface and the writings of one system of the page."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("```yaml\n")[2].partition("```")[0]
    [system] = Settings.model_validate({"client": "A", **YAML(typ="safe").load(textwrap.dedent(text))}).systems.values()
    assert system.api is not None
    return system.api, {name: one.write.writing() for name, one in system.streams.items() if one.write is not None}


def sent(title: str, stream: str, action: Action, after: dict[str, str | None], version: str | None = None) -> Any:
    """Return what a change sends: method, path and body; what is sent may be sent."""
    api, writings = described(title)
    writing = writings[stream]
    target = None if action == "create" else "7"
    change = operation(action, "erp", stream, target_id=target, natural_key=None if target else "crm/a/1", after=after)
    how = {"create": writing.create, "update": writing.update, "repoint": writing.repoint or writing.update,
           "archive": writing.archive, "restore": writing.restore}[action]  # fmt: skip
    assert how is not None
    current = None if target is None else Current({}, version)
    body = written_body(change, writing, how, Meant(target, current, "mark-1"))
    path = f"{api.url.removeprefix('https://').partition('/')[2]}{how.path}".replace("{id}", "7")
    may = allowed_changes(api.api(), writings.values(), {})
    assert any(one.is_met(how.method, f"/{path.lstrip('/')}", body.encode()) for one in may)
    return how.method, how.path, json.loads(body) if body else None


def test_tryton_is_sent_the_version_of_each_record() -> None:
    """In the context of the call, under the name of its model and its number."""
    assert sent("Tryton", "parties", "update", {"name": "Acme"}, "17.5")[2]["params"] == [
        [7], {"name": "Acme"}, {"_timestamp": {"party.party,7": "17.5"}},
    ]  # fmt: skip
    assert sent("Tryton", "parties", "archive", {"state": "archived"}, "17.5")[2]["params"] == [
        [7], {"active": False}, {"_timestamp": {"party.party,7": "17.5"}},
    ]  # fmt: skip
    assert sent("Tryton", "lines_to_invoice", "repoint", {"party_ref": "12"}, "3.1")[2]["params"] == [
        [7], {"party": 12}, {"_timestamp": {"account.invoice.line,7": "3.1"}},
    ]  # fmt: skip
    assert sent("Tryton", "parties", "create", {"name": "New"})[2] == {
        "id": 1, "method": "model.party.party.create", "params": [[{"name": "New", "code": "mark-1"}], {}],
    }  # fmt: skip


def test_redmine_is_sent_what_changed_and_closes_what_is_archived() -> None:
    """A project is closed and opened again by a request without a body."""
    assert sent("Redmine", "clients", "archive", {"state": "archived"}) == ("PUT", "/projects/{id}/close.json", None)
    assert sent("Redmine", "clients", "restore", {"state": "active"}) == ("PUT", "/projects/{id}/reopen.json", None)
    assert sent("Redmine", "issues", "repoint", {"party_ref": "12"}) == (
        "PUT", "/issues/{id}.json", {"issue": {"project_id": 12}},
    )  # fmt: skip
    [issues] = [one for name, one in described("Redmine")[1].items() if name == "issues"]
    assert issues.keeps[:2] == ("category.id", "fixed_version.id")
    assert issues.repoint is not None
    assert dict(issues.repoint.unless)["category"] == "A move takes its category away."


def test_vendure_is_sent_variables_and_no_other_query() -> None:
    """The name follows from its parts, and is not sent."""
    made = {"given_name": "Ann", "family_name": "Berg", "name": "Ann Berg", "email": "ann@berg.example"}
    assert sent("Vendure", "customers", "create", dict(made))[2]["variables"]["input"] == {
        "firstName": "Ann", "lastName": "Berg", "emailAddress": "ann@berg.example", "customFields": {"reference": "mark-1"},
    }  # fmt: skip
    assert sent("Vendure", "customers", "archive", {"state": "archived"})[2]["variables"]["input"] == {
        "id": "7", "customFields": {"archived": True},
    }  # fmt: skip
    assert sent("Vendure", "orders", "repoint", {"party_ref": "12"})[2]["variables"]["input"] == {
        "orderId": "7", "customerId": "12",
    }  # fmt: skip


def test_what_an_answer_means_is_told_by_something() -> None:
    """A fault without a status and a place would be every answer."""
    api, _ = described("Tryton")
    [fault] = api.api().faults
    assert (fault.means, fault.path) == ("conflict", "error.0")
    with pytest.raises(pydantic.ValidationError, match="by what the answer is told"):
        ApiSettings.model_validate({"url": "https://a.example", "faults": [{"means": "wait"}]})


def test_a_job_asks_nothing_else_of_such_a_system() -> None:
    """A client of these writings is made without a complaint, and knows no keys."""
    api, writings = described("Vendure")
    with RestClient("shop", api.api(), writings=writings.values()) as client:
        assert RestSystem(client, writings).key_life is None
