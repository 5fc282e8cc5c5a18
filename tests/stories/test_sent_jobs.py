"""A job over a system's interface, as a consultant does it: pull, plan, agree, rehearse, send, look, take back."""

import json
import re
from pathlib import Path

import pytest

from tests.command_line import call
from tests.fault_server import Asked, Given, served
from tests.vendor_doubles import KINDS, Double, Kind
from tests.written_crm import OF_KIND, SETTINGS, TWICE, WRITE, client, customers, planned, sent, values
from toolkit.audit.engagement import open_engagement
from toolkit.audit.jobs.planning import plan_job


@pytest.mark.parametrize("kind", KINDS)
def test_a_cleanup_is_sent_and_taken_back_to_equality(tmp_path: Path, kind: Kind) -> None:
    """One sees first what will happen, then what happened, then how to take it back; and then all is as it was."""
    folder = tmp_path / "client"
    with client(folder, kind) as double:
        before = values(double)
        name = planned(folder)

        rehearsed = call("apply", name, folder, "--send")
        assert rehearsed.code == 0
        assert rehearsed.out.startswith("Nothing was sent. Each record was read in Crm")
        assert not double.effects

        done = call("apply", name, folder, "--send", "--yes")
        assert done.code == 0
        assert sum(record["archived"] for record in double.records.values()) == TWICE
        assert set(double.effects.values()) == {1}
        assert f"Next: Take it back: integration-audit undo {name[:12]} {folder}" in done.out

        again = sent(call("resume", name, folder, "--json"))
        assert set(again["counts"]) == {"confirmed"}
        assert set(double.effects.values()) == {1}

        taken = sent(call("undo", name, folder, "--json"))
        assert taken["left_out"] == 0
        assert call("apply", taken["plan"], folder, "--send", "--yes").code == 5
        agreed = call("plan", "approve", taken["plan"], folder, "--by", "Nora", "--ceiling", "companies=99")
        assert agreed.code == 0
        assert call("apply", taken["plan"], folder, "--send", "--yes").code == 0
        assert values(double) == before
        steps = sent(call("journal", name, folder, "--json"))
        last = {one["op_id"]: one["state"] for one in steps}
        assert set(last.values()) == {"undone"}
        # Which record each of them was of is still known: the same plan is found again.
        assert {one["record_id"] for one in steps if one["state"] == "undone"} == {
            one["record_id"] for one in steps if one["state"] == "confirmed"
        }
        assert sent(call("undo", name, folder, "--json"))["plan"] == taken["plan"]
        # The page of the first job says so too.
        page = (folder / "reports" / f"job-cleanup-crm-{name[:12]}.html").read_text("utf-8")
        assert re.search(rf"undone</td>\s*<td[^>]*>{len(last)}<", page)
        assert "No hand work was saved" in page
        assert "taken back" in page


def test_f53_what_somebody_edited_since_stays_and_the_rest_is_put_back(tmp_path: Path) -> None:
    """Of a record with two changed fields, the one that was edited is left alone and the other returns."""
    folder = tmp_path / "client"
    with client(folder, "versions") as double:
        before = values(double)
        name = planned(folder)
        assert call("apply", name, folder, "--send", "--yes").code == 0
        changed = next(key for key, one in values(double).items() if one["contact"] != before[key]["contact"])
        double.edit(changed, contact={"phone": "edited by Ann"})
        taken = sent(call("undo", name, folder, "--json"))["plan"]
        assert call("plan", "approve", taken, folder, "--by", "Nora", "--ceiling", "companies=99").code == 0

        done = call("apply", taken, folder, "--send", "--yes")

        assert done.code == 6
        assert "left alone, since the record was changed by somebody else" in done.out
        after = values(double)
        assert after.pop(changed)["contact"] == {"phone": "edited by Ann"}
        before.pop(changed)
        assert after == before


def test_n02_edits_between_plan_and_job_are_all_reported_and_none_is_overwritten(tmp_path: Path) -> None:
    """The job stops when too many others have changed what it was planned for."""
    folder = tmp_path / "client"
    with client(folder, "neither") as double:
        name = planned(folder)
        for key in double.records:
            double.edit(key, name=f"edited {key}", contact={"phone": f"edited {key}"})
        edited = values(double)

        done = call("apply", name, folder, "--send", "--yes")

        assert done.code == 6
        assert values(double) == edited
        assert "otherwise than planned" in done.out
        assert "plan again" in done.out


