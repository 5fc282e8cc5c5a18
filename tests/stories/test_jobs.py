"""A job from the plan to the files: what is shown is what is done, and nothing is done that nobody agreed to."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import toolkit
from tests.command_line import Called, call
from toolkit.audit.audited_folder import Audit
from toolkit.audit.engagement import open_engagement
from toolkit.audit.jobs.approving import refuse_stale
from toolkit.audit.jobs.showing import listed_plans
from toolkit.bundled import bundled
from toolkit.errors import InputError, PlanRefusedError
from toolkit.notebooks import NotebookError, run_notebook
from toolkit.store.plans import kept_plan, opened_plan

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path, harbor_pine: Audit) -> Path:
    """Return an audited engagement of the sample client, for one test to change."""
    home = tmp_path / "harbor-pine"
    shutil.copytree(harbor_pine.engagement.folder, home)
    return home


def told(called: Called) -> dict[str, Any]:
    """Return what a command printed for machines."""
    assert called.code == 0, called.err
    found: dict[str, Any] = json.loads(called.out)
    return found


def planned(folder: Path, kind: str = "cleanup", system: str = "crm") -> dict[str, Any]:
    """Plan a job."""
    return told(call("plan", kind, system, folder, "--json"))


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_plan_is_shown_before_anything_happens(folder: Path) -> None:
    """On a page, in a workbook and at the terminal; every change with what is there now, what would be, and why."""
    said = call("plan", "cleanup", "crm", folder)
    found = planned(folder)
    page, workbook = (Path(path) for path in found["files"])

    assert said.code == 0
    assert said.out.startswith(f"{found['changes']:,} changes to HubSpot: ")
    assert f"integration-audit plan approve {found['plan'][:12]} {folder} --by NAME" in said.out
    assert "Nothing has been changed yet." in page.read_text("utf-8")
    sheet = openpyxl.load_workbook(workbook)["Changes"]
    head, *lines = sheet.iter_rows(values_only=True)
    assert {"record", "field", "now", "then", "why"} <= set(head)
    assert len({line[head.index("change")] for line in lines}) == found["changes"]
    assert all(line[head.index("why")] for line in lines)


def test_duplicates_are_merged_by_archiving_what_nothing_refers_to_any_more(folder: Path) -> None:
    """The record that stays is changed, what refers to the other is moved, and only then the other is archived."""
    name = planned(folder)["plan"]
    engagement = open_engagement(folder)
    plan = opened_plan(engagement.store, kept_plan(engagement.store, name)).plan
    done: set[str] = set()
    archived = []
    for one in plan.operations:
        assert done.issuperset(one.depends_on)
        done.add(one.op_id)
        if one.action == "archive":
            archived.append(one)
            moved = {child.record_key for child in one.children}
            waited = [other for other in plan.operations if other.op_id in one.depends_on and other.action == "repoint"]
            assert moved == {f"crm/{other.stream}/{other.target_id}" for other in waited}
    changed = {(one.stream, one.target_id) for one in plan.operations if one.action == "update"}
    engagement.close()

    assert len(archived) >= 50
    assert not changed & {(one.stream, one.target_id) for one in archived}


@pytest.mark.parametrize(("kind", "system"), [("cleanup", "crm"), ("sync", "ledger")])
def test_n07_the_same_plan_comes_out_in_any_process(folder: Path, kind: str, system: str) -> None:
    """Another hash seed, zone and language of the machine change no byte of it."""
    wanted = planned(folder, kind, system)["plan"]
    [before] = [path.read_bytes() for path in (folder / "plans").glob(f"{wanted}.json")]
    settings: list[Mapping[str, str]] = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "77", "TZ": "America/Chicago", "LC_ALL": "C.UTF-8"},
    ]
    for number, one in enumerate(settings):
        home = folder.with_name(f"again{number}")
        shutil.copytree(folder, home)
        (home / "plans" / f"{wanted}.json").unlink()
        command = [sys.executable, "-m", "toolkit", "plan", kind, system, str(home), "--json"]
        found = subprocess.run(command, env={**os.environ, **one}, cwd=ROOT, capture_output=True, text=True, check=True)

        assert json.loads(found.stdout)["plan"] == wanted
        again = (home / "plans" / f"{wanted}.json").read_bytes()
        assert json.loads(again)["body"] == json.loads(before)["body"]


def test_nothing_is_written_before_somebody_agreed(folder: Path) -> None:
    """A rehearsal says what would be written; writing is refused, and so is an approval by nobody."""
    name = planned(folder)["plan"]

    rehearsed = told(call("apply", name, folder, "--json"))
    refused = call("apply", name, folder, "--write")
    nobody = call("plan", "approve", name, folder, "--by", " ")

    assert rehearsed["written"] is False
    assert rehearsed["by_file"] + rehearsed["by_hand"] == planned(folder)["changes"]
    assert (refused.code, nobody.code) == (5, 3)
    assert "Nobody has agreed to plan" in refused.err
    assert not list((folder / "reports").glob("import-*"))


def test_the_journal_of_a_plan_that_was_written_says_so(folder: Path, tmp_path: Path) -> None:
    """No step was noted, since nothing was sent; when and where its files were written is said instead."""
    name = planned(folder)["plan"]
    assert call("plan", "approve", name, folder, "--by", "Nora").code == 0
    unsent = f"Nothing of plan {name[:12]} was sent over an interface, so no step of it was noted."

    before = call("journal", name, folder)
    home = Path(told(call("apply", name, folder, "--write", "--json"))["folder"])
    inside = call("journal", name, folder).out
    assert call("apply", name, folder, "--write", "--out", tmp_path / "elsewhere").code == 0
    outside = call("journal", name, folder).out

    assert (before.code, before.out.strip()) == (0, f"{unsent} No files of it were written, either.")
    listed = listed_plans(open_engagement(folder))[-1]["written"]
    assert inside.startswith(f"{unsent} Its files were written on {listed[:10]}")
    assert f" UTC in {home}. " in inside
    assert f" UTC in {tmp_path / 'elsewhere'}. " in outside
    # A word is looked for in steps only.
    assert call("journal", name, folder, "--find", "kettle").out.strip() == "No step of this plan holds 'kettle'."


def test_an_approved_plan_is_written_as_files_and_what_takes_them_back(folder: Path) -> None:
    """Each change is in one file or on the list, once; written again, the files are the same."""
    name = planned(folder)["plan"]
    assert call("plan", "approve", name, folder, "--by", "Nora Feeney", "--note", "as discussed").code == 0

    found = told(call("apply", "latest", folder, "--write", "--json"))
    home = Path(found["folder"])
    before = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    again = told(call("apply", name[:8], folder, "--write", "--json"))

    counts = {path.name: len(rows(path)) for path in home.glob("*.csv")}
    assert sum(counts.values()) == planned(folder)["changes"]
    assert counts["by-hand.csv"] == found["by_hand"]
    assert again == found
    assert {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert (home / "undo").is_dir()
    listed = call("plan", "list", folder)
    assert "Nora Feeney" in listed.out


def test_f23_a_plan_that_was_edited_by_one_byte_is_refused(folder: Path) -> None:
    """By approval and by writing, with exit code 5."""
    name = planned(folder)["plan"]
    path = folder / "plans" / f"{name}.json"
    content = path.read_bytes()
    assert "plan again" not in call("plan", "list", folder).out
    path.write_bytes(content.replace(b"update", b"updatf", 1))

    assert "changed or gone: plan again" in call("plan", "list", folder).out
    for command in (("plan", "approve", name, folder, "--by", "Nora"), ("apply", name, folder, "--write")):
        refused = call(*command)
        assert refused.code == 5
        assert "Plan again" in refused.err


def test_f22_a_plan_from_other_rules_or_snapshots_is_refused(folder: Path) -> None:
    """A decision, a setting or a new export since then: plan again, and see what is different."""
    first = planned(folder)["plan"]
    assert call("plan", "approve", first, folder, "--by", "Nora").code == 0
    settings = folder / "engagement.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}\ncleanup:\n  crm:\n    standardise: [spaces]\n", "utf-8")

    refused = call("apply", first, folder, "--write")
    second = planned(folder)
    compared = call("plan", "diff", first, "latest", folder)

    assert refused.code == 5
    assert "by other rules" in refused.err
    assert second["plan"] != first
    assert "gone" in compared.out.splitlines()[0]
    export = next((folder / "exports").rglob("*companies*.csv"))
    export.write_bytes(export.read_bytes() + b"\n")
    engagement = open_engagement(folder)
    toolkit.pull_snapshots(engagement)
    engagement.close()
    text = export.read_text("utf-8-sig").splitlines()
    export.write_text("\n".join(text[:-2]) + "\n", "utf-8")
    assert call("pull", folder).code in {0, 4}
    late = call("plan", "approve", second["plan"], folder, "--by", "Nora")
    assert late.code == 5
    assert "other snapshots" in late.err


def test_an_expired_plan_is_refused(folder: Path) -> None:
    """After seven days the data is another."""
    name = planned(folder)["plan"]
    engagement = open_engagement(folder)
    saved = opened_plan(engagement.store, kept_plan(engagement.store, name))
    last = saved.envelope.expires_at

    refuse_stale(engagement, saved, last - timedelta(seconds=1))
    with pytest.raises(PlanRefusedError, match="was good until"):
        refuse_stale(engagement, saved, last)
    engagement.close()


def test_a_plan_of_another_engagement_is_refused(folder: Path, tmp_path: Path) -> None:
    """Whoever copies a plan into another client's folder finds that it is not known there."""
    name = planned(folder)["plan"]
    other = tmp_path / "other"
    assert call("new", other).code == 0
    shutil.copy(folder / "plans" / f"{name}.json", other / "plans" / f"{name}.json")

    refused = call("plan", "approve", name, other, "--by", "Nora")

    assert refused.code == 3
    assert "There is no plan in" in refused.err
    here, there = open_engagement(folder), open_engagement(other)
    saved = opened_plan(here.store, kept_plan(here.store, name))
    with pytest.raises(PlanRefusedError, match="another engagement"):
        refuse_stale(there, saved, datetime.now(UTC))
    here.close()
    there.close()


