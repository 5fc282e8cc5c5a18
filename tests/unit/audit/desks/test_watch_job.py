"""A job on its screen: started with every guard, killed in the middle, gone on with, taken back; and a pull beside it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked
from tests.stories.test_sent_jobs import TWICE, client, values
from tests.vendor_doubles import Double
from toolkit.audit.desks.watch_job import WatchJobDesk, watch_job
from toolkit.audit.desks.watch_pull import WatchPullDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.approving import approve_plan
from toolkit.audit.jobs.planning import plan_job
from toolkit.errors import BusyError, InputError, PlanRefusedError, UnknownNameError
from toolkit.store.journal import journal_steps
from toolkit.widgets.desk import reply


@contextmanager
def opened(tmp_path: Path, *, is_agreed: bool = True) -> Iterator[tuple[Double, Engagement, WatchJobDesk]]:
    """Yield a system with twenty-four customers, an engagement with a plan for it, and the screen of its job."""
    folder = tmp_path / "client"
    with client(folder, "keys") as double:
        engagement = open_engagement(folder)
        made = plan_job(engagement, "cleanup", "crm")
        if is_agreed:
            approve_plan(engagement, made.kept.name, "Nora")
        yield double, engagement, WatchJobDesk(engagement, made.kept.name, "Nora")
        engagement.close()


def ask(desk: WatchJobDesk, name: str, plan: str = "", **given: Any) -> Any:
    """Ask about the job as the page does; a refusal is an error."""
    plan = plan or desk.first()["job"]["plan"]
    return desk.questions()["job"](plan=plan, ask=name, given=given)


def until(is_so: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "It did not come to be so."
        time.sleep(0.05)


def waited(desk: WatchJobDesk, plan: str = "") -> dict[str, Any]:
    """Wait until what was started here has ended; return how the job stands."""
    until(lambda: ask(desk, "state", plan)["running"] is None)
    found: dict[str, Any] = ask(desk, "state", plan)
    return found


def slow(seconds: float) -> Callable[[Asked], str | None]:
    """Return what lets every change take its time."""

    def fault(_asked: Asked) -> str | None:
        time.sleep(seconds)
        return None

    return fault


def test_a_job_is_rehearsed_started_and_taken_back(tmp_path: Path) -> None:
    """Every number is the journal's; what is taken back is agreed to like any other plan, and all is as it was."""
    with opened(tmp_path) as (double, _, desk):
        before = values(double)
        total = desk.first()["job"]["total"]

        ask(desk, "rehearse")
        until(lambda: not ask(desk, "state")["rehearsal"]["is_running"])
        rehearsed = ask(desk, "state")["rehearsal"]
        assert rehearsed["counts"] == [["would be done", total]]
        assert not double.effects
        ask(desk, "start", typed="Crm")
        done = waited(desk)

        assert done["counts"]["done"] == total
        assert done["ended"]["code"] == 0
        assert sum(one["archived"] for one in double.records.values()) == TWICE
        assert Path(done["page"]).is_file()
        assert "<html" in ask(desk, "page")["html"]
        back = desk.questions()["undo"](plan=desk.first()["job"]["plan"])
        name = back["job"]["plan"]
        with pytest.raises(PlanRefusedError, match="Nobody has agreed"):
            ask(desk, "start", name, typed="Crm")
        guards = {one["kind"]: one["count"] for one in back["plan"]["guards"]}
        given = {"typed": "Crm", "by": "Nora", "seen": "", "ceilings": guards}
        desk.questions()["plan"](plan=name, ask="approve", given=given)
        ask(desk, "start", name, typed="Crm")
        assert waited(desk, name)["counts"]["done"] == total
        assert ask(desk, "state")["counts"]["undone"] == total
        assert values(double) == before


def test_a_job_that_is_killed_shows_where_it_stands_and_goes_on(tmp_path: Path) -> None:
    """Kernel and process are gone: a screen opened anew reads the journal, and no change is done twice."""
    with opened(tmp_path) as (double, engagement, desk):
        double.fault = slow(0.1)
        ask(desk, "start", typed="Crm")
        until(lambda: ask(desk, "state")["counts"]["done"] >= 3)
        os.kill(ask_writer(engagement), signal.SIGKILL)
        stopped = waited(desk)
        assert "ended from outside" in stopped["ended"]["line"]
        again = WatchJobDesk(open_engagement(engagement.folder), "latest", "Nora")
        stands = again.first()["job"]["state"]
        total = again.first()["job"]["total"]
        assert 3 <= stands["counts"]["done"] < total
        assert stands["counts"]["done"] + stands["counts"]["waiting"] == total
        double.fault = lambda _asked: None

        ask(again, "start", typed="Crm")

        assert waited(again)["counts"]["done"] == total
        assert set(double.effects.values()) == {1}


def ask_writer(engagement: Engagement) -> int:
    """Return the process that writes to the engagement."""
    from toolkit.store.lock import writer_now

    with engagement.store.reading() as connection:
        writer = writer_now(connection)
    assert writer is not None
    assert writer.pid != os.getpid()
    return writer.pid