def test_f30_what_was_refused_is_put_aside_and_replayed_after_it_was_mended(tmp_path: Path) -> None:
    """With its reason and the record; only that is sent again."""
    folder = tmp_path / "client"
    with client(folder, "versions") as double:
        name = planned(folder)
        # The first changes are watched: what goes wrong there stops everything.
        count = 0

        def fault(_asked: Asked) -> str | None:
            nonlocal count
            count += 1
            return "refused" if count in {8, 11} else None

        double.fault = fault
        done = call("apply", name, folder, "--send", "--yes")
        refused = sent(call("journal", name, folder, "--find", "name is taken", "--json"))
        effects = sum(double.effects.values())
        mended = call("replay", name, folder, "--json")

        assert done.code == 6, done.out + done.err
        assert f"integration-audit replay {name[:12]}" in done.out
        assert len(refused) == 2
        assert mended.code == 0
        assert sum(double.effects.values()) >= effects + 2
        assert set(double.effects.values()) == {1}


def test_what_was_left_alone_is_replayed_when_the_record_is_as_it_was_again(tmp_path: Path) -> None:
    """Somebody took an edit back: the same plan fits once more, and only that is sent."""
    folder = tmp_path / "client"
    with client(folder, "neither") as double:
        name = planned(folder)
        engagement = open_engagement(folder)
        plan = plan_job(engagement, "cleanup", "crm").saved.plan
        engagement.close()
        last = next(one for one in reversed(plan.operations) if one.action == "update" and one.before.get("phone"))
        assert last.target_id is not None
        double.edit(last.target_id, contact={"phone": "edited by Ann"})
        assert call("apply", name, folder, "--send", "--yes").code == 6
        assert call("resume", name, folder).code == 6
        double.edit(last.target_id, contact={"phone": last.before["phone"]})

        assert call("replay", name, folder).code == 0
        assert double.records[last.target_id]["contact"]["phone"] == last.after["phone"]
        assert set(double.effects.values()) == {1}


def test_a_part_of_a_job_is_done_first_and_the_rest_by_resume(tmp_path: Path) -> None:
    """A small batch, a look into the system, then the rest."""
    folder = tmp_path / "client"
    with client(folder, "keys") as double:
        name = planned(folder)
        part = call("apply", name, folder, "--send", "--yes", "--limit", "3", "--json")
        assert part.code == 4
        assert sum(double.effects.values()) == 3
        assert call("pull", folder).code == 0
        assert call("resume", name, folder).code == 0
        assert set(double.effects.values()) == {1}


def test_a_job_that_is_half_done_is_seen_until_it_ends(tmp_path: Path) -> None:
    """In the list of plans, and in the status with the command that goes on; an ended or never begun one is not named."""
    folder = tmp_path / "client"
    with client(folder, "keys"):
        name = planned(folder)
        changes = sent(call("plan", "show", name, folder, "--json"))["changes"]
        begun = f"A job on Crm is at 3 of {changes} changes: integration-audit resume {name[:12]} {folder}"
        before = call("status", folder).out
        assert "done" not in call("plan", "list", folder).out
        assert call("apply", name, folder, "--send", "--yes", "--limit", "3").code == 4

        halfway = call("status", folder).out
        listed = call("plan", "list", folder).out
        assert call("resume", name, folder).code == 0
        ended = call("status", folder).out

        assert begun in halfway.splitlines()
        assert listed.splitlines()[1].endswith(f"3 of {changes}")
        assert "A job on" not in before + ended
        assert call("plan", "list", folder).out.splitlines()[1].endswith(f"{changes} of {changes}")
        taken = sent(call("undo", name, folder, "--json"))["plan"]
        assert call("plan", "approve", taken, folder, "--by", "Nora", "--ceiling", "companies=99").code == 0
        assert call("apply", taken, folder, "--send", "--yes").code == 0
        assert f"0 of {changes}, {changes} taken back" in call("plan", "list", folder).out
        assert "A job on" not in call("status", folder).out


def test_a_job_that_another_came_after_is_not_waited_for(tmp_path: Path) -> None:
    """The newer plan does what was left of it: only that one is named."""
    folder = tmp_path / "client"
    with client(folder, "keys"):
        first = planned(folder)
        assert call("apply", first, folder, "--send", "--yes", "--limit", "3").code == 4
        assert call("pull", folder).code == 0
        second = planned(folder)
        assert first != second
        assert f"resume {first[:12]}" in call("status", folder).out

        assert call("apply", second, folder, "--send", "--yes", "--limit", "2").code == 4

        jobs = [line for line in call("status", folder).out.splitlines() if line.startswith("A job on")]
        assert len(jobs) == 1
        assert f"resume {second[:12]}" in jobs[0]


