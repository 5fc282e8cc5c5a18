"""Every command on a small engagement: it ends with the right code, and --json is one JSON object with the same facts."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import call
from tests.without_writing import bound_by_permissions, read_only
from toolkit.version import __version__

MINI = Path(__file__).resolve().parents[2] / "golden" / "mini" / "client"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the hand-written client, pulled; the tests of this file only add to it."""
    folder = tmp_path_factory.mktemp("mini") / "client"
    shutil.copytree(MINI, folder)
    assert call("pull", folder).code == 0
    return folder


@pytest.fixture(scope="module")
def reported(client: Path) -> dict[str, Any]:
    """Return what ``report --json`` prints for it: every stage has run then."""
    found: dict[str, Any] = facts("report", client, "--no-pdf")
    return found


def facts(*arguments: str | Path, code: int = 0) -> Any:
    """Return what a command prints with ``--json``; all of it must be one JSON object."""
    answer = call(*arguments, "--json")
    assert (answer.code, answer.err) == (code, "")
    return json.loads(answer.out)


def test_new_creates_an_engagement_and_names_the_next_step(tmp_path: Path) -> None:
    """The folder is ready for the client's files, and is not made twice."""
    made = call("new", tmp_path / "acme", "--client", "Acme & Sons", "--currency", "EUR", "--country", "IE")
    again = call("new", tmp_path / "acme")

    assert (made.code, again.code) == (0, 3)
    assert "exports" in made.out
    assert facts("status", tmp_path / "acme")["client"] == "Acme & Sons"
    assert facts("new", tmp_path / "other")["settings"] == str((tmp_path / "other" / "engagement.yaml").resolve())


def test_doctor_says_what_works() -> None:
    """Each check has a state and, where something is amiss, what mends it."""
    found = facts("doctor")["checks"]

    assert {one["state"] for one in found} <= {"ok", "warning"}
    assert all(one["mend"] for one in found if one["state"] != "ok")
    assert call("doctor").code == 0


