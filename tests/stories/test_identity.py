"""Month after month: the same parties keep their ids, the model stays the one of the first time, and decisions hold."""

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.stories.conftest import GOLDEN
from toolkit.audit.clusters import ClusterExplanation
from toolkit.audit.decisions import exclude, import_decisions
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.explain import explain
from toolkit.audit.matching import decisions_waiting, matching_facts, wanted_refit
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.errors import InputError, UnknownNameError
from toolkit.store import Run

ONE, TWO = "crm/companies/101", "crm/companies/102"


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    shutil.copytree(GOLDEN / "mini" / "client", tmp_path / "client")
    opened = open_engagement(tmp_path / "client")
    pull_snapshots(opened)
    return opened


def companies(engagement: Engagement) -> Path:
    """Return the file of the companies in the CRM."""
    [file] = [one for one in (engagement.folder / "exports").rglob("*") if "compan" in one.name.lower()]
    return file


def without(engagement: Engagement, *ids: str) -> None:
    """Take companies out of the export and read it again."""
    file = companies(engagement)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith(ids)), "utf-8")
    pull_snapshots(engagement)


def ids(run: Run) -> dict[str, str]:
    return {row["record_key"]: row["cluster_id"] for row in run.table("cluster").to_pylist()}


def test_ids_survive_records_that_go_and_come_back(engagement: Engagement) -> None:
    """The smallest record of a cluster goes and returns; nobody's id changes, and the model is the first one."""
    whole = companies(engagement).read_text("utf-8")
    first = run_stages(engagement, "match")
    without(engagement, "101")
    second = run_stages(engagement, "match")
    companies(engagement).write_text(whole, "utf-8")
    pull_snapshots(engagement)
    third = run_stages(engagement, "match")

    before = ids(first)
    assert before[ONE] == before[TWO]
    assert {key: before[key] for key in ids(second)} == ids(second)
    assert ids(third) == before
    assert [set(run.table("cluster_event")["kind"].to_pylist()) for run in (second, third)] == [{"shrunk"}, {"grown"}]
    assert len(engagement.store.match_models("parties")) == 1


def test_a_golden_record_bears_the_id_of_its_cluster(engagement: Engagement) -> None:
    """What the client was shown leads to the records for good."""
    run = run_stages(engagement, "reconcile")

    golden = {row["record_key"]: row["golden_id"] for row in run.table("crosswalk").to_pylist()}
    assert golden == {key: name for key, name in ids(run).items() if key in golden}


def test_a_refit_is_an_act_of_its_own(engagement: Engagement) -> None:
    """It says who and why; the old model stays readable, and clusters keep their ids."""
    first = run_stages(engagement, "match")
    second = run_stages(engagement, "match", refit=wanted_refit("the shop came in", "Dana"))
    again = run_stages(engagement, "match")

    old, new = engagement.store.match_models("parties")
    assert (new.fitted_by, new.reason, new.run_id) == ("Dana", "the shop came in", second.run_id)
    assert old.content()["model"]["parts"]
    assert ids(second) == ids(first)
    assert again.run_id == second.run_id
    with pytest.raises(InputError, match="Say why"):
        wanted_refit("  ")


def test_a_model_of_another_version_is_refused_until_it_is_fitted_anew(engagement: Engagement) -> None:
    """It is never used silently: the message names the comparison and the command."""
    run_stages(engagement, "match")
    [model] = engagement.store.match_models("parties")
    content = model.content()
    content["comparisons"]["phone"] = "0123456789ab"
    written = json.dumps(content).encode()
    (model.folder / "model.json").write_bytes(written)
    files = json.dumps({**model.files, "model.json": hashlib.sha256(written).hexdigest()})
    with sqlite3.connect(engagement.folder / "state.sqlite") as state:
        state.execute("UPDATE match_model SET files = ?", (files,))
    without(engagement, "101")

    with pytest.raises(InputError, match=r"'phone' is graded in another way now.*--refit"):
        run_stages(engagement, "match")

    run_stages(engagement, "match", refit=wanted_refit("new version"))
    assert len(engagement.store.match_models("parties")) == 2


def test_an_excluded_record_leaves_and_stays_away(engagement: Engagement, tmp_path: Path) -> None:
    """By its key and the cluster's id, or in the reviewed workbook; the cluster keeps its id."""
    name = ids(run_stages(engagement, "match"))[ONE]
    file = tmp_path / "reviewed.csv"
    file.write_text(f"key_l,key_r,decision,reviewer,note\n{ONE},{TWO},exclude_l,Dana,another firm\n", "utf-8")

    assert import_decisions(engagement, file).new_count == 1
    assert exclude(engagement, ONE, name, reviewer="Dana") == 0
    after = run_stages(engagement, "match")
    without(engagement, "109")
    later = run_stages(engagement, "match")

    for run in (after, later):
        assert ids(run)[TWO] == name
        assert ids(run)[ONE] != name
    assert "split" in after.table("cluster_event")["kind"].to_pylist()


def test_a_decision_waits_for_its_record(engagement: Engagement, tmp_path: Path) -> None:
    """It is named while the record is gone, and holds when it is back."""
    whole = companies(engagement).read_text("utf-8")
    run_stages(engagement, "match")
    file = tmp_path / "reviewed.csv"
    file.write_text(f"key_l,key_r,decision,reviewer,note\n{ONE},{TWO},not_same,Dana,\n", "utf-8")
    without(engagement, "101")
    imported = import_decisions(engagement, file)
    gone = matching_facts(engagement, run_stages(engagement, "match"))
    companies(engagement).write_text(whole, "utf-8")
    pull_snapshots(engagement)
    back = ids(run_stages(engagement, "match"))

    assert (imported.new_count, imported.problems) == (1, ())
    assert [(row["key_l"], row["key_r"]) for row in gone["waiting_decisions"]] == [(ONE, TWO)]
    assert decisions_waiting(engagement).num_rows == 0
    assert back[ONE] != back[TWO]


def test_a_cluster_tells_its_story(engagement: Engagement) -> None:
    """From the id or any record: who is in it, what happened, who decided what."""
    name = ids(run_stages(engagement, "match"))[ONE]
    exclude(engagement, ONE, name, reviewer="Dana", note="another firm")
    run_stages(engagement, "match")

    told = explain(engagement, TWO)
    assert isinstance(told, ClusterExplanation)
    text = "\n".join(told.lines())

    assert told.cluster_id == name
    assert "It was found with" in text
    assert "was split off it with 1 record." in text
    assert f"{ONE} must not be in {name} (Dana, " in text
    with pytest.raises(UnknownNameError, match="no record named 'crm/companies/999'"):
        explain(engagement, "crm/companies/999")
