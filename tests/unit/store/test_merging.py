"""What a pull of changes leaves as it was, and what a system says is deleted."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.store.merging import Brought
from toolkit.store.snapshots import WrittenSnapshot, read_side_table, read_snapshot, write_snapshot
from toolkit.tables import DOCUMENT, DOCUMENT_LINE

CHANGES = Brought(is_changes=True)


def deals(*names: str, state: str = "active") -> pa.Table:
    rows = [
        {
            "record_key": f"crm/deals/{name[0]}", "system": "crm", "stream": "deals", "record_id": name[0], "entity": "deal",
            "state": state, "name": name, "raw": name,
        }
        for name in names
    ]  # fmt: skip
    return DOCUMENT.from_rows(rows)


def lines(*keys: str) -> pa.Table:
    rows = [{"record_key": f"crm/deals/{key[0]}", "line_no": 1, "description": key} for key in keys]
    return DOCUMENT_LINE.from_rows(rows)


def written(folder: Path, table: pa.Table, previous: WrittenSnapshot | None, **more: Any) -> WrittenSnapshot:
    day = 1 if previous is None else previous.taken_at.day + 1
    usual: dict[str, Any] = {"side_tables": {}, "is_complete": True, "brought": CHANGES}
    return write_snapshot(
        folder,
        system="crm",
        stream="deals",
        entity="deal",
        connector="rest",
        records=[table],
        taken_at=datetime(2026, 11, day, tzinfo=UTC),
        previous=None if previous is None else folder / previous.path,
        **{**usual, **more},
    )


def held(folder: Path, snapshot: WrittenSnapshot) -> dict[str, str]:
    table = read_snapshot(folder / snapshot.path, "deal", ["name", "state"])
    return dict(zip(table["name"].to_pylist(), table["state"].to_pylist(), strict=True))


def test_what_did_not_change_stays_as_it_was(tmp_path: Path) -> None:
    """A pull of changes brings the new and the changed; nobody takes the others for gone."""
    first = written(tmp_path, deals("a", "b", "c"), None)

    second = written(tmp_path, deals("b2", "d"), first)

    assert held(tmp_path, second) == {"b2": "active", "d": "active", "a": "active", "c": "active"}
    assert (second.rows, second.rows_absent, second.is_complete) == (4, 0, True)


def test_changes_that_are_none_make_no_new_snapshot(tmp_path: Path) -> None:
    """A look-back brings what was there already: no stage runs again for that."""
    first = written(tmp_path, deals("a", "b"), None)
    merged = written(tmp_path, deals("b2"), first)

    again = written(tmp_path, deals("b2"), merged)
    nothing = written(tmp_path, deals(), again)

    assert (merged.is_new, again.is_new, nothing.is_new) == (True, False, False)
    assert nothing.path == merged.path
    assert nothing.sha256 == merged.sha256


def test_what_the_system_says_is_deleted_is_deleted_and_stays_so(tmp_path: Path) -> None:
    """More than absent: and a later pull of everything does not make it less."""
    first = written(tmp_path, deals("a", "b", "c"), None)

    second = written(tmp_path, deals(), first, brought=Brought(is_changes=True, states={"crm/deals/b": "deleted"}))
    third = written(tmp_path, deals("a"), second, brought=Brought(facts={"pages": 1}))

    assert held(tmp_path, second) == {"a": "active", "b": "deleted", "c": "active"}
    assert held(tmp_path, third) == {"a": "active", "b": "deleted", "c": "absent"}


def test_half_a_pull_of_everything_makes_nothing_absent(tmp_path: Path) -> None:
    """What it did not bring may be there."""
    first = written(tmp_path, deals("a", "b"), None)

    second = written(tmp_path, deals("a"), first, is_complete=False, brought=Brought(facts={"pages": 1}))

    assert held(tmp_path, second) == {"a": "active", "b": "active"}


def test_lines_of_documents_that_did_not_change_are_kept(tmp_path: Path) -> None:
    """Those of a changed document are its new ones only."""
    first = written(tmp_path, deals("a", "b"), None, side_tables={"lines": lines("a old", "b old")})

    second = written(tmp_path, deals("b2"), first, side_tables={"lines": lines("b new")})

    assert read_side_table(tmp_path / second.path, "lines")["description"].to_pylist() == ["a old", "b new"]


def test_a_manifest_says_what_the_pull_was(tmp_path: Path) -> None:
    """Pages, counts, account: beside the snapshot for whoever asks later."""
    first = written(tmp_path, deals("a"), None, brought=Brought(facts={"pages": 7}))

    assert '"pages": 7' in (tmp_path / first.path).with_suffix(".json").read_text()