@pytest.fixture
def doubled(tmp_path: Path) -> Path:
    """Return an audited list of thirty customers, of whom twelve stand there twice."""
    names = [
        "Almond Bakery", "Birch Tutoring", "Copper Kettle", "Dorset Pharmacy", "Elmwood Florist", "Foster Plumbing",
        "Granite Law", "Harbor Optics", "Indigo Studio", "Juniper Dental", "Kestrel Roofing", "Larkspur Clinic",
        "Maple Fitness", "Norwood Autos", "Orchard Press", "Pinecrest Inn", "Quarry Tools", "Redwood Books",
        "Saffron Grill", "Tamarack Yoga", "Upland Farms", "Violet Salon", "Walnut Motors", "Xenia Travel",
        "Yarrow Health", "Zephyr Sails", "Amber Foods", "Basalt Stone", "Cobalt Paint", "Dahlia Events",
    ]  # fmt: skip
    home = tmp_path / "client"
    exports = home / "exports" / "crm"
    exports.mkdir(parents=True)
    with (exports / "companies.csv").open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(["Record ID", "Company name", "Phone Number", "Company Domain Name", "City", "Create Date"])
        for number, name in enumerate([*names, *names[:12]]):
            domain, phone = f"{name.replace(' ', '').lower()}.example", f"312-555-0{number % len(names):03d}"
            lines.writerow([str(1000 + number), name, phone, domain, "Chicago", f"2026-01-{1 + number % 28:02d} 09:00"])
    assert call("audit", home, "--no-questions").code in {0, 4}
    return home


