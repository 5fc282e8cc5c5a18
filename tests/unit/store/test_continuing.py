"""A stream that changes its source: ids of files and of interfaces go together, and numbers of both are kept apart."""

from collections.abc import Sequence

import pyarrow as pa
import pytest

from toolkit.store.continuing import Ids, begun_ids, continued, with_names
from toolkit.tables.schema import TEXTS


def records(**named: Sequence[str]) -> pa.Table:
    return pa.table({"record_id": list(named), "alt_ids": pa.array([list(one) or None for one in named.values()], TEXTS)})


def table(*pairs: tuple[str, Sequence[str]]) -> pa.Table:
    return records(**dict(pairs))


def test_a_source_that_names_records_alike_changes_nothing() -> None:
    """Whatever other ids are there."""
    before, new = table(("7", ()), ("8", ())), table(("7", ("a@b.example",)), ("9", ()))

    assert begun_ids(before, new, "interface", "file") is None
    assert begun_ids(before, new, "file", "file") is None


@pytest.mark.parametrize("is_file_first", [True, False])
def test_each_way_records_keep_the_id_that_they_were_known_by(is_file_first: bool) -> None:  # noqa: FBT001
    """A name first and then a number, or a number first and then a name."""
    by_file, by_interface = table(("Acme", ()), ("Birch", ())), table(("58", ("Acme",)), ("59", ("Birch",)))
    before, new = (by_file, by_interface) if is_file_first else (by_interface, by_file)
    source, former = ("interface", "file") if is_file_first else ("file", "interface")

    ids = begun_ids(before, new, source, former)

    assert ids is not None
    assert ids.began_with == former
    expected = {"58": "Acme", "59": "Birch"} if is_file_first else {"Acme": "58", "Birch": "59"}
    assert continued(ids, before, new, source).names[source] == expected


def test_a_number_of_one_source_is_not_that_of_the_other() -> None:
    """Invoice 1042 of the export is another one than that with the id 1042 of the interface."""
    before = table(("1042", ()), ("1290", ()))
    new = table(("1042", ("1290",)), ("77", ("1042",)), ("1291", ("1300",)))

    ids = continued(Ids("file"), before, new, "interface")

    assert ids.names["interface"] == {"1042": "1290", "77": "1042", "1291": "1291"}


def test_what_came_first_by_the_other_source_is_known_when_the_first_one_returns() -> None:
    """Its own number is nobody else's, though it looks like one of the first source."""
    ids = continued(Ids("file"), table(("1042", ())), table(("7", ("1042",)), ("1291", ("1300",))), "interface")
    held = table(("1042", ("7",)), ("1291", ("1300",)))

    again = continued(ids, held, table(("1042", ()), ("1300", ()), ("1291", ())), "file")
    later = continued(again, held, table(("7", ("1042",)), ("1291", ("1300",)), ("1300", ("9",))), "interface")

    assert again.names["file"] == {"1300": "1291", "1291": "1291#2"}
    assert later.names["interface"] == {"7": "1042", "1291": "1291", "1300": "1300"}


def test_two_that_claim_one_record_are_new() -> None:
    """Nobody can say which of two customers of the same name it was."""
    ids = continued(Ids("file"), table(("Acme", ())), table(("58", ("Acme",)), ("59", ("Acme",))), "interface")

    assert ids.names["interface"] == {"58": "58", "59": "59"}


def test_keys_other_ids_and_survivors_go_with_it() -> None:
    """The id elsewhere stands among the other ids, and the key is the one from before."""
    rows = table(("58", ("Acme",)), ("60", ()))
    rows = rows.append_column("record_key", pa.array(["books/customers/58", "books/customers/60"]))
    rows = rows.append_column("merged_into", pa.array([None, "books/customers/58"]))

    found = with_names(rows, {"58": "Acme"}, {"Acme": ["58"]}).to_pylist()

    assert found == [
        {"record_id": "Acme", "alt_ids": ["58"], "record_key": "books/customers/Acme", "merged_into": None},
        {"record_id": "60", "alt_ids": None, "record_key": "books/customers/60", "merged_into": "books/customers/Acme"},
    ]
