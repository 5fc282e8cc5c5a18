"""A list of jobs as a scheduler runs it: steps, codes, dependants, records, locks, Ctrl-C, kill, and who is told."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.fault_server import Asked, FaultServer, Given, served
from tests.written_crm import client, planned
from toolkit.audit.engagement import open_engagement
from toolkit.audit.unattended.records import FOLDER
from toolkit.store.list_lock import running_a_list

ROOT = Path(__file__).resolve().parents[2]
EXPORT = "id,name,phone\n1,Ann Ltd,312-555-0101\n2,Bob Ltd,312-555-0102\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an engagement with one list of two customers."""
    found = tmp_path / "client"
    (found / "exports").mkdir(parents=True)
    (found / "engagement.yaml").write_text("client: Harbor\n", "utf-8")
    (found / "exports" / "crm_companies.csv").write_text(EXPORT, "utf-8")
    return found


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    with served(lambda _: Given(b"ok")) as server:
        monkeypatch.setenv("SLACK_HOOK", f"{server.url}/services/CANARY")
        yield server


def listed(folder: Path, *steps: str, alerts: str = "{slack: {webhook: 'env:SLACK_HOOK'}}") -> Path:
    file = folder / "nightly.jobs.yaml"
    lines = "".join(f"  - {one}\n" for one in steps)
    file.write_text(f"name: nightly\noverdue_after_hours: 26\nsteps:\n{lines}alerts: {alerts}\n", "utf-8")
    return file


def ran(file: Path, code: int) -> dict[str, Any]:
    called = call("jobs", "run", file, "--json")
    assert called.code == code, called
    found: dict[str, Any] = json.loads(called.out)
    return found


def states(run: dict[str, Any]) -> dict[str, tuple[str, int | None]]:
    return {one["step"]: (one["state"], one["code"]) for one in run["steps"]}


def test_a_failed_step_stops_those_that_come_after_it_and_no_other(folder: Path, channel: FaultServer) -> None:
    """A plan that nobody agreed to is refused and said, what does not hang on it is done; one code, one alert."""
    file = listed(
        folder,
        "run: pull",
        "{run: plan cleanup, system: crm_companies}",
        "run: apply",
        "run: report",
        "{run: match, after: [pull]}",
    )

    found = ran(file, 5)

    assert states(found) == {
        "pull": ("done", 0),
        "plan cleanup": ("done", 0),
        "apply": ("failed", 5),
        "report": ("not begun", None),
        "match": ("done", 0),
    }
    lines = {one["step"]: one["line"] for one in found["steps"]}
    assert lines["apply"].startswith("Nobody has agreed to plan ")
    assert lines["report"] == "apply failed"
    (told,) = channel.asked
    assert "- apply: code 5, refused by a guard" in told.json["text"]
    assert "Ltd" not in told.json["text"]
    events = [json.loads(line) for line in Path(found["record"]).read_text("utf-8").splitlines()]
    assert [one["event"] for one in events].count("step_ended") == 4
    assert events[-1]["event"] == "run_ended"
    assert b"CANARY" not in b"".join(one.read_bytes() for one in (folder / FOLDER).rglob("*") if one.is_file())
    shown = call("jobs", "list", folder)
    assert "failed  5     3 done, 1 failed, 1 not begun" in shown.out
    engagement = open_engagement(folder)
    assert engagement.store.logged("jobs_run")[0]["code"] == 5
    assert engagement.store.broken_log_entries() == []
    engagement.close()
    assert not list((folder / "reports").glob("import-*"))


@pytest.mark.heavy
def test_s22_a_list_changes_the_live_account_that_it_names_and_no_other(tmp_path: Path, channel: FaultServer) -> None:
    """Without its name the step is refused; with it the job is sent, and the alert counts what was refused."""
    folder = tmp_path / "client"
    with client(folder, "versions", sign_in="    environment: live\n") as double:
        name = planned(folder)
        count = 0

        def fault(_asked: Asked) -> str | None:
            nonlocal count
            count += 1
            return "refused" if count == 9 else None

        double.fault = fault
        unnamed = ran(listed(folder, f"{{run: apply, plan: {name[:12]}, send: true}}"), 5)
        assert not double.effects
        named = ran(listed(folder, f"{{run: apply, plan: {name[:12]}, send: true, account: 127.0.0.1}}"), 6)

    assert "Nobody named it, so nothing was sent" in unnamed["steps"][0]["line"]
    (step,) = named["steps"]
    assert step["counts"]["rejected"] == 1
    assert step["counts"]["confirmed"] == len(double.effects)
    text = channel.asked[-1].json["text"]
    assert f"code 6, conflicts or dead letters; {step['counts']['confirmed']} confirmed" in text
    assert "1 rejected" in text
    assert not any(word in text for word in ("Almond", "Bakery", "312"))


