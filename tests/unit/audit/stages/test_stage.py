"""A stage runs again when what it reads changed, and only then."""

import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.stories.conftest import GOLDEN
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.records import engagement_records
from toolkit.audit.runs import AUDITED, ORDER, STAGES, run_stages
from toolkit.audit.stages.stage import Stage, stage_tables
from toolkit.store import Run
from toolkit.tables import DOCUMENT, DOCUMENT_ENTITIES

ALL = [*AUDITED]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audited") / "client"
    shutil.copytree(GOLDEN / "mini" / "client", folder)
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    run_stages(engagement)
    engagement.close()
    return folder


@pytest.fixture
def folder(audited: Path, tmp_path: Path) -> Path:
    shutil.copytree(audited, tmp_path / "client")
    return tmp_path / "client"


def again(folder: Path, *overrides: str) -> list[str]:
    """Return the stages that an audit runs again after the last one."""
    engagement = open_engagement(folder, overrides=overrides)
    before = engagement.store.run()
    pull_snapshots(engagement)
    run = run_stages(engagement)
    keys: dict[str, Any] = run.facts["stage_keys"]
    engagement.close()
    return [name for name in ALL if keys[name] != before.facts["stage_keys"][name]]


def test_nothing_runs_again_when_nothing_changed(folder: Path) -> None:
    """The run that stands is the answer."""
    engagement = open_engagement(folder)
    before = engagement.store.run().run_id

    assert run_stages(engagement).run_id == before
    engagement.close()


@pytest.mark.parametrize(
    ("setting", "stages"),
    [
        ("rates.loaded_rate_per_hour=77", ["roi", "approach", "roadmap", "figures"]),
        ("handoffs.deal_to_invoice.minutes_per_item=7", ["handoffs", "roi", "approach", "roadmap", "figures"]),
        ("sources_of_truth.party=ledger", ["reconcile", "roi", "approach", "figures"]),
        ("client=Another name", []),
    ],
)
def test_a_setting_runs_those_again_that_read_it(folder: Path, setting: str, stages: list[str]) -> None:
    """What people are paid changes the money, and no record."""
    assert again(folder, setting) == stages


def test_a_decision_does_not_check_the_data_again(folder: Path) -> None:
    """It says which records are one, not what is in them."""
    engagement = open_engagement(folder)
    keys = sorted(engagement.store.run().table("cluster")["record_key"].to_pylist())[:2]
    engagement.store.add_decisions([{"key_l": keys[0], "key_r": keys[1], "decision": "not_same", "reviewer": "Dana"}])
    engagement.close()

    found = again(folder)

    assert ("quality" in found, "match" in found) == (False, True)


def test_invoices_do_not_match_customers_again(folder: Path) -> None:
    """A new invoice changes what is missing, and nobody's duplicates."""
    [file] = list(folder.rglob("Invoice List.csv"))
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join([*lines[:6], *lines[7:]]), "utf-8")

    found = again(folder)

    assert "match" not in found
    assert {"quality", "documents", "handoffs", "figures"} <= {*found}


def test_an_asked_stage_brings_what_it_needs_and_no_more(audited: Path, tmp_path: Path) -> None:
    """Who asks for duplicates does not wait for the checks of the data."""
    folder = tmp_path / "client"
    shutil.copytree(audited, folder)
    shutil.rmtree(folder / "results")
    engagement = open_engagement(folder)

    run = run_stages(engagement, "match")

    assert run.facts["stages"] == ["match"]
    assert run_stages(engagement).facts["stages"] == ALL
    engagement.close()


@pytest.mark.parametrize("stage", ORDER, ids=lambda stage: stage.name)
def test_every_stage_names_what_it_writes_and_only_earlier_tables(stage: Stage) -> None:
    """So that a table has one stage that answers for it."""
    earlier = {table for one in ORDER[: ORDER.index(stage)] for table in one.tables} | {"intake", "quarantine", "snapshot"}

    assert {*stage.reads} <= earlier
    assert len({table for one in ORDER for table in one.tables}) == sum(len(one.tables) for one in ORDER)
    assert STAGES[stage.name] is stage


def read_rates(engagement: Engagement, _run: Run, _records: Any) -> dict[str, pa.Table]:
    _ = engagement.settings.rates
    return {}


def read_pairs(_engagement: Engagement, run: Run, _records: Any) -> dict[str, pa.Table]:
    _ = run.table("pair")
    return {}


def read_parties(_engagement: Engagement, _run: Run, records: Any) -> dict[str, pa.Table]:
    _ = records.parties
    return {}


@pytest.mark.parametrize("work", [read_rates, read_pairs, read_parties])
def test_a_stage_gets_no_more_than_it_names(audited: Path, work: Any) -> None:
    """Else a change of what it reads in secret would leave a stale figure."""
    engagement = open_engagement(audited)
    run = engagement.store.run()

    with pytest.raises(ValueError, match="and does not say so"):
        stage_tables(Stage("odd", "Odd", (), work), engagement, run, engagement_records(engagement))
    engagement.close()