@pytest.mark.parametrize("number", ["0", "-1"])
def test_a_limit_of_no_change_is_refused(tmp_path: Path, number: str) -> None:
    """It is no word for "without a limit": nothing is sent."""
    folder = tmp_path / "client"
    with client(folder, "keys") as double:
        name = planned(folder)

        refused = call("apply", name, folder, "--send", "--yes", "--limit", number)

        assert refused.code == 3
        assert f"--limit {number}: N is 1 or more" in refused.err
        assert call("apply", name, folder, "--write", "--limit", "3").code == 3
        assert not double.effects


@pytest.mark.parametrize("write", [True, False])
def test_sending_is_named_as_a_next_step_where_the_system_can_be_written_to(tmp_path: Path, *, write: bool) -> None:
    """Beside the files, behind the plan and behind the agreement to it; not where nothing says how it is written."""
    folder = tmp_path / "client"
    with client(folder, "keys", write=write):
        made = call("plan", "cleanup", "crm", folder)
        name = planned(folder)[:12]
        agreed = call("plan", "approve", name, folder, "--by", "Nora")

        for said in (made, agreed):
            steps = [line for line in said.out.splitlines() if line.startswith("Next: ")]
            assert any(line.endswith(f"integration-audit apply {name} {folder}") for line in steps)
            assert any(line.endswith(f"integration-audit apply {name} {folder} --send") for line in steps) is write
        page = (folder / "reports" / f"plan-cleanup-crm-{name}.html").read_text("utf-8")
        assert (f"apply {name} --send" in page) is write


def test_f19_a_record_that_somebody_touched_is_not_archived(tmp_path: Path) -> None:
    """Whatever it was that he changed: the record says when."""
    folder = tmp_path / "client"
    with client(folder, "neither") as double:
        name = planned(folder)
        engagement = open_engagement(folder)
        plan = plan_job(engagement, "cleanup", "crm").saved.plan
        engagement.close()
        loser = next(one.target_id for one in plan.operations if one.action == "archive")
        assert loser is not None
        double.edit(loser, updated_at="2026-11-30T08:00:00Z", note="he called")

        done = call("apply", name, folder, "--send", "--yes", "--json")

        assert sent(done)["counts"]["conflict"] >= 1
        assert double.records[loser]["archived"] is False


def test_nothing_is_sent_where_writing_is_not_described_or_not_agreed_to(tmp_path: Path) -> None:
    """Each time a sentence that says what to do."""
    folder = tmp_path / "client"
    with client(folder, "versions", write=False) as double:
        name = planned(folder)
        refused = call("apply", name, folder, "--send", "--yes")
        assert refused.code == 3
        assert "systems.crm.streams.companies.write" in refused.err
        assert not double.effects
    other = tmp_path / "other"
    with client(other, "versions") as double:
        found = json.loads(call("plan", "cleanup", "crm", other, "--json").out)["plan"]
        assert call("apply", found, other, "--send", "--yes").code == 5
        rehearsed = call("apply", found, other, "--send")
        assert rehearsed.code == 0
        assert "Nobody has agreed to plan" in rehearsed.out
        assert call("apply", found, other, "--yes").code == 3
        assert call("apply", found, other, "--send", "--write").code == 3
        assert not double.effects
        assert call("undo", found, other).code == 3


