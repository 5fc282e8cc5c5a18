"""Every row of a long file knows the line it begins in, however the file is read."""

from collections.abc import Callable

import pytest

from toolkit.files.raw import RawTable

ReadOne = Callable[..., RawTable]


@pytest.mark.parametrize("breaks", [0, 1, 2])
def test_rows_of_a_file_of_several_megabytes_know_their_lines(read_one: ReadOne, breaks: int) -> None:
    """With line breaks within cells, and in between a row that lacks a cell and is put aside by its own line."""
    note = "\n".join(["x" * 300] * (breaks + 1))
    rows = [f'{number},"{note}",5.00\n' for number in range(9_000 // (breaks + 1))]
    rows[40], rows[-40] = '40,"short"\n', '41,"short"\n'

    table = read_one("long.csv", f"Id,Note,Amount\n{''.join(rows)}".encode())

    begins = [2]
    for row in rows:
        begins.append(begins[-1] + row.count("\n"))
    lines = {int(row["c0"]): row["line"] for row in table.rows.select(["line", "c0"]).to_pylist()}
    assert lines == {number: begins[number] for number in range(len(rows)) if number not in (40, len(rows) - 40)}
    assert table.quarantine["line"].to_pylist() == [begins[40], begins[len(rows) - 40]]
