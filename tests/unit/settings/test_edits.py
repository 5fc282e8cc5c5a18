"""Changing single values of a YAML text leaves every other character where it was."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from toolkit.errors import InputError
from toolkit.settings import GONE, change_settings, remove_setting
from toolkit.settings.edits import edited_text, text_without

TEXT = "client: A  # who\nsystems:\n  crm: {owner: x}\n\n# people\npeople: {}  # none yet\nhandoffs:\n"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({("client",): "B"}, TEXT.replace("A  #", "B  #")),
        ({("systems", "crm", "note"): "y"}, TEXT.replace("{owner: x}", "{owner: x, note: y}")),
        ({("systems", "hr", "owner"): "y"}, TEXT.replace("x}\n", "x}\n  hr: {owner: y}\n")),
        ({("people", "Jo"): {"role": "z"}}, TEXT.replace("{}  # none yet\n", "  # none yet\n  Jo: {role: z}\n")),
        ({("handoffs", "a", "on"): date(2026, 1, 2)}, TEXT + "  a: {on: 2026-01-02}\n"),
        ({("country",): "US"}, TEXT + "country: US\n"),
        ({}, TEXT),
        ({("handoffs",): GONE}, TEXT.replace("handoffs:\n", "")),
        ({("systems", "crm"): GONE}, TEXT.replace("crm: {owner: x}", "{}")),
        ({("systems", "crm", "owner"): GONE, ("systems", "crm", "note"): "y"}, TEXT.replace("owner: x", "note: y")),
        ({("systems", "crm", "none"): GONE}, TEXT),
        ({("handoffs", "gone", "by"): GONE, ("gone", "x"): GONE}, TEXT),
    ],
)
def test_only_the_named_place_changes(changes: dict[tuple[str, ...], Any], text: str) -> None:
    """A new value stands behind the last one of its mapping, before the comment about the next."""
    assert edited_text(TEXT, changes) == text


def test_an_inner_and_an_outer_addition_at_one_line_keep_their_order() -> None:
    """What belongs to the last entry stands before the entry that follows it."""
    changed = edited_text("a:\n  b:\n    c: 1\n# end\n", {("a", "b", "d"): 2, ("a", "e"): 3})

    assert changed == "a:\n  b:\n    c: 1\n    d: 2\n  e: 3\n# end\n"


@pytest.mark.parametrize("gone", [["a"], ["b"], ["c"], ["a", "b"], ["b", "c"], ["a", "c"], ["a", "b", "c"]])
@pytest.mark.parametrize(
    "text", ["x: {a: 1, b: [2, 3], c: {d: 4}}  # all\n", "x:\n  a: 1  # one\n  b: [2, 3]\n  c:\n    d: 4\ny: 5  # kept\n"]
)
def test_what_is_taken_out_leaves_the_rest(text: str, gone: list[str]) -> None:
    """Any entries of a mapping, in a line or in a block."""
    before = YAML(typ="safe").load(text)

    tree = YAML(typ="safe").load(edited_text(text, {("x", key): GONE for key in gone}))

    assert tree == {**before, "x": {key: value for key, value in before["x"].items() if key not in gone}}


@given(st.one_of(st.text(), st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.dates()))
def test_any_value_reads_back_as_itself(value: Any) -> None:
    """Whatever a client typed is one value, in a block and in a line."""
    keys = (("client",), ("systems", "crm", "owner"), ("people", "Jo"))

    tree = YAML(typ="safe").load(edited_text(TEXT, dict.fromkeys(keys, value)))

    assert [tree["client"], tree["systems"]["crm"]["owner"], tree["people"]["Jo"]] == [value] * 3


def test_a_file_whose_lines_serve_two_places_is_refused(tmp_path: Path) -> None:
    """Through an anchor, one change would be two."""
    path = tmp_path / "engagement.yaml"
    text = "client: A\nsystems:\n  a: &shared {owner: x}\n  b: *shared\n"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="cannot be changed safely"):
        change_settings(path, {("systems", "b", "owner"): "y"})

    assert path.read_text(encoding="utf-8") == text


def test_a_change_that_is_not_valid_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """The file is checked as a whole first."""
    path = tmp_path / "engagement.yaml"
    path.write_text("client: A\n", encoding="utf-8")

    with pytest.raises(InputError, match="Did you mean 'owner'"):
        change_settings(path, {("systems", "crm", "ownr"): "y"})

    assert path.read_text(encoding="utf-8") == "client: A\n"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a: 1\nstate: {x: 1}\nb: 2\n", "a: 1\nb: 2\n"),
        ("# first\nstate:\n  x: 1  # here\n\n# of b\nb: 2\n", "# first\n\n# of b\nb: 2\n"),
        ("a: 1\nstate: {x: 1}", "a: 1\n"),
        ("a: 1\n", "a: 1\n"),
        ("{a: 1, state: {x: 1}}\n", "{a: 1, state: {x: 1}}\n"),
    ],
)
def test_one_key_goes_and_every_other_line_stays(text: str, rest: str) -> None:
    """Comments and blanks too; where lines are shared nothing is touched."""
    assert text_without(text, "state") == rest


def test_a_key_that_shares_its_line_is_left_to_a_person(tmp_path: Path) -> None:
    """The file is as it was."""
    path = tmp_path / "engagement.yaml"
    path.write_text("{client: Harbor, memory: true}\n")

    with pytest.raises(InputError, match="Remove 'memory' from it by hand"):
        remove_setting(path, "memory")

    assert path.read_text() == "{client: Harbor, memory: true}\n"


def test_an_entry_that_goes_takes_its_own_lines_and_no_comment_of_another() -> None:
    """In a flow as in lines, first, middle and last."""
    text = "a: {x: 1, y: 2, z: 3}  # c\nb:\n  # about k\n  k: 1  # one\n  # about l\n  l: {q: 1}\n  m: 2\n  # tail\n"

    gone = edited_text(text, {("a", "x"): GONE, ("a", "z"): GONE, ("b", "k"): GONE, ("b", "m"): GONE})

    assert gone == "a: {y: 2}  # c\nb:\n  # about k\n  # about l\n  l: {q: 1}\n  # tail\n"


def test_a_new_entry_that_is_too_long_for_a_line_stands_on_several() -> None:
    """As a person would write it; a shorter one stands on one."""
    entry = {"label": "x" * 90, "from": "crm.deals", "to": "ledger.invoices", "note": "y" * 40}

    assert edited_text("a: 1\n", {("b", "c"): entry}) == (
        f"a: 1\nb:\n  c:\n    label: {'x' * 90}\n    from: crm.deals\n    to: ledger.invoices\n    note: {'y' * 40}\n"
    )
