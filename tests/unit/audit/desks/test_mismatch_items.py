"""Items beside the differences, by two persons: found as a party, taken back, told to the other, and never overwritten."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.audit.desks.asked import asked
from toolkit.audit.desks.review_mismatches import MismatchDesk
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import InputError

ELM = ["books.customers", "crm/companies/7", ""]
GORSE, HAZEL = "books/customers/905", "books/customers/906"


@pytest.fixture
def here(handing_over: Path, copied: Callable[[Path], Engagement]) -> Engagement:
    """Return a small client with customers that are missing in the books, audited and opened."""
    return copied(handing_over)


def elm(desk: MismatchDesk) -> dict[str, Any]:
    """Return the row of Elm Bakery as the list shows it."""
    rows = asked(desk, "items", name="missing")["rows"]
    return next(row for row in rows if row["key_l"] == ELM[1])


def says(desk: MismatchDesk, word: str, believed: list[int], note: str = "") -> dict[str, Any]:
    row: dict[str, Any] = asked(desk, "decide_item", name="missing", item=ELM, word=word, believed=believed, note=note)[
        "row"
    ]
    return row


def decided(here: Engagement) -> list[tuple[str, str]]:
    """Return what was decided on Elm Bakery, in order."""
    rows = here.store.decisions().to_pylist()
    return [(row["decision"], row["key_l"]) for row in rows if row["key_r"] == ELM[1]]


def test_a_party_that_was_found_stays_found_in_the_list_and_is_taken_back_for_good(here: Engagement) -> None:
    """What is told as saved is what the list shows when it is opened again, and what the next audit obeys."""
    desk = MismatchDesk(here, "Dana")
    assert elm(desk)["word"] == ""

    row = says(desk, "found as 905", elm(desk)["sequence"], "by their address")
    assert (row["word"], row["by"], row["note"]) == (f"found as {GORSE}", "Dana", "by their address")
    assert elm(desk) == elm(MismatchDesk(open_engagement(here.folder), "Jo")) == row
    assert asked(desk, "items", name="missing")["open"] == 1
    assert decided(here) == [("same", GORSE)]

    again = says(desk, "leave open", row["sequence"])
    assert (again["word"], again["by"], elm(desk)["word"]) == ("", None, "")
    assert decided(here) == [("same", GORSE), ("open", GORSE)]
    assert says(desk, "found as 905", again["sequence"])["word"] == f"found as {GORSE}"


def test_only_the_last_word_on_a_missing_party_holds(here: Engagement) -> None:
    """Who finds it as another one, or says that it is not due, takes the first finding back by that."""
    desk = MismatchDesk(here, "Dana")
    first = says(desk, "found as 905", elm(desk)["sequence"])

    other = says(desk, "found as 906", first["sequence"])
    assert decided(here) == [("same", GORSE), ("open", GORSE), ("same", HAZEL)]
    not_due = says(desk, "not due", other["sequence"])
    assert decided(here)[-1] == ("open", HAZEL)
    assert (not_due["word"], elm(desk)["word"]) == ("not due", "not due")

    found = says(desk, "found as 905", not_due["sequence"])
    assert found["word"] == f"found as {GORSE}"
    assert [row["decision"] for row in here.store.rulings(("missing",)).to_pylist()] == ["open"]


def test_nobody_finds_a_party_over_anothers_word_unseen(here: Engagement) -> None:
    """Neither a finding nor its taking back passes over what somebody else said since, wherever he said it."""
    dana, jo = MismatchDesk(here, "Dana"), MismatchDesk(open_engagement(here.folder), "Jo")
    unsaid = elm(jo)["sequence"]
    found = says(dana, "found as 905", elm(dana)["sequence"])

    for word in ("found as 906", "found as 905", "not due", "leave open"):
        with pytest.raises(InputError, match="Dana decided this in the meantime"):
            says(jo, word, unsaid)
    says(jo, "not due", elm(jo)["sequence"])
    with pytest.raises(InputError, match="Jo decided this in the meantime"):
        says(dana, "leave open", found["sequence"])
    assert elm(dana)["word"] == "not due"

    here.store.add_decisions([{"key_l": ELM[1], "key_r": HAZEL, "decision": "not_same", "reviewer": "Jo"}])
    with pytest.raises(InputError, match="Jo decided that crm/companies/7 and books/customers/906 are not the same"):
        says(dana, "found as 906", elm(dana)["sequence"])


def test_a_party_is_not_found_among_records_that_were_read_anew(here: Engagement) -> None:
    """As with every other word: what the list shows is another day's."""
    desk = MismatchDesk(here, "Dana")
    unsaid = elm(desk)["sequence"]
    books = here.folder / "exports" / "books.csv"
    books.write_text(books.read_text("utf-8").replace("Gorse Roofing", "Gorse Roofs"), "utf-8")
    pull_snapshots(here)

    with pytest.raises(InputError, match="read anew since this screen was opened"):
        says(desk, "found as 905", unsaid)
    assert decided(here) == []


def test_what_others_said_of_items_is_told_to_whoever_holds_their_list(here: Engagement) -> None:
    """Rulings and findings alike, each once, with how many are open by now; then it can be decided otherwise."""
    dana, jo = MismatchDesk(here, "Dana"), MismatchDesk(open_engagement(here.folder), "Jo")
    elm(jo)
    says(dana, "not due", elm(dana)["sequence"])

    told = asked(jo, "since", last=0, items="missing")
    assert [(row["word"], row["by"]) for row in told["items"]["rows"]] == [("not due", "Dana")]
    assert told["items"]["open"] == 1
    assert asked(jo, "since", last=told["last"], items="missing")["items"] is None
    assert asked(jo, "since", last=0, items="wrong")["items"] is None

    says(dana, "found as 905", elm(dana)["sequence"])
    [row] = asked(jo, "since", last=told["last"], items="missing")["items"]["rows"]
    assert row["word"] == f"found as {GORSE}"
    assert says(jo, "enter it", row["sequence"])["by"] == "Jo"


def test_a_note_on_an_item_is_kept_whole_or_refused(here: Engagement) -> None:
    """It is never cut; and a note that is added to a word that stands already is kept."""
    desk = MismatchDesk(here, "Dana")
    with pytest.raises(InputError, match="at most 1,000 characters; this one has 1,500"):
        says(desk, "not due", elm(desk)["sequence"], "n" * 1500)
    assert here.store.rulings().num_rows == 0

    row = says(desk, "not due", elm(desk)["sequence"])
    row = says(desk, "not due", row["sequence"], "closed in May")
    assert (row["note"], elm(desk)["note"]) == ("closed in May", "closed in May")


@pytest.mark.parametrize("believed", [0, [0], [0, -1], [True, 0], ["0", "0"], None])
def test_what_a_page_believes_of_an_item_is_two_numbers(here: Engagement, believed: object) -> None:
    """Anything else is refused, and nothing is stored."""
    desk = MismatchDesk(here, "Dana")

    with pytest.raises(InputError, match="another version"):
        asked(desk, "decide_item", name="missing", item=ELM, word="not due", believed=believed)
    assert here.store.rulings().num_rows == 0
