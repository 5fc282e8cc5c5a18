"""A job on its screen: started with every guard, killed in the middle, gone on with, taken back; and a pull beside it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import Asked, Given, ListSystem, people, served
from tests.stories.test_killed_pull import SETTINGS as PULLED
from tests.stories.test_sent_jobs import TWICE, values
from tests.unit.audit.desks.jobs_to_watch import planned_client, planned_folder
from tests.vendor_doubles import Double
from toolkit.audit.desks.jobs.watch_job import WatchJobDesk, watch_job
from toolkit.audit.desks.jobs.watch_pull import WatchPullDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.errors import BusyError, InputError, PlanRefusedError, UnknownNameError
from toolkit.store.journal import journal_steps
from toolkit.widgets.desk import reply


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an engagement with a plan; tests work on copies."""
    return planned_folder(tmp_path_factory.mktemp("planned") / "client")


@contextmanager
def opened(planned: Path, tmp_path: Path, *, is_agreed: bool = True) -> Iterator[tuple[Double, Engagement, WatchJobDesk]]:
    """Yield a system with twenty-four customers, an engagement with a plan for it, and the screen of its job."""
    with planned_client(planned, tmp_path / "client", is_agreed=is_agreed) as (double, engagement):
        yield double, engagement, WatchJobDesk(engagement, "latest", "Nora")


def ask(desk: WatchJobDesk, name: str, plan: str = "", **given: Any) -> Any:
    """Ask about the job as the page does; a refusal is an error."""
    plan = plan or desk.first()["job"]["plan"]
    return desk.questions()["job"](plan=plan, ask=name, given=given)


def until(is_so: Callable[[], object], seconds: float = 120) -> None:
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


def test_a_job_is_rehearsed_started_mended_and_taken_back(planned: Path, tmp_path: Path) -> None:
    """Every number is the journal's; dead letters have a list of their own; what takes back is agreed to like any plan."""
    with opened(planned, tmp_path) as (double, _, desk):
        before = values(double)
        total = desk.first()["job"]["total"]
        ask(desk, "rehearse")
        until(lambda: not ask(desk, "state")["rehearsal"]["is_running"])
        assert ask(desk, "state")["rehearsal"]["counts"] == [["would be done", total]]
        assert not double.effects

        double.fault = refusing(8, 11)
        ask(desk, "start", typed="Crm")
        state = waited(desk)
        refused = ask(desk, "rows", group="refused")
        assert state["counts"]["refused"] == refused["total"] == 2
        assert all("name is taken" in row["reason"] for row in refused["rows"])
        assert "name is taken" in ask(desk, "change", op_id=refused["rows"][0]["op_id"])["reason"]
        assert any("Try refused again" in one for one in state["hand"])
        assert "name is taken" in desk.still()
        ask(desk, "start", typed="Crm", again=True)
        done = waited(desk)
        assert (done["counts"]["done"], done["ended"]["code"]) == (total, 0)
        assert sum(one["archived"] for one in double.records.values()) == TWICE
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


def refusing(*numbers: int) -> Callable[[Asked], str | None]:
    """Return what refuses some changes, counted from 1."""
    sent = count(1)
    return lambda _asked: "refused" if next(sent) in numbers else None


def test_a_job_is_paused_from_another_kernel_killed_and_gone_on_with(planned: Path, tmp_path: Path) -> None:
    """Whoever opens the screen sees where it stands by the journal; no change is done twice, and none is lost."""
    with opened(planned, tmp_path) as (double, engagement, desk):
        total = desk.first()["job"]["total"]
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
        assert 4 <= paused["counts"]["done"] < total
        assert {one.state for one in journal_steps(engagement.store, desk.first()["job"]["plan"])} == {"intent", "confirmed"}

        ask(hers, "start", typed="Crm")
        until(lambda: ask(hers, "state")["counts"]["done"] > paused["counts"]["done"])
        os.kill(ask_writer(engagement), signal.SIGKILL)
        assert "ended from outside" in waited(hers)["ended"]["line"]
        again = WatchJobDesk(open_engagement(engagement.folder), "latest", "Nora")
        stands = again.first()["job"]["state"]["counts"]
        assert stands["done"] + stands["waiting"] == total
        assert stands["waiting"] > 0

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


def test_nothing_starts_that_nobody_agreed_to_or_whose_name_is_wrong(planned: Path, tmp_path: Path) -> None:
    """The screen refuses first, and the command would refuse as well."""
    with opened(planned, tmp_path, is_agreed=False) as (double, _, desk):
        with pytest.raises(PlanRefusedError, match="Nobody has agreed"):
            ask(desk, "start", typed="Crm")
        with pytest.raises(InputError, match="Type that name"):
            ask(desk, "start", typed="crm!")
        assert ask(desk, "state")["running"] is None
        assert not double.effects


def test_what_a_page_makes_up_is_refused_in_a_sentence(planned: Path, tmp_path: Path) -> None:
    """No plan, question, group or number of a page is trusted; and nothing is stopped that no screen started."""
    with opened(planned, tmp_path) as (_, engagement, desk):
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


def test_a_run_that_holds_the_engagement_is_named(planned: Path, tmp_path: Path) -> None:
    """Somebody else writes: the page says what and since when."""
    with opened(planned, tmp_path) as (_, engagement, desk), engagement.store.writing("an audit"):
        assert "'an audit'" in ask(desk, "state")["busy"]


def test_a_pull_that_waits_is_stopped_and_goes_on(tmp_path: Path) -> None:
    """As Ctrl-C does: it ends soon, what came is kept, and the list that did not come is named until it came."""
    is_busy = True

    def app(asked: Asked) -> Given:
        if is_busy and asked.query.get("after") == "20":
            return Given({}, 429, {"Retry-After": "240"})
        return ListSystem(people(50))(asked)

    with served(app) as server:
        (tmp_path / "engagement.yaml").write_text(PULLED.format(url=server.url), "utf-8")
        desk = WatchPullDesk(open_engagement(tmp_path), reviewer="Nora")
        with pytest.raises(InputError, match="Nothing runs"):
            desk.stop()
        desk.start()
        until(lambda: len(server.asked) >= 3)
        assert [one["state"] for one in desk.state()["lists"]] == ["coming"]
        desk.stop()
        until(lambda: desk.state()["running"] is None)
        stopped = desk.state()
        assert stopped["ended"]["code"] == 130
        assert "was stopped before" in stopped["missing"][0]
        assert "to come" in desk.still()

        is_busy = False
        desk.start()
        until(lambda: desk.state()["running"] is None)

    state = desk.state()
    assert state["ended"]["code"] == 0, state["ended"]
    assert [(one["records"], one["state"]) for one in state["lists"]] == [("50", "came")]
    assert state["missing"] == []


def test_a_system_that_is_not_there_is_not_pulled(planned: Path, tmp_path: Path) -> None:
    """The nearest name is offered."""
    with opened(planned, tmp_path) as (_, engagement, _desk), pytest.raises(UnknownNameError, match="crm"):
        WatchPullDesk(engagement, ["cmr"])


def test_systems_go_with_a_pull(planned: Path, tmp_path: Path) -> None:
    """A job is of one system: the plan says which."""
    with opened(planned, tmp_path) as (_, engagement, _desk), pytest.raises(InputError, match="goes with a pull"):
        watch_job(engagement, systems=["crm"])