def test_a_job_is_paused_from_another_kernel_and_gone_on_with(tmp_path: Path) -> None:
    """The change that is on its way is ended; the pace says how long the rest takes."""
    with opened(tmp_path) as (double, engagement, desk):
        double.fault = slow(0.15)
        ask(desk, "start", typed="Crm")
        until(lambda: ask(desk, "state")["counts"]["done"] >= 4)
        hers = WatchJobDesk(open_engagement(engagement.folder), "latest", "Ann")
        seen = ask(hers, "state")
        assert seen["running"]["by"] == "Nora"
        assert seen["left_s"] is not None
        with pytest.raises(BusyError, match="Pause it first"):
            hers.questions()["undo"](plan=hers.first()["job"]["plan"])

        ask(hers, "stop")
        paused = waited(desk)

        assert paused["ended"]["is_paused"]
        assert 4 <= paused["counts"]["done"] < hers.first()["job"]["total"]
        assert {one.state for one in journal_steps(engagement.store, hers.first()["job"]["plan"])} == {"intent", "confirmed"}


def test_what_was_refused_is_named_with_its_reason_and_tried_again(tmp_path: Path) -> None:
    """Dead letters stand in a list of their own, with the record and what the system said."""
    with opened(tmp_path) as (double, _, desk):
        count = 0

        def fault(_asked: Asked) -> str | None:
            nonlocal count
            count += 1
            return "refused" if count in {8, 11} else None

        double.fault = fault
        ask(desk, "start", typed="Crm")
        state = waited(desk)
        refused = ask(desk, "rows", group="refused")
        assert state["counts"]["refused"] == refused["total"] == 2
        assert all("name is taken" in row["reason"] for row in refused["rows"])
        assert "name is taken" in ask(desk, "change", op_id=refused["rows"][0]["op_id"])["reason"]
        assert any("Try refused again" in one for one in state["hand"])
        assert "name is taken" in desk.still()

        ask(desk, "start", typed="Crm", again=True)

        assert waited(desk)["counts"]["refused"] == 0


def test_nothing_starts_that_nobody_agreed_to_or_whose_name_is_wrong(tmp_path: Path) -> None:
    """The screen refuses first, and the command would refuse as well."""
    with opened(tmp_path, is_agreed=False) as (double, _, desk):
        with pytest.raises(PlanRefusedError, match="Nobody has agreed"):
            ask(desk, "start", typed="Crm")
        with pytest.raises(InputError, match="Type that name"):
            ask(desk, "start", typed="crm!")
        assert ask(desk, "state")["running"] is None
        assert not double.effects


def test_what_a_page_makes_up_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """No plan, question, group or number of a page is trusted; and nothing is stopped that no screen started."""
    with opened(tmp_path) as (_, engagement, desk):
        plan = desk.first()["job"]["plan"]
        made_up: list[dict[str, Any]] = [
            {"plan": "x", "ask": "state"},
            {"plan": plan, "ask": "__init__"},
            {"plan": plan, "ask": "rows", "given": {"group": "everything"}},
            {"plan": plan, "ask": "rows", "given": {"first": -1}},
            {"plan": plan, "ask": "rows", "given": [1]},
            {"plan": plan, "ask": "start", "given": {"typed": "Crm", "limit": -3}},
            {"plan": plan, "ask": "start", "given": {"typed": ["Crm"]}},
            {"plan": plan, "ask": "page"},
            {"plan": plan, "ask": "stop"},
        ]
        with engagement.store.writing("job on crm"):
            said = [reply(desk, {"id": 1, "ask": "job", "given": one}) for one in made_up]
        for one in said:
            assert one is not None
            assert "refused" in one
            assert "fault of ours" not in one["refused"]


def test_a_run_that_holds_the_engagement_is_named(tmp_path: Path) -> None:
    """Somebody else writes: the page says what and since when."""
    with opened(tmp_path) as (_, engagement, desk), engagement.store.writing("an audit"):
        assert "'an audit'" in ask(desk, "state")["busy"]


def test_a_pull_is_started_and_watched(tmp_path: Path) -> None:
    """Its lists, what came, and when; the command's own sentence at its end."""
    with opened(tmp_path) as (_, engagement, _desk):
        desk = WatchPullDesk(engagement, ["crm"], "Nora")
        before = desk.first()["state"]
        assert [(one["label"], one["what"], one["state"], one["records"]) for one in before["lists"]] == [
            ("Crm", "companies", "came", "30")
        ]

        desk.start()
        until(lambda: desk.state()["running"] is None)

        assert desk.state()["ended"]["code"] == 0, desk.state()["ended"]
        assert "companies" in desk.still()
        with pytest.raises(UnknownNameError):
            WatchPullDesk(engagement, ["cmr"])


def test_a_pull_that_waits_is_stopped(tmp_path: Path) -> None:
    """As Ctrl-C does: it ends soon, what came is kept, and the list that did not come is said."""
    with opened(tmp_path) as (double, engagement, _desk):
        double.on_read = lambda _record: None
        desk = WatchPullDesk(engagement, reviewer="Nora")
        with pytest.raises(InputError, match="Nothing runs"):
            desk.stop()


def test_systems_go_with_a_pull(tmp_path: Path) -> None:
    """A job is of one system: the plan says which."""
    with opened(tmp_path) as (_, engagement, _desk), pytest.raises(InputError, match="goes with a pull"):
        watch_job(engagement, systems=["crm"])
