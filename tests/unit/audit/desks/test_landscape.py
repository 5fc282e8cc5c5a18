"""The desk of the landscape, without a browser: what is drawn, changed, taken back, and refused."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.unit.audit.desks.asked import asked
from toolkit.audit.desks.landscape.desk import LandscapeDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import BusyError, InputError, ToolkitError
from toolkit.widgets.desk import reply

CLIENT = Path(__file__).resolve().parents[3] / "golden" / "mini" / "client"
MINI = CLIENT / "engagement.yaml"


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    """Return an engagement with settings and no snapshots: a landscape is drawn before anything is read."""
    shutil.copy(MINI, tmp_path / "engagement.yaml")
    return open_engagement(tmp_path)


@pytest.fixture
def desk(engagement: Engagement) -> LandscapeDesk:
    """Return a desk at which Ann sits."""
    return LandscapeDesk(engagement, reviewer="Ann")


def _text(engagement: Engagement) -> str:
    return (engagement.folder / "engagement.yaml").read_text("utf-8")


def _row(state: dict[str, Any], room: str, name: str) -> dict[str, Any]:
    [row] = [one for one in state[room] if one["name"] == name]
    return row


def test_drawing_and_tables_say_the_same(desk: LandscapeDesk) -> None:
    """Every system and person is a box, every handoff a line; what is missing is named."""
    state = desk.first()

    boxes = {one["id"] for one in state["map"]["boxes"]}
    assert boxes == {"system:crm", "system:ledger", "system:payments", "person:Ruth"}
    assert {one["handoff"] for one in state["map"]["paths"]} == {one["name"] for one in state["handoffs"]}
    assert _row(state, "systems", "crm")["to_ask"] == ["what goes in", "what comes out"]


def test_one_thing_changes_one_line(desk: LandscapeDesk, engagement: Engagement) -> None:
    """Every comment and every other line stays as it was; the answer shows it changed."""
    before = _text(engagement)

    state = desk.set(kind="system", name="crm", key="data_in", value="calls and web forms", was="")

    assert _text(engagement) == before.replace("cost_per_month: 45}", "cost_per_month: 45, data_in: calls and web forms}")
    assert _row(state, "systems", "crm")["to_ask"] == ["what comes out"]
    assert (state["undo"], state["said"]) == ("crm: what goes in", "crm: what goes in")


def test_a_mailbox_a_person_and_a_handoff_are_added(desk: LandscapeDesk, engagement: Engagement) -> None:
    """Informal systems are systems; the handoff stands on the drawing and in the file."""
    desk.add(kind="system", values={"label": "Orders mailbox", "is_informal": True, "process": "orders by e-mail"})
    desk.add(kind="person", values={"name": "Jo Ng", "role": "Sales"})
    state = desk.add(
        kind="handoff",
        values={
            "label": "Mailed orders typed in",
            "from": "orders_mailbox",
            "to": "ledger.invoices",
            "by": "Jo Ng",
            "carrier": "reentry",
            "minutes": {"low": 5, "likely": 8, "high": 12, "evidence": "interview", "who": "Jo Ng"},
        },
    )

    settings = open_engagement(engagement.folder).settings
    handoff = settings.handoffs["mailed_orders_typed_in"]
    assert settings.systems["orders_mailbox"].is_informal
    assert (handoff.from_, handoff.to, handoff.by) == ("orders_mailbox.records", "ledger.invoices", "Jo Ng")
    assert handoff.minutes_per_item is not None
    assert handoff.minutes_per_item.value == (5, 8, 12)
    assert state["name"] == "mailed_orders_typed_in"
    assert "person:Jo Ng" in {one["id"] for one in state["map"]["boxes"]}


def test_what_was_done_is_taken_back_and_done_again(desk: LandscapeDesk, engagement: Engagement) -> None:
    """Byte for byte, also by a kernel that was started anew; a removal brings its comments back."""
    before = _text(engagement).replace("    by: Ruth\n", "    by: Ruth  # since May\n", 1)
    (engagement.folder / "engagement.yaml").write_text(before, "utf-8")
    desk.remove(kind="handoff", name="deal_to_invoice", was=_row(desk.first(), "handoffs", "deal_to_invoice"))
    without = _text(engagement)
    again = LandscapeDesk(open_engagement(engagement.folder), reviewer="Ann")

    undone = again.undo()
    assert (_text(engagement), undone["said"]) == (before, "Won deals re-typed as invoices removed")
    again.redo()

    assert _text(engagement) == without
    assert "deal_to_invoice" not in without


def test_two_people_change_different_things(desk: LandscapeDesk, engagement: Engagement) -> None:
    """Both are in the file, and each takes back only what is his or hers."""
    other = LandscapeDesk(open_engagement(engagement.folder), reviewer="Ben")
    version = desk.first()["version"]
    desk.set(kind="system", name="crm", key="owner", value="Ann Lee", was="Sam")
    other.set(kind="person", name="Ruth", key="role", value="Controller", was="Bookkeeper")

    news = desk.since(version=version)
    assert news is not None
    assert _row(news, "people", "Ruth")["role"] == "Controller"
    desk.undo()

    settings = open_engagement(engagement.folder).settings
    assert (settings.systems["crm"].owner, settings.people["Ruth"].role) == ("Sam", "Controller")
    assert desk.undo()["said"] == ""


def test_what_somebody_else_changed_is_not_overwritten(desk: LandscapeDesk, engagement: Engagement) -> None:
    """An editor saves another owner while the page stands open: the page is told, and the file keeps it."""
    file = engagement.folder / "engagement.yaml"
    file.write_text(_text(engagement).replace("owner: Sam", "owner: Lou"), "utf-8")

    with pytest.raises(InputError, match="Owner of crm was changed meanwhile, to 'Lou'"):
        desk.set(kind="system", name="crm", key="owner", value="Ann", was="Sam")

    assert "owner: Lou" in _text(engagement)


def test_minutes_remarks_and_ticks_of_somebody_else_are_not_overwritten(desk: LandscapeDesk, engagement: Engagement) -> None:
    """Both look at one handoff; what the second enters is refused and names what the first has said, whatever it is of."""
    other = LandscapeDesk(open_engagement(engagement.folder), reviewer="Ben")
    seen = _row(desk.first(), "handoffs", "deal_to_invoice")
    ledger = _row(desk.first(), "systems", "ledger")
    handoff, system = {"kind": "handoff", "name": "deal_to_invoice"}, {"kind": "system", "name": "ledger"}
    minutes = {"low": 20, "likely": 25, "high": 30, "evidence": "interview", "who": "Marta"}
    asked(other, "set", **handoff, key="minutes", value=minutes, was=seen["minutes"])
    asked(other, "set", **handoff, key="note", value="on Fridays only", was=seen["note"])
    asked(other, "set", **system, key="is_informal", value=True, was=ledger["is_informal"])
    said = _text(engagement)

    with pytest.raises(InputError, match=r"Minutes per item of Won deals .* to 20 / 25 / 30, interview, Marta"):
        asked(desk, "set", **handoff, key="minutes", value={**minutes, "likely": 22}, was=seen["minutes"])
    with pytest.raises(InputError, match=r"Note of Won deals .* was changed meanwhile, to 'on Fridays only'"):
        asked(desk, "set", **handoff, key="note", value="never", was=seen["note"])
    with pytest.raises(InputError, match="Whether it is informal of ledger was changed meanwhile, to yes"):
        asked(desk, "set", **system, key="is_informal", value=False, was=ledger["is_informal"])
    with pytest.raises(InputError, match="was changed meanwhile"):
        asked(desk, "remove", **handoff, was=seen)

    assert _text(engagement) == said
    shown = _row(desk.first(), "handoffs", "deal_to_invoice")
    asked(desk, "set", **handoff, key="minutes", value={**minutes, "who": "Ruth"}, was=shown["minutes"])
    assert "who: Ruth, on: 20" in _text(engagement)


def test_of_a_system_that_was_read_a_handoff_carries_one_of_its_lists(tmp_path: Path) -> None:
    """Another name would stop every audit from then on: the screen takes none, and asks where there are several."""
    engagement = open_engagement(shutil.copytree(CLIENT, tmp_path / "client"))
    pull_snapshots(engagement)
    desk, text = LandscapeDesk(engagement, reviewer="Ann"), _text(engagement)
    change = {"kind": "handoff", "name": "deal_to_invoice", "key": "to", "was": "ledger.invoices"}

    with pytest.raises(InputError, match=r"no list 'records' in it\. It has: customers, invoices, payments"):
        asked(desk, "set", **change, value="ledger.records")
    with pytest.raises(InputError, match="Which records of 'ledger' does it carry: customers, invoices, payments"):
        asked(desk, "set", **change, value="ledger")
    new = {"label": "Refunds typed in", "from": "crm.deals", "to": "ledger"}
    with pytest.raises(InputError, match="Which records of 'ledger' does it carry"):
        asked(desk, "add", kind="handoff", values=new)
    with pytest.raises(InputError, match="to itself"):
        asked(desk, "set", **change, value="crm.deals")
    assert _text(engagement) == text

    asked(desk, "set", **change, value="ledger.payments")
    asked(desk, "add", kind="handoff", values={**new, "label": "Invoices typed in"})
    handoffs = engagement.settings.handoffs
    assert (handoffs["deal_to_invoice"].to, handoffs["invoices_typed_in"].to) == ("ledger.payments", "ledger.invoices")


def test_a_file_that_is_broken_is_told_with_its_line(desk: LandscapeDesk, engagement: Engagement) -> None:
    """Half-way through somebody's edit nothing is written over it."""
    broken = _text(engagement).replace("currency: USD", "currency: dollars")
    (engagement.folder / "engagement.yaml").write_text(broken, "utf-8")

    with pytest.raises(InputError, match=r"engagement.yaml, line 3: 'currency'"):
        desk.set(kind="system", name="crm", key="owner", value="Ann", was="Sam")

    assert _text(engagement) == broken


