"""Zip and gzip, the harmless and the others."""

import gzip
import io
import zipfile
from typing import Any

import pytest

from tests.effort import counted
from toolkit.errors import InputError

CSV = b"Name,City\nAcme,Leeds\n"


def zipped(**members: bytes) -> bytes:
    """Return an archive of these members; ``__`` in a name stands for the point."""
    return zipped_as({name.replace("__", "."): data for name, data in members.items()})


def zipped_as(members: dict[str, bytes]) -> bytes:
    """Return an archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_every_member_is_a_table_and_a_bad_one_is_accounted_for(read: Any, reasons: Any) -> None:
    """What was good is kept; the clutter of operating systems is passed over."""
    data = zipped_as({"2026/a.csv": CSV, "b.json": b'[{"id": 1}]', "c.pdf": b"%PDF-1.7", "__MACOSX/._a.csv": b"\x00"})

    tables = read("all.zip", data)

    assert [(table.part, table.rows.num_rows) for table in tables] == [("2026/a.csv", 1), ("b.json", 1), ("c.pdf", 0)]
    assert reasons(tables[2]) == [(None, "unreadable_file")]


def test_gzip_is_looked_through(read_one: Any, cells: Any) -> None:
    """The name inside is the name without ``.gz``."""
    table = read_one("a.csv.gz", gzip.compress(CSV))

    assert (table.file, table.part, table.notes, cells(table)) == ("a.csv.gz", "", (), [("Acme", "Leeds")])


def test_one_archive_inside_another_is_read_and_more_are_not(read: Any) -> None:
    """Nests of archives hide bombs."""
    once = zipped(inner__zip=zipped(a__csv=CSV))

    assert [table.part for table in read("once.zip", once)] == ["inner.zip/a.csv"]
    with pytest.raises(InputError, match="archives inside archives"):
        read("twice.zip", zipped(once__zip=once))


@pytest.mark.parametrize(
    "name", ["../../x.csv", "/etc/x.csv", "C:\\x.csv", "..%2fx.csv", "\\\\host\\x.csv", "CON", "a/nul.csv"]
)
def test_a_member_that_leads_out_of_the_archive_is_refused(read: Any, name: str) -> None:
    """Nothing is unpacked to disk, and such a name means harm anyway."""
    with pytest.raises(InputError, match="leads out of the archive"):
        read("a.zip", zipped_as({name: CSV}))


def test_bombs_are_refused_soon(read: Any) -> None:
    """60 MB hidden in 0.06 MB, as gzip and as zip; what comes out is counted, so that more costs no more."""
    blanks = b"0," * 30_000_000
    bombs = {"a.csv.gz": gzip.compress(blanks), "a.zip": zipped(a__csv=blanks)}

    for name, data in bombs.items():
        with pytest.raises(InputError, match="more than 100 times its size"), counted() as effort:
            read(name, data)
        assert effort.calls < 3_000


def test_a_small_file_may_shrink_a_lot(read_one: Any) -> None:
    """A hundred thousand equal rows are no bomb."""
    assert read_one("a.csv.gz", gzip.compress(b"Name,City\n" + b"Acme,Leeds\n" * 100_000)).rows.num_rows == 100_000


def test_too_many_members_are_refused(read: Any) -> None:
    """Ten thousand is plenty."""
    with pytest.raises(InputError, match="more than 10,000 members"):
        read("a.zip", zipped_as({f"{number}.csv": b"" for number in range(10_001)}))


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.98])
def test_a_cut_off_archive_asks_to_be_sent_again(read: Any, keep: float) -> None:
    """Zip and gzip alike."""
    rows = b"Name,City\n" + b"".join(b"Acme %d,Leeds\n" % number for number in range(2000))
    for name, data in (("a.zip", zipped(a__csv=rows)), ("a.csv.gz", gzip.compress(rows))):
        with pytest.raises(InputError, match="sent again"):
            read(name, data[: int(keep * len(data))])


def test_a_lying_directory_is_not_believed(read: Any) -> None:
    """A member that says it is small is counted as it comes out."""
    data = bytearray(zipped(a__csv=CSV * 50_000))
    where = data.rindex(b"PK\x01\x02")
    data[where + 24 : where + 28] = (10).to_bytes(4, "little")

    with pytest.raises(InputError):
        read("a.zip", bytes(data))


def test_a_protected_archive_says_so(read: Any) -> None:
    """The flag of encryption is enough."""
    data = bytearray(zipped(a__csv=CSV))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(InputError, match="protected by a password"):
        read("a.zip", bytes(data))


def test_an_archive_without_tables_is_an_error(read: Any) -> None:
    """The first problem is told."""
    with pytest.raises(InputError, match=r"no file that can be read. The first problem: .*PDF"):
        read("a.zip", zipped(a__pdf=b"%PDF-1.7"))


def test_two_members_of_one_name_are_both_read(read: Any) -> None:
    """What was added to an archive later does not replace what was there; the same again counts once."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("list.csv", "Id,Name\n1,Acme\n")
        for text in ("Id,Name\n2,Bolt\n", "Id,Name\n1,Acme\n"):
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr("list.csv", text)

    tables = read("a.zip", out.getvalue())

    assert [(table.part, table.rows["c1"].to_pylist()) for table in tables] == [
        ("list.csv", ["Acme"]),
        ("list.csv (2)", ["Bolt"]),
    ]
    assert tables[1].notes == ("The archive holds several files named 'list.csv'; each was read.",)
