"""Rows that hold an id alone are records, and stand in the clusters."""

from pathlib import Path

from toolkit.audit.dedupe.matched_tables import dedupe_files, read_files

HEAD = "Customer No,Company,Phone,City\n"
ROWS = [f"C{number:03},Company {number} Ltd,312 555 {1000 + 7 * number},Town {number % 9}" for number in range(40)]


def found(folder: Path, *lines: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the records of ``clusters.csv``, and what a person should know."""
    (folder / "customers.csv").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    done = dedupe_files(read_files([folder / "customers.csv"]), out=folder / "out")
    lines = (folder / "out" / "clusters.csv").read_text("utf-8").splitlines()[1:]
    return [line.split(",")[0] for line in lines], done.notes


def test_a_row_with_an_id_alone_is_a_record(tmp_path: Path) -> None:
    """In the middle and at the end, padded or short; it is like no other."""
    records, notes = found(tmp_path, *ROWS[:20], "C900,,,", *ROWS[20:], "C901,,,", "C902")

    assert sorted(records) == sorted([*(row[:4] for row in ROWS), "C900", "C901", "C902"])
    assert notes == ()


def test_a_remark_is_no_record(tmp_path: Path) -> None:
    """What is not written like the other ids stays aside, and is said to; so does an id that another record has."""
    records, notes = found(tmp_path, *ROWS[:20], "Customers of the north,,,", *ROWS[20:], "C001,,,", "Printed in May,,,")

    assert sorted(records) == [row[:4] for row in ROWS]
    assert notes[0].startswith("3 rows of customers.csv were put aside: ")


def test_a_lone_cell_of_another_column_is_no_record(tmp_path: Path) -> None:
    """A town names nobody."""
    records, _ = found(tmp_path, *ROWS[:20], ",,,Town 4", *ROWS[20:])

    assert len(records) == 40
