"""A pull is rehearsed on stand-ins: twice with changes in between, with faults, killed and gone on with; a whole audit."""

import dataclasses
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.fault_server import VirtualClock
from toolkit.audit.audited_folder import Audit
from toolkit.audit.engagement import open_engagement
from toolkit.audit.live.sample import live_audit
from toolkit.audit.practice import served_systems
from toolkit.audit.pull.asked_jobs import Asking
from toolkit.audit.pull.asked_streams import AskedPull, pull_asked
from toolkit.sandbox.excerpt import engagement_excerpt
from toolkit.sandbox.running import Running, practisable, running
from toolkit.sandbox.served import ServedSystem
from toolkit.settings import lent_secrets

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def crm(harbor_pine: Audit) -> ServedSystem:
    """Return the sample client's CRM, as a stand-in serves it."""
    return next(one for one in practisable(served_systems(harbor_pine.engagement)) if one.name == "crm")


@contextmanager
def practising(system: ServedSystem, folder: Path, **more: Any) -> Iterator[Running]:
    """Yield a stand-in of a system, and connect an engagement to it."""
    with running([system], is_unattended=True, **more) as [one], lent_secrets(one.secrets):
        folder.mkdir(exist_ok=True)
        text = engagement_excerpt([one], "Harbor & Pine", "USD") + "country: US\ntime_zone: America/Chicago\n"
        (folder / "engagement.yaml").write_text(text, encoding="utf-8")
        yield one


def pulled(folder: Path, clock: VirtualClock | None = None) -> AskedPull:
    """Pull an engagement from what it is connected to."""
    engagement = open_engagement(folder)
    try:
        return pull_asked(engagement, asking=Asking(clock=clock))
    finally:
        engagement.close()


