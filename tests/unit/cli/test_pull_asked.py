"""``pull`` on the command line, of a system that is asked."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.command_line import call
from tests.fault_server import Asked, FaultServer, Given, ListSystem, people, served
from toolkit.audit.engagement import open_engagement
from toolkit.audit.runs import run_stages

SETTINGS = """\
client: Harbor
systems:
  crm:
    connector: rest
    api: {{url: "{url}"}}
    sign_in: {{way: bearer, token: env:CRM_TOKEN}}
    streams:
      people:
        entity: party
        key: [id]
        read: {{path: /people, records: results, paging: {{style: cursor, param: after, path: paging.next.after}},
               changed_since: {{field: updated_at, param: updated_after}}}}
        fields: {{name: name, email: contact.email, updated_at: updated_at}}
      deals:
        entity: deal
        key: [id]
        read: {{path: /deals, records: results}}
        fields: {{name: title, created_at: {{column: at, form: epoch_ms}},
                 amount_minor: {{column: cents, form: hundredths}}}}
"""
KEY = "CANARY-token-4711"


class Crm:
    """Serves people and deals to whoever has the key."""

    def __init__(self) -> None:
        self.people = ListSystem(people(25))

    def __call__(self, asked: Asked) -> Given:
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return Given({"message": f"unknown key {asked.headers.get('authorization')}"}, 401)
        deals = [{"id": "d1", "title": "Deal", "at": 1796032830000, "cents": 12550}]
        return Given({"results": deals}) if asked.path == "/deals" else self.people(asked)


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("CRM_TOKEN", KEY)
    with served(Crm()) as server:
        (tmp_path / "engagement.yaml").write_text(SETTINGS.format(url=server.url))
        yield server


def test_a_pull_says_what_came(crm: FaultServer, tmp_path: Path) -> None:
    """Each list with its counts, and where the records are from."""
    done = call("pull", tmp_path)

    assert done.code == 0, done.err
    assert "crm/people" in done.out
    assert "26 records of 1 system from 2 lists of interfaces" in done.out
    assert len(crm.asked) == 4


def test_options_choose_systems_days_and_everything(crm: FaultServer, tmp_path: Path) -> None:
    """Changes since a day, or all of it."""
    call("pull", tmp_path)
    crm.asked.clear()

    assert call("pull", tmp_path, "crm", "--since", "2026-11-20").code == 0
    assert [one.query.get("updated_after") for one in crm.asked if one.path == "/people"] == ["2026-11-20T00:00:00Z"]
    assert call("pull", tmp_path, "--full").code == 0
    assert call("pull", tmp_path, "--full", "--since", "2026-11-20").code == 3
    assert call("pull", tmp_path, "nobody").code == 3


def test_whoever_must_sign_in_again_is_told_and_no_key_is_shown(
    crm: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code 7, the name of the variable, and never what it holds."""
    monkeypatch.setenv("CRM_TOKEN", "CANARY-expired-1")

    done = call("pull", tmp_path, "--json")

    assert done.code == 7
    said = json.loads(done.out)
    assert "env:CRM_TOKEN" in said["missing"][0]
    assert "CANARY" not in done.out + done.err
    assert len(crm.asked) <= 2


def test_an_audit_works_on_what_was_pulled(crm: FaultServer, tmp_path: Path) -> None:
    """Every stage runs on the snapshots; no system is asked for it."""
    call("pull", tmp_path)
    crm.asked.clear()

    engagement = open_engagement(tmp_path)
    run = run_stages(engagement)
    deals = engagement.store.records(["name", "created_at", "amount_minor"])["crm", "deals"].to_pylist()
    engagement.close()

    figures = {row["figure_id"]: row["value"] for row in run.table("figure").to_pylist()}
    assert figures["snapshot.records"] == 26
    assert crm.asked == []
    assert (deals[0]["amount_minor"], f"{deals[0]['created_at']:%Y-%m-%d %H:%M:%S}") == (12550, "2026-11-30 10:00:30")


def test_what_is_next_is_to_pull(crm: FaultServer, tmp_path: Path) -> None:
    """Before the first pull, ``status`` does not ask for files."""
    done = call("status", tmp_path)

    assert f"integration-audit pull {tmp_path}" in done.out
    assert crm.asked == []


def test_what_a_day_allows_and_what_of_it_is_used_is_said_before_the_pull(crm: FaultServer, tmp_path: Path) -> None:
    """Nobody knows before the first pull; later ones know what one like it took, and warn where the day is short."""
    path = tmp_path / "engagement.yaml"
    path.write_text(path.read_text().replace(f'{{url: "{crm.url}"}}', f'{{url: "{crm.url}", limits: {{day: 10}}}}'))
    first, second, full = call("pull", tmp_path), call("pull", tmp_path), call("pull", tmp_path, "--full", "--json")

    assert "crm allows 10 requests a day: at least 0 were used since, and how many this pull takes is not known" in first.err
    assert "at least 4 were used since, and a pull like this one took 4." in second.err
    assert "at least 6 were used since, and a pull like this one took 4." in full.err
    assert json.loads(full.out)["budgets"] == full.err.splitlines()[:1]
    assert "It may end before it is whole" in call("pull", tmp_path, "--full").err


@pytest.mark.parametrize(("days", "said"), [(40, None), (10, "ends on"), (-3, "has ended on")])
def test_a_sign_in_that_ends_soon_is_among_what_is_next(
    crm: FaultServer, tmp_path: Path, days: int, said: str | None
) -> None:
    """Nobody finds out on the last day of the engagement: ``status`` says it thirty days before."""
    path, end = tmp_path / "engagement.yaml", datetime.now(UTC) + timedelta(days=days)
    path.write_text(path.read_text().replace("token: env:CRM_TOKEN", f"token: env:CRM_TOKEN, expires_on: {end:%Y-%m-%d}"))
    assert call("pull", tmp_path).code == 0
    out = call("status", tmp_path).out

    assert ("sign in to crm again" in out) == (said is not None)
    assert said is None or f"whose sign-in {said} {end.day} {end:%B %Y}" in out
    assert crm.url not in out
