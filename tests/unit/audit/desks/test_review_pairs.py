"""Reviewing without a browser: which pairs are shown, what each says, and what becomes of what persons decide."""

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from benchmarks.screens.planted_pairs import planted_client
from tests.unit.audit.desks.asked import asked
from tests.unit.audit.desks.disagreeing_client import disagreeing_client
from toolkit.audit.desks.review_pairs.desk import ReviewDesk, review_pairs
from toolkit.audit.desks.review_pairs.effect import expected_shares
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.errors import InputError, SnapshotMissingError
from toolkit.store.state import DECISIONS

TWO = {"l": "crm/companies/000001", "r": "crm/companies/000002"}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[tuple[str, str], bool]]:
    """Return an engagement of 300 planted pairs, and which are one."""
    folder = tmp_path_factory.mktemp("planted") / "client"
    return folder, planted_client(folder, 300)


@pytest.fixture
def here(planted: tuple[Path, object], tmp_path: Path) -> Iterator[Engagement]:
    """Yield a copy of it, opened."""
    shutil.copytree(planted[0], tmp_path / "client")
    engagement = open_engagement(tmp_path / "client")
    yield engagement
    engagement.close()


def said(detail: dict[str, Any], decision: str, seen: int = 0, note: str = "") -> dict[str, Any]:
    return {"l": detail["l"], "r": detail["r"], "decision": decision, "seen": seen, "note": note}


def entered_as(engagement: Engagement, number: int, detail: dict[str, Any], word: str) -> None:
    """Enter a word of Ben's under a number, as a server gives it."""
    left, right = sorted((detail["l"], detail["r"]))
    row = {"sequence": number, "key_l": left, "key_r": right, "decision": word, "reviewer": "Ben", "note": None}
    with engagement.store.changing() as connection:
        connection.execute(sa.insert(DECISIONS).values(**row, decided_at="2026-11-30T09:00:00+00:00"))


def test_the_first_picture_holds_the_first_pairs_whole(here: Engagement) -> None:
    """The page shows them before it has asked anything; of three hundred it gets a hundred lines."""
    first = json.loads(json.dumps(ReviewDesk(here, reviewer="Dana").first()))

    assert (first["total"], len(first["rows"]), len(first["details"])) == (300, 100, 12)
    assert first["details"][0]["pair"] == first["rows"][0][0]
    assert first["progress"] == {"open": 300, "decided": 0, "mine": 0, "same": 0}


def test_a_pair_adds_up_to_what_is_stated(here: Engagement) -> None:
    """The end of the waterfall is the probability, and each fact stands at the field that it was read from."""
    desk = ReviewDesk(here, reviewer="Dana")
    [detail] = asked(desk, "details", pairs=[5])

    together = sum(one["bits"] for one in detail["terms"])
    says = {field["column"]: [one["what"] for one in field["says"]] for field in detail["fields"] if field["says"]}
    assert 1 / (1 + 2**-together) == pytest.approx(detail["probability"], abs=1e-4)
    assert says == {"name": ["company name"], "email": ["e-mail"], "phone": ["phone"], "street": ["location"]}


def test_fields_that_differ_come_first(here: Engagement) -> None:
    """Then what one of them lacks, then what is equal but for capitals, then what is empty."""
    [detail] = asked(ReviewDesk(here, reviewer="Dana"), "details", pairs=[5])

    kinds = [field["kind"] for field in detail["fields"]]
    assert kinds == sorted(kinds, key=["differs", "one side", "equal", "empty"].index)
    assert {"differs", "equal", "empty"} <= set(kinds)


def test_a_decision_is_kept_before_it_is_acknowledged(here: Engagement) -> None:
    """With who and when; another desk on the same engagement sees it."""
    desk = ReviewDesk(here, reviewer="Dana")
    [detail] = asked(desk, "details", pairs=[5])
    answer = asked(desk, "decide", decisions=[said(detail, "same", note="by phone")])

    [row] = here.store.decisions().to_pylist()
    assert (row["decision"], row["reviewer"], row["note"]) == ("same", "Dana", "by phone")
    assert answer["progress"] == {"open": 299, "decided": 1, "mine": 1, "same": 1}
    assert asked(ReviewDesk(here, reviewer="Ann"), "details", pairs=[5])[0]["said"]["who"] == "Dana"