def test_many_records_are_taken_away_only_up_to_a_number_that_was_said(doubled: Path) -> None:
    """More than ten records and more than ten per cent: nobody agrees to that by accident."""
    found = planned(doubled)
    [taken] = found["summary"]["destructive"]
    name = found["plan"]

    assert taken == {"object": "companies", "count": 12, "of": 42}
    assert found["withheld"] == {"companies": 12}
    refused = call("plan", "approve", name, doubled, "--by", "Nora")
    assert refused.code == 5
    assert "--ceiling companies=12" in refused.err
    assert call("plan", "approve", name, doubled, "--by", "Nora", "--ceiling", "companies=11").code == 5
    assert call("plan", "approve", name, doubled, "--by", "Nora", "--ceiling", "firms=12").code == 3
    assert call("plan", "approve", name, doubled, "--by", "Nora", "--ceiling", "companies").code == 3
    assert call("plan", "approve", name, doubled, "--by", "Nora", "--ceiling", "companies=12").code == 0
    assert told(call("apply", name, doubled, "--write", "--json"))["by_hand"] == 12


@pytest.mark.parametrize("given", ["banana", "R9", ""])
def test_only_a_class_that_there_is_can_be_agreed_to(doubled: Path, given: str) -> None:
    """Another word is a slip of the pen, and agrees to nothing."""
    name = planned(doubled)["plan"]

    refused = call("plan", "approve", name, doubled, "--by", "Nora", "--ceiling", "companies=12", "--accept", given)

    assert refused.code == 3
    assert f"There is no class of changes to agree to named {given!r}. R2 or R3 can be agreed to." in refused.err
    assert "Nora" not in call("plan", "list", doubled).out