@pytest.mark.heavy
def test_an_approved_plan_is_written_and_the_end_of_a_failure_is_told(folder: Path, channel: FaultServer) -> None:
    """The record of a list and its file are no data of the client's, so a second night is as the first."""
    file = listed(folder, "run: pull", "{run: plan cleanup, system: crm_companies}", "run: apply")
    assert ran(file, 5)["alerts"] == {"slack": "sent"}
    assert ran(file, 5)["alerts"] == {}
    assert call("plan", "approve", "latest", folder, "--by", "Nora").code == 0

    found = ran(file, 0)

    assert states(found)["apply"] == ("done", 0)
    assert list((folder / "reports").glob("import-*/READ-ME-FIRST.txt"))
    assert [one.json["text"].splitlines()[0] for one in channel.asked] == [
        "Job nightly failed (code 5: refused by a guard).",
        "Job nightly is well again.",
    ]
    assert call("jobs", "overdue", file).code == 0


def test_an_alert_that_cannot_be_sent_never_hides_what_happened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, and a run that would have been well is not."""
    monkeypatch.delenv("SLACK_HOOK", raising=False)
    file = listed(folder, "run: pull", "{run: match, after: [pull], after_partial: skip}")
    checked = call("jobs", "check", file)
    assert checked.code == 7
    assert "SLACK_HOOK, which is not set" in checked.out
    (folder / "exports" / "broken.csv").write_bytes(b"\x00\x01\x02" * 40)

    ran_in_part = call("jobs", "run", file)

    assert ran_in_part.code == 7
    assert re.search(r"pull +done in part +4 +2 records of 1 system from 2 files", ran_in_part.out)
    assert (
        "The alert could not be sent by slack: The webhook of Slack is kept in the environment variable" in ran_in_part.out
    )


def test_only_what_would_run_is_said(folder: Path, channel: FaultServer) -> None:
    """The commands as they are typed, and what stands in the way; nothing is run."""
    assert call("pull", folder).code == 0
    assert call("plan", "cleanup", "crm_companies", folder).code == 0
    file = listed(
        folder, "{run: pull, systems: [crm_companies], full: true}", "{run: apply, after: []}", "{run: resume, plan: dead}"
    )

    found = call("jobs", "run", file, "--dry-run")

    assert found.code == 0
    assert f"integration-audit pull --full -- {folder} crm_companies" in found.out
    assert "so it would be refused" in found.out
    assert "resume: There is no plan named 'dead'" in found.out
    assert "Alert by slack: ready" in found.out
    assert not (folder / FOLDER).exists()
    assert channel.asked == []
    assert call("jobs", "check", file).code == 3


def test_a_list_that_still_runs_is_not_started_twice(folder: Path, channel: FaultServer) -> None:
    """Code 8, no record, no alert: the one that runs is left alone."""
    file = listed(folder, "run: pull")
    engagement = open_engagement(folder)
    with running_a_list(folder / FOLDER, "the list of jobs nightly"):
        second = call("jobs", "run", file)
        # What its steps write is another right.
        with engagement.store.writing("a step"):
            pass
    engagement.close()

    assert second.code == 8
    assert "'the list of jobs nightly'" in second.err
    assert not list((folder / FOLDER).glob("*.jsonl"))
    assert channel.asked == []
    assert ran(file, 0)["exit_code"] == 0


def test_a_lock_that_cannot_be_read_is_named(folder: Path, channel: FaultServer) -> None:
    """It is a failure like any other, and its file stands in the message."""
    (folder / FOLDER).mkdir()
    (folder / FOLDER / "lock.sqlite").write_bytes(b"no database" * 500)

    found = call("jobs", "run", listed(folder, "run: pull"))

    assert found.code == 3
    assert "lock.sqlite is not as it was written. Remove it" in found.out
    assert len(channel.asked) == 1


def test_whoever_is_told_hears_of_a_list_that_cannot_even_begin(folder: Path, channel: FaultServer) -> None:
    """The engagement's settings are broken: that is a failure like any other."""
    file = listed(folder, "run: pull")
    (folder / "engagement.yaml").write_text("client: [", "utf-8")

    called = call("jobs", "run", file)

    assert called.code == 3
    assert len(channel.asked) == 1
    assert "(start)" in called.out