def test_two_persons_never_overwrite_each_other(here: Engagement) -> None:
    """The later one is told what the other said; nothing of theirs is kept."""
    dana, ann = ReviewDesk(here, reviewer="Dana"), ReviewDesk(here, reviewer="Ann")
    [detail] = asked(dana, "details", pairs=[5])
    asked(dana, "decide", decisions=[said(detail, "same")])
    late = asked(ann, "decide", decisions=[said(detail, "not_same")])

    assert (late["rows"], late["overtaken"][0]["who"], late["overtaken"][0]["decision"]) == ([], "Dana", "same")
    assert here.store.decisions()["decision"].to_pylist() == ["same"]


def test_what_others_decide_comes_in(here: Engagement) -> None:
    """Each once, in order of entry, whoever asks."""
    dana, ann = ReviewDesk(here, reviewer="Dana"), ReviewDesk(here, reviewer="Ann")
    details = asked(dana, "details", pairs=[5, 6, 7])
    asked(ann, "decide", decisions=[said(details[0], "same")])
    asked(dana, "decide", decisions=[said(details[1], "same")])
    told = asked(dana, "since", heard=0)
    asked(ann, "decide", decisions=[said(details[2], "not_same")])

    assert [(row["pair"], row["who"]) for row in told["rows"]] == [(5, "Ann"), (6, "Dana")]
    assert [row["pair"] for row in asked(dana, "since", heard=told["heard"])["rows"]] == [7]
    assert asked(dana, "since", heard=told["heard"])["newer"] is False


def test_undo_says_what_was_said_before(here: Engagement) -> None:
    """The answer to a decision holds what it replaced; undone, the pair waits again."""
    desk = ReviewDesk(here, reviewer="Dana")
    [detail] = asked(desk, "details", pairs=[5])
    [row] = asked(desk, "decide", decisions=[said(detail, "same")])["rows"]
    [changed] = asked(desk, "decide", decisions=[said(detail, "not_same", row["number"])])["rows"]
    asked(desk, "decide", decisions=[said(detail, "open", changed["number"])])

    assert (row["before"], changed["before"]["decision"]) == (None, "same")
    assert asked(desk, "since", heard=0)["progress"]["open"] == 300
    assert here.store.decisions()["decision"].to_pylist() == ["same", "not_same", "open"]


def test_who_says_what_somebody_said_already_has_nothing_to_take_back(here: Engagement) -> None:
    """Neither had heard of the other: the word stays the first one's, and the second is told whose it is."""
    ann, ben = ReviewDesk(here, reviewer="Ann"), ReviewDesk(here, reviewer="Ben")
    [detail] = asked(ann, "details", pairs=[5])
    asked(ben, "decide", decisions=[said(detail, "same")])

    answer = asked(ann, "decide", decisions=[said(detail, "same")])

    assert (answer["rows"], [one["who"] for one in answer["already"]]) == ([], ["Ben"])
    assert answer["progress"]["mine"] == 0
    assert [row["reviewer"] for row in here.store.decisions().to_pylist()] == ["Ben"]


def test_a_word_that_comes_late_with_a_smaller_number_is_heard(here: Engagement) -> None:
    """A server may end a transaction after one that was begun later."""
    desk = ReviewDesk(here, reviewer="Ann")
    pairs = [one["pair"] for one in desk.first()["details"][:2]]
    one, other = asked(desk, "details", pairs=pairs)
    entered_as(here, 12, one, "same")
    told = asked(desk, "since", heard=0)
    entered_as(here, 11, other, "not_same")

    late = asked(desk, "since", heard=told["heard"])

    assert [(row["pair"], row["who"]) for row in late["rows"]] == [(pairs[1], "Ben")]
    assert (late["progress"]["decided"], pairs[1] in asked(desk, "view", filter={})["pairs"]) == (2, False)


