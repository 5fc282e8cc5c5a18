"""A ledger of a million rows: nothing is lost, the sum is exact, and a laptop's memory is enough."""

import json
import sys
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from benchmarks.measured import Measured, measured
from benchmarks.snapshot_million_rows import write_engagement

ROWS = 1_000_000
PULL = (sys.executable, "-m", "toolkit", "pull", "--json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("million")


@pytest.fixture(scope="module")
def expected_sum(folder: Path) -> int:
    return write_engagement(folder, ROWS)


@pytest.fixture(scope="module")
def pulled(folder: Path, expected_sum: int) -> Measured:
    assert expected_sum
    return measured([*PULL, folder])


def snapshots_of(folder: Path) -> dict[str, Path]:
    return {path.parent.name: path for path in (folder / "snapshots").rglob("*.parquet")}


@pytest.mark.heavy
def test_every_row_becomes_a_record_and_the_sum_is_exact(folder: Path, expected_sum: int, pulled: Measured) -> None:
    """A million rows in, a million different records out, and the money adds up to the penny."""
    assert pulled.exit_code == 0, pulled.output
    [row] = json.loads(pulled.output)["intake"]
    records = pq.read_table(snapshots_of(folder)["bills"], columns=["record_id", "amount_minor"])

    assert (row["rows_read"], row["rows_kept"], row["rows_quarantined"]) == (ROWS, ROWS, 0)
    assert row["sum_minor"] == pc.sum(records["amount_minor"]).as_py() == expected_sum
    assert records.num_rows == pc.count_distinct(records["record_id"]).as_py() == ROWS
    assert pc.min_max(records["record_id"]).as_py() == {"min": "0000000000", "max": "0000999999"}


@pytest.mark.heavy
def test_every_row_is_kept_as_it_was_sent(folder: Path, pulled: Measured) -> None:
    """The raw record holds all twenty cells, leading zeros and quoted line breaks included."""
    assert pulled.exit_code == 0, pulled.output
    raw = pq.ParquetFile(snapshots_of(folder)["bills"]).read_row_group(0, columns=["raw"])["raw"]
    sixth = json.loads(raw[6].as_py())

    assert len(sixth) == 20
    assert sixth["Voucher"] == "0000000006"
    assert sixth["Description"] == "Delivery to depot\nand unloading"


@pytest.mark.heavy
def test_memory_stays_below_a_gigabyte_and_a_half(pulled: Measured) -> None:
    """The whole pull, all its processes together, at its highest moment."""
    assert pulled.peak_mb < 1500


@pytest.mark.heavy
def test_processor_time_stays_below_twice_what_was_measured(pulled: Measured) -> None:
    """About 15 s on two cores; a busy machine may take longer, a slow algorithm much longer."""
    assert pulled.cpu_s < 40


@pytest.mark.heavy
def test_pulling_a_million_rows_again_adds_no_snapshot(folder: Path, pulled: Measured) -> None:
    """The same file gives the same bytes, so the snapshot of before still stands."""
    assert pulled.exit_code == 0, pulled.output
    before = snapshots_of(folder)

    again = measured([*PULL, folder])

    assert again.exit_code == 0
    assert snapshots_of(folder) == before
    assert len(list((folder / "snapshots").rglob("*.parquet"))) == len(before) == 2
