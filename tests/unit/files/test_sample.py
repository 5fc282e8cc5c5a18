"""What a large file is, from its start, middle and end."""

from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.files.sample import sampled_tables

SIZE_BYTES = 6_000_000


@pytest.fixture
def large(tmp_path: Path) -> Callable[[str, Callable[[int], str]], tuple[Path, int]]:
    """Return a function that writes a file of 6 MB from a header and rows by number, and gives its path and rows."""

    def written(name: str, header: str, row: Callable[[int], str], encoding: str = "utf-8") -> tuple[Path, int]:
        count = SIZE_BYTES // len(row(10_000)) + 1
        path = tmp_path / name
        path.write_text(header + "".join(map(row, range(1, count + 1))), encoding=encoding, newline="")
        return path, count

    return written


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Invoice,Customer,Note\n", 'INV-{0},Müller & Co,"a ""quoted""\n note, of {0}"\n'),
        ("Beleg;Kunde;Text\r\n", "INV-{0};Müller;Zeile {0}\r\n"),
        ("Faktura\tKund\tText\n", 'INV-{0}\tÅkesson\t"1\n2\n3\n{0}"\n'),
    ],
)
def test_start_middle_and_end_are_whole_rows(large: Callable, header: str, row: str) -> None:
    """No quoted cell with line breaks is taken for rows, wherever a place begins."""
    path, count = large("big.csv", header, row.format)

    [sampled] = sampled_tables(path, root=path.parent, rows=900)

    ids = sampled.raw.rows["c0"].to_pylist()
    assert all(name.startswith("INV-") for name in ids)
    assert (ids[0], ids[-1]) == ("INV-1", f"INV-{count}")
    assert any(abs(int(name[4:]) / count - 0.5) < 0.05 for name in ids)
    assert sampled.raw.quarantine.num_rows == 0
    assert 750 <= len(ids) <= 950
    assert sampled.rows_total_estimate == pytest.approx(count, rel=0.1)
    assert not sampled.is_whole


def test_lines_are_null_where_nobody_counted_them(large: Callable) -> None:
    """The first third keeps its lines."""
    path, _ = large("big.csv", "Id,Name\n", "{0},Acme\n".format)

    [sampled] = sampled_tables(path, root=path.parent, rows=30)

    lines = sampled.raw.rows["line"].to_pylist()
    assert lines[:9] == list(range(2, 11))
    assert lines[11:] == [None] * (len(lines) - 11)


def test_other_encodings_and_json_lines_are_sampled_too(large: Callable) -> None:
    """Two bytes a character are read whole and cut."""
    wide, count = large("big.csv", "Id,Name\n", "{0},Müller\n".format, "utf-16")
    lines, _ = large("big.jsonl", "", '{{"id": {0}, "name": "Müller"}}\n'.format)

    [one] = sampled_tables(wide, root=wide.parent, rows=300)
    [other] = sampled_tables(lines, root=lines.parent, rows=300)

    assert (one.rows_total_estimate, one.raw.rows.num_rows, one.is_whole) == (count, 300, False)
    assert other.raw.headers == ("id", "name")
    assert 250 < other.raw.rows.num_rows < 350


def test_a_small_file_is_read_whole(tmp_path: Path) -> None:
    """Nothing is estimated."""
    (tmp_path / "small.csv").write_text("Id,Name\n1,Acme\n2,Bolt\n")

    [sampled] = sampled_tables(tmp_path / "small.csv", root=tmp_path)

    assert (sampled.rows_total_estimate, sampled.is_whole) == (2, True)
    assert sampled.raw.rows["line"].to_pylist() == [2, 3]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """As everywhere."""
    (tmp_path / "none.csv").touch()

    with pytest.raises(InputError, match="is empty"):
        list(sampled_tables(tmp_path / "none.csv", root=tmp_path))