def test_a_remark_that_was_made_meanwhile_is_not_lost_to_many_at_once(here: Engagement) -> None:
    """The pair stays open, so that the count is the same; it is left out and told."""
    ann, ben = ReviewDesk(here, reviewer="Ann"), ReviewDesk(here, reviewer="Ben")
    view = asked(ann, "view", filter={"order": "surest"})
    counted = asked(ann, "count", view=view["view"], low=0.4)
    [detail] = asked(ann, "details", pairs=view["pairs"][:1])
    asked(ben, "decide", decisions=[said(detail, "open", note="ask Nora first")])
    asked(ann, "since", heard=0)

    answer = asked(ann, "accept", view=view["view"], low=0.4, count=counted["count"], heard=counted["heard"])

    assert (len(answer["rows"]), [one["note"] for one in answer["overtaken"]]) == (counted["count"] - 1, ["ask Nora first"])


def test_a_group_is_split_and_joined_as_it_was_seen(tmp_path: Path) -> None:
    """What somebody said of its records since is neither overwritten nor half obeyed; whoever has seen it may split."""
    engagement = open_engagement(disagreeing_client(tmp_path / "client"))
    ann, ben = ReviewDesk(engagement, reviewer="Ann"), ReviewDesk(engagement, reviewer="Ben")
    rows = asked(ann, "groups")["rows"]
    [acme] = [row[0] for row in rows if row[1].startswith("Acme")]
    [cedar] = [row[0] for row in rows if row[1].startswith("Cedar")]
    shown = asked(ann, "group", group=acme)
    known = shown["said"][0]
    one, note = known["l"], "checked by phone with both"
    asked(ben, "decide", decisions=[said(known, "same", known["number"], note)])
    asked(ann, "since", heard=0)
    before = engagement.store.decisions().num_rows

    refused = asked(ann, "split", group=acme, keys=[one], heard=shown["heard"])

    assert (refused["rows"], [row["note"] for row in refused["overtaken"]]) == ([], [note])
    assert engagement.store.decisions().num_rows == before
    again = asked(ann, "group", group=acme)
    assert note in [row["note"] for row in again["said"]]
    assert len(asked(ann, "split", group=acme, keys=[one], heard=again["heard"])["rows"]) == 2
    joined = asked(ann, "join", group=acme, other=cedar, heard=again["heard"])
    assert [row["decision"] for row in joined["rows"]] == ["same"]
    engagement.close()


def test_a_list_stays_as_it_was_chosen(here: Engagement) -> None:
    """What is decided keeps its place until the list is chosen anew."""
    desk = ReviewDesk(here, reviewer="Dana")
    view = asked(desk, "view", filter={})
    [detail] = asked(desk, "details", pairs=view["pairs"][:1])
    asked(desk, "decide", decisions=[said(detail, "same")])

    rows = asked(desk, "rows", view=view["view"], first=0, count=2)
    assert [row[0] for row in rows] == view["pairs"][:2]
    assert (rows[0][6], asked(desk, "view", filter={})["total"]) == (1, 299)


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"show": "decided"}, 0),
        ({"low": 0.5}, 0),
        ({"text": "FOXGLOVE 000017"}, 1),
        ({"system": "crm"}, 300),
        ({"system": "shop"}, 0),
        ({"kind": "person"}, 0),
        ({"differs": "city"}, 0),
        ({"differs": "phone"}, 300),
        ({"show": "all", "order": "least_sure"}, 300),
    ],
)
def test_pairs_are_chosen_by_what_is_in_them(here: Engagement, chosen: dict[str, Any], count: int) -> None:
    """By band, system, kind, the field that differs, text, and what was decided."""
    assert asked(ReviewDesk(here, reviewer="Dana"), "view", filter=chosen)["total"] == count


