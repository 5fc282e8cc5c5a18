"""Bad input: a clear message and exit code, nothing half-written, and what was good is kept."""

import csv
import gzip
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import Called, call
from toolkit.audit.engagement import open_engagement
from toolkit.store.store import Store

HEADER = ["Record ID", "Company name", "Company owner", "Phone Number", "City", "Create Date"]
ROWS = [
    ["101", "Acme Ltd", "Dana", "312-555-0101", "Chicago", "2026-01-05 09:00"],
    ["102", "Bolt Inc", "Dana", "312-555-0102", "Chicago", "2026-01-06 09:00"],
]


def csv_text(rows: list[list[str]], header: list[str] | None = None) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([header or HEADER, *rows])
    return text.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one good export."""
    exports = tmp_path / "client" / "exports" / "crm"
    exports.mkdir(parents=True)
    (exports / "companies.csv").write_text(csv_text(ROWS), encoding="utf-8")
    return tmp_path / "client"


def held(folder: Path) -> list[str]:
    """Return the names in the CRM's snapshot."""
    engagement = open_engagement(folder)
    try:
        tables = engagement.store.records(["name"])
        return sorted(name for key, table in tables.items() if key[0] == "crm" for name in table["name"].to_pylist())
    finally:
        engagement.close()


def pulled(folder: Path) -> Called:
    return call("pull", folder)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "empty"),
        ("notes.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "notes.csv"),
        ("half.zip", b"PK\x03\x04 this archive was cut off", "half.zip"),
        ("half.csv.gz", gzip.compress(b"a,b\n1,2\n" * 5000, mtime=0)[:60], "half.csv.gz"),
        (
            "locked.xlsx",
            bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") * 40,
            "locked.xlsx",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_kept(
    folder: Path, name: str, content: bytes, message: str
) -> None:
    """One bad file does not spoil the pull, and is not passed over in silence."""
    (folder / "exports" / "crm" / name).write_bytes(content)

    answer = pulled(folder)

    assert answer.code == 4
    assert message in answer.out
    assert "Traceback" not in answer.out + answer.err
    assert held(folder) == ["Acme Ltd", "Bolt Inc"]


def test_a_header_without_rows_is_said_to_be_so(folder: Path) -> None:
    """An export that came out empty is noticed."""
    (folder / "exports" / "crm" / "deals.csv").write_text("Record ID,Deal Name,Deal Stage,Amount\n", encoding="utf-8")

    answer = pulled(folder)

    assert held(folder) == ["Acme Ltd", "Bolt Inc"]
    assert "deals" in answer.out


def test_a_workbook_behind_a_csv_name_is_read_as_a_workbook(folder: Path) -> None:
    """The content decides, and the report says that the name was wrong."""
    import xlsxwriter

    path = folder / "exports" / "crm" / "more.csv"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, ["103", "Crane Co", "Dana", "312-555-0103", "Chicago", "2026-01-07 09:00"]]):
            sheet.write_row(number, 0, row)

    pulled(folder)

    assert held(folder) == ["Acme Ltd", "Bolt Inc", "Crane Co"]


def test_a_huge_cell_costs_its_row_only(folder: Path) -> None:
    """Ten megabytes in one cell go to quarantine; the rows around it stay."""
    rows = [*ROWS, ["103", "x" * 10_000_000, "Dana", "", "", ""], ["104", "Dock Co", "Dana", "", "", ""]]
    (folder / "exports" / "crm" / "companies.csv").write_text(csv_text(rows), encoding="utf-8")

    answer = pulled(folder)

    assert answer.code == 4
    assert held(folder) == ["Acme Ltd", "Bolt Inc", "Dock Co"]
    with Store(folder) as store:
        _, quarantine = store.intake()
    assert quarantine.num_rows == 1


def test_nul_bytes_cost_no_other_row(folder: Path) -> None:
    """A row with NUL bytes is kept or put aside, never fatal."""
    text = csv_text([*ROWS, ["103", "Crane\0Co", "Dana", "", "", ""]])
    (folder / "exports" / "crm" / "companies.csv").write_bytes(text.encode())

    answer = pulled(folder)

    assert answer.code in {0, 4}
    assert {"Acme Ltd", "Bolt Inc"} <= set(held(folder))


def test_repeated_headers_lose_no_cell(folder: Path) -> None:
    """Both columns stay in the raw row, also when their names differ only in case."""
    header = [*HEADER, "Note", "Note", "note"]
    rows = [[*ROWS[0], "one", "two", "three"]]
    (folder / "exports" / "crm" / "companies.csv").write_text(csv_text(rows, header), encoding="utf-8")

    pulled(folder)

    engagement = open_engagement(folder)
    [raw] = engagement.store.records(["raw"])["crm", "companies"]["raw"].to_pylist()
    engagement.close()
    assert all(word in raw for word in ("one", "two", "three"))


