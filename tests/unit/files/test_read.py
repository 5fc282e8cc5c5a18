"""What a file is, and what is said about files that cannot be read."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import InputError
from toolkit.files.read import raw_tables


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", r"'a.csv' is empty \(0 bytes\). Export it again"),
        ("a.csv", b"%PDF-1.7 ...", "a PDF document, not a table"),
        ("a.xlsx", b"<!DOCTYPE html><html><body>", "is a web page"),
        ("a.xls", b"<html><table>", "is a web page"),
        ("a.xml", b'<?xml version="1.0"?><Document/>', "XML of a kind that cannot be read"),
        ("a.csv", bytes(range(256)) * 20, "of a kind that cannot be read"),
        ("a.bin", b"7z\xbc\xaf\x27\x1c....", "a 7-Zip archive"),
        (
            "a.pkl",
            b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94",
            "of a kind that cannot",
        ),
    ],
)
def test_what_is_no_table_is_named_with_a_next_step(read: Any, name: str, data: bytes, said: str) -> None:
    """One sentence says what it is, one what to do."""
    with pytest.raises(InputError, match=said):
        read(name, data)


def test_a_table_knows_its_file(tmp_path: Path) -> None:
    """Below the root, with slashes, and with the hash of the bytes."""
    (tmp_path / "exports" / "crm").mkdir(parents=True)
    path = tmp_path / "exports" / "crm" / "a.csv"
    path.write_bytes(b"Name,City\nAcme,Leeds\n")

    [table] = raw_tables(path, root=tmp_path)

    assert table.file == "exports/crm/a.csv"
    assert table.sha256 == hashlib.sha256(b"Name,City\nAcme,Leeds\n").hexdigest()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """Only what lies in the folder was sent by the client."""
    (tmp_path / "secret.csv").write_bytes(b"Name\nx\n")
    root = tmp_path / "client"
    root.mkdir()
    (root / "a.csv").symlink_to(tmp_path / "secret.csv")

    with pytest.raises(InputError, match="leads out of the folder"):
        list(raw_tables(root / "a.csv", root=root))


@pytest.mark.parametrize("name", ["folder", "missing.csv"])
def test_what_is_no_file_is_named(tmp_path: Path, name: str) -> None:
    """A folder, or a file that went away."""
    (tmp_path / "folder").mkdir()

    with pytest.raises(InputError, match=name):
        list(raw_tables(tmp_path / name, root=tmp_path))


@pytest.mark.parametrize("name", ["a/../b.csv", 'O\'Hara "&" <script>.csv', "cafe\udce9.csv"])
def test_any_name_of_a_file_is_text(tmp_path: Path, name: str) -> None:
    """Quotes, tags and bytes of another encoding included."""
    (tmp_path / "a").mkdir()
    (tmp_path / name).write_bytes(b"Name,City\nAcme,Leeds\n")

    [table] = raw_tables(tmp_path / name, root=tmp_path)

    table.file.encode("utf-8")
    assert table.rows.num_rows == 1


def test_json_in_a_csv_is_read_as_json(read_one: Any, cells: Any) -> None:
    """The content decides, and the table says so."""
    table = read_one("a.csv", b'[{"id": 1}]')

    assert cells(table) == [("1",)]
    assert table.notes == ("The name ends in '.csv', but the content is a JSON file; it was read as that.",)


def test_a_header_in_brackets_is_no_json(read_one: Any) -> None:
    """Database tools write names so."""
    assert read_one("a.csv", b"[Name],[City]\nAcme,Leeds\n").headers == ("[Name]", "[City]")
