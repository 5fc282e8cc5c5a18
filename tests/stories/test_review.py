"""A reviewed workbook goes out and comes back, and the next run obeys it."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.stories.conftest import GOLDEN
from toolkit.audit.decisions import export_decisions, import_decisions
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.report import run_tables, write_review_workbook

TWICE = ("crm/companies/101", "crm/companies/102")
SISTERS = ("crm/companies/108", "crm/companies/109")


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    shutil.copytree(GOLDEN / "mini" / "client", tmp_path / "client")
    opened = open_engagement(tmp_path / "client")
    pull_snapshots(opened)
    return opened


def cluster_of(engagement: Engagement) -> dict[str, str]:
    return {row["record_key"]: row["cluster_id"] for row in run_stages(engagement, "match").table("cluster").to_pylist()}


def reviewed(engagement: Engagement, decisions: dict[tuple[str, str], str]) -> Path:
    """Return the work-through workbook with decisions filled in, as a person would."""
    run = run_stages(engagement, "reconcile")
    path = write_review_workbook(
        engagement.folder / "reports" / "work_through.xlsx", run_tables(engagement.folder, run.run_id)
    )
    book = openpyxl.load_workbook(path)
    seen = set()
    for sheet in (book["Doubtful pairs"], book["Duplicates"]):
        place = {str(cell.value): cell.column - 1 for cell in next(sheet.iter_rows())}
        for row in sheet.iter_rows(min_row=2):
            pair = (str(row[place["key_l"]].value), str(row[place["key_r"]].value))
            if pair in decisions:
                seen.add(pair)
                row[place["decision"]].value = decisions[pair]
                row[place["reviewer"]].value = "Dana"
    assert seen == set(decisions)
    book.save(path)
    return path


def test_not_the_same_is_obeyed_by_the_next_run(engagement: Engagement) -> None:
    """Two records that a person keeps apart are apart from then on."""
    before = cluster_of(engagement)
    assert before[TWICE[0]] == before[TWICE[1]]

    found = import_decisions(engagement, reviewed(engagement, {TWICE: "not_same"}))

    after = cluster_of(engagement)
    assert (found.new_count, found.problems) == (1, ())
    assert after[TWICE[0]] != after[TWICE[1]]


def test_the_same_is_obeyed_although_the_records_differ(engagement: Engagement) -> None:
    """A person knows better than the model: what is called the same becomes one."""
    import_decisions(engagement, reviewed(engagement, {SISTERS: "same"}))

    after = cluster_of(engagement)
    assert after[SISTERS[0]] == after[SISTERS[1]]


def test_decisions_travel_to_another_engagement(engagement: Engagement, tmp_path: Path) -> None:
    """Exported and imported, they say the same; records that are not there are named."""
    import_decisions(engagement, reviewed(engagement, {TWICE: "not_same"}))
    file = tmp_path / "decisions.csv"
    export_decisions(engagement, file)
    shutil.copytree(GOLDEN / "mini" / "client", tmp_path / "other")
    other = open_engagement(tmp_path / "other")
    pull_snapshots(other)

    file.write_text(file.read_text(encoding="utf-8") + "crm/companies/7,crm/companies/8,same,Dana,\n", encoding="utf-8")
    found = import_decisions(other, file)

    assert found.new_count == 1
    assert "crm/companies/7" in found.problems[0]


@pytest.mark.parametrize(("word", "out"), [("left is another", 0), ("right is another", 1)])
def test_an_unchanged_new_workbook_decides_nothing_new(engagement: Engagement, word: str, out: int) -> None:
    """The word "left is another" comes back as it was written, with who said it; reading it again changes nothing."""
    path = reviewed(engagement, {TWICE: word})
    assert import_decisions(engagement, path).new_count == 1

    after = cluster_of(engagement)
    fresh = reviewed(engagement, {})
    header, *rows = openpyxl.load_workbook(fresh)["Duplicates"].iter_rows(values_only=True)
    told = [dict(zip(header, row, strict=True)) for row in rows]
    shown = {(row["key_l"], row["key_r"]): (row["decision"], row["reviewer"]) for row in told if row["decision"]}

    assert shown[TWICE] == (word, "Dana")
    assert {decision for decision, _ in shown.values()} <= {"left is another", "right is another"}
    assert all(TWICE[out] in pair for pair in shown)
    assert (import_decisions(engagement, fresh).new_count, import_decisions(engagement, path).new_count) == (0, 0)
    assert cluster_of(engagement) == after
