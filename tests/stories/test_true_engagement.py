"""The same client audited again and again: the figures are those of today's files and decisions, whatever happened."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Called, call
from tests.unit.audit.client_folders import folder_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.settings import edit_settings

FIRMS = ["Acme Ltd", "Lindqvist AB", "Moss & Co Ltd", "Harbor Light Ltd", "Quill Ltd", "Tarn Ltd", "Ives Ltd", "Orrin Ltd"]
CUSTOMERS = "Id,Company,Email\n" + "".join(f"C-{n},{FIRMS[n % 8]} {n // 8},info{n}@firm{n}.example\n" for n in range(30))
INVOICES = "Invoice No,Customer,Invoice Date,Amount\n" + "".join(
    f"INV-{n},{FIRMS[n % 8]} {n // 8},2026-03-{n % 28 + 1:02d},{100 + n}.50\n" for n in range(30)
)


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Return the folder of a client with customers and invoices in one system, audited once."""
    folder = folder_of(tmp_path / "client", {"exports/crm/customers.csv": CUSTOMERS, "exports/crm/invoices.csv": INVOICES})
    counted(folder)
    return folder


def counted(folder: Path) -> dict[str, Any]:
    """Return the figures of an audit without its documents, by their ids."""
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    engagement.close()
    engagement = open_engagement(folder)
    rows = run_stages(engagement).table("figure").to_pylist()
    engagement.close()
    # What a reading counted is about the reading.
    own = [row for row in rows if not row["figure_id"].startswith("intake.")]
    return {row["figure_id"]: (row["value"], row["low"], row["high"], row["n"]) for row in own}


def fresh(folder: Path, aside: Path) -> dict[str, Any]:
    """Return the figures of a new engagement on the same files and settings."""
    shutil.copytree(folder / "exports", aside / "exports")
    shutil.copyfile(folder / "engagement.yaml", aside / "engagement.yaml")
    return counted(aside)


def pulled(folder: Path) -> Called:
    return call("pull", folder)


def said(called: Called) -> str:
    return called.out + called.err


def test_a_system_that_was_renamed_counts_once(client: Path, tmp_path: Path) -> None:
    """Its folder and settings have a new name: the old one is left out, said on the first line, and nothing is doubled."""
    before = counted(client)
    (client / "exports" / "crm").rename(client / "exports" / "customers_db")
    settings = client / "engagement.yaml"
    settings.write_text(settings.read_text("utf-8").replace("crm", "customers_db"), "utf-8")

    called = pulled(client)
    after = counted(client)

    assert called.code == 4
    assert "engagement rename crm customers_db" in said(called)
    assert sorted(map(str, after.values())) == sorted(map(str, before.values()))
    assert call("engagement", "rename", "crm", "customers_db", client).code == 0
    assert pulled(client).code == 0
    assert counted(client) == after == fresh(client, tmp_path / "fresh")


def test_renaming_keeps_decisions_and_cluster_ids(client: Path) -> None:
    """One command renames the system everywhere; whoever was called one party is called the same."""
    with_decision = "key_l,key_r,decision,reviewer,note\ncrm/customers/C-1,crm/customers/C-9,not_same,Dana,\n"
    (client / "reviewed.csv").write_text(with_decision)
    call("decisions", "import", client / "reviewed.csv", client)
    (client / "reviewed.csv").unlink()
    before = clusters(client)

    called = call("engagement", "rename", "crm", "sales", client)
    after = clusters(client)

    assert called.code == 0
    assert (client / "exports" / "sales" / "customers.csv").exists()
    assert {key.replace("crm/", "sales/"): name for key, name in before.items()} == after
    exported = call("decisions", "export", client / "decisions.csv", client)
    assert exported.code == 0
    assert "sales/customers/C-1,sales/customers/C-9,not_same" in (client / "decisions.csv").read_text()


def clusters(folder: Path) -> dict[str, str]:
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    rows = run_stages(engagement, "match").table("cluster").to_pylist()
    engagement.close()
    return {row["record_key"]: row["cluster_id"] for row in rows}


