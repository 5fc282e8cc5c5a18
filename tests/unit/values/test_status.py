"""What the words of a state mean."""

import pytest

from toolkit.values.known_names import listed_names
from toolkit.values.status import OUTCOMES, is_won, outcome_in_name, outcome_of, outcomes

WORDINGS = {
    "won": (
        "Won, Closed Won, closed_won, gewonnen, Gagné, Cerrado ganado, vinto, gewonnen, Ganho, vunnen, vunnet, vundet, "
        "voitettu, megnyert, wygrana, vyhráno, kazanıldı"
    ),
    "lost": (
        "Lost, Closed Lost, verloren, perdu, perdida, perso, perdido, förlorad, tapt, tabt, hävitty, elveszett, "
        "przegrana, ztraceno, kaybedildi"
    ),
    "paid": (
        "Paid, PAID IN FULL, bezahlt, payée, Pagada, pagato, betaald, pago, betald, betalt, maksettu, kifizetve, "
        "opłacona, uhrazeno, ödendi"
    ),
    "part_paid": (
        "Partially paid, part-paid, teilbezahlt, Partiellement payée, pago parcial, parzialmente pagato, deels betaald, "
        "delvis betald, osittain maksettu, részben fizetve, częściowo zapłacona, částečně uhrazeno, kısmen ödendi"
    ),
    "overdue": (
        "Overdue, past due, überfällig, En retard, vencida, scaduta, achterstallig, em atraso, förfallen, forfalden, "
        "erääntynyt, lejárt, przeterminowana, po splatnosti, gecikmiş"
    ),
    "open": (
        "Open, unpaid, offen, Unbezahlt, à payer, por cobrar, aperto, openstaand, em aberto, öppen, åpen, avoin, nyitott, "
        "otwarta, otevřeno, açık, To do"
    ),
    "draft": (
        "Draft, Entwurf, brouillon, borrador, bozza, concept, rascunho, utkast, kladde, luonnos, piszkozat, szkic, "
        "koncept, taslak"
    ),
    "sent": (
        "Sent, gesendet, envoyée, enviada, inviata, verzonden, skickad, sendt, lähetetty, elküldve, wysłana, odesláno, "
        "gönderildi"
    ),
    "done": (
        "Done, completed, Closed, erledigt, terminé, resuelto, completato, afgerond, concluído, klar, ferdig, afsluttet, "
        "valmis, befejezett, zakończone, hotovo, tamamlandı"
    ),
    "in_progress": (
        "In progress, in_progress, in Bearbeitung, en cours, en curso, in corso, in behandeling, em andamento, pågående, "
        "under behandling, i gang, kesken, folyamatban, w toku, probíhá, devam ediyor"
    ),
    "pending": (
        "Pending, on hold, wartend, en attente, pendiente, in attesa, in afwachting, pendente, väntande, på vent, "
        "afventer, odottaa, függőben, oczekuje, čeká, beklemede"
    ),
    "cancelled": (
        "Cancelled, canceled, storniert, annulée, cancelado, annullato, geannuleerd, avbruten, kansellert, annulleret, "
        "peruttu, törölve, anulowane, zrušeno, iptal edildi"
    ),
    "failed": (
        "Failed, fehlgeschlagen, échoué, fallido, fallito, mislukt, falhou, misslyckad, mislykket, fejlet, epäonnistui, "
        "sikertelen, nieudana, selhalo, başarısız"
    ),
    "refunded": (
        "Refunded, erstattet, remboursé, reembolsado, rimborsato, terugbetaald, återbetald, refundert, refunderet, "
        "hyvitetty, visszatérítve, zwrócona, vráceno, iade edildi"
    ),
    "voided": (
        "Void, voided, gelöscht, supprimé, eliminado, eliminato, verwijderd, makulerat, slettet, érvénytelen, "
        "unieważniona, neplatné"
    ),
    "authorised": (
        "Authorized, authorised, autorisiert, autorisée, autorizado, autorizzato, geautoriseerd, auktoriserad, "
        "autorisert, varattu"
    ),
    "active": "Active, aktiv, actif, activo, attivo, actief, ativo, aktiivinen, aktywny, aktivní, aktif",
    "inactive": (
        "Inactive, archived, inaktiv, inactif, inactivo, inattivo, inactief, inativo, passiivinen, nieaktywny, neaktivní, "
        "pasif"
    ),
}


@pytest.mark.parametrize("meaning", OUTCOMES)
def test_a_state_is_understood_in_fifteen_languages(meaning: str) -> None:
    """However it is spelt: capitals, accents, hyphens and low lines make no difference."""
    wordings = [one.strip() for one in WORDINGS[meaning].split(",")]

    assert {wording: outcome_of(wording) for wording in wordings} == dict.fromkeys(wordings, meaning)


@pytest.mark.parametrize("value", ["Acme Ltd", "Anna Schmidt", "2026-01-05", "INV-1001", "", "Parked with Jo", "North"])
def test_other_words_mean_no_state(value: str) -> None:
    """What the list does not say is asked, not guessed."""
    assert outcome_of(value) is None


def test_no_wording_means_two_things() -> None:
    """A word stands under one meaning only."""
    sections = listed_names("status_words.txt")
    doubled = {word: sorted(m for m in sections if word in sections[m]) for word in frozenset().union(*sections.values())}

    assert {word: meanings for word, meanings in doubled.items() if len(meanings) > 1} == {}
    assert tuple(sections) == OUTCOMES


def test_the_list_to_confirm_shows_every_value_commonest_first() -> None:
    """Also those that are not understood, which are asked."""
    values = ["Gewonnen", "Offen", "Gewonnen", None, " ", "Kaffeepause"]

    assert list(outcomes(values).items()) == [("Gewonnen", "won"), ("Kaffeepause", None), ("Offen", "open")]


@pytest.mark.parametrize(
    ("stage", "won"),
    [("Closed Won", True), ("Gewonnen", True), ("Perdu", False), ("Cancelled", False), ("Negotiation", None), ("?", None)],
)
def test_a_deal_is_won_lost_or_open(stage: str, won: bool | None) -> None:  # noqa: FBT001 - what the stage means
    """An open deal and an unknown stage are neither."""
    assert is_won(stage) is won


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("won deals.csv", "won"),
        ("Won_Deals_2026.xlsx", "won"),
        ("gewonnene Aufträge", "won"),
        ("affaires gagnées.csv", "won"),
        ("Offene Posten 2026.csv", "open"),
        ("facturas pagadas.xlsx", "paid"),
        ("overdue invoices", "overdue"),
        ("deals.csv", None),
        ("new customers.csv", None),
        ("open and paid.csv", None),
        ("leads", None),
    ],
)
def test_a_list_without_a_state_is_what_its_name_says(name: str, meaning: str | None) -> None:
    """A file called "won deals" holds won deals; one called "deals" says nothing."""
    assert outcome_in_name(name) == meaning
