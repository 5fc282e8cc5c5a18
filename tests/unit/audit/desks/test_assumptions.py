"""The desk of assumptions, without a browser: what is tried, what is saved, and what is refused."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.unit.audit.desks.mini_client import audited_mini
from toolkit.audit.desks.assumptions.desk import AssumptionsDesk
from toolkit.audit.desks.landscape.desk import LandscapeDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.errors import InputError, ToolkitError
from toolkit.widgets.desk import reply

RATE = {"place": "total", "name": "loaded_rate_per_hour", "low": 30, "likely": 40, "high": 50}


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small client, audited once; tests work on copies."""
    return audited_mini(tmp_path_factory.mktemp("mini") / "client")


@pytest.fixture
def engagement(mini: Path, tmp_path: Path) -> Engagement:
    """Return an engagement of its own."""
    shutil.copytree(mini, tmp_path / "client")
    return open_engagement(tmp_path / "client")


@pytest.fixture
def desk(engagement: Engagement) -> AssumptionsDesk:
    """Return a desk at which Ann sits."""
    return AssumptionsDesk(engagement, reviewer="Ann", trials=500)


def _text(engagement: Engagement) -> str:
    return (engagement.folder / "engagement.yaml").read_text("utf-8")


def _row(state: dict[str, Any], place: str, name: str) -> dict[str, Any]:
    [row] = [one for one in state["rows"] if (one["place"], one["name"]) == (place, name)]
    return row


