"""What a page asks is answered once, or refused in a sentence."""

from collections.abc import Mapping
from typing import Any

from toolkit.errors import BusyError, InputError
from toolkit.widgets.desk import Answer, reply


class Counter:
    """A desk that adds."""

    def first(self) -> dict[str, Any]:
        return {}

    def questions(self) -> Mapping[str, Answer]:
        return {"add": lambda *, number: number + 1, "busy": self._busy, "wrong": self._wrong}

    def still(self) -> str:
        return ""

    def _busy(self) -> None:
        raise BusyError("Another run is writing.")

    def _wrong(self) -> None:
        raise InputError("Minutes must rise.")


def test_an_answer_carries_the_number_of_its_question() -> None:
    """The page knows which of its questions was answered."""
    assert reply(Counter(), {"id": 7, "ask": "add", "given": {"number": 2}}) == {"id": 7, "answer": 3}


def test_what_the_world_did_is_refused_in_the_words_of_the_error() -> None:
    """What happened, and what to do next."""
    assert reply(Counter(), {"id": 8, "ask": "busy"}) == {
        "id": 8,
        "refused": "Another run is writing.",
        "next": "Wait for it, then run this cell again.",
    }


def test_our_own_fault_leaves_no_page_waiting() -> None:
    """Whether something was saved before it went wrong nobody knows: the page says to look."""
    said = reply(Counter(), {"id": 9, "ask": "add", "given": {"number": "two"}})

    assert said is not None
    assert said["refused"].startswith("A fault of ours: TypeError")
    assert said["next"].startswith("Whether it was saved is not known. Run the cell again and look")


def test_a_question_nobody_knows_is_refused() -> None:
    """An old page beside a new kernel is told to be made anew."""
    said = reply(Counter(), {"id": 1, "ask": "gone"})

    assert said is not None
    assert said["next"] == "Run the cell again."


def test_what_is_no_question_is_left_alone() -> None:
    """Other messages pass."""
    assert reply(Counter(), {"hello": 1}) is None
    assert reply(Counter(), "hello") is None


def test_what_was_entered_wrongly_needs_no_cell_to_be_run_again() -> None:
    """The sentence says what to enter; a cell is not mended."""
    assert reply(Counter(), {"id": 1, "ask": "wrong"}) == {"id": 1, "refused": "Minutes must rise.", "next": ""}
