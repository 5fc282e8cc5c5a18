"""Which entity a table lists."""

import pytest

from tests.unit.interpret.columns import table
from toolkit.interpret.column_scores import entity_kinds, table_evidence
from toolkit.interpret.entity_choice import Candidate, candidates, signs_weight
from toolkit.interpret.given_table import GivenTable
from toolkit.interpret.header_words import header_words
from toolkit.interpret.observed import observed


def ranked(given: GivenTable, file: str = "") -> tuple[Candidate, ...]:
    """Return the entities that a table may list."""
    evidence = table_evidence(header_words(given.headers), [observed(one) for one in given.columns])
    return candidates(evidence, names=header_words([file])[0] if file else None)


ROWS = "\n".join(f"X-{n},Firm {n} Ltd,2026-03-0{n},1{n}.50" for n in range(1, 6))


@pytest.mark.parametrize(
    ("headers", "entity"),
    [
        ("Invoice No,Customer,Invoice Date,Total", "invoice"),
        ("Rechnungsnummer,Kunde,Rechnungsdatum,Betrag", "invoice"),
        ("Quote No,Customer,Quote Date,Total", "quote"),
        ("Credit Note No,Customer,Date,Total", "credit_note"),
        ("Bill No,Supplier,Bill Date,Total", "bill"),
        ("Order No,Customer,Order Date,Total", "order"),
    ],
)
def test_headers_name_the_document(headers: str, entity: str) -> None:
    """Rows alike, only the words differ."""
    assert ranked(table(f"{headers}\n{ROWS}"))[0].kind.entity == entity


def test_the_files_name_decides_where_headers_do_not() -> None:
    """Number, party, date and total may be any document."""
    given = table(f"No,Customer,Date,Total\n{ROWS}")

    assert ranked(given, "quotes 2026")[0].kind.entity == "quote"
    assert ranked(given, "invoices 2026")[0].kind.entity == "invoice"


def test_probabilities_are_shares_of_one() -> None:
    """All entities together; the first is the likeliest."""
    found = ranked(table(f"Invoice No,Customer,Invoice Date,Total\n{ROWS}"))

    assert sum(one.probability for one in found) == pytest.approx(1)
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)


def test_a_sign_that_asks_for_another_header_needs_it_there() -> None:
    """A supplier beside a department is published spending."""
    kind = next(one for one in entity_kinds() if one.entity == "payment")
    alone, beside = (signs_weight(kind, header_words(headers)) for headers in (["Supplier"], ["Supplier", "Department"]))
    department = signs_weight(kind, header_words(["Department"]))

    assert beside > alone + department


def test_columns_of_unknown_name_do_not_outvote_the_known_ones() -> None:
    """However many they are."""
    names = ",".join(f"qx{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(60))
    text = f"Invoice No,Customer,Invoice Date,Total,{names}\n" + "\n".join(
        f"{line}," + ",".join(["walnut", "copper", "linen"][n % 3] for n in range(60)) for line in ROWS.split("\n")
    )

    assert ranked(table(text))[0].kind.entity == "invoice"