def test_a_file_that_was_not_sent_is_said(client: Path) -> None:
    """Its last snapshot is used, with its day; retiring it takes it out, restoring brings it back."""
    before = counted(client)
    (client / "exports" / "crm" / "invoices.csv").unlink()

    called = pulled(client)
    assert called.code == 4
    assert "crm/invoices was not in this pull: its snapshot of" in said(called)
    assert counted(client) == before

    assert call("engagement", "retire", "crm/invoices", client).code == 0
    assert pulled(client).code == 0
    retired = counted(client)
    assert not any("invoices" in name for name in retired)
    assert call("engagement", "restore", "crm/invoices", client).code == 0
    assert pulled(client).code == 4
    assert counted(client) == before


def test_a_system_that_nobody_names_any_more_is_left_out(client: Path, tmp_path: Path) -> None:
    """Neither a file nor a setting speaks of it: it is said and not counted."""
    folder_of(
        client, {"exports/shop/customers.csv": "Id,Company,Email\n1,Nook Ltd,a@nook.example\n2,Pim Ltd,b@pim.example\n"}
    )
    counted(client)
    shutil.rmtree(client / "exports" / "shop")
    edit_settings(client / "engagement.yaml", without_shop)

    called = pulled(client)

    assert (called.code, "shop/customers is in no file and no setting any more" in said(called)) == (4, True)
    assert counted(client) == fresh(client, tmp_path / "fresh")


def without_shop(tree: Any) -> None:
    del tree["systems"]["shop"]
    tree["unconfirmed"] = [name for name in tree["unconfirmed"] if not name.startswith("shop.")]


def test_a_stream_that_shrank_is_said_until_it_is_confirmed(client: Path, tmp_path: Path) -> None:
    """A file cut short is not taken for the truth without a word; the figures are those of the file that is there.

    How many pairs are related goes by the model that the thirty records taught, until it is fitted anew.
    """
    file = client / "exports" / "crm" / "customers.csv"
    file.write_text("".join(CUSTOMERS.splitlines(keepends=True)[:10]))

    first, second = pulled(client), pulled(client)
    assert (first.code, second.code) == (4, 4)
    assert "21 of the 30 records" in said(second)
    kept, anew = counted(client), fresh(client, tmp_path / "fresh")
    by_model = {"match.related_count", "match.review_count"}
    assert {name: kept[name] for name in kept.keys() - by_model} == {name: anew[name] for name in anew.keys() - by_model}
    assert call("match", client, "--refit", "--why", "two thirds of the customers are gone").code in {0, 4}
    assert counted(client) == anew
    assert call("engagement", "confirm", "crm/customers", client).code == 0
    assert pulled(client).code == 0


def test_a_trial_leaves_the_audit_as_it_was(client: Path) -> None:
    """``--set`` tries a figure: ``explain`` and ``latest`` answer as before."""
    latest = (client / "results" / "latest").read_text()
    before = call("explain", "match.duplicate_count", client)

    tried = call("estimate", client, "--set", "rates.day_rate=9999")

    assert tried.code == 0
    assert (client / "results" / "latest").read_text() == latest
    assert call("explain", "match.duplicate_count", client).out == before.out


def test_documents_of_a_trial_stand_apart(client: Path) -> None:
    """The client's report is not written over by what was only tried."""
    call("audit", client)
    page = client / "reports" / "client_report.html"
    before = page.read_bytes()

    tried = call("audit", client, "--set", "currency=EUR")

    [folder] = list((client / "reports").glob("trial-*"))
    assert tried.code in {0, 4}
    assert str(folder / "client_report.html") in tried.out
    assert "(trial: currency=EUR): " in tried.out.splitlines()[0]
    assert "(trial: currency=EUR)" in (folder / "client_report.html").read_text("utf-8")
    assert (page.read_bytes(), (folder / "work_through.xlsx").exists()) == (before, True)
    assert call("explain", "match.duplicate_count", client).code == 0
    assert "out of date" not in call("status", client).out


def gone(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], None]] = {"gone": gone, "emptied": emptied, "halved": halved, "flipped": flipped}


def damaged(folder: Path, pattern: str, damage: str) -> None:
    for path in sorted(folder.glob(pattern)):
        DAMAGE[damage](path)


