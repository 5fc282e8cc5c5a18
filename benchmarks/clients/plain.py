"""Documents as tables of unknown systems: headers in the client's language, CSV or XLSX, mapped by the settings."""

from dataclasses import dataclass, field

import numpy as np

from benchmarks.clients.documents import Company, Document
from benchmarks.clients.places import Place
from benchmarks.clients.plans import ENTITY, ClientPlan
from benchmarks.clients.vendors import Names
from benchmarks.clients.written import Row, Table, day, moment, money

HEADERS = {
    "number": {"en": "No", "de": "Nummer", "fr": "Numéro", "nl": "Nummer"},
    "name": {"en": "Title", "de": "Bezeichnung", "fr": "Intitulé", "nl": "Omschrijving"},
    "party_name": {"en": "Customer", "de": "Firma", "fr": "Client", "nl": "Relatie"},
    "status": {"en": "Stage", "de": "Stand", "fr": "Étape", "nl": "Fase"},
    "closed_at": {"en": "Closed", "de": "Abschluss", "fr": "Conclu le", "nl": "Gesloten"},
    "created_at": {"en": "Entered", "de": "Erfasst", "fr": "Saisi le", "nl": "Ingevoerd"},
    "completed_at": {"en": "Finished", "de": "Fertig", "fr": "Terminé le", "nl": "Gereed"},
    "opened_at": {"en": "Called in", "de": "Gemeldet", "fr": "Ouvert le", "nl": "Gemeld"},
    "resolved_at": {"en": "Solved", "de": "Erledigt", "fr": "Résolu le", "nl": "Opgelost"},
    "issued_on": {"en": "Date", "de": "Datum", "fr": "Date", "nl": "Datum"},
    "due_on": {"en": "Due", "de": "Fällig", "fr": "Échéance", "nl": "Vervalt"},
    "paid_at": {"en": "Paid", "de": "Bezahlt am", "fr": "Payé le", "nl": "Betaald"},
    "posted_on": {"en": "Booked", "de": "Buchungstag", "fr": "Comptabilisé", "nl": "Boekdatum"},
    "amount_minor": {"en": "Total", "de": "Brutto", "fr": "Montant TTC", "nl": "Bedrag"},
    "tax_minor": {"en": "Tax", "de": "USt", "fr": "TVA", "nl": "BTW"},
    "net": {"en": "Value", "de": "Netto", "fr": "Montant HT", "nl": "Excl. btw"},
    "reference": {"en": "Your ref", "de": "Bezug", "fr": "Référence", "nl": "Kenmerk"},
    "currency": {"en": "Cur", "de": "Währung", "fr": "Devise", "nl": "Valuta"},
    "description": {"en": "Text", "de": "Text", "fr": "Libellé", "nl": "Tekst"},
}
FILES = {
    "deals": {"en": "sales pipeline", "de": "Vertrieb", "fr": "affaires", "nl": "verkoopkansen"},
    "orders": {"en": "web orders", "de": "Bestellungen", "fr": "commandes", "nl": "bestellingen"},
    "jobs": {"en": "job list", "de": "Auftragsliste", "fr": "chantiers", "nl": "werklijst"},
    "tickets": {"en": "service calls", "de": "Einsätze", "fr": "interventions", "nl": "storingen"},
    "charges": {"en": "card payments", "de": "Kartenzahlungen", "fr": "paiements carte", "nl": "pinbetalingen"},
    "lines": {"en": "bank statement", "de": "Kontoauszug", "fr": "relevé", "nl": "afschrift"},
    "invoices": {"en": "sales invoices", "de": "Ausgangsrechnungen", "fr": "factures", "nl": "facturen"},
    "receipts": {"en": "receipts", "de": "Zahlungseingänge", "fr": "encaissements", "nl": "ontvangsten"},
    "bills": {"en": "supplier bills", "de": "Eingangsrechnungen", "fr": "achats", "nl": "inkoopfacturen"},
}
STATUSES = {
    "en": ("Won", "Lost"), "de": ("Gewonnen", "Verloren"), "fr": ("Gagné", "Perdu"), "nl": ("Gewonnen", "Verloren"),
}  # fmt: skip
_FIELDS = {
    "deals": ("number", "name", "party_name", "status", "created_at", "closed_at", "amount_minor", "currency"),
    "orders": ("number", "party_name", "status", "created_at", "amount_minor", "tax_minor", "currency"),
    "jobs": ("number", "name", "party_name", "created_at", "completed_at", "amount_minor", "currency", "reference"),
    "tickets": ("number", "name", "party_name", "opened_at", "resolved_at", "amount_minor"),
    "charges": ("number", "party_name", "paid_at", "amount_minor", "currency", "reference", "description"),
    "lines": ("posted_on", "description", "amount_minor"),
    "invoices": ("number", "party_name", "issued_on", "due_on", "amount_minor", "tax_minor", "reference", "currency",
    "description"),
    "receipts": ("number", "party_name", "paid_at", "amount_minor", "reference", "currency"),
    "bills": ("number", "party_name", "issued_on", "due_on", "amount_minor", "description"),
}  # fmt: skip
NET = frozenset({"deals", "jobs", "tickets"})
"""Streams whose amounts are before tax."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one list is laid out: canonical column to header, and how dates, times and numbers are written."""

    stream: str
    path: str
    fields: dict[str, str]
    date: str
    time: str
    decimal: str
    delimiter: str
    encoding: str
    has_times: bool
    statuses: dict[str, str] = field(default_factory=dict)

    @property
    def entity(self) -> str:
        """What its rows are."""
        return ENTITY[self.stream]