def test_what_is_tried_moves_the_case_and_writes_nothing(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """A dearer hour makes the work cost more; the file is as it was."""
    before, text = desk.first(), _text(engagement)

    after = desk.tried(tried=[RATE])

    assert after["case"]["sums"]["total"]["cost_now"][1] > before["case"]["sums"]["total"]["cost_now"][1]
    assert (_text(engagement), desk.first()["case"]) == (text, before["case"])


def test_what_is_saved_stands_in_the_file_with_who_and_when(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """One line changes, every other and every comment stays."""
    before = _text(engagement).splitlines()

    state = desk.save(tried=[RATE], version=desk.first()["version"], who="Ruth")

    after = _text(engagement).splitlines()
    [changed] = [line for line in after if line not in before]
    assert changed.startswith("  loaded_rate_per_hour: {value: [30, 40, 50], evidence: interview, who: Ruth, on: 20")
    assert len(after) == len(before)
    assert _row(state, "total", "loaded_rate_per_hour")["who"] == "Ruth"
    assert open_engagement(engagement.folder).settings.rates.loaded_rate_per_hour is not None


def test_whoever_has_the_engagement_open_computes_with_what_was_saved(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """The cells below the screen do not go on with what stood there before."""
    before = engagement.settings.rates.loaded_rate_per_hour

    desk.save(tried=[RATE], version=desk.first()["version"], who="Ruth")

    now = engagement.settings.rates.loaded_rate_per_hour
    assert now != before
    assert now == open_engagement(engagement.folder).settings.rates.loaded_rate_per_hour


def test_a_save_is_taken_back_and_done_again(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """Also by a kernel that was started anew: what was done is in the store."""
    before = _text(engagement)
    desk.save(tried=[RATE], version=desk.first()["version"])
    saved = _text(engagement)

    again = AssumptionsDesk(open_engagement(engagement.folder), reviewer="Ann", trials=500)
    undone = again.undo()
    assert (_text(engagement), undone["said"]) == (before, "Cost of an hour of work")
    again.redo()

    assert _text(engagement) == saved


def test_an_undo_does_not_take_back_what_somebody_else_has_said_since(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """The other word stays, and the refusal names it."""
    desk.save(tried=[RATE], version=desk.first()["version"])
    other = AssumptionsDesk(open_engagement(engagement.folder), reviewer="Ben", trials=500)
    other.save(tried=[{**RATE, "likely": 45}], version=other.first()["version"])

    with pytest.raises(InputError, match=r"'rates.loaded_rate_per_hour' was changed meanwhile"):
        desk.undo()

    assert "who: Ben" in _text(engagement)


def test_what_was_changed_meanwhile_is_not_overwritten(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """Somebody edits the file while the page stands open: the same input is refused, another one is saved beside it."""
    version = desk.first()["version"]
    file = engagement.folder / "engagement.yaml"
    file.write_text(_text(engagement).replace("{value: 30, evidence: document", "{value: 33, evidence: document"), "utf-8")

    with pytest.raises(InputError, match="Cost of an hour of work was changed meanwhile, to 33 / 33 / 33"):
        desk.save(tried=[RATE], version=version)
    state = desk.save(tried=[{**RATE, "name": "day_rate", "low": 500, "high": 900, "likely": 700}], version=version)

    assert "value: 33" in _text(engagement)
    assert _row(state, "total", "day_rate")["likely"] == 700


def test_a_change_of_the_file_is_noticed(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """The page asks whether there is news, and gets all of it."""
    version = desk.first()["version"]
    assert desk.since(version=version) is None
    file = engagement.folder / "engagement.yaml"
    file.write_text(_text(engagement).replace("value: 600", "value: 700"), "utf-8")

    news = desk.since(version=version)

    assert news is not None
    assert _row(news, "total", "day_rate")["likely"] == 700


def test_handoffs_changed_since_are_not_said_to_be_shown(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """Ben leads one elsewhere: the case does not count that yet, and says so. One that he only renames is shown renamed."""
    ben, first = LandscapeDesk(open_engagement(engagement.folder), reviewer="Ben"), desk.first()
    handoff = {"kind": "handoff", "name": "deal_to_invoice"}
    ben.set(**handoff, key="label", value="Deals billed", was="Won deals re-typed as invoices")
    renamed = desk.since(version=first["version"])
    assert renamed is not None
    assert (first["outdated"], renamed["outdated"]) == ("", "")
    assert "Deals billed" in {one["label"] for one in renamed["places"]}

    ben.set(**handoff, key="to", value="ledger.payments", was="ledger.invoices")
    news = desk.since(version=renamed["version"])

    assert news is not None
    assert news["outdated"].startswith("The handoffs, or what was read of the systems, are others")
    assert news["outdated"] in desk.still()
    assert AssumptionsDesk(engagement, reviewer="Ann", trials=500).first()["outdated"] == ""


def test_the_same_figure_from_somebody_else_is_not_overwritten(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """The number is as it was, who said it is not: the page showed another word."""
    version, file = desk.first()["version"], engagement.folder / "engagement.yaml"
    file.write_text(_text(engagement).replace("evidence: document, who: Ruth", "evidence: document, who: Lou"), "utf-8")

    with pytest.raises(InputError, match=r"was changed meanwhile, to 30 / 30 / 30 \(document, Lou\)"):
        desk.save(tried=[RATE], version=version)

    assert "who: Lou" in _text(engagement)


def test_what_was_measured_is_overridden_with_a_reason_only(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """The reason stands in the file."""
    volume = {"place": "deal_to_invoice", "name": "volume_per_month", "low": 8, "likely": 9, "high": 10}
    version = desk.first()["version"]
    with pytest.raises(InputError, match=r"Items a month was measured .* Say why another value is better"):
        desk.save(tried=[volume], version=version)

    desk.save(tried=[{**volume, "reason": "a slow quarter"}], version=version)

    assert "volume_per_month: {value: [8, 9, 10], evidence: interview, who: Ann" in _text(engagement)
    assert "source: a slow quarter" in _text(engagement)


@pytest.mark.parametrize(
    ("tried", "sentence"),
    [
        ([{**RATE, "low": 60}], "must be low, likely, high in rising order"),
        ([{**RATE, "low": -1}], "must not be negative"),
        ([{**RATE, "high": float("nan")}], "needs a number"),
        ([{**RATE, "high": "9"}], "needs a number"),
        ([{**RATE, "name": "cash_share"}], "no input that can be set"),
        ([{**RATE, "place": "../../etc"}], "only proposed"),
        ([{**RATE, "place": "gone", "name": "minutes_per_item"}], "only proposed"),
        ([{**RATE, "name": "contingency_rate", "high": 200}], "lies between 0 and 100 %"),
        ([{**RATE, "name": "horizon_months", "likely": 7.5}], "whole number"),
        ([RATE, RATE], "twice"),
        ([7], "told by its place and name"),
        ("all", "At most 200"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    desk: AssumptionsDesk, engagement: Engagement, tried: Any, sentence: str
) -> None:
    """A page may send anything; nothing of it reaches the file."""
    text = _text(engagement)

    answer = reply(desk, {"id": 1, "ask": "save", "given": {"tried": tried, "version": "x"}})

    assert answer is not None
    assert sentence in answer["refused"]
    with pytest.raises(ToolkitError, match=sentence):
        desk.tried(tried=tried)
    assert _text(engagement) == text


def test_several_threads_try_and_save_at_once(desk: AssumptionsDesk, engagement: Engagement) -> None:
    """Every answer is that of its own question, and every save is in the file."""
    names = ["loaded_rate_per_hour", "day_rate", "contingency_rate", "annual_cost_of_capital"]
    version = desk.first()["version"]
    wrong: list[object] = []

    def work(number: int) -> None:
        one = {"place": "total", "name": names[number], "low": 0.1, "likely": 0.2, "high": 0.3}
        try:
            first = desk.tried(tried=[one])
            if desk.tried(tried=[one])["case"] != first["case"]:
                wrong.append(number)
            desk.save(tried=[one], version=version)
        except ToolkitError as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    rates = open_engagement(engagement.folder).settings.rates
    assert wrong == []
    assert [getattr(rates, name).value for name in names] == [(0.1, 0.2, 0.3)] * 4


def test_the_still_picture_reads_on_its_own(desk: AssumptionsDesk) -> None:
    """Figures with unit, evidence in words, no script."""
    html = desk.still()

    assert "Business case of Mini Signs Co" in html
    assert "minutes per item" in html.lower()
    assert "<script" not in html