def test_a_system_or_plan_that_is_not_there_is_answered_with_the_nearest(folder: Path) -> None:
    """A slip of the pen is told from nothing."""
    assert "Did you mean 'crm'?" in call("plan", "cleanup", "crn", folder).err
    assert call("apply", "latest", folder).code == 3
    assert call("plan", "list", folder).out.strip() == "There is no plan yet."
    planned(folder)
    assert call("plan", "show", "zzzz", folder).code == 3
    planned(folder, "sync", "ledger")
    both = listed_plans(open_engagement(folder))
    assert "two" not in call("plan", "diff", both[0]["plan"], both[1]["plan"], folder).out
    assert call("plan", "diff", both[0]["plan"], both[1]["plan"], folder).code == 3


def test_a_system_that_got_another_name_keeps_its_rules(folder: Path) -> None:
    """What is said under cleanup and sync follows it."""
    settings = folder / "engagement.yaml"
    rules = (
        "\ncleanup:\n  crm:\n    exclude: [crm/companies/1]\n"
        "sync:\n  fields:\n    crm: {columns: [phone]}\n  two_way:\n    - {systems: [crm, ledger], columns: [email]}\n"
        "  parties:\n    - {from: ledger, to: crm.companies}\n"
    )
    settings.write_text(f"{settings.read_text('utf-8')}{rules}", "utf-8")
    assert call("engagement", "rename", "crm", "sales", folder).code == 0

    found = open_engagement(folder)
    cleanup, sync = found.settings.cleanup, found.settings.sync
    found.close()

    assert cleanup["sales"].exclude == ("sales/companies/1",)
    assert list(sync.fields) == ["sales"]
    assert sync.two_way[0].systems == ("sales", "ledger")
    assert sync.two_way[0].columns == {"email": "manual"}
    assert sync.parties[0].to == "sales.companies"