def layout(client: ClientPlan, stream: str, folder: str, seed: list[int]) -> Layout:
    """Return how a list of an unknown system is laid out.

    Parameters
    ----------
    client, stream
        Whose list, and of what.
    folder
        Folder of the system, below ``exports``.
    seed
        What the habits of the system are drawn from.
    """
    rng = np.random.default_rng(seed)
    place, language = client.place, client.place.language
    is_book, has_times = rng.random() < 0.3, rng.random() < 0.5
    names = {
        one: HEADERS["net" if one == "amount_minor" and stream in NET else one][language]
        for one in _FIELDS[stream]
        if one != "currency" or client.is_abroad or rng.random() < 0.3
    }
    if stream == "invoices" and has_times:
        names["created_at"] = HEADERS["created_at"][language]
    if not place.taxes:
        names.pop("tax_minor", None)
    date = "%Y-%m-%d" if rng.random() < 0.25 else place.date
    is_semicolon = place.decimal == ","
    words = STATUSES[language]
    statuses = {"deals": {words[0]: "won", words[1]: "lost"}, "orders": {"OK": "paid", "X": "cancelled"}}
    return Layout(
        stream, f"{folder}/{FILES[stream][language]}{'.xlsx' if is_book else '.csv'}", names, date,
        f"{date} %H:%M", place.decimal, ";" if is_semicolon else ",",
        "cp1252" if is_semicolon and rng.random() < 0.5 else "utf-8", has_times, statuses.get(stream, {}),
    )  # fmt: skip


def table(client: ClientPlan, company: Company, named: Names, laid: Layout) -> Table:
    """Return the list as a file.

    Parameters
    ----------
    client, company
        Whose.
    named
        How the system names firms.
    laid
        How it is laid out.
    """
    end = client.months[-1][1] * 86_400
    documents = company.streams[laid.stream]
    rows = [[_cell(column, one, client, named, laid, end) for column in laid.fields] for one in documents]
    return Table(laid.path, list(laid.fields.values()), rows, laid.delimiter, laid.encoding)


def _cell(  # noqa: PLR0917 - one line a column
    column: str, one: Document, client: ClientPlan, named: Names, laid: Layout, end: int
) -> str:
    place = client.place
    if column in {"issued_on", "due_on", "posted_on"}:
        return day(one.at + (30 * 86_400 if column == "due_on" else 0), laid.date)
    if column in {"created_at", "closed_at", "completed_at", "opened_at", "resolved_at", "paid_at"}:
        at = _instant(column, one)
        is_known = at is not None and at < end
        return (moment(at, laid.time) if laid.has_times else day(at, laid.date)) if is_known and at is not None else ""
    if column == "amount_minor":
        return "" if one.is_amount_empty else _amount(one.net if laid.stream in NET else one.gross, place, laid)
    if column == "tax_minor":
        return _amount(one.tax, place, laid)
    if column == "description" and laid.stream == "lines":
        return " ".join(part for part in (named(one.firm), one.reference) if part)
    return {
        "number": one.number, "name": one.title, "description": one.title, "party_name": named(one.firm),
        "reference": one.reference, "currency": one.currency,
        "status": list(laid.statuses)[not one.is_live] if laid.statuses else "",
    }[column]  # fmt: skip


def _instant(column: str, one: Document) -> int | None:
    if column in {"completed_at", "resolved_at"}:
        return one.done_at
    if column != "created_at":
        return one.at
    # The clock of the day of entry knows no wrong date.
    return one.at - 9 * 86_400 if one.stream == "deals" else one.typed_at or one.at


def _amount(minor: int, place: Place, laid: Layout) -> str:
    group = {",": ".", ".": ","}[laid.decimal] if laid.delimiter == ";" else ""
    return money(minor, place.places, laid.decimal, group)


def party_table(company: Company, named: Names, kind: str, folder: str, language: str) -> tuple[Table, dict[str, str]]:
    """Return a plain list of customers or suppliers, and its canonical columns by header.

    Parameters
    ----------
    company, named
        Whose, and how the system names firms.
    kind
        ``customers`` or ``suppliers``.
    folder, language
        Where it goes, and in which language.
    """
    head: Row = {
        "en": ["ID", "Company", "Phone", "E-mail", "Town"], "de": ["ID", "Firma", "Telefon", "E-Mail", "Ort"],
        "fr": ["ID", "Société", "Téléphone", "Courriel", "Ville"], "nl": ["ID", "Bedrijf", "Telefoon", "E-mail", "Plaats"],
    }[language]  # fmt: skip
    firms = company.customers if kind == "customers" else company.suppliers
    rows = [[f"K{one.number}", named(one), one.phone, f"office@{one.domain}", one.town] for one in firms]
    return Table(f"{folder}/{kind}.csv", head, rows), dict(zip(("key", "name", "phone", "email", "city"), head, strict=True))
