"""Run logs read from the files that platforms export."""

from pathlib import Path

import pytest

from toolkit.audit.engagement import Engagement, new_engagement, open_engagement
from toolkit.audit.run_logs import read_run_logs
from toolkit.errors import InputError


@pytest.fixture
def here(tmp_path: Path) -> Engagement:
    new_engagement(tmp_path / "acme", client="Acme", currency="USD", country="US", time_zone="America/Chicago")
    return open_engagement(tmp_path / "acme")


def test_a_log_is_read_by_the_names_of_its_columns(here: Engagement, tmp_path: Path) -> None:
    """Four runs of two workflows; one waits since two hours before the log ends."""
    file = tmp_path / "runs.csv"
    file.write_text(
        "Workflow,Status,Started at\nOrders,Success,2026-10-01 08:00\nOrders,Error,2026-10-01 09:00\n"
        "Deals,Success,2026-10-01 10:00\nDeals,Queued,2026-10-01 08:00\n",
        "utf-8",
    )

    found = read_run_logs(here, file)

    assert found.sentence == "2 integrations: 1 of 3 runs failed (33 %), 1 wait."
    rows = {row["integration"]: row for row in found.table.to_pylist()}
    assert (rows["Orders"]["failed_percent"], rows["Orders"]["failed_since"]) == (50, 1)
    assert rows["Deals"]["oldest_waiting_hours"] == 2


def test_a_log_without_names_goes_by_its_file(here: Engagement, tmp_path: Path) -> None:
    """And a status that nobody knows is told."""
    file = tmp_path / "stripe_to_ledger.csv"
    file.write_text("Run,Status,Time\n1,ok,2026-10-01 08:00\n2,purple,2026-10-01 09:00\n", "utf-8")

    found = read_run_logs(here, file)

    assert found.table["integration"].to_pylist() == ["stripe_to_ledger"]
    assert found.gaps == ("1 line with a status that nobody knows counted as neither.",)


def test_what_is_no_run_log_is_refused(here: Engagement, tmp_path: Path) -> None:
    """No file, no status, no file named at all."""
    file = tmp_path / "list.csv"
    file.write_text("Name,City\nA,B\nC,D\n", "utf-8")

    refused = {(tmp_path / "no.csv",): "There is no file", (file,): "Call one 'status'", (): "Name at least one"}
    for paths, words in refused.items():
        with pytest.raises(InputError, match=words):
            read_run_logs(here, *paths)
