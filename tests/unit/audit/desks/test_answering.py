"""What a person says of a client's tables at the screen: kept where every other way keeps it, and by nobody lost."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.asked_client import HURT, asked_client
from tests.unit.audit.client_folders import folder_of, outcome
from toolkit.audit.desks.answering import QuestionsDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.errors import BusyError, InputError
from toolkit.settings import load_settings
from toolkit.widgets.desk import reply

DAYS = "deals_deals_day_order_closed"


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a client about whose tables three things are asked."""
    engagement = asked_client(tmp_path_factory.mktemp("pulled") / "acme")
    engagement.close()
    return engagement.folder


@pytest.fixture
def asked(pulled: Path, tmp_path: Path) -> Iterator[Engagement]:
    """Yield a copy of that client."""
    engagement = open_engagement(shutil.copytree(pulled, tmp_path / "acme"))
    yield engagement
    engagement.close()


def ask(desk: QuestionsDesk, what: str, /, **given: Any) -> Any:
    return desk.questions()[what](**given)


def kept_answer(engagement: Engagement, name: str) -> str:
    return load_settings(engagement.folder / "engagement.yaml").settings.questions[name].answer


def test_an_answer_is_kept_with_who_gave_it_and_when(asked: Engagement) -> None:
    """Behind its question in engagement.yaml; every other line and comment stays."""
    file = asked.folder / "engagement.yaml"
    before = file.read_text("utf-8")

    state = ask(QuestionsDesk(asked, "Dana"), "answer", name=DAYS, answer="dmy", before="")

    after = file.read_text("utf-8")
    assert after == before.replace('answer: ""   # dmy | mdy', "answer: dmy   # dmy | mdy")
    [one] = [each for each in state["questions"] if each["answer"]]
    assert (one["name"], one["answerWords"], one["by"]) == (DAYS, "the day", "Dana")
    assert one["at"].endswith("Z")
    # Whoever has the engagement open goes on with it.
    assert asked.settings.questions[DAYS].answer == "dmy"


def test_the_next_pull_reads_the_files_by_the_answers(asked: Engagement) -> None:
    """The days of the deals stand as the person said, and are asked no more."""
    ask(QuestionsDesk(asked, "Dana"), "answer", name=DAYS, answer="dmy", before="")

    outcome(asked.folder)

    settings = load_settings(asked.folder / "engagement.yaml").settings
    assert settings.systems["deals"].streams["deals"].day_order == "dmy"
    assert DAYS not in settings.questions


def test_what_somebody_else_said_meanwhile_is_never_overwritten(asked: Engagement) -> None:
    """Both look at the same open question; the second is told what the first has said."""
    ann, bob = QuestionsDesk(asked, "Ann"), QuestionsDesk(asked, "Bob")
    version = bob.first()["version"]
    ask(ann, "answer", name=DAYS, answer="dmy", before="")

    with pytest.raises(InputError, match="Meanwhile this is 'the day', by Ann"):
        ask(bob, "answer", name=DAYS, answer="mdy", before="")

    assert kept_answer(asked, DAYS) == "dmy"
    assert ask(bob, "since", version=version)["version"] != version
    assert ask(bob, "since", version=ann.first()["version"]) is None


def test_taking_back_leaves_the_question_as_it_was(asked: Engagement) -> None:
    """Answer and undo give the same file, and both stand in the log."""
    desk, file = QuestionsDesk(asked, "Dana"), asked.folder / "engagement.yaml"
    before = load_settings(file).settings

    ask(desk, "answer", name="currency", answer="GBP", before="")
    ask(desk, "answer", name="currency", answer="", before="GBP")

    assert load_settings(file).settings == before
    assert [one["answer"] for one in asked.store.logged("answer")] == ["GBP", ""]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (DAYS, "sideways"), (DAYS, 7), (DAYS, "d" * 501), (DAYS, "a\0b"), ("currency", "GOLD"), ("no_such", "dmy"),
        (None, "dmy"), ("x_entity", "spaceship"),
    ],
)  # fmt: skip
def test_what_no_question_takes_is_refused_in_a_sentence(asked: Engagement, name: Any, answer: Any) -> None:
    """A page may send anything; the file is left as it was."""
    before = (asked.folder / "engagement.yaml").read_bytes()

    said = reply(
        QuestionsDesk(asked, "Dana"), {"id": 1, "ask": "answer", "given": {"name": name, "answer": answer, "before": ""}}
    )

    assert said is not None
    assert said["refused"].endswith((".", "'"))
    assert "fault of ours" not in said["refused"]
    assert (asked.folder / "engagement.yaml").read_bytes() == before


def test_something_else_may_be_any_other_list_or_currency(asked: Engagement) -> None:
    """What is not among the choices is still one of what the toolkit knows."""
    desk = QuestionsDesk(asked, "Dana")
    others = {one["answer"] for one in ask(desk, "look", name="x_entity")["others"]}

    ask(desk, "answer", name="x_entity", answer="ticket" if "ticket" in others else "invoice", before="")
    ask(desk, "answer", name="currency", answer="NOK", before="")

    assert "invoice" in others
    assert kept_answer(asked, "currency") == "NOK"


