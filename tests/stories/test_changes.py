"""The next month is matched by what changed in it, and gives what matching all of it would give."""

import shutil
from pathlib import Path

import pytest

from tests.stories.conftest import GOLDEN
from toolkit.audit.decisions import import_decisions
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.audit.status import engagement_status
from toolkit.store import Run

TABLES = ("pair", "pair_level", "cluster")
HEADS = ["Arbel", "Corvin", "Danley", "Farholt", "Garmin", "Hollis", "Jarrow", "Kelmor", "Linton", "Morvale"]


def company(number: int) -> str:
    """Return a company as a line of the export; every fifth is a second record of the one before."""
    own = number - (number % 5 == 4)
    name = f"{HEADS[own % 10]}{HEADS[own // 10 % 10].lower()} Foods Ltd"
    town = "Chicago,United States" if own == number else ","
    return f"{1000 + number},{name},,Sam Ruiz,2025-08-04 09:00,(312) 555-{2000 + own},{town},,IL,60607,Customer,2025-10-06\n"


def add_companies(engagement: Engagement, *numbers: int) -> None:
    """Write companies into the export and read it again."""
    [file] = [one for one in (engagement.folder / "exports").rglob("*") if "compan" in one.name.lower()]
    file.write_text(file.read_text("utf-8") + "".join(company(number) for number in numbers), "utf-8")
    pull_snapshots(engagement)


def without_state(engagement: Engagement) -> None:
    """Take away what matching by changes starts from, so that the next run matches everything."""
    for file in (engagement.folder / "matching").rglob("cells.arrow"):
        file.unlink()


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    shutil.copytree(GOLDEN / "mini" / "client", tmp_path / "client")
    opened = open_engagement(tmp_path / "client")
    add_companies(opened, *range(90))
    run_stages(opened, "match")
    return opened


def in_full(engagement: Engagement, folder: Path, *numbers: int) -> Run:
    """Return what a full run gives in a copy of the engagement to which companies came."""
    shutil.copytree(engagement.folder, folder)
    copy = open_engagement(folder)
    without_state(copy)
    add_companies(copy, *numbers)
    return run_stages(copy, "match")


def test_three_new_records_are_matched_alone(engagement: Engagement, tmp_path: Path) -> None:
    """Pairs, levels and clusters are those of a full run; the status says how it was done."""
    full = in_full(engagement, tmp_path / "copy", 94, 95, 96)

    add_companies(engagement, 94, 95, 96)
    run = run_stages(engagement, "match")

    assert not full.facts["matching"]["by_changes"]
    assert run.facts["matching"] == {"by_changes": True, "records": full.table("cluster").num_rows, "records_matched": 3}
    assert engagement_status(engagement.folder)["matching"] == run.facts["matching"]
    for name in TABLES:
        assert run.table(name).equals(full.table(name)), name


def test_month_after_month_goes_on_from_the_one_before(engagement: Engagement, tmp_path: Path) -> None:
    """What a matching by changes leaves is enough for the next one."""
    add_companies(engagement, 90, 91)
    run_stages(engagement, "match")
    full = in_full(engagement, tmp_path / "copy", 92, 94)

    add_companies(engagement, 92, 94)
    run = run_stages(engagement, "match")

    assert run.facts["matching"]["by_changes"]
    for name in TABLES:
        assert run.table(name).equals(full.table(name)), name


def test_a_new_decision_calls_for_a_full_run(engagement: Engagement, tmp_path: Path) -> None:
    """What a person said may reach any record; with the same decisions the run after goes by changes again."""
    file = tmp_path / "reviewed.csv"
    one, two = "crm/companies/1003", "crm/companies/1004"
    file.write_text(f"key_l,key_r,decision,reviewer,note\n{one},{two},not_same,Dana,\n", "utf-8")
    import_decisions(engagement, file)
    decided = run_stages(engagement, "match")
    add_companies(engagement, 95)
    after = run_stages(engagement, "match")

    ways = [run.facts["matching"]["by_changes"] for run in (decided, after)]
    cluster = {row["record_key"]: row["cluster_id"] for row in after.table("cluster").to_pylist()}
    assert ways == [False, True]
    assert cluster[one] != cluster[two]