def test_proposed_handoffs_are_confirmed_or_refused(engagement: Engagement) -> None:
    """One that is confirmed counts; one that is refused is gone; saying something of one confirms it."""
    text = _text(engagement).replace("    by: Ruth\n", "    is_proposed: true\n")
    (engagement.folder / "engagement.yaml").write_text(text, "utf-8")
    desk = LandscapeDesk(open_engagement(engagement.folder), reviewer="Ann")

    desk.set(kind="handoff", name="deal_to_invoice", key="by", value="Ruth", was="")
    state = desk.refuse(name="stripe_to_ledger")

    assert [(one["name"], one["is_proposed"]) for one in state["handoffs"]] == [("deal_to_invoice", False)]
    with pytest.raises(InputError, match="is no proposal"):
        desk.confirm(name="deal_to_invoice")


@pytest.mark.parametrize(
    ("ask", "given", "sentence"),
    [
        ("remove", {"kind": "system", "name": "crm"}, "is part of 1 handoff"),
        ("remove", {"kind": "person", "name": "Ruth"}, "carries 2 handoffs"),
        ("remove", {"kind": "system", "name": "gone"}, "no system named 'gone'"),
        ("set", {"kind": "system", "name": "crm", "key": "connector", "value": "x"}, "thing that is known of a system"),
        ("set", {"kind": "system", "name": "crm", "key": "users", "value": 1.5}, "whole number"),
        ("set", {"kind": "system", "name": "crm", "key": "users", "value": -1}, "0 or more"),
        ("set", {"kind": "system", "name": "crm", "key": "owner", "value": ["x"]}, "text on one line"),
        ("set", {"kind": "system", "name": "crm", "key": "owner", "value": "x" * 200}, "at most 120"),
        ("set", {"kind": "handoff", "name": "deal_to_invoice", "key": "carrier", "value": "pigeon"}, "pigeon"),
        ("set", {"kind": "handoff", "name": "deal_to_invoice", "key": "to", "value": "moon.rocks"}, "no system named"),
        (
            "set",
            {"kind": "handoff", "name": "deal_to_invoice", "key": "minutes", "value": {"low": 9, "likely": 5, "high": 7}},
            "must rise",
        ),
        ("add", {"kind": "system", "values": {}}, "Give it a name"),
        ("add", {"kind": "system", "values": {"label": "CRM"}}, "already"),
        ("add", {"kind": "person", "values": {"name": "ruth"}}, "there already"),
        ("add", {"kind": "handoff", "values": {"label": "x", "from": "crm.a", "to": "crm.a"}}, "to itself"),
        ("add", {"kind": "planet", "values": {"label": "x"}}, "can be added"),
        ("place", {"node": "system:moon", "x": 1, "y": 1}, "no such box"),
        ("place", {"node": "system:crm", "x": 1e9, "y": 1}, "stands between"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    desk: LandscapeDesk, engagement: Engagement, ask: str, given: dict[str, Any], sentence: str
) -> None:
    """A page may send anything; nothing of it reaches the file."""
    text = _text(engagement)
    if ask == "remove" and given["name"] in {"crm", "Ruth"}:
        given = {**given, "was": _row(desk.first(), "systems" if given["kind"] == "system" else "people", given["name"])}

    answer = reply(desk, {"id": 1, "ask": ask, "given": given})

    assert answer is not None
    assert sentence in answer["refused"]
    assert _text(engagement) == text


def test_boxes_stay_where_they_were_dragged(desk: LandscapeDesk, engagement: Engagement) -> None:
    """Also for a kernel that was started anew, until they are straightened."""
    desk.place(node="system:crm", x=4.5, y=2)
    again = LandscapeDesk(open_engagement(engagement.folder), reviewer="Ben")

    assert again.first()["places"] == {"system:crm": [4.5, 2]}
    assert again.place(node=None, x=0, y=0)["places"] == {}


def test_several_threads_change_at_once(desk: LandscapeDesk, engagement: Engagement) -> None:
    """Nothing that was acknowledged is lost."""
    wrong: list[object] = []

    def work(number: int) -> None:
        try:
            desk.add(kind="system", values={"label": f"Sheet {number}", "is_informal": True})
        except ToolkitError as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    systems = open_engagement(engagement.folder).settings.systems
    assert wrong == []
    assert {f"sheet_{number}" for number in range(6)} <= {*systems}


def test_forty_systems_and_120_handoffs_are_answered_soon(engagement: Engagement) -> None:
    """The layout of a big client is no wait."""
    lines = ["handoffs:"]
    for number in range(120):
        source, target = f"s{number % 40}", f"s{(number * 7 + 3) % 40 if (number * 7 + 3) % 40 != number % 40 else 39}"
        lines += [f"  h{number}: {{from: {source}.a, to: {target}.b, by: P{number % 9}, carrier: copy}}"]
    systems = "".join(f"  s{number}: {{category: crm}}\n" for number in range(40))
    text = f"client: Big\nsystems:\n{systems}" + "\n".join(lines) + "\n"
    (engagement.folder / "engagement.yaml").write_text(text, "utf-8")
    desk = LandscapeDesk(open_engagement(engagement.folder), reviewer="Ann")

    state = desk.first()

    assert (len(state["systems"]), len(state["handoffs"]), len(state["map"]["boxes"])) == (40, 120, 49)


def test_the_still_picture_reads_on_its_own(desk: LandscapeDesk) -> None:
    """A drawing, a table, escaped, no script."""
    desk.set(kind="system", name="crm", key="label", value="<img src=x onerror=1>", was="crm")

    html = desk.still()

    assert "3 systems, 1 person, 2 handoffs" in html
    assert "&lt;img" in html
    assert "<img" not in html
    assert "<script" not in html


def test_while_a_run_writes_nothing_is_saved_and_the_run_is_named(desk: LandscapeDesk, engagement: Engagement) -> None:
    """The page waits a moment, then says who writes; the file is as it was."""
    text = _text(engagement)

    with engagement.store.writing("audit of Mini Signs Co"), pytest.raises(BusyError, match="audit of Mini Signs Co"):
        desk.set(kind="system", name="crm", key="owner", value="Ann", was="Sam")

    assert _text(engagement) == text


def test_a_kind_of_system_of_the_engagements_own_is_not_asked_for(tmp_path: Path) -> None:
    """The catalogue of the engagement names it; another unknown one is asked for."""
    (tmp_path / "engagement.yaml").write_text(
        "client: Acme\nsystems: {lab: {category: laboratory}, odd: {category: wizardry}}\n"
        "catalogue: {categories: {laboratory: {label: Laboratory}}}\n",
        "utf-8",
    )
    state = LandscapeDesk(open_engagement(tmp_path), reviewer="Ann").first()

    assert "what kind of system it is" not in _row(state, "systems", "lab")["to_ask"]
    assert "what kind of system it is" in _row(state, "systems", "odd")["to_ask"]
