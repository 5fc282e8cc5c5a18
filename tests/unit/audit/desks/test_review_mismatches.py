"""Differences without a browser: what is listed, what a word does, who decides a field, and two persons at once."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.audit.desks.asked import asked
from tests.unit.audit.desks.disagreeing_client import SETTINGS
from toolkit.audit.desks.review_mismatches import MismatchDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.runs import run_stages
from toolkit.errors import InputError, SnapshotMissingError

PHONE = ["phone", "books/customers/904", "crm/companies/6"]
ACME_PHONE = ["phone", "books/customers/901", "crm/companies/2"]
ACME_MAIL = ["email", "books/customers/901", "crm/companies/2"]


@pytest.fixture
def here(disagreeing: Path, copied: Callable[[Path], Engagement]) -> Engagement:
    """Return a small client whose systems disagree, audited and opened."""
    return copied(disagreeing)


def listed(desk: MismatchDesk, **wanted: Any) -> list[tuple[str, str, str]]:
    rows = asked(desk, "view", **wanted)["rows"]
    return [(row["column"], row["key_l"], row["key_r"]) for row in rows]


def test_what_differs_in_formatting_only_is_hidden_and_counted(here: Engagement) -> None:
    """Eight differences are shown; three more are only written otherwise."""
    desk = MismatchDesk(here, "Dana")
    first = desk.first()

    assert (first["total"], first["counts"]["formatting"]) == (8, 3)
    assert len(listed(desk, with_formatting=True)) == 11


def test_the_list_is_narrowed_by_field_system_status_and_text(here: Engagement) -> None:
    """Each by itself and together."""
    desk = MismatchDesk(here, "Dana")

    assert {one[0] for one in listed(desk, field="phone")} == {"phone"}
    assert listed(desk, field="phone", text="delta") == [("phone", "books/customers/904", "crm/companies/6")]
    assert listed(desk, pair="crm|books") == []
    assert len(listed(desk, status="unsettled")) == 5


def test_a_word_is_stored_with_who_and_when_and_the_audit_obeys(here: Engagement) -> None:
    """What the page shows as saved is in the store, and the next audit proposes it."""
    desk = MismatchDesk(here, "Dana")
    answer = asked(desk, "decide", finding=PHONE, decision="left", believed=0, note="rang them")

    [kept] = here.store.rulings(("difference",)).to_pylist()
    assert (kept["decision"], kept["reviewer"], kept["note"], kept["value_l"]) == (
        "left",
        "Dana",
        "rang them",
        "630-555-0129",
    )
    assert (answer["row"]["decision"], answer["row"]["by"]) == ("left", "Dana")
    mismatch = run_stages(here, "reconcile").table("mismatch").to_pylist()
    [row] = [one for one in mismatch if one["column"] == "phone" and one["key_l"] == PHONE[1]]
    assert (row["decision"], row["proposed_value"]) == ("left", "630-555-0129")


def test_a_word_may_name_the_records_in_either_order(here: Engagement) -> None:
    """Left and right are those of the list, whichever order the page names them in."""
    desk = MismatchDesk(here, "Dana")

    row = asked(desk, "decide", finding=[PHONE[0], PHONE[2], PHONE[1]], decision="right", believed=0)["row"]

    assert (row["decision"], row["value_r"]) == ("right", "630-555-0120")


def test_what_is_proposed_is_taken_only_where_a_side_says_it(here: Engagement) -> None:
    """The crm has two records of Acme: what the other one says is no word on this one."""
    desk = MismatchDesk(here, "Dana")
    other = ["phone", "books/customers/901", "crm/companies/1"]

    assert asked(desk, "decide", finding=ACME_PHONE, decision="proposed", believed=0)["row"]["decision"] == "right"
    with pytest.raises(InputError, match="Choose a side"):
        asked(desk, "decide", finding=other, decision="proposed", believed=0)


def test_all_that_is_proposed_is_taken_after_it_was_counted_and_taken_back_at_once(here: Engagement) -> None:
    """Nothing is stored by counting."""
    desk = MismatchDesk(here, "Dana")
    view = desk.first()["view"]
    counted = asked(desk, "many", view=view)
    assert (counted, here.store.rulings().num_rows) == ({"count": 2, "of": 8}, 0)

    taken = asked(desk, "many", view=view, is_sure=True)
    assert [one["decision"] for one in here.store.rulings().to_pylist()] == ["left", "right"]
    back = asked(desk, "again", done=taken["done"], decision="open")

    assert {one["decision"] for one in here.store.rulings().to_pylist()} == {"open"}
    assert asked(desk, "again", done=back["done"], decision="proposed")["count"] == 2


def test_nobodys_word_is_overwritten_unseen(here: Engagement) -> None:
    """Two persons at one engagement: the second is told, and sees what the first said."""
    dana, jo = MismatchDesk(here, "Dana"), MismatchDesk(open_engagement(here.folder), "Jo")
    asked(dana, "decide", finding=PHONE, decision="left", believed=0)

    with pytest.raises(InputError, match="Dana decided this in the meantime"):
        asked(jo, "decide", finding=PHONE, decision="right", believed=0)
    told = asked(jo, "since", last=0)
    [row] = told["rows"]
    assert (row["decision"], row["by"]) == ("left", "Dana")
    assert asked(jo, "decide", finding=PHONE, decision="right", believed=row["sequence"])["row"]["by"] == "Jo"


def test_words_from_several_threads_are_all_kept(here: Engagement) -> None:
    """Questions are answered on other threads than cells run on."""
    desk = MismatchDesk(here, "Dana")
    rows = desk.first()["rows"]
    failed: list[Exception] = []

    def decide(row: dict[str, Any]) -> None:
        try:
            finding = [row["column"], row["key_l"], row["key_r"]]
            asked(desk, "decide", finding=finding, decision="neither", believed=0)
        except InputError as error:
            failed.append(error)

    threads = [threading.Thread(target=decide, args=(row,)) for row in rows]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert failed == []
    assert here.store.rulings().num_rows == len(rows) == 8


def test_that_a_system_decides_a_field_is_counted_written_and_taken_back(here: Engagement) -> None:
    """Comments of the file stay; what is proposed follows at once."""
    desk = MismatchDesk(here, "Dana")
    first = desk.first()
    told = asked(desk, "try_policy", column="phone", system="books")
    assert (told["undecided"], told["settled"], told["changed"]) == (5, 1, 2)

    answer = asked(desk, "policy", column="phone", system="books", believed=first["settings"])
    text = (here.folder / "engagement.yaml").read_text("utf-8")
    assert "# agreed with Nora" in text
    assert here.settings.sources_of_truth == {"party": {"phone": "books"}}
    [row] = asked(desk, "view", field="phone", text="delta")["rows"]
    assert (row["proposed"], row["why"]) == ("630-555-0129", "source of truth: books")
    run = run_stages(here, "reconcile").table("mismatch").to_pylist()
    proposed = {(one["key_l"], one["key_r"]): one["proposed_value"] for one in run if one["column"] == "phone"}
    shown = asked(desk, "view", field="phone", status="all", with_formatting=True)["rows"]
    assert {(one["key_l"], one["key_r"]): one["proposed"] for one in shown} == proposed

    asked(desk, "policy_back", step=answer["step"])
    assert (here.folder / "engagement.yaml").read_text("utf-8") == SETTINGS
    assert [one["proposed"] for one in asked(desk, "view", field="phone", text="delta")["rows"]] == [None]


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(here: Engagement) -> None:
    """Neither a new policy nor its undo writes over what it has not seen."""
    desk = MismatchDesk(here, "Dana")
    answer = asked(desk, "policy", column="phone", system="books", believed=desk.first()["settings"])
    path = here.folder / "engagement.yaml"
    path.write_text(path.read_text("utf-8") + "# by hand\n", "utf-8")

    with pytest.raises(InputError, match="changed again since"):
        asked(desk, "policy_back", step=answer["step"])
    with pytest.raises(InputError, match="changed in the meantime"):
        asked(desk, "policy", column="email", system="crm", believed=answer["settings"])
    assert path.read_text("utf-8").endswith("# by hand\n")


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("decide", {"finding": PHONE, "decision": "drop table"}),
        ("decide", {"finding": ["phone", "a", "b"], "decision": "left"}),
        ("decide", {"finding": 7, "decision": "left"}),
        ("decide", {"finding": PHONE, "decision": "left", "note": "x" * 2000}),
        ("rows", {"view": 99}),
        ("rows", {"view": 1, "start": -5}),
        ("view", {"status": "../../etc"}),
        ("view", {"colour": "red"}),
        ("try_policy", {"column": "raw", "system": "crm"}),
        ("try_policy", {"column": "phone", "system": "moon"}),
        ("policy_back", {"step": 3}),
        ("again", {"done": [["phone", "a", "b", 1]], "decision": "open"}),
        ("items", {"name": "../x"}),
        ("decide_item", {"name": "missing", "item": ["a", "b", "c"], "word": "not due"}),
    ],
)
def test_what_a_page_makes_up_is_refused(here: Engagement, question: str, given: dict[str, Any]) -> None:
    """In a sentence, and nothing is stored."""
    desk = MismatchDesk(here, "Dana")
    desk.first()

    with pytest.raises(InputError):
        asked(desk, question, **given)
    assert here.store.rulings().num_rows == 0


def test_the_picture_reads_without_a_kernel_and_client_text_stays_text(here: Engagement) -> None:
    """What an exported notebook shows: what is decided, by whom, what is open."""
    desk = MismatchDesk(here, "Dana")
    asked(desk, "decide", finding=ACME_MAIL, decision="left", believed=0)

    html = desk.still()

    assert "8 differences, 1 decided, 7 open; 3 more differ in formatting only." in html
    assert "left is right, Dana" in html
    assert "<img" not in html
    assert "Harbor &lt;b&gt;&amp; Pine&lt;/b&gt;" in html


def test_before_anything_was_read_it_says_so(tmp_path: Path) -> None:
    """The next step is to pull."""
    (tmp_path / "client").mkdir()

    with pytest.raises(SnapshotMissingError):
        MismatchDesk(open_engagement(tmp_path / "client"), "Dana")