PATTERNS = (
    "results/2*/figure.parquet",
    "results/2*/run.json",
    "snapshots/crm/customers/*.parquet",
    "snapshots/crm/invoices/*",
    "matching/parties/*/*.arrow",
    "matching/parties/models/*/model.json",
    "quarantine/intake.parquet",
    "state.sqlite",
)


def test_whatever_is_damaged_the_next_audit_gives_the_right_figures(client: Path) -> None:
    """All but decisions, settings and log is made again from files and snapshots; those are put back from their copy."""
    before = counted(client)
    for number, pattern in enumerate(PATTERNS):
        damaged(client, pattern, [*DAMAGE][number % 4])
        assert counted(client) == before, pattern


EVERYWHERE = (*PATTERNS, "snapshots/*/*/*", "results/2*/*", "matching/*/*/*", "reports/*", "exports/crm/*")


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("pattern", "damage"),
    # A letter that changed in a client's own file is what the client sent.
    [(one, damage) for one in EVERYWHERE for damage in DAMAGE if (one, damage) != ("exports/crm/*", "flipped")],
)
def test_any_damage_to_any_file(client: Path, tmp_path: Path, pattern: str, damage: str) -> None:
    """Right figures again, or a sentence and an exit code; never a traceback, and never another figure without a word."""
    before = counted(client)
    call("audit", client)
    for number, path in enumerate(sorted(path for path in client.glob(pattern) if path.is_file())):
        own = tmp_path / f"own-{number}"
        shutil.copytree(client, own)
        DAMAGE[damage](own / path.relative_to(client))
        called = call("audit", own)
        assert called.code in {0, 3, 4}, (path, called)
        assert called.code != 0 or counted(own) == before, path
        shutil.rmtree(own)


def test_whole_folders_may_be_thrown_away(client: Path) -> None:
    """Nothing that somebody tidies up locks the engagement."""
    before = counted(client)
    for folder in ("results", "matching", "results/latest", "snapshots", "quarantine"):
        gone(client / folder)
        assert counted(client) == before, folder


def test_a_report_is_never_made_of_a_damaged_run(client: Path) -> None:
    """What is asked of it is refused with the next step, or computed again: a page without figures is not handed over."""
    damaged(client, "results/2*/figure.parquet", "gone")

    explained = call("explain", "match.duplicate_count", client)
    audited = call("audit", client, "--json")

    assert (explained.code, "figure.parquet is gone" in explained.err) == (3, True)
    found = json.loads(audited.out)
    assert (audited.code, any("figure.parquet" in one for one in found["mended"])) == (0, True)
    assert found["figures"]


def test_settings_that_were_lost_are_put_back(client: Path) -> None:
    """What people said is not guessed again; it is said that the file was put back."""
    text = (client / "engagement.yaml").read_text("utf-8")
    before = counted(client)
    for damage in ("gone", "emptied", "halved"):
        damaged(client, "engagement.yaml", damage)
        engagement = open_engagement(client)
        assert "engagement.yaml" in engagement.store.unsaid()[0][-1], damage
        engagement.close()
        assert (client / "engagement.yaml").read_text("utf-8") == text
    assert counted(client) == before


def test_documents_of_an_unchanged_audit_are_not_made_again(client: Path) -> None:
    """Nor is a workbook that somebody worked in written over: it is kept under another name."""
    call("audit", client)
    page, workbook = (client / "reports" / name for name in ("client_report.html", "work_through.xlsx"))
    made = page.stat().st_mtime_ns
    call("audit", client)
    assert page.stat().st_mtime_ns == made

    workbook.write_bytes(workbook.read_bytes() + b" ")
    worked_in = workbook.read_bytes()
    called = call("audit", client)

    kept = list(workbook.parent.glob("work_through.*.xlsx"))
    assert [path.read_bytes() for path in kept] == [worked_in]
    assert kept[0].name in called.out


