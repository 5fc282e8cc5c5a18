"""What a header names: words of many languages, phrases before words, compounds by their parts."""

import pytest

from toolkit.interpret.header_words import header_words, language_ranks


def notions(header: str, *others: str) -> set[str]:
    """Return every notion that a header names, in a table with these other headers."""
    return set(header_words([header, *others])[0].concepts)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Rechnungsdatum", {"invoice", "date"}),
        ("Kundennummer", {"customer", "number"}),
        ("Angebotsnr", {"quote", "number"}),
        ("Fakturadato", {"invoice", "date"}),
        ("Factuurnummer", {"invoice", "number"}),
        ("Laskunumero", {"invoice", "number"}),
        ("Date de facture", {"invoice", "date"}),
        ("Fecha de factura", {"invoice", "date"}),
        ("Data fattura", {"invoice", "date"}),
    ],
)
def test_an_invoice_date_is_that_in_every_language(header: str, expected: set[str]) -> None:
    """Whether it is one word or three."""
    assert expected <= notions(header)


def test_both_readings_are_kept_where_a_phrase_is_known() -> None:
    """First as the phrase, then word by word: "first name" may be the first of names."""
    [words] = header_words(["First name"])

    assert words.readings[0][0].concepts == {"given_name"}
    assert len(words.readings) >= 1
    assert "given_name" in words.concepts


def test_notions_that_together_are_another_one_become_it() -> None:
    """Not paid is outstanding."""
    assert "outstanding" in notions("Not paid")


@pytest.mark.parametrize(("header", "ordinal"), [("Description 2", 2), ("Telefon 1", 1), ("Phone", 0), ("2026", 0)])
def test_a_number_at_the_end_is_an_ordinal(header: str, ordinal: int) -> None:
    """A year is none."""
    [words] = header_words([header])

    assert words.ordinal == ordinal


@pytest.mark.parametrize("header", ["Column1", "Spalte 2", "Colonne3", "Unnamed: 4", "Field 7"])
def test_a_numbered_column_has_no_name(header: str) -> None:
    """Nothing is read into a word that a program put there."""
    assert notions(header) == set()


def test_a_column_of_a_board_keeps_its_name() -> None:
    """Without a number behind it, somebody meant the word."""
    assert "stage" in notions("Column")


@pytest.mark.parametrize(("header", "code"), [("Amount EUR", "eur"), ("Betrag CHF", "chf")])
def test_a_code_of_a_currency_says_that_it_is_money(header: str, code: str) -> None:
    """And stands aside of the rest."""
    [words] = header_words([header])

    [currency] = [word for word in words.readings[0] if word.text == code]
    assert currency.is_aside
    assert currency.concepts == {"amount"}


@pytest.mark.parametrize(("header", "notion"), [("Paid at", "paid"), ("Bezahlt am", "paid"), ("Créé le", "created")])
def test_a_preposition_at_the_end_makes_a_date(header: str, notion: str) -> None:
    """Paid at is when; paid alone is whether."""
    assert {notion, "date"} <= notions(header)


def test_the_language_of_most_words_comes_first() -> None:
    """It decides between readings of the others."""
    assert language_ranks(["Rechnungsnummer", "Kunde", "Betrag", "Fällig am"])[0] == "german"
    assert language_ranks(["Fecha", "Cliente", "Importe", "Vencimiento"])[0] == "spanish"
    assert language_ranks(["qxv"]) == ()


def test_an_unknown_word_is_kept_without_a_notion() -> None:
    """What nobody knows counts against what is known beside it."""
    [words] = header_words(["Florbax name"])

    assert ("florbax", frozenset()) in [(word.text, word.concepts) for word in words.readings[0]]


def test_a_header_of_thousands_of_letters_is_cut() -> None:
    """A cell of prose in the first row costs no time."""
    [words] = header_words(["total " * 5_000])

    assert words.concepts == {"total"}
