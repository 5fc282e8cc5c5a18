"""Bank statements: OFX and QFX, and the CSV files of banks.

Chase, Bank of America, Wells Fargo, PNC, Barclays, Lloyds, HSBC, NatWest, NAB, ANZ and Revolut.

The sign is kept: money out is negative; split columns become credit less debit. The key is the bank's id
within the account, or else account, date, amount, text and an ordinal, so that two equal lines of one day
stay two and the same lines in an overlapping statement stay one. Of Revolut only completed lines are read. A line that is
pending moved no money yet ("PENDING" stands in the place of its date), and some banks write what the account holds each day
as a line of its own: neither is a line of the account.

Source: OFX 1.6 and 2.2, "Statement response"; statement downloads of 2017 to 2026.
"""

from toolkit.connector import BALANCE, About, Connector, ExportFormat, Field, Proof, RowFilter, Stream

_DATE = r"\d{1,2}/\d{1,2}/\d{2,4}"
_AMOUNT = r"-?[\d,]+\.\d{2}"
_TEXT = ".*[A-Za-z].*"
_DATES = ("DTPOSTED", "Posting Date", "Post Date", "Posted Date", "Completed Date", "Date", "Transaction Date", "Trans Date")
_BALANCES = (
    "(opening|closing|beginning|starting|ending|previous|available|current|ledger|daily) balance.*",
    "balance (brought|carried) (forward|down).*",
    "s ?a ?l ?d ?o (anterior|do dia|dia|inicial|final|total|disponivel|disponível|bloqueado|atual|parcial|em conta|ant).*",
    "saldo (iniziale|finale|contabile|disponibile|precedente|previo|actual).*",
    "(anfangs|end|start|tages|begin|eind)saldo.*",
    "saldovortrag.*", "kontostand.*", "(ancien|nouveau) solde.*", "solde (initial|final|précédent|au|du) .*",
    "(ingående|utgående|inngående) saldo.*",
)  # fmt: skip
_DESCRIPTION = "Transaction Description|Transaction Details|desc"

TRANSACTIONS = Stream(
    name="transactions",
    entity="bank_line",
    key=("FITID",),
    scope="account",
    identifying=("account", "posted_on", "amount_minor", "party_name", "description", "reference"),
    # Some banks use an id twice.
    is_id=False,
    has_ordinal=True,
    is_protected=True,
    alt_ids=("REFNUM", "Reference Number"),
    fields={
        "number": Field(("CHECKNUM", "Check or Slip #", "Cheque Number", "Check Number")),
        "party_name": Field(("NAME", "PAYEE", "PAYEE.NAME", "Payee", "Merchant Name")),
        "description": Field(
            (
                "MEMO", "Description", "Transaction Description", "Transaction Details", "Memo", "desc", "NAME", "Payee",
            ),
            form="one_line",
        ),
        "reference": Field(("REFNUM", "Reference", "Reference Number")),
        "amount_minor": Field(("TRNAMT", "Amount", "Value", "Credit Amount", "Credit", "Paid in"),
                              minus=("Debit Amount", "Debit", "Paid out")),
        "fee_minor": Field(("Fee",)),
        "currency": Field(("CURRENCY.CURSYM", "CURDEF", "CURSYM", "Currency")),
        "method": Field(("TRNTYPE", "Type", "Transaction Type", "Subcategory")),
        "account": Field(
            ("ACCTFROM.ACCTID", "ACCTID", "Account ID", "Sort Code", "Account Number", "Account",
             "Account Name", "Product"),
            joined=" ",
        ),
        "posted_on": Field(_DATES),
        "status": Field(("State",)),
    },
    filters=(
        RowFilter("State", values=("completed",), beside="Started Date"),
        RowFilter("Status|Transaction Status", excluded=("pending.*", "declined", "failed", "cancell?ed", "authori[sz]ed")),
        RowFilter("|".join(_DATES[1:]), excluded=("pend(ing)?\\b.*", "processing.*", "authori[sz]ed.*")),
        *(RowFilter(column, excluded=_BALANCES, reason=BALANCE) for column in ("NAME", "MEMO", "Description", _DESCRIPTION)),
    ),
    formats=(
        ExportFormat("OFX", ("FITID", "TRNAMT", "DTPOSTED")),
        ExportFormat("Chase account", ("Details", "Posting Date", "Check or Slip #")),
        ExportFormat("Chase card", ("Transaction Date|Trans Date", "Post Date", "Type", "Amount")),
        ExportFormat("Bank of America account", ("Date", "Description", "Amount", "Running Bal.")),
        ExportFormat("Bank of America card", ("Posted Date", "Reference Number", "Payee", "Address")),
        ExportFormat(
            "PNC",
            ("Transaction Date", "Transaction Description", "Amount", "Category|Balance"),
            absent=("Sort Code", "Type"),
        ),
        ExportFormat("Barclays", ("Number", "Subcategory", "Memo", "Account")),
        ExportFormat("Lloyds", ("Sort Code", "Transaction Description", "Debit Amount", "Credit Amount")),
        ExportFormat("NatWest", ("Value", "Account Name", "Account Number", "Type")),
        ExportFormat("NAB", ("Account Number", "Transaction Type", "Transaction Details", "Merchant Name")),
        ExportFormat("Revolut", ("Started Date", "Completed Date", "State", "Product")),
        ExportFormat(
            "Wells Fargo",
            cells=(("Date", _DATE), ("Amount", _AMOUNT), ("", r"\*"), ("Check Number", r"\d*"), ("Description", ".*")),
        ),
        ExportFormat("ANZ", cells=(("Date", _DATE), ("Amount", _AMOUNT), ("Description", _TEXT))),
        ExportFormat("HSBC", cells=(("Date", _DATE), ("Description", _TEXT), ("Amount", _AMOUNT))),
    ),
)  # fmt: skip

ABOUT = About(
    files="The account's activity in the bank's own site: OFX or QFX where there is one, else CSV.",
    quirks=("Pending lines, balances and transfers between own accounts are put aside, each with its reason.",),
    proved_on=(Proof("export_files", "OFX, QFX and CSV of several banks"),),
)  # fmt: skip

CONNECTOR = Connector(
    name="bank", label="Bank statement", category="bank", streams=(TRANSACTIONS,), is_product=False, about=ABOUT
)
