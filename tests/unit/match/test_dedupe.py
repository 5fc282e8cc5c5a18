"""What was found in files, in a sentence and as the rows that leave."""

import pyarrow as pa
import pytest

from toolkit.errors import InputError
from toolkit.match.dedupe import Deduplicated, matched_records
from toolkit.match.records.joint_records import joint_records

KINDS = {"Company": "company", "Phone": "phone"}


def firms(*rows: tuple[str, str]) -> pa.Table:
    """Return firms of name and telephone."""
    return pa.table({"Company": [name for name, _ in rows], "Phone": [phone for _, phone in rows]})


ACME, AGAIN = ("Acme Widgets Ltd", "312 644 2671"), ("Acme Widgets", "312-644-2671")
ZORRO, BLUE = ("Zorro LLC", "415 201 2671"), ("Blue Harbor Inc", "773 201 4410")


def found(*files: pa.Table, is_link: bool = False) -> Deduplicated:
    """Match files of firms."""
    named = {f"{number}.csv": table for number, table in enumerate(files)}
    return matched_records(joint_records(named, kinds=KINDS), is_link=is_link)


@pytest.mark.parametrize(
    ("files", "is_link", "sentence"),
    [
        ([firms(ACME, ZORRO)], False, "No record is a duplicate of another: 2 records, all different."),
        ([firms(ACME)], False, "No record is a duplicate of another: 1 record, all different."),
        ([firms(ACME, AGAIN)], False, "1 of the 2 records is a repeat of another: 1 different one remains."),
        ([firms(ACME, AGAIN, ZORRO)], False, "1 of the 3 records is a repeat of another: 2 different ones remain."),
        ([firms(ACME, AGAIN, ACME, BLUE)], False, "2 of the 4 records are repeats of another: 2 different ones remain."),
        ([firms(ACME, ZORRO), firms(BLUE, AGAIN, ZORRO)], True, "2 records of the 2 in 0.csv found in 1.csv."),
        ([firms(ACME, ZORRO, BLUE), firms(AGAIN)], True, "1 record of the 3 in 0.csv found in 1.csv."),
    ],
)
def test_what_was_found_is_said_in_a_sentence(files: list[pa.Table], *, is_link: bool, sentence: str) -> None:
    """How many repeats, and how many different ones remain."""
    assert found(*files, is_link=is_link).summary() == sentence


@pytest.mark.parametrize("threshold", [0.0, 1.0, -0.1, 1.1])
def test_a_threshold_lies_between_never_and_always(threshold: float) -> None:
    """Nought and one are no probabilities to decide by."""
    with pytest.raises(InputError, match="between 0 and 1"):
        matched_records(joint_records({"a.csv": firms(ACME)}, kinds=KINDS), min_match_probability=threshold)


@pytest.mark.parametrize("count", [1, 3])
def test_links_are_made_between_two_files(count: int) -> None:
    """One or three are refused."""
    with pytest.raises(InputError, match=f"{count} were given"):
        found(*[firms(ACME)] * count, is_link=True)


def test_a_threshold_below_that_of_review_leaves_nothing_to_review() -> None:
    """What is held to be the same is not put to a person as well."""
    joint = joint_records({"a.csv": firms(ACME, AGAIN, ("Acme Foods", "312 644 9999"))}, kinds=KINDS)

    result = matched_records(joint, min_match_probability=0.05)

    assert (result.matching.model.min_match_probability, result.matching.model.min_review_probability) == (0.05, 0.05)
    assert result.review_count == 0