def test_many_are_accepted_as_counted_and_taken_back(here: Engagement) -> None:
    """The count is shown first; a count that no longer holds is refused."""
    desk = ReviewDesk(here, reviewer="Dana")
    view = asked(desk, "view", filter={})["view"]
    counted = asked(desk, "count", view=view, low=0.4)
    count, heard = counted["count"], counted["heard"]
    with pytest.raises(InputError, match="Look at the number again"):
        asked(desk, "accept", view=view, low=0.4, count=count + 1, heard=heard)
    answer = asked(desk, "accept", view=view, low=0.4, count=count, heard=heard)
    back = [{"l": one["l"], "r": one["r"], "decision": "open", "seen": one["number"]} for one in answer["rows"]]

    assert 0 < count < 300
    assert (len(answer["rows"]), answer["progress"]["same"]) == (count, count)
    assert asked(desk, "decide", decisions=back)["progress"]["open"] == 300


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("details", {"pairs": [300]}),
        ("details", {"pairs": [-1]}),
        ("details", {"pairs": ["../../etc"]}),
        ("details", {"pairs": [0] * 41}),
        ("rows", {"view": "none", "first": 0, "count": 1}),
        ("view", {"filter": {"show": "everything"}}),
        ("view", {"filter": {"differs": "raw"}}),
        ("view", {"filter": {"low": "0"}}),
        ("decide", {"decisions": []}),
        ("decide", {"decisions": [{**TWO, "r": "crm/companies/nobody", "decision": "same", "seen": 0}]}),
        ("decide", {"decisions": [{**TWO, "r": "g-nothing", "decision": "exclude", "seen": 0}]}),
        ("decide", {"decisions": [{**TWO, "decision": "merge", "seen": 0}]}),
        ("decide", {"decisions": [{**TWO, "decision": "exclude", "seen": 0}]}),
        ("decide", {"decisions": [{**TWO, "decision": "same", "seen": True}]}),
        ("group", {"group": "g-nothing"}),
        ("since", {"heard": -1}),
        ("accept", {"view": "none", "low": 2, "count": 1, "heard": 0}),
    ],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_refused(here: Engagement, question: str, given: dict[str, Any]) -> None:
    """In a sentence, and nothing is kept."""
    desk = ReviewDesk(here, reviewer="Dana")

    with pytest.raises(InputError) as refused:
        asked(desk, question, **given)
    assert "fault of ours" not in str(refused.value)
    assert here.store.decisions().num_rows == 0


def test_decisions_from_several_threads_are_all_kept(here: Engagement) -> None:
    """A desk is asked by another thread than runs cells; several screens at once lose nothing."""
    desks = [ReviewDesk(here, reviewer=f"Person {number}") for number in range(3)]
    faults: list[object] = []

    def review(place: int) -> None:
        for pair in range(place, 30, 3):
            [detail] = asked(desks[place], "details", pairs=[pair])
            answer = asked(desks[place], "decide", decisions=[said(detail, "same")])
            faults.extend(answer["overtaken"])

    threads = [threading.Thread(target=review, args=(place,)) for place in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (faults, here.store.decisions().num_rows) == ([], 30)
    assert {asked(desk, "since", heard=0)["progress"]["decided"] for desk in desks} == {30}


def test_expected_shares_are_those_of_the_probabilities() -> None:
    """Two held pairs of .9 and .7 are right four times in five; of 1.8 that are one, 1.6 are found."""
    shares = expected_shares(np.array([0.9, 0.7, 0.2]), np.array([True, True, False]))

    assert shares["precision"].value == pytest.approx(0.8)
    assert shares["recall"].value == pytest.approx(1.6 / 1.8)
    assert shares["precision"].low < 0.8 < shares["precision"].high <= 1.0


def test_the_effect_of_decisions_is_told_with_its_count(here: Engagement) -> None:
    """What was decided is certain from then on; how the model did is told of these pairs alone."""
    desk = ReviewDesk(here, reviewer="Dana")
    details = asked(desk, "details", pairs=[1, 2, 3, 4])
    asked(desk, "decide", decisions=[said(one, "same") for one in details[:3]] + [said(details[3], "not_same")])
    effect = asked(desk, "effect")

    assert (effect["decided"], effect["said_same"], effect["said"]["value"]) == (4, 3, 0.75)
    assert (effect["before"]["precision"]["value"], effect["after"]["precision"]["value"]) == (None, 1.0)
    assert effect["after"]["recall"]["value"] > effect["before"]["recall"]["value"]


def test_the_picture_says_what_is_open_and_runs_nothing(here: Engagement) -> None:
    """An exported notebook shows the next pairs and how many more there are; text of a client stays text."""
    html = ReviewDesk(here, reviewer="Dana").still()

    assert "0 pairs decided (0 the same), 300 open." in html
    assert "<script" not in html
    assert "The next matching obeys" in html


def test_before_any_matching_the_next_step_is_said(tmp_path: Path) -> None:
    """There is nothing to review yet."""
    (tmp_path / "engagement.yaml").write_text("client: Empty\ncurrency: USD\ncountry: US\ntime_zone: UTC\n", "utf-8")
    with pytest.raises(SnapshotMissingError):
        review_pairs(open_engagement(tmp_path))
