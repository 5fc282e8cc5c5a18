"""Whatever is written into a sheet of the work-through workbook is obeyed by the next audit, or named with its cell."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stories.conftest import GOLDEN
from toolkit.audit.decisions import import_decisions
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.files.decision_words import decided
from toolkit.report import run_tables, write_review_workbook

SUBJECTS = {
    "Doubtful pairs": "pair",
    "Duplicates": "pair",
    "Differences": "difference",
    "Missing": "missing",
    "Without a source": "extra",
}
WORDS = {
    "pair": ["same", "not the same", "left is another", "right is another", "leave open"],
    "difference": ["left is right", "right is right", "neither", "leave open"],
    "missing": ["invoice it", "enter it", "not due", "found as", "found as {document}", "found as NO-SUCH-1", "leave open"],
    "extra": ["in order", "remove it", "leave open"],
}
ODD = ["perhaps", "=1+1", "left is right", "found as", "same", "not due", "42", "in order", "é\u200b", "TRUE"]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the mini client after its first audit."""
    folder = tmp_path_factory.mktemp("round") / "client"
    shutil.copytree(GOLDEN / "mini" / "client", folder)
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    run_stages(engagement)
    engagement.close()
    return folder


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheet=st.sampled_from(list(SUBJECTS)), data=st.data())
def test_a_word_in_any_sheet_is_obeyed_or_named(audited: Path, sheet: str, data: st.DataObject) -> None:
    """A person fills cells with choices, numbers and nonsense: none of it is lost in silence."""
    hold(audited, sheet, data)


@pytest.mark.heavy
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheet=st.sampled_from(list(SUBJECTS)), data=st.data())
def test_many_words_in_any_sheet_are_obeyed_or_named(audited: Path, sheet: str, data: st.DataObject) -> None:
    """The same for sixty workbooks."""
    hold(audited, sheet, data)


def hold(audited: Path, sheet: str, data: st.DataObject) -> None:
    """Fill one sheet, read the workbook back, audit again, and look for what became of each word."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "client"
        shutil.copytree(audited, folder)
        engagement = open_engagement(folder)
        before = run_stages(engagement)
        path = write_review_workbook(folder / "reports" / "work_through.xlsx", run_tables(folder, before.run_id))
        written = filled(path, sheet, data, engagement)
        found = import_decisions(engagement, path)
        after = run_stages(engagement)
        named = {one.partition(" (")[0]: one for one in found.problems}
        for line, (row, word) in written.items():
            if f"{sheet}, cell {row['cell']}" in named:
                continue
            understood = decided(SUBJECTS[sheet], word)
            assert understood is not None, f"{word!r} in line {line} was neither obeyed nor named"
            obeyed(sheet, row, understood, after, written)
        engagement.close()


def filled(path: Path, sheet: str, data: st.DataObject, engagement: Engagement) -> dict[int, tuple[dict[str, Any], str]]:
    """Write words into some rows of a sheet; return those rows with their words."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    header = [str(cell.value) for cell in page[1]]
    words = WORDS[SUBJECTS[sheet]]
    lines = st.lists(st.integers(2, max(page.max_row, 2)), max_size=4, unique=True)
    result = {}
    for line in data.draw(lines):
        row = dict(zip(header, (cell.value for cell in page[line]), strict=True))
        if not row["key_l"]:
            continue
        word = data.draw(st.sampled_from([*words, *ODD]))
        if "{document}" in word:
            word = word.format(document=a_document(engagement, row["target"]))
        cell = page.cell(line, header.index("decision") + 1)
        cell.value, cell.data_type = word, "s"
        result[line] = ({**row, "cell": cell.coordinate}, word)
    book.save(path)
    return result


def a_document(engagement: Engagement, stream: str) -> str:
    """Return the key of the last record of a stream."""
    system, _, name = stream.partition(".")
    return str(engagement.store.records(["record_key"])[system, name]["record_key"].to_pylist()[-1])


def obeyed(sheet: str, row: dict[str, Any], understood: tuple[str, str], after: Any, written: dict[int, Any]) -> None:
    """Assert that the next audit did what one row says."""
    decision, number = understood
    if decision == "open":
        return
    if SUBJECTS[sheet] == "pair":
        cluster = {one["record_key"]: one["cluster_id"] for one in after.table("cluster").to_pylist()}
        words = {word for _, word in written.values()}
        # Words about chains of pairs may contradict each other; what keeps apart wins.
        if decision != "same" or words <= {"same", "leave open"}:
            assert (cluster[row["key_l"]] == cluster[row["key_r"]]) == (decision == "same")
    elif SUBJECTS[sheet] == "difference":
        own = [one for one in after.table("mismatch").to_pylist() if one["column"] == row["column"]]
        [now] = [one for one in own if (one["key_l"], one["key_r"]) == (row["key_l"], row["key_r"])]
        assert now["decision"] == decision
        same = [
            other["left says"] if decided("difference", word)[0] == "left" else other["right says"]
            for other, word in written.values()
            if (decided("difference", word) or ("",))[0] in {"left", "right"} and other["column"] == row["column"]
        ]
        golden = [
            one["value"]
            for one in after.table("golden").to_pylist()
            if (one["golden_id"], one["column"]) == (now["golden_id"], row["column"])
        ]
        if decision in {"left", "right"}:
            assert (golden or [None])[0] in same
    else:
        key = "key_l" if SUBJECTS[sheet] == "missing" else "key_r"
        now = [one for one in after.table("counterpart").to_pylist() if one[key] == row["key_l"] and one["decision"]]
        statuses = {"not_due": "not_due", "in_order": "in_order", "found": "found", "enter": "missing", "remove": "extra"}
        assert [(one["decision"], one["status"]) for one in now] == [(decision, statuses[decision])]
        if decision == "found":
            assert now[0]["key_r"] == number
