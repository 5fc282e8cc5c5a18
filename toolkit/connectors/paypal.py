"""PayPal: payments, from the activity download and from statements, with English or German headers.

Gross is signed: money out is negative, a payout to the own bank included. A fee stands there below nought, so it is read as
gross less net. One purchase may be several rows: authorisations, holds and their release, items of a cart, requests
for money and the two sides of a currency conversion move no money, and neither does what is pending, denied, expired or
removed. Money that the own bank or card gives for a purchase comes from an own account. All these rows are put aside with
the reason; refunds, reversals and chargebacks are payments below nought. Time zones stand beside each time.

Source: activity downloads and statements of 2021 to 2026 (``Download.CSV``; importers' tests for the German names of types);
transaction types, PayPal developer reference, "Transaction event codes" T0200, T13xx, T15xx, T21xx.
"""

from toolkit.connector import OWN_TRANSFER, About, Connector, ExportFormat, Field, Interface, Proof, RowFilter, Stream

_ZONE = "TimeZone|Time Zone|Zeitzone"
_ID = "Transaction ID|Transaktionscode"
_TYPE = "Type|Typ|Description|Beschreibung"
_WHEN = Field(("Date", "Datum", "Time", "Uhrzeit"), joined=" ", time_zone_from=_ZONE)
_NO_MONEY = (
    ".*currency conversion.*", ".*währungsumrechnung.*",
    ".*authori[sz]ation.*", ".*autorisierung.*",
    ".*(account|payment|reserve|dispute|general|temporary|review) hold.*", ".*hold on .*", ".*hold for .*",
    "(payment|reserve|hold|review) release.*", "release of .*(hold|reserve).*", ".*einbehaltung.*", ".*freigabe.*",
    "shopping cart item", "warenkorbartikel", "order", "bestellung",
    "(invoice|request|money request|e-?cheque).* (sent|received|canceled|cancelled)", "rechnung (gesendet|erhalten)",
    "(geld|zahlungs)anforderung.*",
)  # fmt: skip
_OWN_MONEY = (
    "bank deposit to pp account.*", "bank deposit to paypal.*", "general (credit )?card deposit.*", "general funding.*",
    "bankgutschrift auf paypal-konto.*", "allgemeine gutschrift auf kreditkarte.*", "ach-überweisung als zahlungsquelle.*",
    "reversal of ach deposit.*", "rückbuchung von ach-gutschrift.*",
)  # fmt: skip
_NOT_DONE = (
    "pending", "denied", "declined", "failed", "voided", "cancell?ed", "expired", "removed", "held", "placed", "unpaid",
    "uncleared", "under review", "awaiting.*", "ausstehend", "offen", "abgelehnt", "fehlgeschlagen", "storniert",
    "abgebrochen", "abgelaufen", "verfallen", "entfernt", "einbehalten", "nicht ausgeglichen",
)  # fmt: skip

PAYMENTS = Stream(
    name="payments",
    entity="payment",
    key=(_ID,),
    identifying=("paid_at", "party_name", "amount_minor", "description"),
    fields={
        "number": Field(tuple(_ID.split("|"))),
        "party_name": Field(("Name",)),
        "description": Field(("Item Title", "Artikelbezeichnung", "Subject", "Betreff", "Note", "Hinweis"), joined=" · "),
        "reference": Field(("Reference Txn ID", "Zugehöriger Transaktionscode", "Custom Number", "Receipt ID")),
        "invoice_ref": Field(("Invoice Number", "Invoice ID", "Rechnungsnummer")),
        "amount_minor": Field(("Gross", "Brutto", "Amount")),
        "fee_minor": Field(("Gross", "Brutto", "Amount"), minus=("Net", "Netto", "Total"), needs_minus=True),
        "tax_minor": Field(("Sales Tax", "VAT", "Umsatzsteuer")),
        "currency": Field(("Currency", "Währung")),
        "status": Field(("Status",)),
        "method": Field(tuple(_TYPE.split("|"))),
        "paid_at": _WHEN,
    },
    filters=(
        RowFilter(_TYPE, excluded=_NO_MONEY),
        RowFilter("Status", excluded=_NOT_DONE),
        RowFilter("Balance Impact|Auswirkung auf Guthaben", excluded=("memo", "vermerk")),
        RowFilter(_TYPE, excluded=_OWN_MONEY, reason=OWN_TRANSFER),
    ),
    formats=(
        ExportFormat("activity", (_ZONE, "Type|Typ", "Gross|Brutto", "Net|Netto", _ID)),
        ExportFormat("statement", (_ZONE, "Description|Beschreibung", "Gross|Brutto", "Net|Netto", _ID)),
        ExportFormat("activity, one amount", (_ZONE, "Type|Typ", "Amount", "Receipt ID", "Balance")),
    ),
)

ABOUT = About(
    files="Reports, Activity download: all transactions, CSV.",
    quirks=("Payments, fees, refunds, holds and transfers share one file; only what moved money counts as a payment.",),
    interface=Interface("rest", read_only="partly", webhooks="yes", sandbox="yes", changes="partly", repeats="yes"),
    proved_on=(Proof("export_files", "activity downloads of 2022 to 2026"),),
)  # fmt: skip

CONNECTOR = Connector(name="paypal", label="PayPal", category="payments", streams=(PAYMENTS,), about=ABOUT)