def test_f56_a_notebook_writes_an_approved_plan_and_no_other(folder: Path, tmp_path: Path) -> None:
    """Told to write, it refuses without a plan, and one that nobody agreed to; then it leaves the record of the job."""
    notebook, home = bundled("notebooks") / "09_cleanup_job.ipynb", folder / "notebooks"
    wanted = {"engagement": str(folder), "mode": "write", "plan": planned(folder)["plan"]}

    with pytest.raises(NotebookError, match="Name the approved plan"):
        run_notebook(notebook, tmp_path / "none.ipynb", {**wanted, "plan": ""}, working_folder=home)
    with pytest.raises(NotebookError, match="Nobody has agreed"):
        run_notebook(notebook, tmp_path / "early.ipynb", wanted, working_folder=home)
    with pytest.raises(InputError, match="looks like a secret"):
        run_notebook(notebook, tmp_path / "secret.ipynb", {**wanted, "api_key": "x"}, working_folder=home)
    assert not list((folder / "reports").glob("import-*"))
    toolkit.approve_plan(open_engagement(folder), wanted["plan"], by="Nora")
    run_notebook(notebook, tmp_path / "done.ipynb", wanted, working_folder=home)

    assert list((folder / "reports").glob("import-*/READ-ME-FIRST.txt"))


def test_a_plan_of_more_changes_than_were_allowed_is_refused(folder: Path) -> None:
    """One more than the limit is too many; the limit itself is not."""
    here = open_engagement(folder)
    answer = toolkit.plan_changes(here, "sync", "ledger")
    count = len(set(answer.frame["change"]))

    assert "Nothing was written" in toolkit.apply_plan(here, answer.plan_id, max_changes=count).sentence
    with pytest.raises(PlanRefusedError, match=f"The plan has {count} changes, and {count - 1} may be made"):
        toolkit.apply_plan(here, answer.plan_id, max_changes=count - 1)
    with pytest.raises(InputError, match="max_changes is -1"):
        toolkit.apply_plan(here, answer.plan_id, max_changes=-1)
    with pytest.raises(InputError, match="no job named 'cleanupp'"):
        toolkit.plan_changes(here, "cleanupp", "crm")
    here.close()


def test_f44_both_sides_changed_one_field_and_a_person_decides(folder: Path) -> None:
    """What both held when they were alike is kept; who changed since is carried over, and where both did nobody is."""
    settings = folder / "engagement.yaml"
    rules = "\nsync:\n  missing: {}\n  two_way:\n    - {systems: [crm, ledger], columns: [phone]}\n"
    settings.write_text(f"{settings.read_text('utf-8')}{rules}", "utf-8")
    first = planned(folder, "sync", "ledger")
    assert (folder / "plans" / "sync-base.parquet").exists()
    again = planned(folder, "sync", "ledger")

    assert again["plan"] == first["plan"]
    shown = call("plan", "show", first["plan"], folder)
    assert "say which holds" in shown.out


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("missing: {deal_to_invoise: {create: false}}", "There is no handoff named 'deal_to_invoise'"),
        ("two_way: [{handoff: no_such, columns: [due_on]}]", "There is no handoff named 'no_such'"),
        ("fields: {ledgr: {columns: [phone]}}", "Did you mean 'ledger'?"),
        ("parties: [{from: crn, to: ledger.customers}]", "Did you mean 'crm'?"),
        ("two_way: [{from: crm, to: shopp, columns: [phone]}]", "Did you mean 'shop'?"),
        ("two_way: [{from: crm, columns: [phone]}]", "'systems' (two-way), or 'from' and 'to' (one-way)"),
        ("two_way: [{columns: [phone]}]", "or a 'handoff'"),
    ],
)
def test_a_rule_of_a_sync_that_names_what_is_not_there_is_refused(folder: Path, rule: str, says: str) -> None:
    """With the nearest right word, and nothing is planned."""
    settings = folder / "engagement.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}\nsync:\n  {rule}\n", "utf-8")

    refused = call("plan", "sync", "ledger", folder)

    assert refused.code == 3
    assert says in refused.err
    assert not list((folder / "plans").glob("*.json"))
