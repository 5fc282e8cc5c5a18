"""A client whose exports were read in part wrongly is told so: no figure of what could not be compared, and what to do."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from toolkit.audit.audited_folder import Audit, copied_sample, run_audit
from toolkit.cli.audit import facts, lines

# In one worker: the client is spoiled and audited once for all of them.
pytestmark = pytest.mark.xdist_group("spoiled")

BY_DEALS = {"deal_to_project", "deal_to_ticket", "deal_to_invoice"}


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audit]:
    """Return the audit of the sample client with stages that nobody knows, and a bank file that ends with 2025."""
    folder = copied_sample(tmp_path_factory.mktemp("spoiled") / "harbor-pine")
    [deals] = folder.glob("exports/crm/*deals*.csv")
    _rewrite(deals, lambda text: re.sub(r"Closed (Won|Lost)", lambda found: f"Phase {len(found[1])}{found[1][0]}", text))
    [bank] = folder.glob("exports/bank/*.QFX")
    _rewrite(
        bank,
        lambda text: re.sub(r"<STMTTRN>\s*(?:(?!</STMTTRN>).)*?<DTPOSTED>2026.*?</STMTTRN>\s*", "", text, flags=re.DOTALL),
    )
    found = run_audit(folder)
    yield found
    found.engagement.close()


def _rewrite(file: Path, change: Callable[[str], str]) -> None:
    before = file.read_text(encoding="latin-1")
    after = change(before)
    assert after != before
    file.write_text(after, encoding="latin-1")


def test_no_figure_rests_on_what_could_not_be_compared(spoiled: Audit) -> None:
    """Without a known won deal nothing is measured of the handoffs of deals: no share, no count, no 0 of n = 0."""
    figures = {row["figure_id"] for row in spoiled.figures()}

    names = ("missing_share", "error_share", "volume", "missing_count")
    told = {f"reconcile.{name}.{one}" for name in names for one in BY_DEALS}
    assert not figures & told
    assert "reconcile.missing_count.order_to_invoice" in figures
    assert not {row["handoff_id"] for row in spoiled.run.table("handoff_measure").to_pylist()} & BY_DEALS


def test_the_first_lines_say_what_could_not_be_compared_and_what_to_do(spoiled: Audit) -> None:
    """Reason and to-do stand below the first line, and in the JSON with all other aspects."""
    said = lines(spoiled)

    assert said[1].startswith("4 of 8 handoffs could not be compared, or only in part:")
    [invoiced] = [line for line in said[2:7] if "Won deals re-typed as invoices" in line]
    assert "could not be compared. None of the 459 deals in HubSpot is known to be won" in invoiced
    assert "mean won and lost (“Phase" in invoiced
    judged = {(row["handoff_id"], row["aspect"]): row for row in facts(spoiled)["judgement"]}
    assert judged["deal_to_invoice", "filter"]["verdict"] == "failed"
    assert judged["bill_to_bank", "period"]["verdict"] == "partly"
    assert judged["order_to_invoice", "filter"]["verdict"] == "sound"


def test_an_audit_that_holds_something_back_is_not_complete(spoiled: Audit) -> None:
    """Its exit code is 4, the first page says so, and no aspect that rests on what is held back is called sound."""
    said = [one for one in spoiled.missing if "could not be compared" in one]
    assert not spoiled.is_complete
    assert not facts(spoiled)["is_complete"]
    assert any("Won deals re-typed as invoices" in one for one in said)
    assert "Not everything could be used" in spoiled.documents.html.read_text(encoding="utf-8")
    judged = {(row["handoff_id"], row["aspect"]): row for row in facts(spoiled)["judgement"]}
    for name in BY_DEALS:
        assert judged[name, "missing"]["verdict"] != "sound"
        assert judged[name, "disagreement"]["verdict"] != "sound"


def test_only_what_both_lists_cover_is_missing(spoiled: Audit) -> None:
    """The bank's lines end in December: bills of later months are unknown, and few of the others are missing."""
    rows = spoiled.run.table("counterpart").to_pylist()
    own = [row for row in rows if row["handoff_id"] == "bill_to_bank"]

    missing = [row for row in own if row["status"] == "missing"]
    assert len(missing) <= 3
    assert all(row["event_on"].year == 2025 for row in missing)
    assert sum(row["status"] == "unknown" for row in own) > 200


def test_the_page_says_it_once_and_in_the_appendix(spoiled: Audit) -> None:
    """A sentence and a to-do where handoffs are shown, every aspect in the appendix, days as the client writes them."""
    page = spoiled.documents.html.read_text(encoding="utf-8")

    assert "What could not be compared" in page
    assert "how far each comparison can be trusted" in page
    assert "is known to be won" in page
    assert "QuickBooks Online covers Oct 1, 2025 to Oct 5, 2026" in page
    assert not re.search(r"covers \d{4}-\d\d", page)
