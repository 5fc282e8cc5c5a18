"""What persons said of findings: kept, never changed, and read under the names that systems have now."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.shared_states import States
from toolkit.errors import OvertakenError
from toolkit.store.store import Store

LEFT = {
    "subject": "difference", "part": "phone", "key_l": "crm/companies/1", "key_r": "ledger/customers/9",
    "decision": "left", "value_l": "312 555", "value_r": "773 555", "reviewer": "Dana", "note": None,
}  # fmt: skip
NOT_DUE = {"subject": "missing", "part": "ledger.invoices", "key_l": "crm/deals/7", "decision": "not_due", "reviewer": "Jo"}


@pytest.fixture
def store(tmp_path: Path, states: States) -> Iterator[Store]:
    with states(tmp_path / "client") as opened:
        yield opened


def said(store: Store, **wanted: Any) -> list[tuple[Any, ...]]:
    names = ("subject", "part", "key_l", "key_r", "decision")
    return [tuple(row[name] for name in names) for row in store.rulings(**wanted).to_pylist()]


def test_a_word_on_a_finding_is_kept_once(store: Store) -> None:
    """Reading the same workbook twice changes nothing; the last word on a finding holds."""
    assert (store.add_rulings([LEFT, NOT_DUE]), store.add_rulings([LEFT, NOT_DUE])) == (2, 0)
    assert store.add_rulings([{**LEFT, "decision": "neither"}]) == 1

    assert said(store, subjects=("difference",)) == [
        ("difference", "phone", "crm/companies/1", "ledger/customers/9", "neither")
    ]
    assert len(said(store)) == 2


def test_the_two_records_of_a_difference_may_come_in_either_order(store: Store) -> None:
    """Left and right follow the keys, and so do the values."""
    turned = {**LEFT, "key_l": LEFT["key_r"], "key_r": LEFT["key_l"], "value_l": "773 555", "value_r": "312 555"}

    assert store.add_rulings([{**turned, "decision": "right"}]) == 1
    [row] = store.rulings().to_pylist()
    assert (row["key_l"], row["decision"], row["value_l"]) == ("crm/companies/1", "left", "312 555")


def test_a_word_that_is_taken_back_is_open(store: Store) -> None:
    """What nobody decided cannot be taken back; what was decided can."""
    assert store.add_rulings([{**NOT_DUE, "decision": "open"}]) == 0
    store.add_rulings([NOT_DUE])
    assert store.add_rulings([{**NOT_DUE, "decision": "open"}]) == 1
    assert said(store) == [("missing", "ledger.invoices", "crm/deals/7", None, "open")]


def test_words_follow_a_system_to_its_new_name(store: Store) -> None:
    """What was said before a system was renamed is about the same records; what is said after it names the new one."""
    store.add_rulings([LEFT, NOT_DUE])

    store.rename_system("ledger", "books")
    store.rename_system("crm", "sales")
    store.add_rulings([{**NOT_DUE, "key_l": "sales/deals/8", "part": "books.invoices"}])

    # The smaller key stands left: the sides change places, and the word with them.
    assert said(store) == [
        ("difference", "phone", "books/customers/9", "sales/companies/1", "right"),
        ("missing", "books.invoices", "sales/deals/7", None, "not_due"),
        ("missing", "books.invoices", "sales/deals/8", None, "not_due"),
    ]


def test_words_are_put_back_from_the_copy_of_the_state(store: Store, tmp_path: Path) -> None:
    """A lost state file loses no decision: its copy holds every word on every finding."""
    with store.writing("import"):
        store.add_rulings([LEFT, NOT_DUE])
    before = store.rulings()
    store.close()
    shutil.copytree(tmp_path / "client", tmp_path / "moved")
    for file in (tmp_path / "moved").glob("state.s*"):
        file.unlink()

    with Store(tmp_path / "moved") as mended:
        assert mended.rulings().equals(before)
        assert "2 decisions on findings" in mended.unsaid()[0][0]


def test_a_word_is_refused_where_another_one_stands_than_was_believed(store: Store) -> None:
    """Two persons decide the same: the second is told who was first, and nothing of theirs is kept."""
    store.add_rulings([LEFT], believed=[0])
    [held] = store.rulings().to_pylist()

    with pytest.raises(OvertakenError, match="Dana decided this in the meantime"):
        store.add_rulings([NOT_DUE, {**LEFT, "decision": "right", "reviewer": "Jo"}], believed=[0, 0])
    assert len(said(store)) == 1

    assert store.add_rulings([{**LEFT, "decision": "right", "reviewer": "Jo"}], believed=[held["sequence"]]) == 1


def test_what_was_believed_holds_under_the_new_name_of_a_system(store: Store) -> None:
    """A word from before a system was renamed is the last one on the same records."""
    store.add_rulings([LEFT])
    store.rename_system("crm", "sales")
    renamed = {**LEFT, "key_l": "sales/companies/1", "decision": "neither"}

    with pytest.raises(OvertakenError):
        store.add_rulings([renamed], believed=[0])
    [held] = store.rulings().to_pylist()
    assert store.add_rulings([renamed], believed=[held["sequence"]]) == 1
    assert len(said(store)) == 1


def test_news_is_what_was_said_after_a_word(store: Store) -> None:
    """A screen asks for it every few seconds."""
    store.add_rulings([LEFT])
    [held] = store.rulings().to_pylist()
    store.add_rulings([NOT_DUE])

    assert [row["subject"] for row in store.rulings(since=held["sequence"]).to_pylist()] == ["missing"]


def test_choices_of_merges_are_no_words_on_findings(store: Store) -> None:
    """They change plans, and no figure of an audit."""
    stays = {"subject": "stays", "part": "crm.companies", "key_l": "crm/companies/1", "decision": "stays", "reviewer": "Jo"}
    store.add_rulings([LEFT, stays])

    assert [name for name, *_ in said(store)] == ["difference"]
    assert [name for name, *_ in said(store, subjects=("stays", "value"))] == ["stays"]
