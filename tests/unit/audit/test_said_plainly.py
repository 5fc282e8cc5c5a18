"""What is said of files and figures, in words that hold."""

from pathlib import Path

import pyarrow as pa
import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of
from toolkit.audit.completeness import incompleteness
from toolkit.tables import INTAKE, QUARANTINE, SNAPSHOT

INVOICES = "Rechnungsnummer;Rechnungsdatum;Kunde;Betrag\nR-1;01.03.2026;Acme GmbH;100,50\nR-2;02.03.2026;Bolt AG;200,75\n"


def aside(*reasons: str) -> pa.Table:
    """Return rows of one file that were put aside."""
    return QUARANTINE.from_rows([{"file": "a.csv", "part": "", "line": 2, "row": "{}", "reason": one} for one in reasons])


def test_rows_of_a_table_that_nobody_understood_could_be_read() -> None:
    """They are of no use yet; a broken row is something else, and one is one."""
    whole = incompleteness(INTAKE.empty(), aside(*["not_understood"] * 60), SNAPSHOT.empty())
    both = incompleteness(INTAKE.empty(), aside("unrecognised_table", "bad_value"), SNAPSHOT.empty())

    assert whole == ["60 rows of 1 file could be read, but not understood; quarantine holds each with its reason."]
    assert [one.split(" could")[0] for one in both] == ["1 row of 1 file", "1 row of 1 file"]


@pytest.mark.parametrize(("rows", "said"), [(3, "2 records of 1 system from 1 file (0 rows"), (2, "1 record of 1 system")])
def test_one_is_not_several(tmp_path: Path, rows: int, said: str) -> None:
    """Names that are all written in one way make no headline either."""
    folder = folder_of(tmp_path / "client", {"rechnungen.csv": "".join(INVOICES.splitlines(keepends=True)[:rows])})

    found = call("audit", folder, "--no-questions")

    assert said in found.out
    assert "written in more than one way" not in found.out


def test_a_look_names_what_a_header_says(tmp_path: Path) -> None:
    """The number of the invoice, in words; a column without a meaning has no probability."""
    text = INVOICES.replace("Betrag", "Betrag;Xyz").replace("0,50\n", "0,50;a1 b\n").replace("0,75\n", "0,75;c2 d\n")
    folder = folder_of(tmp_path / "client", {"rechnungen.csv": text})

    lines = call("look", folder / "rechnungen.csv").out.splitlines()

    [number] = [line for line in lines if line.strip().startswith("Rechnungsnummer")]
    [unknown] = [line for line in lines if line.strip().startswith("Xyz")]
    assert "its header says invoice number" in number
    assert unknown.split()[1] == "-"
    assert not unknown.split()[3].startswith("0.")


@pytest.mark.parametrize(
    ("header", "separator"), [("Lieferantennr;Firma;Ort;IBAN", ";"), ("Supplier No,Company,City,IBAN", ",")]
)
def test_an_account_of_a_party_is_left_out_with_a_word(tmp_path: Path, header: str, separator: str) -> None:
    """Nothing is made of it yet, and that is said."""
    rows = [
        ("L1", "Acme GmbH", "Berlin", "DE89370400440532013000"),
        ("L2", "Bolt AG", "Kiel", "DE02120300000000202051"),
        ("L3", "Core KG", "Ulm", "DE02500105170137075030"),
    ]
    folder = folder_of(tmp_path / "client", {"liste.csv": "\n".join([header, *(separator.join(row) for row in rows)])})

    found = call("audit", folder, "--no-questions")

    assert "Column 'IBAN' looks like an id and was left out" in found.out
    assert 'left out: "IBAN"' in (folder / "engagement.yaml").read_text("utf-8")