def test_doctor_looks_at_the_engagement_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As every other command does; a folder that holds none is looked at for room and rights, and none at all is named."""
    monkeypatch.delenv("TEAM_STATE", raising=False)
    (tmp_path / "engagement.yaml").write_text(
        "client: Harbor\ncurrency: USD\nstate: {url: 'env:TEAM_STATE', engagement: 5b0c7d3e9a41f286}\n", "utf-8"
    )
    (tmp_path / "exports").mkdir()

    told = call("doctor", tmp_path)
    assert (told.code, "State of this engagement" in told.out) == (3, True)
    assert "State of this engagement" not in call("doctor", tmp_path / "exports").out
    away = call("doctor", tmp_path / "none")
    assert (away.code, away.err.startswith("There is no folder ")) == (3, True)


def test_pull_accounts_for_every_row(client: Path) -> None:
    """Rows read are rows kept, folded, repeated or put aside."""
    found = facts("pull", client)

    parts = ("rows_kept", "rows_folded", "rows_repeated", "rows_quarantined")
    assert len(found["intake"]) == 7
    assert [one for one in found["intake"] if one["rows_read"] != sum(one[part] for part in parts)] == []


def test_status_lists_what_is_there(client: Path) -> None:
    """Every stream with its records, and what to do next."""
    found = facts("status", client)
    shown = call("status", client)

    assert {one["system"] for one in found["snapshots"]} == {"crm", "ledger", "payments"}
    assert (shown.code, "Next:" in shown.out) == (0, True)


def test_estimate_prices_the_handoffs_and_tries_other_figures(client: Path) -> None:
    """A setting on the command line counts for this call only."""
    found = facts("estimate", client)
    shown = call("estimate", client, "--set", "currency=EUR")

    assert {one["handoff_id"] for one in found["handoffs"]} == {"deal_to_invoice", "stripe_to_ledger"}
    assert shown.code == 0
    assert facts("estimate", client)["cases"] == found["cases"]


@pytest.mark.usefixtures("reported")
def test_explain_leads_from_a_figure_to_its_rows(client: Path) -> None:
    """A figure of the report names its method and rows; a mistyped one the nearest."""
    found = facts("explain", "reconcile.missing_share.deal_to_invoice", client)

    assert found["figure"]["figure_id"] == "reconcile.missing_share.deal_to_invoice"
    assert found["row_count"] == len(found["rows"]) > 0
    assert call("explain", "reconcile.missing_share.deal_to_invoice", client).code == 0
    wrong = call("explain", "reconcile.missing_share.deal_to_invoce", client)
    assert (wrong.code, "Did you mean 'reconcile.missing_share.deal_to_invoice'" in wrong.err) == (3, True)


def test_report_writes_the_documents(reported: dict[str, Any]) -> None:
    """The page and the workbook are there; without --pdf nothing is printed."""
    page, workbook = Path(reported["report"]), Path(reported["workbook"])

    assert (page.suffix, workbook.suffix, reported["pdf"]) == (".html", ".xlsx", None)
    assert page.stat().st_size > 100_000
    assert workbook.stat().st_size > 5_000


def test_a_read_only_folder_is_read(client: Path, reported: dict[str, Any], tmp_path: Path) -> None:
    """Status and explain answer; the report goes where it may be written, and is refused in a sentence where it may not."""
    folder = tmp_path / "client"
    shutil.copytree(client, folder)
    read_only(folder)

    def called(*arguments: str) -> "tuple[int, str]":
        done = bound_by_permissions("-m", "toolkit", *arguments)
        return done.returncode, done.stdout + done.stderr

    status, explained = called("status", str(folder)), called("explain", "match.duplicate_count", str(folder))
    refused = called("report", str(folder), "--no-pdf")
    report = called("report", str(folder), "--no-pdf", "--out", str(tmp_path / "out"))
    pulled, fitted = called("pull", str(folder)), called("match", str(folder), "--refit", "--why", "a new model")

    assert (status[0], reported["run_id"] in status[1]) == (0, True)
    assert (explained[0], "Evidence:" in explained[1]) == (0, True)
    assert (refused[0], "Name another folder with --out" in refused[1]) == (3, True)
    assert (report[0], (tmp_path / "out" / "client_report.html").is_file()) == (0, True)
    # Nothing is new in the files, so nothing has to be written.
    assert pulled[0] == 0
    assert (fitted[0], "read-only" in fitted[1]) == (3, True)


def test_decisions_go_in_and_come_out(client: Path, tmp_path: Path) -> None:
    """A reviewed pair is read once, kept, and carried to a file; one about a record that nobody has is named."""
    rows = [
        ["key_l", "key_r", "decision", "reviewer", "note"],
        ["crm/companies/108", "crm/companies/109", "not_same", "Jo", "two companies"],
        ["crm/companies/108", "crm/companies/9999", "same", "Jo", ""],
    ]
    with (tmp_path / "reviewed.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)

    first = facts("decisions", "import", tmp_path / "reviewed.csv", client, code=4)
    again = call("decisions", "import", tmp_path / "reviewed.csv", client)
    written = facts("decisions", "export", tmp_path / "out.csv", client)

    assert (first["read"], first["new"], len(first["problems"])) == (2, 1, 1)
    assert (again.code, again.out.startswith("0 new decisions")) == (4, True)
    assert written["written"] == 1
    assert "crm/companies/108,crm/companies/109,not_same,Jo" in (tmp_path / "out.csv").read_text("utf-8")


def test_decisions_that_nobody_made_come_out_as_a_header(tmp_path: Path) -> None:
    """An empty file that says what would stand in it, and a sentence."""
    call("new", tmp_path / "acme")
    found = call("decisions", "export", tmp_path / "none.csv", tmp_path / "acme")

    assert (found.code, found.out.startswith("No decision was made yet; ")) == (0, True)
    assert (tmp_path / "none.csv").read_text("utf-8").splitlines() == [
        "key_l,key_r,decision,reviewer,note,column,target,source,entered in,value_l,value_r"
    ]


def test_match_keeps_its_model_until_it_is_told_to_fit_anew(client: Path) -> None:
    """A second call changes nothing; a refit needs a reason and is recorded."""
    first = facts("match", client)
    again = facts("match", client)
    unexplained = call("match", client, "--refit")
    anew = facts("match", client, "--refit", "--why", "another month", "--by", "Dana")
    shown = call("status", client)

    assert first["model"]["model_id"] == again["model"]["model_id"]
    assert (unexplained.code, "Say why" in unexplained.err) == (3, True)
    assert (anew["model"]["fitted_by"], anew["model"]["reason"], anew["model"]["models_before"]) == (
        "Dana",
        "another month",
        1,
    )
    assert anew["events"] == {}
    assert "by Dana: another month." in shown.out


def test_a_record_is_kept_out_of_its_cluster(client: Path) -> None:
    """``explain`` tells the cluster of a record, ``decisions exclude`` keeps it out, the next matching obeys."""
    facts("match", client)
    name = facts("explain", "crm/companies/101", client)["cluster_id"]

    noted = call("decisions", "exclude", "crm/companies/101", name, client, "--by", "Jo")
    after = facts("match", client)

    assert noted.code == 0
    assert after["events"] == {"split": 1}
    assert call("explain", name, client).out.count("must not be in") == 1
    assert facts("explain", "crm/companies/101", client)["cluster_id"] != name
    assert (call("explain", "g-0", client).code, call("decisions", "exclude", "crm/companies/1", name, client).code) == (
        3,
        3,
    )


def test_landscape_goes_out_and_comes_back(client: Path) -> None:
    """A workbook that nobody filled in changes nothing."""
    written = facts("landscape", "export", client)
    found = facts("landscape", "import", written["file"], client)

    assert (found["changes"], found["is_written"]) == ([], False)


def test_dedupe_needs_no_engagement(tmp_path: Path) -> None:
    """Two spellings of one customer are found, and the files are where they were asked for."""
    names = [
        "Acorn Books LLC",
        "Bluebird Bakery",
        "Cedar Law Group",
        "Delta Fitness",
        "Elm Street Dental",
        "Foxtail Brewing",
    ]
    people = [
        [f"C{n}", name, f"info@{name.split()[0].lower()}.example", f"312-555-01{n:02d}"] for n, name in enumerate(names)
    ]
    with (tmp_path / "customers.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["Id", "Company", "E-mail", "Phone"], *people, ["C9", "Acorn Books", *people[0][2:]]])

    found = facts("dedupe", tmp_path / "customers.csv", "--id", "Id", "--out", tmp_path / "out")

    with (tmp_path / "out" / "pairs.csv").open(encoding="utf-8") as stream:
        pairs = [{row["id_l"], row["id_r"]} for row in csv.DictReader(stream)]
    assert (found["records"], pairs) == (7, [{"C0", "C9"}])
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {
        "pairs.csv",
        "clusters.csv",
        "candidates.csv",
        "review.xlsx",
    }


def test_a_command_line_that_is_not_understood_ends_with_two() -> None:
    """A typing mistake is told apart from wrong input."""
    assert call("auditt").code == 2
    assert call("explain").code == 2


def test_an_error_is_json_too(tmp_path: Path) -> None:
    """A script reads what went wrong from the same place."""
    found = facts("status", tmp_path / "nowhere", code=3)

    assert (found["error"], found["exit_code"]) == ("InputError", 3)


@pytest.mark.usefixtures("reported")
def test_figures_are_listed_by_a_word(client: Path) -> None:
    """Each figure whose id or label holds it, whatever the case; words that are nowhere find nothing."""
    listed = call("explain", "--list", "DUPLICATE", client)
    found = facts("explain", "--list", "duplicate records", client)["figures"]

    assert (listed.code, "match.duplicate_count.crm" in listed.out) == (0, True)
    assert {"match.duplicate_count", "match.duplicate_share.crm"} <= {one["figure_id"] for one in found}
    assert "quality.score" not in listed.out
    assert "No figure's id or label holds 'zebra'" in call("explain", "--list", "zebra", client).out


@pytest.mark.usefixtures("reported")
def test_a_beginning_offers_the_figures_that_begin_so(client: Path) -> None:
    """Who types half of an id is told the rest, many or few."""
    few, many = call("explain", "match.duplicate_share", client), call("explain", "roi.", client)

    assert (few.code, many.code) == (3, 3)
    assert "So begin: match.duplicate_share.crm, match.duplicate_share.ledger" in few.err
    assert "more (explain --list roi.)" in many.err


@pytest.mark.usefixtures("reported")
def test_a_trial_leaves_what_explain_says(client: Path) -> None:
    """Figures that were tried with ``estimate --set`` stand beside the audit and take nothing away from it."""
    before = facts("explain", "roi.one_time_cost.total", client)
    assert call("estimate", client, "--set", "rates.day_rate=9999").code == 0

    assert facts("explain", "roi.one_time_cost.total", client) == before


@pytest.mark.usefixtures("reported")
def test_explain_opens_as_many_levels_as_asked(client: Path) -> None:
    """A total, its terms, each input with who said it; one level says what lies below."""
    deep = call("explain", "roi.work_cost_per_month.deal_to_invoice", client, "--depth", "9").out
    flat = call("explain", "roi.work_cost_per_month.deal_to_invoice", client, "--depth", "1").out

    assert "[roi.input.minutes_per_item.deal_to_invoice]" in flat
    assert "[reconcile.volume.deal_to_invoice]" in deep
    assert "[reconcile.volume.deal_to_invoice]" not in flat
    assert "below: --depth 2 shows" in flat.replace("below these", "below")


def test_version_is_said() -> None:
    """Whoever reports a fault can name the version."""
    said = call("--version")

    assert (said.code, said.out, said.err) == (0, f"integration-audit {__version__}\n", "")


def test_the_environment_says_how_many_cores_may_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no number is not passed over: somebody meant to spare the machine."""
    (tmp_path / "crm.csv").write_text("Id,Company,Phone\n1,Acorn Books,312-555-0100\n2,Acorn Books,312-555-0100\n", "utf-8")
    arguments = ("dedupe", tmp_path / "crm.csv", "--out", tmp_path / "out")
    monkeypatch.setenv("INTEGRATION_AUDIT_CORES", "one")
    refused = call(*arguments)
    monkeypatch.setenv("INTEGRATION_AUDIT_CORES", "1")

    assert (refused.code, "it holds 'one'" in refused.err) == (3, True)
    assert call(*arguments).code == 0