def test_the_same_file_twice_counts_once(folder: Path) -> None:
    """A copy of a file is noticed and adds nothing."""
    shutil.copy(folder / "exports/crm/companies.csv", folder / "exports/crm/companies (1).csv")

    answer = pulled(folder)

    assert "same_as" in answer.out
    assert held(folder) == ["Acme Ltd", "Bolt Inc"]


def test_a_system_without_files_is_asked_for(folder: Path) -> None:
    """What the settings name and the folder lacks is said."""
    (folder / "engagement.yaml").write_text(
        "client: Acme\nsystems:\n  crm: {connector: hubspot}\n  ledger: {connector: xero}\n", encoding="utf-8"
    )

    answer = pulled(folder)

    assert "System ledger has no files yet" in answer.out


def test_an_unknown_connector_is_named_with_the_nearest(folder: Path) -> None:
    """A mistyped vendor is mended at once."""
    (folder / "engagement.yaml").write_text("client: Acme\nsystems:\n  crm: {connector: hubspt}\n", encoding="utf-8")

    answer = pulled(folder)

    assert answer.code == 3
    assert "There is no connector named 'hubspt'. Did you mean 'hubspot'?" in answer.err


def test_a_folder_with_nothing_readable_says_what_to_do(tmp_path: Path) -> None:
    """The first minute with the wrong folder ends with a sentence."""
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))

    answer = call("audit", tmp_path / "client")

    assert answer.code == 3
    assert "photo.jpg" in answer.err
    assert "exports" in answer.err


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path is no bug of ours."""
    answer = call("audit", tmp_path / "nowhere")

    assert (answer.code, "nowhere" in answer.err) == (3, True)


def test_a_second_audit_at_the_same_time_is_refused(folder: Path) -> None:
    """Two runs do not mix: the second leaves with the code for busy."""
    with Store(folder) as store, store.writing("audit of Monday"):
        answer = pulled(folder)

    assert answer.code == 8
    assert "audit of Monday" in answer.err


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of its own with half a megabyte; only root can mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_named_and_leaves_the_snapshot_before(small_disk: Path, folder: Path) -> None:
    """When space runs out, the message says so and the last good state stays."""
    target = small_disk / "client"
    shutil.copytree(folder, target)
    assert pulled(target).code == 0
    rows = [[str(number), f"{number * 7919 % 100_003:x} Co", "Dana", "", "", ""] for number in range(200, 9000)]
    (target / "exports" / "crm" / "companies.csv").write_text(csv_text(rows), encoding="utf-8")

    answer = pulled(target)

    assert answer.code == 3, answer
    assert "disk is full" in answer.err
    assert not list(target.rglob("*.partial*"))
    (target / "exports" / "crm" / "companies.csv").unlink()
    assert held(target) == ["Acme Ltd", "Bolt Inc"]


def test_a_read_only_folder_is_named(small_disk: Path, folder: Path) -> None:
    """A folder that cannot be written is no bug of ours."""
    shutil.copytree(folder, small_disk / "client")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    answer = pulled(small_disk / "client")

    assert answer.code == 3, answer
    assert "read-only" in answer.err


def test_an_archive_that_would_swell_is_refused(folder: Path) -> None:
    """Two hundred megabytes hidden in a small archive are not unpacked."""
    with zipfile.ZipFile(folder / "exports" / "crm" / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("companies.csv", b"0" * 200_000_000)

    answer = pulled(folder)

    assert answer.code == 4
    assert "bomb.zip" in answer.out
    assert held(folder) == ["Acme Ltd", "Bolt Inc"]


def test_a_record_of_which_only_the_name_is_known_is_not_taken_for_a_remark_in_silence(folder: Path) -> None:
    """A line with one filled cell among the records is put aside with a reason, and the pull says so."""
    rows = [ROWS[0], ["", "Crane Co", "", "", "", ""], ROWS[1], ["Exported on 5 May", "", "", "", "", ""]]
    (folder / "exports" / "crm" / "companies.csv").write_text(csv_text(rows), encoding="utf-8")

    answer = pulled(folder)

    assert answer.code == 4
    with Store(folder) as store:
        _, quarantine = store.intake()
    assert sorted((row["line"], row["reason"]) for row in quarantine.to_pylist()) == [(3, "one_cell"), (5, "foot_line")]
