"""An audit that is killed at any moment leaves nothing behind: the next one gives what it would have given."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.stories.test_true_engagement import CUSTOMERS, INVOICES, counted, fresh
from tests.unit.audit.client_folders import folder_of
from toolkit.audit.engagement import open_engagement

AUDIT = "import sys; from toolkit.audit.audited_folder import run_audit; print('begun', flush=True); run_audit(sys.argv[1])"
SPLIT = {"key_l": "crm/customers/C-1", "key_r": "crm/customers/C-9", "decision": "not_same", "reviewer": "Dana"}


def client_of(folder: Path) -> Path:
    """Return a client that was audited once, with a decision of a person."""
    folder_of(folder, {"exports/crm/customers.csv": CUSTOMERS, "exports/crm/invoices.csv": INVOICES})
    counted(folder)
    engagement = open_engagement(folder)
    engagement.store.add_decisions([SPLIT])
    engagement.close()
    return folder


def killed_after(folder: Path, delay_s: float) -> bool:
    """Begin an audit and kill it, ``delay_s`` seconds after all is loaded; return whether it had not finished."""
    child = subprocess.Popen([sys.executable, "-c", AUDIT, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(delay_s)
    child.send_signal(signal.SIGKILL)
    child.stdout.close()
    return child.wait() == -signal.SIGKILL


def change(folder: Path, number: int) -> None:
    """Send the files once more, with other rows in them."""
    customers = folder / "exports" / "crm" / "customers.csv"
    lines = customers.read_text().splitlines(keepends=True)
    if number % 3 == 2:
        del lines[1 + number % 5]
    customers.write_text("".join([*lines, f"N-{number},Newcomer {number} Ltd,n{number}@new{number}.example\n"]))
    if number % 2:
        invoices = folder / "exports" / "crm" / "invoices.csv"
        invoices.write_text(f"{invoices.read_text()}INV-9{number},Newcomer {number} Ltd,2026-04-02,{50 + number}.00\n")


def leftovers(folder: Path) -> list[str]:
    """Return every half-written file, and every snapshot without its row or row without its snapshot."""
    found = [path for path in folder.rglob("*") if ".partial" in path.name]
    engagement = open_engagement(folder)
    rows = engagement.store.snapshots(all_streams=True)["path"].to_pylist()
    engagement.close()
    found += [path for path in (folder / "snapshots").rglob("*.json") if not path.with_suffix(".parquet").exists()]
    return [str(path) for path in found] + [path for path in rows if not (folder / path).exists()]


def decided(folder: Path) -> list[Any]:
    engagement = open_engagement(folder)
    rows = engagement.store.decisions().select(["key_l", "key_r", "decision"]).to_pylist()
    engagement.close()
    return rows


def held(tmp_path: Path, kills: int, seed: int) -> None:
    """Kill audits at random moments with changes between, and hold the figures against those of a fresh engagement."""
    drawn = random.Random(seed)
    folder = client_of(tmp_path / "client")
    for number in range(kills):
        change(folder, number)
        killed_after(folder, drawn.uniform(0, 1.5 if number % 4 else 6))
        if number % 5 == 4 or number == kills - 1:
            figures = counted(folder)
            assert leftovers(folder) == []
            assert figures == fresh_with_decision(folder, tmp_path / f"fresh-{number}")
            assert decided(folder) == [{name: SPLIT[name] for name in ("key_l", "key_r", "decision")}]


def fresh_with_decision(folder: Path, aside: Path) -> dict[str, Any]:
    fresh(folder, aside)
    engagement = open_engagement(aside)
    engagement.store.add_decisions([SPLIT])
    engagement.close()
    return counted(aside)


def test_a_killed_audit_leaves_nothing_behind(tmp_path: Path) -> None:
    """Figures are those of a fresh engagement, no decision is lost, nothing half-written stays."""
    held(tmp_path, kills=3, seed=8)


@pytest.mark.heavy
def test_two_hundred_killed_audits_leave_nothing_behind(tmp_path: Path) -> None:
    """The same at 200 random moments."""
    for part in range(8):
        held(tmp_path / str(part), kills=25, seed=part)
