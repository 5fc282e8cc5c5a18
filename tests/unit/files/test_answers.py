"""Answers as people type them, read back."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.files.answers import read_answers


def test_answers_are_read_in_any_wording(tmp_path: Path) -> None:
    """Yes, no and a question mark are answers; an empty cell is none yet."""
    path = tmp_path / "answers.csv"
    path.write_text("id_l,id_r,answer\n0017,18,Yes\n0017,19,not the same\n19,20,?\n20,21,\n", "utf-8")

    read = read_answers(path)

    assert [tuple(row.values()) for row in read.answers.select(["id_l", "id_r", "answer"]).to_pylist()] == [
        ("0017", "18", "same"),
        ("0017", "19", "not_same"),
        ("19", "20", "unsure"),
    ]
    assert (read.unanswered, read.problems) == (1, ())


def test_a_cell_that_is_no_answer_is_named_by_its_line(tmp_path: Path) -> None:
    """The other answers are taken."""
    path = tmp_path / "answers.csv"
    path.write_text("id_l,id_r,file_l,file_r,answer\n1,2,a.csv,b.csv,maybe so\n,2,,,same\n3,4,a.csv,b.csv,no\n", "utf-8")

    read = read_answers(path)

    assert read.answers.to_pylist() == [
        {"id_l": "3", "id_r": "4", "file_l": "a.csv", "file_r": "b.csv", "answer": "not_same"}
    ]
    assert [(problem.line, problem.column) for problem in read.problems] == [(2, "answer"), (3, "id_l")]


def test_a_file_without_answers_says_what_it_needs(tmp_path: Path) -> None:
    """The columns are named."""
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", "utf-8")

    with pytest.raises(InputError, match="'id_l', 'id_r' and 'answer'"):
        read_answers(path)
    with pytest.raises(InputError, match="no file"):
        read_answers(tmp_path / "nowhere.csv")
