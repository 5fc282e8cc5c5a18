"""The copy beside the state: what a person decided and what was done survives the loss of the state file."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.store.test_snapshots import parties
from toolkit.errors import InputError
from toolkit.store.state_copy import read_copy
from toolkit.store.store import Store

SPLIT = {"key_l": "crm/c/1", "key_r": "crm/c/2", "decision": "not_same", "reviewer": "Dana", "note": "two shops"}


def filled(folder: Path) -> Path:
    """Return the folder of an engagement with a snapshot and a decision."""
    with Store(folder) as store:
        store.add_snapshot(
            system="crm",
            stream="companies",
            entity="party",
            connector="hubspot",
            records=[parties("Acme", "Lind")],
            taken_at=datetime(2026, 11, 20, tzinfo=UTC),
        )
        store.add_decisions([SPLIT])
        store.keep_settings("client: H\n")
    return folder


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribbled_over(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


@pytest.mark.parametrize("damage", [Path.unlink, emptied, cut_in_half, scribbled_over])
def test_a_lost_state_is_put_back(tmp_path: Path, damage: object) -> None:
    """Decisions, catalogue, settings and audit log are as they were, and it is said."""
    folder = filled(tmp_path)
    with Store(folder) as store:
        before = (store.decisions(), store.snapshots(), store.kept_settings())
    damage(folder / "state.sqlite")  # type: ignore[operator]

    with Store(folder) as store:
        mended, lost = store.unsaid()
        after = (store.decisions(), store.snapshots(), store.kept_settings())
        broken = store.broken_log_entries()

    assert all(
        one.equals(other) if hasattr(one, "equals") else one == other for one, other in zip(before, after, strict=True)
    )
    assert (len(mended), lost, broken) == (1, [], [])
    assert "state.sqlite" in mended[0]
    assert "1 decision" in mended[0]


def test_without_a_copy_the_loss_is_said_and_the_snapshots_are_found(tmp_path: Path) -> None:
    """Nothing goes on as if nobody had ever decided anything."""
    folder = filled(tmp_path)
    (folder / "state.sqlite").unlink()
    (folder / "state.copy.jsonl").unlink()

    with Store(folder) as store:
        mended, lost = store.unsaid()
        assert (store.decisions().num_rows, store.snapshots().num_rows, mended) == (0, 1, [])
    assert "decisions of reviewers and the audit log until now are lost" in lost[0]


def test_a_new_engagement_has_lost_nothing(tmp_path: Path) -> None:
    """An empty folder is no damage."""
    with Store(tmp_path / "client") as store:
        assert store.unsaid() == ([], [])


def test_a_lost_copy_is_written_anew(tmp_path: Path) -> None:
    """By the next change, and whole."""
    folder = filled(tmp_path)
    (folder / "state.copy.jsonl").unlink()

    with Store(folder) as store:
        store.log("report", {})

    copy = read_copy(folder / "state.copy.jsonl")
    assert copy is not None
    assert [row["action"] for row in copy.rows["audit_log"]] == ["snapshot", "decisions", "report"]
    assert (len(copy.rows["decision"]), copy.lines_lost) == (1, 0)


def test_entries_cut_from_the_end_of_the_log_are_put_back(tmp_path: Path) -> None:
    """A chain of hashes does not show that its last links are gone; the copy does."""
    folder = filled(tmp_path)
    with sqlite3.connect(folder / "state.sqlite") as state:
        state.execute("DELETE FROM audit_log WHERE sequence = (SELECT max(sequence) FROM audit_log)")

    with Store(folder) as store:
        mended, _ = store.unsaid()
        assert store.broken_log_entries() == []
    assert "lacked 1 entry of the audit log" in mended[0]


def test_a_copy_whose_end_was_cut_is_trusted_up_to_there(tmp_path: Path) -> None:
    """The state is whole; the copy is made whole again from it."""
    folder = filled(tmp_path)
    cut_in_half(folder / "state.copy.jsonl")

    with Store(folder) as store:
        store.log("report", {})
        decisions = store.decisions().num_rows
    copy = read_copy(folder / "state.copy.jsonl")
    assert copy is not None
    assert (decisions, len(copy.rows["decision"]), copy.lines_lost) == (1, 1, 0)


def test_a_state_and_the_copy_of_another_client_are_told_apart(tmp_path: Path) -> None:
    """Neither is read as if it were the other's."""
    one, other = filled(tmp_path / "one"), filled(tmp_path / "other")
    (one / "state.copy.jsonl").write_bytes((other / "state.copy.jsonl").read_bytes() + b"\n")

    with pytest.raises(InputError, match="belong to different engagements"):
        Store(one)


@pytest.mark.parametrize("place", range(3, 60, 8))
def test_a_changed_line_of_the_copy_is_not_trusted(tmp_path: Path, place: int) -> None:
    """Nor is any line after it: what is put back is what was written."""
    folder = filled(tmp_path)
    path = folder / "state.copy.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    changed = bytearray(lines[1])
    changed[place] ^= 1
    path.write_bytes(b"".join([lines[0], bytes(changed), *lines[2:]]))

    copy = read_copy(path)

    assert copy is not None
    assert (copy.rows, copy.lines_lost) == ({}, len(lines) - 1)