def held(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the records of every stream, present ones, by id."""
    engagement = open_engagement(folder)
    try:
        [system] = served_systems(engagement)
    finally:
        engagement.close()
    return {
        name: {row["record_id"]: dict(row) for row in one.rows() if row["state"] == "active"}
        for name, one in system.streams.items()
    }


def without_sent(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return rows without what tells only where they came from."""
    return {key: {name: value for name, value in row.items() if name != "sent"} for key, row in rows.items()}


def test_a_rehearsed_pull_brings_what_the_export_held(crm: ServedSystem, tmp_path: Path) -> None:
    """Companies, contacts and deals are those of the files, column for column."""
    clock = VirtualClock()
    with practising(crm, tmp_path, now=clock.monotonic_s):
        assert pulled(tmp_path, clock).missing == ()

    found = held(tmp_path)
    for name, stream in crm.streams.items():
        assert without_sent(found[name]) == {row["record_id"]: dict(row) for row in stream.rows()}


def changed_companies(table: pa.Table) -> pa.Table:
    """Return companies of which the first has another name, and the last is archived, an hour after the newest change."""
    newest = pc.max(table["updated_at"]).as_py() + timedelta(hours=1)
    rows = table.to_pylist()
    rows[0] |= {"name": "Renamed Ltd", "company_name": "Renamed Ltd", "updated_at": newest}
    rows[-1] |= {"state": "deleted", "updated_at": newest}
    return pa.Table.from_pylist(rows, schema=table.schema)


def test_a_second_pull_brings_what_changed_in_between(crm: ServedSystem, tmp_path: Path) -> None:
    """A new name, a record that was deleted; nothing else is asked for, and nothing else moves."""
    clock = VirtualClock()
    with practising(crm, tmp_path, now=clock.monotonic_s) as one:
        assert pulled(tmp_path, clock).missing == ()
        before, first = held(tmp_path), one.machine.asked
        companies = crm.streams["companies"]
        one.machine.system.streams["companies"] = dataclasses.replace(
            companies, records=changed_companies(companies.records)
        )
        clock.sleep(60)
        assert pulled(tmp_path, clock).missing == ()
        second = one.machine.asked - first

    after, rows = held(tmp_path), companies.records.to_pylist()
    renamed, deleted = rows[0]["record_id"], rows[-1]["record_id"]
    assert after["companies"][renamed]["name"] == "Renamed Ltd"
    assert deleted not in after["companies"]
    kept = {key for key in before["companies"] if key not in {renamed, deleted}}
    assert {key: after["companies"][key] for key in kept} == {key: before["companies"][key] for key in kept}
    assert after["contacts"] == before["contacts"]
    assert second < first


def changed_there(one: Running, method: str, path: str, body: dict[str, Any] | None, key: str) -> int:
    """Change something on a stand-in as anybody may who holds a key; return the status."""
    with httpx.Client(base_url=one.url, headers={"Authorization": f"Bearer {key}"}) as line:
        return line.request(method, path, json=body).status_code


def test_a_pull_after_a_change_shows_it(crm: ServedSystem, tmp_path: Path) -> None:
    """A list of what changed since does: another name, a record that is gone, a new one, and nothing else moves."""
    clock = VirtualClock()
    files = Path(__file__).resolve().parents[2] / "sample_data"
    on_disk = {path: path.stat().st_mtime_ns for path in files.rglob("*")}
    with practising(crm, tmp_path, now=clock.monotonic_s) as one:
        assert pulled(tmp_path, clock).missing == ()
        before = held(tmp_path)
        first, second, *_ = sorted(before["companies"])
        path, key = "/crm/v3/objects/companies", one.machine.invented_to_write.token
        renamed: dict[str, Any] = {"properties": {"name": "Renamed Ltd"}}
        assert changed_there(one, "PATCH", f"{path}/{first}", renamed, one.machine.invented.token) == 403
        assert changed_there(one, "PATCH", f"{path}/{first}", renamed, key) == 200
        assert changed_there(one, "DELETE", f"{path}/{second}", None, key) == 204
        assert changed_there(one, "POST", path, {"properties": {"name": "Made Inc", "phone": "1"}}, key) == 201
        clock.sleep(60)
        assert pulled(tmp_path, clock).missing == ()

    after = held(tmp_path)
    [made] = set(after["companies"]) - set(before["companies"])
    assert after["companies"][first]["name"] == "Renamed Ltd"
    assert second not in after["companies"]
    assert (after["companies"][made]["name"], after["companies"][made]["phone"]) == ("Made Inc", "1")
    kept = set(before["companies"]) - {first, second}
    assert {name: after["companies"][name] for name in kept} == {name: before["companies"][name] for name in kept}
    assert after["contacts"] == before["contacts"]
    assert {path: path.stat().st_mtime_ns for path in files.rglob("*")} == on_disk


def test_faults_cost_time_and_nothing_else(crm: ServedSystem, tmp_path: Path) -> None:
    """Limits, trouble, dead lines and slow pages: what comes is what comes without them."""
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    for folder, with_faults in ((calm, False), (rough, True)):
        clock = VirtualClock()
        with practising(crm, folder, with_faults=with_faults, now=clock.monotonic_s):
            assert pulled(folder, clock).missing == ()

    assert held(rough) == held(calm)


def test_a_rehearsal_that_is_killed_goes_on_where_it_was(crm: ServedSystem, tmp_path: Path) -> None:
    """Among faults, too: nothing is lost, nothing comes twice."""
    with practising(crm, tmp_path, with_faults=True) as one:
        command = [sys.executable, "-m", "toolkit", "pull", str(tmp_path), "--json"]
        environment = {**os.environ, **one.secrets, "PYTHONPATH": str(ROOT)}
        for pages in (4, 15, 26):
            begun = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            until = time.monotonic() + 60
            while one.machine.asked < pages and time.monotonic() < until and begun.poll() is None:
                time.sleep(0.02)
            begun.send_signal(signal.SIGKILL)
            begun.wait()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
        assert (done.returncode, json.loads(done.stdout)["missing"]) == (0, [])

    found = held(tmp_path)
    for name, stream in crm.streams.items():
        assert without_sent(found[name]) == {row["record_id"]: dict(row) for row in stream.rows()}


def test_the_command_says_how_to_connect_and_does_until_it_is_stopped(harbor_pine: Audit, tmp_path: Path) -> None:
    """Its own settings and credentials are enough to pull from it; Ctrl-C ends it."""
    folder = harbor_pine.engagement.folder
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "toolkit", "sandbox", str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as begun:
        assert begun.stdout is not None
        said = []
        while not said or not said[-1].startswith("integration-audit pull"):
            line = begun.stdout.readline()
            assert line, said
            said.append(line)
        text = "".join(said)
        settings = text[text.index("client:") : text.index("Then, in another")]
        (tmp_path / "engagement.yaml").write_text(settings + "time_zone: America/Chicago\n", encoding="utf-8")
        told = dict(re.findall(r"^export (\w+)=(\S+)$", text, re.MULTILINE))
        done = subprocess.run(
            [sys.executable, "-m", "toolkit", "pull", str(tmp_path), "crm", "--json"],
            env={**environment, **told}, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        begun.send_signal(signal.SIGINT)
        begun.communicate(timeout=60)

    assert (done.returncode, begun.returncode) == (0, 130)
    counts = {row["stream"]: row["rows"] for row in json.loads(done.stdout)["snapshots"]}
    assert (counts["companies"], counts["contacts"], counts["deals"]) == (343, 609, 459)


def test_the_live_sample_gives_the_figures_of_the_files(harbor_pine: Audit, tmp_path: Path) -> None:
    """Every figure but those that count files and rows that were put aside in them."""
    live = live_audit(tmp_path / "live")
    try:
        files, asked = ({one["figure_id"]: one for one in audit.figures()} for audit in (harbor_pine, live))
    finally:
        live.engagement.close()

    named = re.compile(r"intake\.")
    assert files.keys() == asked.keys()
    different = {
        name: (one["value"], asked[name]["value"])
        for name, one in files.items()
        if not named.match(name) and (one["value"], one["n"]) != (asked[name]["value"], asked[name]["n"])
    }
    assert different == {}
    assert "lists of interfaces" in live.sentence()
