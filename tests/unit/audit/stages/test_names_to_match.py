"""Names of parties as they are matched."""

import pyarrow as pa

from tests.invented_names import FAMILY, GIVEN
from toolkit.audit.stages.names_to_match import names_to_match
from toolkit.tables import PARTY

Row = dict[str, str | None]


def parties(*rows: Row, stream: str = "customers") -> pa.Table:
    """Return party records of one list, of which the system does not say what they are."""
    return PARTY.from_rows(
        {
            "record_key": f"crm/{stream}/{number}", "record_id": f"{number}", "system": "crm", "stream": stream,
            "entity": "customer", "state": "active", "kind": "unknown", **row,
        }
        for number, row in enumerate(rows)
    )  # fmt: skip


def told(table: pa.Table) -> list[tuple[str | None, str]]:
    """Return name and kind of each record."""
    found = names_to_match(table)
    return list(zip(found["name"].to_pylist(), found["kind"].to_pylist(), strict=True))


PEOPLE: list[Row] = [{"name": f"{given} {family}"} for given, family in zip(GIVEN, FAMILY, strict=True)]
FIRMS: list[Row] = [{"name": f"{family} Textiles Ltd"} for family in FAMILY]


def test_an_address_that_stands_for_a_name_is_none() -> None:
    """It is compared as an address, once."""
    rows: list[Row] = [*FIRMS, {"name": "info@acorn.example", "email": "info@acorn.example"}, {"name": "Acorn Foods Ltd"}]

    assert [name for name, _ in told(parties(*rows))[-2:]] == [None, "Acorn Foods Ltd"]


def test_of_a_list_of_persons_each_one_is_a_person() -> None:
    """Also who bears a name that nobody knows; a record without a name stays open."""
    found = told(parties(*PEOPLE, {"name": "Zzyla Qwex"}, {"name": None, "email": "q@acorn.example"}))

    assert {kind for _, kind in found[:-1]} == {"person"}
    assert found[-1] == (None, "unknown")


def test_of_a_list_of_companies_each_one_is_a_company_and_of_a_mixed_list_nothing_is_said() -> None:
    """The rule for single records decides there."""
    assert {kind for _, kind in told(parties(*FIRMS))} == {"company"}
    assert {kind for _, kind in told(parties(*FIRMS, *PEOPLE))} == {"unknown"}


def test_a_list_that_says_it_record_by_record_is_left_alone() -> None:
    """First and last names, a company beside the name, or a kind of its own."""
    split = parties(*({**row, "given_name": "Ann"} for row in PEOPLE))
    stated = parties(*({**row, "kind": "company"} for row in PEOPLE))

    assert {kind for _, kind in told(split)} == {"unknown"}
    assert {kind for _, kind in told(stated)} == {"company"}
