"""What names a record."""

import pytest

from tests.unit.interpret.columns import table
from toolkit.interpret.reading import interpretation


def key(text: str, **told: str) -> list[str]:
    """Return the headers of the columns that name a record."""
    given = table(text)
    return [given.headers[place] for place in interpretation(given, **told).key]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Invoice No,Customer,Invoice Date,Total", ["Invoice No"]),
        ("Rechnungsnr,Kunde,Rechnungsdatum,Gesamtbetrag", ["Rechnungsnr"]),
        ("N° de facture,Client,Date de facture,Montant total", ["N° de facture"]),
    ],
)
def test_the_number_of_a_document_names_it(header: str, expected: list[str]) -> None:
    """In any language."""
    rows = "\n".join(f"RE-{n},Firm {n},2026-03-0{n},1{n}.50" for n in range(1, 6))

    assert key(f"{header}\n{rows}") == expected


def test_a_lists_own_id_names_its_people() -> None:
    """Beside a name that two of them share."""
    text = "Contact ID,First name,Last name,Email\n" + "\n".join(f"C{100 + n},Anna,Berg,a{n}@x.example" for n in range(5))

    assert key(text) == ["Contact ID"]


def test_an_id_that_stands_twice_names_nobody() -> None:
    """A name is no id either."""
    text = "Contact ID,First name,Last name\nC1,Anna,Berg\nC1,Bob,Stone\nC2,Eva,Lind\nC2,Li,Wong"

    assert "First name" not in key(text)
    assert key(text, entity="party") == []


def test_an_id_that_is_missing_in_some_rows_names_nobody() -> None:
    """Those rows would have no name."""
    text = "Contact ID,First name,Last name,City\nC1,Anna,Berg,Oslo\n,Bob,Stone,Leeds\nC3,Eva,Lind,Lund\nC4,Li,Wong,Leeds"

    assert key(text, entity="party") == []


def test_people_without_an_id_go_by_their_mail_address() -> None:
    """Where everybody has one of their own."""
    text = "First name,Last name,Email\nAnna,Berg,a@x.example\nBob,Stone,b@x.example\nEva,Lind,c@x.example"

    assert key(text, entity="party") == ["Email"]


def test_lines_of_a_document_share_its_number() -> None:
    """Which repeats, and names the document all the same."""
    text = "Invoice No,Customer,Invoice Date,Item,Total\n" + "\n".join(
        f"INV-{n // 2},Firm {n // 2},2026-03-0{n // 2 + 1},Thing {n},1{n}.50" for n in range(6)
    )

    assert key(text) == ["Invoice No"]


@pytest.mark.parametrize("header", ["Ref,Full Name,Phone,Town", "Réf.,Nom complet,Téléphone,Ville", "Ref.,Name,Telefon,Ort"])
def test_a_reference_in_front_of_people_is_their_own(header: str) -> None:
    """Where it differs in every row and no other column is their id."""
    rows = "\n".join(f"M{n},Anna Berg{n},0113 496 100{n},Leeds" for n in range(1, 6))

    assert key(f"{header}\n{rows}") == [header.split(",", maxsplit=1)[0]]
