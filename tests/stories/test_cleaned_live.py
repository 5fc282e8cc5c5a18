"""The sample client's systems are cleaned up over their stand-ins, audited before and after, and put back to equality."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.fault_server import VirtualClock
from toolkit.audit.live.cleaning import cleaned_live

ROOT = Path(__file__).resolve().parents[2]


def on_disk(folder: Path) -> dict[Path, int]:
    """Return every file below a folder, with when it was changed."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """Run the command in a folder of its own; return what it says for a script, and the folder."""
    home = tmp_path_factory.mktemp("circle")
    before = on_disk(ROOT / "sample_data")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "toolkit", "demo", str(home / "client"), "--live", "--clean", "--json"]
    done = subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, timeout=1500, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert on_disk(ROOT / "sample_data") == before
    assert [path.name for path in home.iterdir()] == ["client"]
    return json.loads(done.stdout), home / "client"


@pytest.mark.heavy
def test_everything_is_done_and_taken_back_to_equality(cleaned: tuple[dict[str, Any], Path]) -> None:
    """More than fifty changes, nothing refused, every value of every record as it was; what is set aside is counted."""
    said, _ = cleaned

    assert said["done"] == said["planned"] == said["undone"]
    assert said["done"] >= 50
    assert (said["conflicts"], said["dead_letters"]) == (0, 0)
    assert said["equal_after_undo"] is True
    assert said["differences"] == []
    assert said["compared"]["records"] > 8_000
    assert set(said["set_aside"]) == {
        "id of a record that was made anew",
        "record that a job made and took away again",
        "the system's own stamp of time",
        "the system's own version",
    }
    assert {(one["kind"], one["system"]) for one in said["jobs"]} == {
        ("cleanup", "crm"), ("cleanup", "ledger"), ("cleanup", "shop"), ("sync", "ledger"),
    }  # fmt: skip
    assert said["left_alone"] == {}


@pytest.mark.heavy
def test_the_audit_says_what_became_better_and_then_what_it_said_at_first(cleaned: tuple[dict[str, Any], Path]) -> None:
    """Fewer duplicates, fewer differences, hardly an invoice missing; taken back, each figure is the first one."""
    said, _ = cleaned
    before, after, again = (said["figures"][when] for when in ("before", "after", "after_undo"))

    assert again == before
    for name in ("duplicates_in_use", "reconcile.different_count", "roi.lost_revenue_per_month.total"):
        assert after[name] < before[name], name
    missing = [name for name in before if name.startswith("reconcile.missing_count.")]
    assert len(missing) == 3
    assert sum(after[name] for name in missing) < sum(before[name] for name in missing) / 5


@pytest.mark.heavy
def test_the_page_and_those_of_each_job_are_there(cleaned: tuple[dict[str, Any], Path]) -> None:
    """A person reads what was planned, what was done, and that all is as it was."""
    said, folder = cleaned
    text = Path(said["page"]).read_text(encoding="utf-8")

    assert "every one is as it was" in text
    assert "Cleaning up HubSpot" in text
    assert len(list((folder / "reports").glob("job-undo-*.html"))) == 4
    assert all(Path(one["page"]).is_file() for one in said["jobs"])


@pytest.mark.heavy
def test_lost_answers_and_trouble_change_nothing_about_the_end(tmp_path: Path) -> None:
    """Lines break before changes have their effect and behind it: each is done once, and taken back once."""
    clock = VirtualClock()

    found = cleaned_live(tmp_path / "client", jobs=(("sync", "ledger"),), with_faults=True, clock=clock)

    assert found.done >= 40
    assert found.is_whole, [(one.record_key, one.column, one.before, one.after) for one in found.comparison.differences[:5]]
    assert found.dead_letters == 0


@pytest.mark.heavy
def test_what_the_systems_own_merge_loses_is_said_before_and_shown_after(tmp_path: Path) -> None:
    """HubSpot's merges come back in part, but for fields that the record that stays had lacked; Shopify's not at all."""
    given = call("demo", tmp_path / "client", "--live", "--clean", "--merge-by", "vendor", "--json")
    said = json.loads(given.out)

    assert given.code == 0
    assert said["done"] == said["planned"] == said["undone"] + said["in_part"] + said["for_good"] >= 50
    # What the plans said is lost is counted as that: no merge of HubSpot's is taken back without its ids.
    assert {one["system"]: bool(one["in_part"]) for one in said["jobs"]} == {"crm": True, "shop": False}
    assert (said["conflicts"], said["dead_letters"], said["equal_after_undo"]) == (0, 0, False)
    of_shop = [one for one in said["differences"] if one["record"].startswith("shop/")]
    others = [one for one in said["differences"] if one not in of_shop]
    lacked = next(one for one in said["lost"] if "the record that stays lacked" in one)
    assert len(others) < 20
    assert {one["column"] for one in others} <= {"street", "owner"}
    assert all(one["column"] in " ".join(said["lost"]) for one in others), lacked
    # The customers that went, and the orders that are now those of the other one.
    assert {one["column"] for one in of_shop} == {"party_ref", "points", "state"}
    gone = [one["record"] for one in of_shop if one["column"] == "state"]
    assert len(gone) == said["for_good"] > 0
    assert any("which of the two an order" in one for one in said["lost"])
    before, after = (said["figures"][when]["duplicates_in_use"] for when in ("before", "after_undo"))
    assert before - after == said["for_good"]


def test_the_way_of_merging_goes_with_cleaning_up(tmp_path: Path) -> None:
    """Nothing else merges anything."""
    given = call("demo", tmp_path / "client", "--live", "--merge-by", "vendor")

    assert given.code == 3
    assert "--merge-by goes with --live --clean" in given.err


def test_cleaning_up_goes_with_stand_ins(tmp_path: Path) -> None:
    """Without them there is nothing that may be changed."""
    given = call("demo", tmp_path / "client", "--clean")

    assert given.code == 3
    assert "--clean goes with --live" in given.err
    assert not (tmp_path / "client").exists()


def test_it_begins_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """What was done in another one stands in its journal, and would not be done again."""
    (tmp_path / "state.sqlite").touch()

    given = call("demo", tmp_path, "--live", "--clean")

    assert given.code == 3
    assert "Choose a folder that is not there yet" in given.err
    assert [path.name for path in tmp_path.iterdir()] == ["state.sqlite"]
