"""A header that the settings name and no file has is said with its line, and never read as something else in silence."""

from pathlib import Path

import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of, outcome

GERMAN = "Rechnungsnr;Datum;Kunde;Betrag\n" + "".join(
    f"R-{100 + n};{n:02}.03.2026;Müller {n % 3} GmbH;{n}00,50\n" for n in range(1, 13)
)
SPANISH = "Nº factura;Fecha;Cliente;Importe\n" + "".join(
    f"F-{100 + n};{n:02}/03/2026;Obras {n % 3} SL;{n}00,50\n" for n in range(1, 13)
)
STREAM = """\
client: A
currency: EUR
country: {country}
systems:
  books:
    streams:
      invoices:
        entity: invoice
        file: [list.csv]
        key: [{key}]
        fields:
          number: {number}
          issued_on: {day}
          party_name: {name}
          amount_minor: {amount}
"""
_PLACES = ("country", "number", "day", "name", "amount")
SAID = {
    "German": (GERMAN, dict(zip(_PLACES, ("DE", "Rechnungsnr", "Datum", "Kunde", "Betrag"), strict=True))),
    "Spanish": (SPANISH, dict(zip(_PLACES, ("ES", "Nº factura", "Fecha", "Cliente", "Importe"), strict=True))),
}


def client(folder: Path, language: str, **changes: str) -> Path:
    """Return a folder with a list of invoices and the settings that read it, some of them changed."""
    text, said = SAID[language]
    settings = STREAM.format(**{"key": said["number"], **said, **changes})
    return folder_of(folder / "client", {"list.csv": text, "engagement.yaml": settings})


@pytest.mark.parametrize(
    ("language", "changes", "line", "nearest"),
    [
        ("German", {"name": "Kundin"}, 14, "Kunde"),
        ("German", {"key": "Rechnr"}, 10, "Rechnungsnr"),
        ("German", {"number": "Rechnr"}, 12, "Rechnungsnr"),
        ("Spanish", {"name": "Clientes"}, 14, "Cliente"),
        ("Spanish", {"key": "Nº facturas"}, 10, "Nº factura"),
        ("Spanish", {"amount": "{column: Importes}"}, 15, "Importe"),
    ],
)
def test_a_misspelt_header_is_named_with_its_line_and_the_nearest(
    tmp_path: Path, language: str, changes: dict[str, str], line: int, nearest: str
) -> None:
    """Nothing is read before it is mended, and no second stream is written for the same file."""
    folder = client(tmp_path, language, **changes)
    before = (folder / "engagement.yaml").read_text(encoding="utf-8")

    found = call("audit", folder)

    assert found.code == 3
    assert f"engagement.yaml, line {line}: There is no column in list.csv named" in found.err
    assert f"Did you mean {nearest!r}?" in found.err
    assert (folder / "engagement.yaml").read_text(encoding="utf-8") == before


def test_a_column_that_no_file_has_any_more_is_said_and_the_rest_read(tmp_path: Path) -> None:
    """Nothing in the file is called like it: the rows are kept, and what is missing stands with its line."""
    folder = client(tmp_path, "German", name="Zweck")

    found = call("pull", folder)

    assert found.code == 4
    assert "line 14: no file has the column 'Zweck'; party_name is not read from it." in found.out + found.err
    assert outcome(folder).streams == {"books/invoices": 12}


@pytest.mark.parametrize("name", ["[Firma, Kunde]", "[Kunde, Kundenname]"])
def test_of_several_headers_one_has_to_be_there(tmp_path: Path, name: str) -> None:
    """Each month's file may call a column otherwise."""
    assert call("pull", client(tmp_path, "German", name=name)).code == 0
