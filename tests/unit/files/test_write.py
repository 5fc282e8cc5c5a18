"""CSV files that are handed out."""

import csv
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.files.write import as_written, inert, write_csv

UNSEEN = ["\ufeff", "\u200b", "\u2060", "\u3000", "\u2003", "\u00ad", "\x0b", "\x00", "\x1f", "\u061c"]
RISKY = ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(1)", "\r=1", '=HYPERLINK("http://x","y")', '"=1', " =1", "＝1"]


def written(path: Path) -> list[list[str]]:
    """Return the cells that a reader sees."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("cell", RISKY)
def test_a_cell_that_looks_like_a_formula_is_text(tmp_path: Path, cell: str) -> None:
    """S06: an apostrophe stands in front, and nothing else changes."""
    write_csv(tmp_path / "a.csv", pa.table({"Note": [cell]}))

    assert written(tmp_path / "a.csv") == [["Note"], ["'" + cell]]


@pytest.mark.parametrize("unseen", UNSEEN, ids=lambda one: f"U+{ord(one):04X}")
@pytest.mark.parametrize("sign", "=+-@")
def test_what_a_spreadsheet_does_not_show_hides_no_formula(tmp_path: Path, unseen: str, sign: str) -> None:
    """A mark of no width before the sign is skipped by some program, and the formula runs."""
    cells = [f"{unseen}{sign}1+1", f"{unseen} {sign}1+1", f'"{unseen}{sign}1+1']
    write_csv(tmp_path / "a.csv", pa.table({"Note": cells}))

    assert [row[0] for row in written(tmp_path / "a.csv")[1:]] == [f"'{cell}" for cell in cells]


@pytest.mark.parametrize("sign", ["=", "+", "@", "\ufeff=", "-"])
@pytest.mark.parametrize("before", ["", "Acme", "1,5"])
@pytest.mark.parametrize("split", [";", "\t", "|"])
def test_a_cell_that_another_country_splits_is_inert_in_each_part(
    tmp_path: Path, before: str, split: str, sign: str
) -> None:
    """Where a list is separated by semicolons, the file opens with another cell behind each of them."""
    write_csv(tmp_path / "a.csv", pa.table({"Note": [f"{before}{split}{sign}1+1"]}))

    [cell] = written(tmp_path / "a.csv")[1]
    assert cell.split(split)[-1] == f"'{sign}1+1"


@example(";=;'=1")
@given(st.text(st.sampled_from("=+-@;\t|'\" a1\ufeff\r\n"), max_size=12))
def test_what_was_made_inert_is_read_back_as_it_was(text: str) -> None:
    """An id from our own file names the same record when it comes back."""
    [guarded] = inert(pa.chunked_array([[text]])).to_pylist()

    assert as_written(guarded) == text


def test_numbers_and_ordinary_text_stay(tmp_path: Path) -> None:
    """Also a negative amount that is text, and null is empty."""
    table = pa.table({"n": [-1, 2], "f": [1.5, None], "t": ["-12.50", 'a, b\n"c"'], "on": [dt.date(2026, 1, 2), None]})

    write_csv(tmp_path / "a.csv", table)

    assert written(tmp_path / "a.csv")[1:] == [["-1", "1.5", "-12.50", "2026-01-02"], ["2", "", 'a, b\n"c"', ""]]


def test_ids_are_written_verbatim_where_asked(tmp_path: Path) -> None:
    """A program reads them back."""
    write_csv(tmp_path / "a.csv", pa.table({"id_l": ["=7", "-a"], "name": ["=7", "-a"]}), verbatim={"id_l"})

    assert written(tmp_path / "a.csv")[1:] == [["=7", "'=7"], ["-a", "'-a"]]


def test_a_header_is_client_text_too(tmp_path: Path) -> None:
    """Its formula is not run either."""
    write_csv(tmp_path / "a.csv", pa.table({"=1+1": ["x"]}))

    assert written(tmp_path / "a.csv")[0] == ["'=1+1"]


def test_a_file_is_private_and_whole_or_not_there(tmp_path: Path) -> None:
    """A folder that cannot be made leaves nothing behind."""
    write_csv(tmp_path / "a.csv", pa.table({"a": ["x"]}))
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o600

    with pytest.raises(InputError, match="file stands where a folder should be"):
        write_csv(tmp_path / "a.csv" / "b.csv", pa.table({"a": ["x"]}))
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