@pytest.mark.heavy
def test_a_notebook_is_a_step_and_its_refusal_has_the_code_of_its_cause(folder: Path) -> None:
    """Told to write a plan that nobody agreed to, it refuses with the code of a guard; its copy says in which cell."""
    assert call("pull", folder).code == 0
    assert call("plan", "cleanup", "crm_companies", folder).code == 0
    name = str(ROOT / "notebooks" / "09_cleanup_job.ipynb")

    refused = call("jobs", "notebook", name, folder, "--set", "mode=write", "--set", "plan=latest")

    assert refused.code == 5
    assert [one.name.endswith(".failed.ipynb") for one in (folder / FOLDER).glob("*.ipynb")] == [True]
    assert not list((folder / "reports").glob("import-*"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("system=xoxb-CANARYCANARY", "looks like a secret"),
        ("api_key=CANARY", "looks like a secret"),
        ("sytem=crm", "Did you mean 'system'"),
        ("max_changes=many", "must be of type int"),
        ("max_changes", "--set needs name=value"),
    ],
)
def test_what_a_notebook_does_not_take_is_refused_before_it_runs(folder: Path, given: str, says: str) -> None:
    """Code 3, and no copy of it is left; a secret is not repeated."""
    name = str(ROOT / "notebooks" / "09_cleanup_job.ipynb")

    refused = call("jobs", "notebook", name, folder, "--set", given)

    assert refused.code == 3
    assert says in refused.err
    assert "CANARY" not in refused.err + refused.out
    assert not list((folder / FOLDER).glob("*.ipynb"))
    assert call("jobs", "notebook", "none.ipynb", folder).code == 3


def begun(file: Path) -> subprocess.Popen[bytes]:
    """Begin to run a list as a scheduler does, and wait until its first step has begun."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "toolkit", "jobs", "run", str(file)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    while process.poll() is None:
        if any("step_began" in one.read_text("utf-8") for one in (file.parent / FOLDER).glob("2*.jsonl")):
            return process
        time.sleep(0.02)
    raise AssertionError(process.stdout.read() if process.stdout else b"")


def cell(source: str, *tags: str) -> dict[str, Any]:
    metadata = {"tags": [*tags]} if tags else {}
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": [source]}


SLOW = json.dumps({
    "cells": [cell("seconds: int = 600", "parameters"), cell("import time\ntime.sleep(seconds)")],
    "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
})  # fmt: skip


def slow_notebook(folder: Path) -> None:
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "slow.ipynb").write_text(SLOW, "utf-8")


@pytest.mark.parametrize("sent", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.heavy)])
def test_ctrl_c_ends_the_step_and_leaves_a_record(folder: Path, channel: FaultServer, sent: signal.Signals) -> None:
    """What was asked to stop stops: code 130, what comes after is not begun, who is told is told, nothing goes on."""
    slow_notebook(folder)
    file = listed(folder, "{run: notebook, notebook: slow.ipynb}", "run: pull")
    process = begun(file)

    process.send_signal(sent)
    out, _ = process.communicate(timeout=120)

    assert process.returncode == 130, out
    assert b"1 stopped, 1 not begun" in out
    assert b"was stopped (code 130" in channel.asked[0].body
    (run,) = json.loads(call("jobs", "list", folder, "--json").out)["runs"]
    assert (run["state"], run["code"]) == ("stopped", 130)


@pytest.mark.heavy
def test_a_list_that_was_killed_is_run_again_and_its_record_closed(folder: Path) -> None:
    """The right to run is taken over from a process that is gone."""
    slow_notebook(folder)
    file = listed(folder, "{run: notebook, notebook: slow.ipynb, parameters: {seconds: 1}}", alerts="{}")
    process = begun(file)
    process.kill()
    process.communicate()

    assert ran(file, 0)["exit_code"] == 0

    runs = json.loads(call("jobs", "list", folder, "--json").out)["runs"]
    assert [one["state"] for one in runs] == ["killed", "done"]


def test_a_step_that_takes_too_long_is_ended(folder: Path) -> None:
    """A step that hangs holds up nobody: code 4, and what hangs on it is not begun."""
    slow_notebook(folder)
    file = listed(folder, "{run: notebook, notebook: slow.ipynb, minutes: 0.01}", "run: match", alerts="{}")

    found = ran(file, 4)

    assert states(found) == {"notebook": ("failed", 4), "match": ("not begun", None)}
    assert found["steps"][0]["line"].startswith("Stopped after 0.01 minutes.")