def test_what_signs_in_to_read_is_never_used_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write access is a credential of its own, and it stands in no file of the engagement."""
    monkeypatch.setenv("CRM_READ", "canary-read-81")
    monkeypatch.setenv("CRM_WRITE", "canary-write-92")
    sign_in = "    sign_in: {way: bearer, token: 'env:CRM_READ'}\n"
    folder = tmp_path / "client"
    with client(folder, "versions", sign_in=sign_in) as double:
        name = planned(folder)
        refused = call("apply", name, folder, "--send", "--yes")
        assert refused.code == 3
        assert "sign_in_to_write" in refused.err
        settings = folder / "engagement.yaml"
        text = settings.read_text("utf-8")
        same = "    sign_in_to_write: {way: bearer, token: 'env:CRM_READ'}\n"
        settings.write_text(text.replace(sign_in, f"{sign_in}{same}"), "utf-8")
        assert "is the one that reads it" in call("apply", name, folder, "--send", "--yes").err
        to_write = "    sign_in_to_write: {way: bearer, token: 'env:CRM_WRITE'}\n"
        settings.write_text(text.replace(sign_in, f"{sign_in}{to_write}"), "utf-8")
        seen: list[str] = []

        def fault(asked: Asked) -> str | None:
            seen.append(asked.headers["authorization"])
            return None

        double.fault = fault
        assert call("apply", name, folder, "--send", "--yes").code == 0
        assert set(seen) == {"Bearer canary-write-92"}
    held = [path for path in folder.rglob("*") if path.is_file() and b"canary-" in path.read_bytes()]
    assert held == []


def test_f22_a_plan_for_another_account_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    """Whoever swaps the credentials finds out at once."""
    folder = tmp_path / "client"
    account = ", account: {path: /me, id: id, name: name}"
    whose = {"id": "live-1", "name": "Harbor live"}
    double = Double("versions", customers())

    def app(asked: Asked) -> Given:
        return Given(whose) if asked.path == "/me" else double(asked)

    with served(app) as server:
        folder.mkdir()
        how = f"{WRITE}{OF_KIND['versions']}"
        text = SETTINGS.format(url=server.url, write=how, sign_in="", account=account)
        (folder / "engagement.yaml").write_text(text, "utf-8")
        assert call("pull", folder).code == 0
        name = planned(folder)
        whose |= {"id": "sandbox-2", "name": "Harbor sandbox"}

        refused = call("apply", name, folder, "--send", "--yes")

        assert refused.code == 5
        assert "made for the account live-1" in refused.err
        assert not double.effects


def test_s22_a_live_account_is_changed_only_where_it_is_named(tmp_path: Path) -> None:
    """The rehearsal shows which it is; unattended it must be named by its name or id, and nothing is sent otherwise."""
    folder = tmp_path / "client"
    double = Double("versions", customers())

    def app(asked: Asked) -> Given:
        return Given({"id": "9c2", "name": "Harbor Pine Ltd"}) if asked.path == "/me" else double(asked)

    with served(app) as server:
        folder.mkdir()
        account = ", account: {path: /me, id: id, name: name}"
        live = "    environment: live\n"
        text = SETTINGS.format(url=server.url, write=f"{WRITE}{OF_KIND['versions']}", sign_in=live, account=account)
        (folder / "engagement.yaml").write_text(text, "utf-8")
        assert call("pull", folder).code == 0
        name = planned(folder)

        rehearsed = call("apply", name, folder, "--send")
        unnamed = call("apply", name, folder, "--send", "--yes")
        wrong = call("apply", name, folder, "--send", "--yes", "--account", "Harbor Pine")
        resumed = call("resume", name, folder)

        assert "read in Crm (live account 'Harbor Pine Ltd' (9c2))" in rehearsed.out
        assert (
            f'Next: integration-audit apply {name[:12]} {folder} --send --yes --account "Harbor Pine Ltd"' in rehearsed.out
        )
        assert [one.code for one in (rehearsed, unnamed, wrong, resumed)] == [0, 5, 5, 5]
        assert "Nobody named it, so nothing was sent" in unnamed.err
        assert '--account "Harbor Pine Ltd"' in unnamed.err
        assert "'Harbor Pine' is not its name" in wrong.err
        assert call("apply", name, folder, "--account", "Harbor Pine Ltd").code == 3
        assert not double.effects

        begun = call("apply", name, folder, "--send", "--yes", "--limit", "2", "--account", "Harbor Pine Ltd")
        ended = call("resume", name, folder, "--account", "9c2")

        assert (begun.code, ended.code) == (4, 0)
        assert set(double.effects.values()) == {1}
        settings = folder / "engagement.yaml"
        settings.write_text(settings.read_text("utf-8").replace("environment: live", "environment: sandbox"), "utf-8")
        moved = call("resume", name, folder)
        assert moved.code == 5
        assert "was made for Crm as a live system, and it is a sandbox one now" in moved.err


def test_the_page_of_a_job_says_how_it_ended(tmp_path: Path) -> None:
    """Planned, done, and what was not, with the reason."""
    folder = tmp_path / "client"
    with client(folder, "versions") as double:
        name = planned(folder)
        number = 0

        def fault(_asked: Asked) -> str | None:
            nonlocal number
            number += 1
            return "refused" if number == 9 else None

        double.fault = fault
        found = sent(call("apply", name, folder, "--send", "--yes", "--json"))
        page = Path(found["page"]).read_text("utf-8")

        assert "this name is taken" in page
        assert "refused by the system" in page
        assert sum(found["counts"].values()) == found["planned"]
        # Nobody said how long merging takes by hand, so no minute is claimed.
        assert {one["item"]: one["minutes"] for one in found["hand_work"]}["duplicates merged"] is None
        assert "Nobody said how long one of these takes" in page
        engagement = open_engagement(folder)
        assert engagement.store.logged("plan_sent")[-1]["plan_id"] == name
        assert plan_job(engagement, "cleanup", "crm").kept.plan_id == name
        engagement.close()
