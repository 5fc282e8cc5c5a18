"""Seven months of a council's real payments, pulled as they are: two header generations, mixed encodings, total lines.

The sums are held against an independent reading: the csv module, Decimal, and each line decoded by itself.
"""

import csv
import gzip
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.pulled import Pull
from toolkit.audit.pull.snapshots import pull_snapshots

AMOUNT_HEADERS = ("NetAmount", "Amount")


@pytest.fixture(scope="module")
def folder(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = sorted((shared_dir / "data" / "spend" / "leeds").glob("*.csv.gz"))
    assert len(files) == 7
    here = tmp_path_factory.mktemp("client") / "leeds"
    here.mkdir()
    for file in files:
        shutil.copyfile(file, here / file.name)
    return here


@pytest.fixture(scope="module")
def engagement(folder: Path) -> Iterator[Engagement]:
    opened = open_engagement(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pulled(engagement: Engagement) -> Pull:
    return pull_snapshots(engagement)


@pytest.fixture(scope="module")
def intake(pulled: Pull) -> dict[str, dict[str, Any]]:
    return {row["file"]: row for row in pulled.intake.to_pylist()}


@pytest.fixture(scope="module")
def independent(folder: Path) -> dict[str, tuple[int, Decimal, Decimal | None]]:
    """Return for each file its count of payments, their sum, and the total that its last line states."""
    return {path.name: read_by_itself(path) for path in sorted(folder.glob("*.csv.gz"))}


def read_by_itself(path: Path) -> tuple[int, Decimal, Decimal | None]:
    with gzip.open(path, "rb") as lines:
        header, *rows = csv.reader(decoded(line) for line in lines)
    [place] = [header.index(name) for name in AMOUNT_HEADERS if name in header]
    filled = [[index for index, cell in enumerate(row) if cell.strip()] for row in rows]
    totals = [row[place] for row, places in zip(rows, filled, strict=True) if places == [place]]
    amounts = [row[place] for row, places in zip(rows, filled, strict=True) if len(places) > 1]
    assert len(totals) <= 1
    return len(amounts), sum(map(as_decimal, amounts), Decimal(0)), as_decimal(totals[0]) if totals else None


def decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252")


def as_decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("£", "").strip())


def test_every_row_is_in_a_snapshot_or_put_aside_with_a_reason(
    pulled: Pull, intake: dict[str, dict[str, Any]], independent: dict[str, tuple[int, Decimal, Decimal | None]]
) -> None:
    """All payments are records; only total and blank lines were put aside, each of them named."""
    assert {file: row["rows_kept"] for file, row in intake.items()} == {file: one[0] for file, one in independent.items()}
    assert all(row["rows_read"] == row["rows_kept"] + row["rows_quarantined"] for row in intake.values())
    aside = pulled.quarantine.to_pylist()
    assert len(aside) == sum(row["rows_quarantined"] for row in intake.values())
    assert {row["reason"] for row in aside} == {"total_line", "empty_line"}
    assert all(row["file"] and row["line"] and row["detail"] for row in aside)


def test_the_sum_of_each_file_is_exact_to_the_penny(
    intake: dict[str, dict[str, Any]], independent: dict[str, tuple[int, Decimal, Decimal | None]]
) -> None:
    """What was read adds up to what an independent reader adds up, file by file."""
    assert {file: Decimal(row["sum_minor"]) / 100 for file, row in intake.items()} == {
        file: one[1] for file, one in independent.items()
    }


def test_control_lines_agree_but_for_one_penny_in_one_file(
    pulled: Pull, intake: dict[str, dict[str, Any]], independent: dict[str, tuple[int, Decimal, Decimal | None]]
) -> None:
    """Five files end in a total: four agree, December 2013 is a penny off, and the pull says so."""
    stated = {file: one[2] for file, one in independent.items()}

    assert {file for file, total in stated.items() if total is None} == {"2013-11.csv.gz", "2020-06.csv.gz"}
    assert {file: row["control"] for file, row in intake.items()} == {
        "2013-07.csv.gz": "agrees",
        "2013-08.csv.gz": "agrees",
        "2013-09.csv.gz": "agrees",
        "2013-10.csv.gz": "agrees",
        "2013-11.csv.gz": "none",
        "2013-12.csv.gz": "differs",
        "2020-06.csv.gz": "none",
    }
    assert intake["2013-12.csv.gz"]["control_sum_minor"] - intake["2013-12.csv.gz"]["sum_minor"] == 1
    [said] = pulled.missing
    assert "2013-12.csv.gz" in said
    assert "104,758,470.90" in said
    assert "104,758,470.89" in said


def test_both_header_generations_are_one_canonical_table(
    engagement: Engagement, pulled: Pull, independent: dict[str, tuple[int, Decimal, Decimal | None]]
) -> None:
    """The headers of 2013 and those of 2020 fill the same columns of one stream, each amount where it belongs."""
    assert {(row["system"], row["stream"]) for row in pulled.intake.to_pylist()} == {("leeds", "payments")}
    [snapshot] = [row for row in pulled.snapshots.to_pylist() if row["stream"] == "payments"]
    wanted = ["record_id", "party_name", "amount_minor", "net_minor", "paid_at", "currency"]
    records = pq.read_table(engagement.folder / snapshot["path"], columns=wanted)
    # In 2013 the header says that the amounts are net, in 2020 it does not.
    amounts = pc.coalesce(records["amount_minor"], records["net_minor"])

    assert records.num_rows == sum(one[0] for one in independent.values())
    assert Decimal(pc.sum(amounts).as_py()) / 100 == sum(one[1] for one in independent.values())
    assert records["record_id"].null_count == amounts.null_count == 0
    assert pc.count_distinct(records["record_id"]).as_py() == records.num_rows
    years = pc.value_counts(pc.year(records["paid_at"])).to_pylist()
    assert {one["values"] for one in years} == {2013, 2020}
    assert records["paid_at"].null_count == 0
    assert pc.unique(records["currency"]).to_pylist() == ["GBP"]


def test_country_and_currency_are_assumed_and_said(folder: Path, pulled: Pull) -> None:
    """Nobody told that this is a British ledger; the pull says what it assumed, and writes it down to be confirmed."""
    [said] = [note for note in pulled.notes if note.startswith("The client is taken")]
    written = (folder / "engagement.yaml").read_text(encoding="utf-8")

    assert "The client is taken to be in GB (" in said
    assert "currency: GBP          # assumed" in written
    assert "country: GB            # assumed" in written


def test_pulling_twice_changes_nothing(folder: Path, pulled: Pull) -> None:
    """A second pull finds the same state: no new snapshot, the same counts, the same settings."""
    before = {path: path.stat().st_mtime_ns for path in (folder / "snapshots").rglob("*.parquet")}
    written = (folder / "engagement.yaml").read_text(encoding="utf-8")
    reopened = open_engagement(folder)

    again = pull_snapshots(reopened)
    reopened.close()

    assert {path: path.stat().st_mtime_ns for path in (folder / "snapshots").rglob("*.parquet")} == before
    assert (folder / "engagement.yaml").read_text(encoding="utf-8") == written
    assert again.snapshots.equals(pulled.snapshots)
    counts = ["file", "part", "rows_read", "rows_kept", "rows_quarantined", "sum_minor", "control", "sha256"]
    assert again.intake.select(counts).equals(pulled.intake.select(counts))
