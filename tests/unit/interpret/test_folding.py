"""Headers are taken apart into words that are the same however they are written."""

import pytest

from toolkit.interpret.folding import folded, spellings, words_of


def words(header: str) -> list[str]:
    return [word for word, _ in words_of(header)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Invoice Date", ["invoice", "date"]),
        ("invoice_date", ["invoice", "date"]),
        ("invoiceDate", ["invoice", "date"]),
        ("INVOICE-DATE", ["invoice", "date"]),
        ("VATNumber", ["vat", "number"]),
        ("P/code", ["p", "code"]),
        ("Kd-Nr.", ["kd", "nr"]),
        ("N° Commande", ["#", "commande"]),
        ("Nº factura", ["#", "factura"]),
        ("Inv #", ["inv", "#"]),
        ("VAT %", ["vat", "%"]),
        ("Address2", ["address", "2"]),
        ("Fälligkeit", ["falligkeit"]),
        ("Beløp", ["belop"]),
        ("", []),
        ("***", []),
    ],
)
def test_a_header_is_its_words(header: str, expected: list[str]) -> None:
    """Blanks, underscores, points and capitals part them; case and accents go."""
    assert words(header) == expected


def test_what_stands_in_brackets_is_an_aside() -> None:
    """It says less of the column than what stands before it."""
    assert words_of("Total (inc [net] GST) due") == (
        ("total", False), ("inc", True), ("net", True), ("gst", True), ("due", False),
    )  # fmt: skip


def test_umlauts_are_known_in_both_spellings() -> None:
    """Programs that cannot write them spell them out."""
    assert spellings("fällig") == ("fallig", "faellig")
    assert spellings("beløp") == ("belop", "beloep")
    assert spellings("date") == ("date",)


def test_wide_and_ligatured_letters_are_plain_ones() -> None:
    """They come out of scanned pages."""
    assert folded("ﬁrma") == "firma"
    assert folded("Ｔｏｔａｌ") == "total"


def test_unclosed_brackets_do_no_harm() -> None:
    """People forget them."""
    assert words_of(")a (b") == (("a", False), ("b", True))
