"""hledger-web 1.25, a ledger that gives its journal as JSON, by the generic connector and a few lines."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.engagements import described, pulled
from tests.servers.running import free_port, installed, started

pytestmark = pytest.mark.servers

TRANSACTIONS = 60


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Yield a ledger of the test's own: where it answers, and its journal."""
    program, port, journal = installed("hledger", "hledger-web"), free_port(), tmp_path / "book.journal"
    journal.write_text("".join(written(number) for number in range(1, TRANSACTIONS + 1)))
    command = [program, "-f", journal, "--serve-api", "--host", "127.0.0.1", "--port", str(port)]
    with started(command, f"http://127.0.0.1:{port}/version", tmp_path / "log", folder=tmp_path):
        yield f"http://127.0.0.1:{port}", journal


def written(number: int, client: str = "") -> str:
    name, day = client or f"Client {number:02d}", f"2026-01-{1 + number % 28:02d}"
    return f"{day} {name} | INV-{number:03d}\n    assets:receivable    {number}.25 EUR\n    income:consulting\n\n"


def test_the_journal_comes_by_its_postings_and_adds_up(ledger: tuple[str, Path], tmp_path: Path) -> None:
    """A row for each account of a transaction, exact to the cent; what was mended and taken out is so the next time."""
    url, journal = ledger
    folder = described(tmp_path / "client", "hledger", url)
    first = pulled(folder)
    text = journal.read_text().replace(written(20), written(20, "Renamed")).replace(written(TRANSACTIONS), "")
    # The ledger reads its file again when that is a second younger.
    time.sleep(1.1)
    journal.write_text(text)
    second = pulled(folder)

    assert first.missing == second.missing == ()
    before, after = first.rows["journal"], second.rows["journal"]
    assert (len(before), len(after)) == (2 * TRANSACTIONS, 2 * TRANSACTIONS - 2)
    balance = sum(row["amount_minor"] for row in before.values() if row["account"] == "income:consulting")
    said = subprocess.run(
        ["hledger", "-f", str(folder.parent / "book.journal"), "bal", "income", "-O", "json"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    [total] = json.loads(said.stdout)[1]
    assert balance == -sum((100 * number + 25) for number in range(1, TRANSACTIONS + 1))
    assert (
        sum(row["amount_minor"] for row in after.values() if row["account"] == "income:consulting")
        == (total["aquantity"]["decimalMantissa"])
    )
    assert sum("Renamed" in row["description"] for row in after.values()) == 2
