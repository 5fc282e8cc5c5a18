"""What the states of home-made lists mean: deals that are won, payments by which no money moved."""

# ruff: noqa: E501 - rows of files are one line each

from pathlib import Path

import pytest

from tests.stories.pulled_folders import pulled
from tests.unit.audit.client_folders import workbook_of

DEALS = {
    "exports/crm/Verkaufschancen.csv": "Chance;Kunde;Phase;Wert;Abschluss\nDach;Ahorn GmbH;Gewonnen;1.200,50;12.01.2026\nWand;Birke KG;Verloren;800,25;14.03.2026\nTor;Eibe OHG;Offen;500,00;15.04.2026\n",
    "exports/crm/affaires.csv": "Affaire;Client;Étape;Montant;Date de clôture\nToit;Érable SARL;Signé;1200,50;12/01/2026\nMur;Chêne SAS;Perdu;800,25;14/03/2026\nPorte;Orme SA;En cours;500,00;15/04/2026\n",
    "exports/crm/oportunidades.csv": "Oportunidad,Cliente,Estado,Valor,Fecha de cierre\nTejado,Arce SL,Ganada,1200.50,12/01/2026\nMuro,Roble SA,Perdida,800.25,14/03/2026\nPuerta,Olmo SL,Abierta,500.00,15/04/2026\n",
    "exports/crm/kansen.csv": "Kans;Klant;Fase;Waarde;Sluitdatum\nDak;Esdoorn BV;Gewonnen;1.200,50;12-01-2026\nMuur;Eik BV;Verloren;800,25;14-03-2026\nPoort;Iep BV;Open;500,00;15-04-2026\n",
}


@pytest.mark.parametrize("name", DEALS)
def test_a_home_made_list_has_won_deals(tmp_path: Path, name: str) -> None:
    """Won, lost and open in the words of the country."""
    found = pulled(tmp_path, {name: DEALS[name]})

    assert {row["amount_minor"]: row["is_won"] for row in found.rows("deal")} == {120050: True, 80025: False, 50000: None}


@pytest.mark.parametrize(
    ("header", "won", "lost"),
    [
        ("Deal,Customer,Result,Value,Closed", "We got it!", "Went elsewhere"),
        ("Deal,Kunde,Ergebnis,Wert,Abschluss", "Hurra", "Schade"),
        ("Affaire,Client,Résultat,Montant,Date de clôture", "Youpi", "Tant pis"),
    ],
)
def test_a_state_that_no_list_knows_is_asked(tmp_path: Path, header: str, won: str, lost: str) -> None:
    """Nothing of it is won before somebody says so."""
    rows = f"Roof,Acme Ltd,{won},1200.50,2026-01-12\nWall,Bolt Inc,{lost},800.25,2026-03-14\nGate,Core Ltd,{won},500.00,2026-04-15\n"

    found = pulled(tmp_path, {"exports/crm/deals.csv": f"{header}\n{rows}"})

    assert {row["is_won"] for row in found.rows("deal")} == {None}
    assert found.said.count(f" in '{header.split(',')[2]}' mean?") == 2
    assert won in found.said


WON = {
    "won deals.csv": "Deal,Customer,Value,Closed\nRoof,Acme Ltd,1200.50,2026-01-12\nWall,Bolt Inc,800.25,2026-03-14\nGate,Core Ltd,500.00,2026-04-15\n",
    "Verkaufschancen gewonnen 2026.csv": "Verkaufschance;Kunde;Wert;Abschlussdatum\nDach;Ahorn GmbH;1.200,50;12.01.2026\nWand;Birke KG;800,25;14.03.2026\nTor;Eibe OHG;500,00;15.04.2026\n",
    "oportunidades ganadas.xlsx": workbook_of(
        {
            "Hoja1": [
                ["Oportunidad", "Cliente", "Valor", "Fecha de cierre"],
                ["Tejado", "Arce SL", 1200.5, "12/01/2026"],
                ["Muro", "Roble SA", 800.25, "14/03/2026"],
                ["Puerta", "Olmo SL", 500.0, "15/04/2026"],
            ]
        }
    ),
}


@pytest.mark.parametrize("name", WON)
def test_a_list_of_deals_without_a_state_is_what_its_name_says(tmp_path: Path, name: str) -> None:
    """All of "won deals.csv" is won, on the days it says."""
    found = pulled(tmp_path, {f"exports/crm/{name}": WON[name]})

    rows = found.rows("deal")
    assert [row["is_won"] for row in rows] == [True, True, True]
    assert all(row["closed_at"] for row in rows)


@pytest.mark.parametrize(
    ("header", "states", "delimiter"),
    [
        (
            "Payment ID,Customer,Paid at,Amount,Currency,Status",
            ["Succeeded", "Failed", "Pending", "Voided", "Authorised", "Paid"],
            ",",
        ),
        (
            "Zahlungs-ID;Kunde;Datum;Betrag;Währung;Status",
            ["Erfolgreich", "Fehlgeschlagen", "Ausstehend", "Storniert", "Autorisiert", "Bezahlt"],
            ";",
        ),
        (
            "Référence paiement;Client;Date;Montant;Devise;Statut",
            ["Réussi", "Échoué", "En attente", "Annulé", "Autorisé", "Payé"],
            ";",
        ),
        (
            "ID de pago,Cliente,Fecha,Importe,Moneda,Estado",
            ["Completado", "Fallido", "Pendiente", "Anulado", "Autorizado", "Pagado"],
            ",",
        ),
    ],
    ids=["english", "german", "french", "spanish"],
)
def test_payments_by_which_no_money_moved_are_not_received(
    tmp_path: Path, header: str, states: list[str], delimiter: str
) -> None:
    """Failed, pending, voided and authorised ones are put aside and said: 700.00 came, not 2,100.00."""
    comma = "," if delimiter == ";" else "."
    rows = [
        delimiter.join([f"P-{n}", f"Firm{n} Ltd", f"2026-01-{n:02}", f"{n}00{comma}00", "EUR", state])
        for n, state in enumerate(states, 1)
    ]

    found = pulled(tmp_path, {"exports/psp/payments.csv": "\n".join([header, *rows]) + "\n"})

    assert {row["record_id"]: row["amount_minor"] for row in found.rows("payment")} == {"P-1": 10000, "P-6": 60000}
    assert [reason for _, _, reason in found.aside] == ["not_money_moved"] * 4
    assert "4 rows are put aside: no money moved by them" in found.said