def test_a_system_is_not_renamed_onto_another(client: Path) -> None:
    """Two systems that count are two: their settings and records are not mixed."""
    folder_of(client, {"exports/shop/clients.csv": "Id,Company,Email\n1,Nook Ltd,a@nook.example\n2,Pim Ltd,b@pim.example\n"})
    counted(client)
    before = (client / "engagement.yaml").read_text("utf-8")

    called = call("engagement", "rename", "shop", "crm", client)

    assert (called.code, "There is a system crm already" in called.err) == (3, True)
    assert (client / "engagement.yaml").read_text("utf-8") == before


def test_settings_go_back_to_those_of_an_audit_that_finished(client: Path) -> None:
    """A file that no audit could use was never kept; one that lost its end was, and the one before comes back."""
    file = client / "engagement.yaml"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("entity:", "entitty:"), "utf-8")
    assert call("audit", client).code == 3

    assert call("engagement", "put-back", client).code == 0
    assert file.read_text("utf-8") == whole
    file.write_text(whole.replace("currency: GBP", "currency: EUR"), "utf-8")
    counted(client)
    call("engagement", "put-back", client)
    assert file.read_text("utf-8") == whole


def test_a_handoff_of_what_was_retired_stops_nothing(client: Path) -> None:
    """It is neither a slip of the pen nor missing for ever."""
    settings = client / "engagement.yaml"
    text = settings.read_text("utf-8")
    start = text.index("handoffs:")
    handoff = "handoffs: {sold: {from: crm.customers, to: crm.invoices, minutes_per_item: 5}}"
    settings.write_text(text[:start] + handoff + text[text.index("\n", start) :], "utf-8")
    call("audit", client)
    (client / "exports" / "crm" / "invoices.csv").unlink()
    call("engagement", "retire", "crm/invoices", client)

    called = call("audit", client)

    assert (called.code, "could not be measured" in called.out) == (0, False)


def test_one_file_of_several_that_is_gone_is_said(client: Path) -> None:
    """A month that is missing is noticed though it is less than a tenth of the records."""
    more = "Id,Company,Email\n" + "".join(f"M-{n},May {n} Ltd,m{n}@may.example\n" for n in range(3))
    folder_of(client, {"exports/crm/customers may.csv": more})
    counted(client)
    (client / "exports" / "crm" / "customers may.csv").rename(client / "exports" / "crm" / "customers 05.csv")
    assert pulled(client).code == 0
    (client / "exports" / "crm" / "customers 05.csv").unlink()

    called = pulled(client)

    assert (called.code, "was not sent again; 3 records of it count no more" in said(called)) == (4, True)


def test_a_damaged_stream_whose_file_is_gone_stops_nothing(client: Path) -> None:
    """It counts by its newest snapshot that is whole; without any it is left out, and said."""
    damaged(client, "snapshots/crm/invoices/2*Z.parquet", "halved")
    (client / "exports" / "crm" / "invoices.csv").unlink()

    called = pulled(client)

    assert (called.code, "crm/invoices: its snapshot is damaged and its file is not here" in said(called)) == (4, True)
    assert not any("invoices" in name for name in counted(client))


def test_what_the_last_matching_kept_is_made_again_by_the_next_audit(client: Path) -> None:
    """Status does not name the same damage for ever."""
    before = counted(client)
    gone(client / "matching")
    assert "Gone or damaged" in call("status", client).out

    assert counted(client) == before
    assert "Gone or damaged" not in call("status", client).out


def test_a_copy_that_was_cut_at_a_line_is_not_taken_for_whole(client: Path) -> None:
    """The newest run knows entries that it lacks: what was decided after them is lost, and that is said."""
    engagement = open_engagement(client)
    engagement.store.add_decisions([{"key_l": "crm/customers/C-1", "key_r": "crm/customers/C-9", "decision": "not_same"}])
    engagement.close()
    counted(client)
    (client / "state.sqlite").unlink()
    copy = client / "state.copy.jsonl"
    lines = copy.read_bytes().splitlines(keepends=True)
    cut = next(number for number, line in enumerate(lines) if b'"table": "decision"' in line)
    copy.write_bytes(b"".join(lines[:cut]))

    called = call("audit", client)

    assert (called.code, "decisions after that are lost" in called.out.splitlines()[0]) == (4, True)