def test_records_that_were_let_go_are_read_again_as_they_were(audited: Path) -> None:
    """Between two stages that read them nothing has to hold them."""
    engagement = open_engagement(audited)
    records = engagement_records(engagement)
    streams, documents, parties = records.by_stream, records.documents, records.parties

    records.release({"parties"})

    assert records.parties is parties
    assert records.documents is not documents
    assert records.documents.equals(documents)
    assert records.by_stream == streams
    engagement.close()


def test_documents_of_all_streams_stand_in_one_piece(audited: Path) -> None:
    """Stream after stream, each with every column of its schema, also those that no stream has."""
    engagement = open_engagement(audited)

    documents = engagement_records(engagement).documents

    by_stream = engagement.store.records(entities=DOCUMENT_ENTITIES)
    keys = [key for name in sorted(by_stream) for key in by_stream[name]["record_key"].to_pylist()]
    assert documents.schema == DOCUMENT.arrow
    assert documents["record_key"].to_pylist() == keys
    assert {column.num_chunks for column in documents.columns} == {1}
    assert documents["raw"].null_count == documents.num_rows
    engagement.close()


def test_only_systems_that_changed_are_checked_again(folder: Path) -> None:
    """And the tables are those of checking all of them."""
    [file] = list(folder.rglob("Invoice List.csv"))
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join([*lines[:6], *lines[7:]]), "utf-8")
    engagement = open_engagement(folder)
    before = engagement.store.run().facts["checked_systems"]
    pull_snapshots(engagement)
    run = run_stages(engagement, "quality")
    found = {name: run.table(name) for name in STAGES["quality"].tables}
    engagement.close()
    shutil.rmtree(folder / "results")
    engagement = open_engagement(folder)
    whole = run_stages(engagement, "quality")

    changed = {name for name, key in run.facts["checked_systems"].items() if key != before[name]}
    assert changed == {"ledger"}
    for name, table in found.items():
        assert table.equals(whole.table(name)), name
    engagement.close()


def linked(folder: Path) -> tuple[dict[str, str], dict[str, pa.Table]]:
    """Pull and link; return what each handoff's links rest on, and the tables of the stage."""
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    run = run_stages(engagement, "documents")
    tables = {name: run.table(name) for name in STAGES["documents"].tables}
    keys: dict[str, str] = run.facts["linked_handoffs"]["keys"]
    engagement.close()
    return keys, tables


@pytest.mark.parametrize(
    ("name", "relinked"),
    [("*-deals-*.csv", {"deal_to_invoice"}), ("Payment List.csv", {"stripe_to_ledger"}), ("*-companies-*.csv", set())],
)
def test_only_handoffs_of_which_a_side_changed_are_linked_again(folder: Path, name: str, relinked: set[str]) -> None:
    """A company that no document names links none again; the tables are those of linking all of them."""
    before, _ = linked(folder)
    [file] = list(folder.rglob(name))
    lines = file.read_text("utf-8").splitlines(keepends=True)
    newcomer = f"999,Newcomer Works,newcomer.example{',' * (lines[0].count(',') - 2)}\n"
    file.write_text("".join([*lines, newcomer] if not relinked else [*lines[:6], *lines[7:]]), "utf-8")
    keys, found = linked(folder)
    shutil.rmtree(folder / "results")
    _, whole = linked(folder)

    assert {handoff for handoff, key in keys.items() if before[handoff] != key} == relinked
    for table in found:
        assert found[table].to_pylist() == whole[table].to_pylist(), table


@pytest.mark.parametrize(
    "asked_for",
    [("flows",), ("details", "kpi"), ("sources",), ("field_maps",), ("sources", "field_maps", "scope")],
    ids=lambda one: one[-1],
)
def test_what_is_not_told_in_the_report_is_worked_out_when_somebody_asks(folder: Path, asked_for: tuple[str, ...]) -> None:
    """An audit does without; once it was asked for it is kept up with the rest, from what it had where nothing changed."""
    engagement = open_engagement(folder)
    assert not {*asked_for} & {*engagement.store.run().facts["stages"]}

    asked = run_stages(engagement, asked_for[-1])
    after = run_stages(engagement)

    assert asked.facts["stages"] == [one.name for one in ORDER if one.name in {*AUDITED, *asked_for}]
    assert after.run_id == asked.run_id
    engagement.close()


@pytest.mark.parametrize("stage", ["approach", "roadmap"])
def test_how_and_when_to_connect_is_worked_out_with_an_audit(folder: Path, stage: str) -> None:
    """The report tells it; who asks for it afterwards gets what the audit had."""
    engagement = open_engagement(folder)
    audited = engagement.store.run()

    asked = run_stages(engagement, stage)

    assert stage in audited.facts["stages"]
    assert asked.run_id == audited.run_id
    engagement.close()


@pytest.mark.parametrize(
    ("setting", "changes"),
    [("approach.usual.critical=true", True), ("systems.crm.has_api=false", True), ("people.Ruth.hours_per_month=61", False)],
)
def test_an_advice_is_worked_out_again_when_what_it_rests_on_changed(folder: Path, setting: str, *, changes: bool) -> None:
    """What is said of connecting, and of the systems; not how long somebody works."""
    keys = []
    for overrides in ((), (setting,)):
        engagement = open_engagement(folder, overrides=overrides)
        keys.append(run_stages(engagement, "approach").facts["stage_keys"]["approach"])
        engagement.close()

    assert (keys[0] != keys[1]) is changes
