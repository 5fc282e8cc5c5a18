"""What was told of a cell is not worked out again, and is forgotten with the piece of work."""

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.cores import at_most, results
from toolkit.values.remembered import of_remembered, remembering


def test_a_cell_is_judged_once_within_a_piece_of_work() -> None:
    """New ones, nulls and other questions among them; beyond it as often as it is asked for."""
    asked: list[str] = []

    def upper(values: pa.StringArray) -> pa.StringArray:
        asked.extend(values.to_pylist())
        return pc.utf8_upper(values)

    columns = [pa.array(["a", None, "b", "a"]), pa.array(["b", "c", None]), pa.array([None, "c", "a"])]
    with remembering():
        found = [of_remembered(column, "upper", upper).to_pylist() for column in columns]
        lower = of_remembered(columns[0], "lower", pc.utf8_lower).to_pylist()

    assert found == [["A", None, "B", "A"], ["B", "C", None], [None, "C", "A"]]
    assert lower == ["a", None, "b", "a"]
    assert asked == ["a", "b", "c"]
    assert of_remembered(columns[0], "upper", upper).to_pylist() == found[0]
    assert asked == ["a", "b", "c", "a", "b"]


def test_columns_that_are_asked_about_at_once_are_told_of_rightly() -> None:
    """Whichever core is faster."""
    columns = [
        pa.array([f"{letter}{number % (50 + start)}" for number in range(400)]) for start, letter in enumerate("abab")
    ]
    with at_most(4), remembering():
        found = results(lambda column: of_remembered(column, "upper", pc.utf8_upper).to_pylist(), columns * 5)

    assert found == [pc.utf8_upper(column).to_pylist() for column in columns * 5]
