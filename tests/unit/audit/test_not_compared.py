"""What an audit could not compare is repeated wherever somebody looks for its figures."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of
from tests.unit.audit.test_unread_dates import SETTINGS

HANDOFFS = """handoffs:
  billed: {label: Finished jobs invoiced, from: field.jobs, to: books.invoices}
  paid: {label: Invoices paid, from: books.invoices, to: bank.lines}
"""
JOBS = "Nummer,Tekst,Relatie,Ingevoerd,Gereed,Bedrag\n" + "".join(
    f"J{n},Werk {n},Quak Metaal,2026-02-{n + 1:02},wk{n:02}-zomer,{100 + n}.50\n" for n in range(20)
)
INVOICES = "Factuur,Relatie,Datum,Bedrag\n" + "".join(
    f"F{n},Quak Metaal,2026-03-{n + 2:02},{100 + n}.50\n" for n in range(20)
)
REASON = "“Finished jobs invoiced” could not be compared."
NEXT = "Ask for the projects in Field and the invoices in Books of the same months."
UNMEASURED = "Handoff paid could not be measured: nothing was pulled for bank.lines."


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "engagement.yaml": SETTINGS + HANDOFFS,
        "exports/field/jobs.csv": JOBS,
        "exports/books/invoices.csv": INVOICES,
    }
    folder = folder_of(tmp_path_factory.mktemp("client"), files)
    assert call("audit", folder).code == 4
    return folder


def test_status_repeats_what_was_not_compared(folder: Path) -> None:
    """Which handoff, why, and what to do; and the one whose files were not sent."""
    said = call("status", folder).out.splitlines()

    at = said.index("It could not compare, or only in part:")
    assert said[at + 1].strip() == UNMEASURED
    assert said[at + 2].strip().startswith(REASON)
    assert said[at + 2].endswith(NEXT)


@pytest.mark.parametrize("figure", ["reconcile.missing_count", "reconcile.lag_median", "roi.not_invoiced_value"])
def test_explain_says_why_there_is_no_such_figure(folder: Path, figure: str) -> None:
    """It offers no figure of another name where the one that was asked for is held back; a wrong name is wrong as before."""
    held, wrong = (call("explain", f"{figure}.{name}", folder) for name in ("billed", "bill"))

    assert (held.code, wrong.code) == (3, 3)
    assert REASON in held.err
    assert NEXT in held.err
    assert REASON not in wrong.err


def test_the_workbook_says_what_its_sheets_do_not_hold(folder: Path) -> None:
    """An empty list of what is missing does not read as if nothing were."""
    book = openpyxl.load_workbook(folder / "reports" / "work_through.xlsx", read_only=True)

    said = " ".join(str(cell) for row in book["Read me"].iter_rows(values_only=True) for cell in row if cell)
    assert f"Not in these sheets: {UNMEASURED} {REASON}" in said


def test_a_price_says_what_is_not_in_it(folder: Path) -> None:
    """What could not be compared costs nothing that is known, and is in no sum of ``estimate``."""
    said = f"{REASON} What rests on that is in no sum."
    found = call("estimate", folder), call("estimate", folder, "--json")

    assert said in found[0].out.splitlines()
    assert json.loads(found[1].out)["not_compared"] == [said]