def test_a_question_shows_its_rows_and_how_sure_each_choice_is(asked: Engagement) -> None:
    """The column is marked, its cells are whole, and a guess says how often such guesses are right."""
    desk = QuestionsDesk(asked, "Dana")

    days, what = ask(desk, "look", name=DAYS), ask(desk, "look", name="x_entity")

    assert days["table"]["headers"][days["table"]["marked"][0]] == "Closed"
    assert days["samples"] == ["01/02/2026", "03/04/2026", "05/06/2026"]
    assert all(0 <= one["share"] <= 1 for one in what["evidence"].values())


def test_each_answer_says_what_it_would_change(asked: Engagement) -> None:
    """Rows counted, their sum and their days, before anything is written."""
    desk, before = QuestionsDesk(asked, "Dana"), (asked.folder / "engagement.yaml").read_bytes()

    found = {answer: ask(desk, "attempt", name=DAYS, answer=answer) for answer in ("dmy", "mdy")}
    euros = ask(desk, "attempt", name="currency", answer="EUR")

    assert [found[one]["days"] for one in ("dmy", "mdy")] == [["2026-02-01", "2026-06-05"], ["2026-01-02", "2026-05-06"]]
    assert (euros["kept"], euros["rows"], euros["sums"]) == (3, 3, ["2,500.75 EUR"])
    assert (asked.folder / "engagement.yaml").read_bytes() == before


def test_a_table_that_is_gone_still_can_be_answered(asked: Engagement) -> None:
    """The rows are not shown; the question is."""
    (asked.folder / "exports" / "deals.csv").unlink()
    desk = QuestionsDesk(asked, "Dana")

    assert ask(desk, "look", name=DAYS)["table"] is None
    ask(desk, "answer", name=DAYS, answer="mdy", before="")

    assert kept_answer(asked, DAYS) == "mdy"


def test_two_people_at_once_lose_nothing(asked: Engagement) -> None:
    """Each in a kernel of its own, each answering another question; both wait for their turn."""
    folder = asked.folder
    failed: list[BaseException] = []

    def answer(name: str, value: str) -> None:
        engagement = open_engagement(folder)
        desk = QuestionsDesk(engagement, name, patience_s=60)
        try:
            ask(desk, "answer", name=name, answer=value, before="")
            ask(desk, "answer", name=name, answer="", before=value)
            ask(desk, "answer", name=name, answer=value, before="")
        except BaseException as error:  # noqa: BLE001 - a thread's failure is the test's
            failed.append(error)
        finally:
            engagement.close()

    threads = [threading.Thread(target=answer, args=one) for one in ((DAYS, "mdy"), ("currency", "SEK"))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)

    assert failed == []
    assert (kept_answer(asked, DAYS), kept_answer(asked, "currency")) == ("mdy", "SEK")
    assert len(asked.store.logged("answer")) == 6


def test_who_writes_for_long_is_named(asked: Engagement) -> None:
    """A pull holds the folder; the answer is not taken, and the page says who writes."""
    desk = QuestionsDesk(asked, "Dana", patience_s=0.1)
    with asked.store.writing("pull of acme"), pytest.raises(BusyError, match="pull of acme"):
        ask(desk, "answer", name=DAYS, answer="mdy", before="")

    assert kept_answer(asked, DAYS) == ""


def test_the_clients_tables_are_read_before_anybody_is_kept_waiting(asked: Engagement) -> None:
    """What cannot be is refused while another still writes: for that nobody's turn is taken."""
    desk = QuestionsDesk(asked, "Dana", patience_s=0.1)

    with asked.store.writing("pull of acme"), pytest.raises(InputError, match="is no answer to this question"):
        ask(desk, "answer", name="x_entity", answer="spaceship", before="")


def test_the_still_picture_says_what_is_open_and_runs_nothing(asked: Engagement) -> None:
    """Questions, answers and who gave them; client text stays text."""
    desk = QuestionsDesk(asked, "Dana")
    ask(desk, "answer", name=DAYS, answer="mdy", before="")

    picture = desk.still()

    assert "3 questions about the tables of acme; 2 open." in picture
    assert "Dana" in picture
    assert HURT.replace('"', "'") not in picture
    assert "<script" not in picture


def test_where_nothing_is_asked_the_next_step_stands(tmp_path: Path) -> None:
    """After a pull without questions, and before any pull."""
    empty = open_engagement(folder_of(tmp_path / "empty", {"note.md": "x"}))
    clear = folder_of(tmp_path / "clear", {"deals.csv": "Deal,Customer,Stage,Value\nRoof,Acme Ltd,Won,EUR 1200.50\n"})
    outcome(clear)

    assert "Nothing has been read yet" in QuestionsDesk(empty, "Dana").still()
    assert "Nothing is asked" in QuestionsDesk(open_engagement(clear), "Dana").still()
