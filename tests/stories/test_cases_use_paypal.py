"""Activities of PayPal: what was received, and what moved no money."""

# ruff: noqa: E501 - rows of files are one line each

from pathlib import Path

import pytest

from tests.invented_names import FIRMS
from tests.stories.pulled_folders import pulled

PAYPAL_HEAD = '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Invoice Number","Reference Txn ID","Balance"'
PAYPAL_GERMAN = '"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto","Absender E-Mail-Adresse","Empfänger E-Mail-Adresse","Transaktionscode","Rechnungsnummer","Zugehöriger Transaktionscode","Guthaben"'


def _activity(head: str, words: dict[str, str], *, day: str, comma: str = ".") -> str:
    """Return 21 receipts, a conversion in two rows, an authorisation and a withdrawal."""
    done = words["done"]
    rows = [
        (
            day.format(n + 1),
            "10:00:00",
            words["zone"],
            FIRMS[n],
            words["sale"],
            done,
            "USD",
            f"{100 + n}.00",
            "-3.20",
            f"{96 + n}.80",
            f"{n:02}N2184",
            f"INV-{n}",
        )
        for n in range(20)
    ]
    last = day.format(21)
    rows += [
        (
            last,
            "07:22:17",
            words["zone"],
            "Nordlys AS",
            words["sale"],
            done,
            "EUR",
            "200.00",
            "-7.10",
            "192.90",
            "68227",
            "INV-1042",
        ),
        (last, "07:22:17", words["zone"], "", words["conversion"], done, "EUR", "-192.90", "0.00", "-192.90", "7AA27", ""),
        (last, "07:22:17", words["zone"], "", words["conversion"], done, "USD", "210.11", "0.00", "210.11", "7AB27", ""),
        (
            day.format(22),
            "10:00:00",
            words["zone"],
            "Fenwick Ltd",
            words["authorization"],
            words["pending"],
            "USD",
            "90.00",
            "0.00",
            "90.00",
            "9BB27",
            "INV-1043",
        ),
        (
            day.format(25),
            "11:00:00",
            words["zone"],
            "",
            words["withdrawal"],
            done,
            "USD",
            "-1730.00",
            "0.00",
            "-1730.00",
            "9BE27",
            "",
        ),
    ]
    texts = []
    for *facts, transaction, invoice in rows:
        cells = [
            *facts[:7],
            *(one.replace(".", comma) for one in facts[7:]),
            "p@x.example",
            "me@shop.example",
            transaction,
            invoice,
            "",
            f"0{comma}00",
        ]
        texts.append(",".join(f'"{cell}"' for cell in cells))
    return "\ufeff" + "\n".join([head, *texts]) + "\n"


ENGLISH = {
    "done": "Completed",
    "pending": "Pending",
    "zone": "EDT",
    "sale": "Website Payment",
    "conversion": "General Currency Conversion",
    "authorization": "General Authorization",
    "withdrawal": "General Withdrawal",
}
GERMAN = {
    "done": "Abgeschlossen",
    "pending": "Ausstehend",
    "zone": "Europe/Berlin",
    "sale": "Website-Zahlung",
    "conversion": "Allgemeine Währungsumrechnung",
    "authorization": "Allgemeine Autorisierung",
    "withdrawal": "Allgemeine Abbuchung",
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("exports/paypal/Download.csv", _activity(PAYPAL_HEAD, ENGLISH, day="8/{}/2026")),
        ("exports/paypal/Aktivitäten.csv", _activity(PAYPAL_GERMAN, GERMAN, day="{:02}.08.2026", comma=",")),
        ("Download (2).tsv", _activity(PAYPAL_HEAD, ENGLISH, day="8/{}/2026").replace('","', '"\t"')),
    ],
    ids=["english", "german", "tabs"],
)
def test_conversions_and_authorisations_of_paypal_are_no_receipts(tmp_path: Path, name: str, text: str) -> None:
    """A stream of payments: 21 receipts and one withdrawal; nothing is an invoice."""
    found = pulled(tmp_path, {name: text})

    rows = found.rows("payment")
    assert found.counts() == {"payment": 22}
    assert [row["amount_minor"] for row in rows if row["amount_minor"] < 0] == [-173000]
    assert sum(row["amount_minor"] for row in rows if row["amount_minor"] > 0 and row["currency"] == "USD") == sum(
        100 * (100 + n) for n in range(20)
    )
    assert [reason for _, _, reason in found.aside] == ["not_money_moved"] * 3
    assert "no money moved by them" in found.said
