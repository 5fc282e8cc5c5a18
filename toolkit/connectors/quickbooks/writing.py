"""How QuickBooks Online's records are changed: sparse updates that name the version, names made inactive, never lines.

A list of lines would take the place of all that are there, so a document that exists is sent none. An address is sent as a
whole: what is left out of one may be emptied. A document that a job made is deleted again; others are never. Two names of
customers, vendors and employees are never alike (6240), a version that is no longer the newest is refused (5010).

Source: developer.intuit.com (sparse update, SyncToken, requestid, operation=delete), python-quickbooks; read in 2026. How
long ``requestid`` holds is said nowhere (UNVERIFIED): it is trusted for ten minutes; after that a record is looked for.
"""

from toolkit.connector import Lookup, Mark, OneCall, Version, WriteCall, WriteField, WriteLines, Writing
from toolkit.connectors.quickbooks.asking import VERSION
from toolkit.connectors.quickbooks.asking import names as names_of

_SCOPE = "com.intuit.quickbooks.accounting"
_VERSIONED = ("minorversion", VERSION)
_KEY_HOURS = 1 / 6
_SPARSE = '{"sparse": true}'
_DELETED = (("operation", "delete"), _VERSIONED)
_TOKEN = Version("SyncToken", condition_path="SyncToken")
_ADDRESS = (
    WriteField("street", "BillAddr.Line1", clears=tuple(f"BillAddr.Line{number}" for number in range(2, 6))),
    WriteField("city", "BillAddr.City"),
    WriteField("region", "BillAddr.CountrySubDivisionCode"),
    WriteField("postcode", "BillAddr.PostalCode"),
    WriteField("country", "BillAddr.Country"),
)


def _names(kind: str, fields: tuple[WriteField, ...]) -> Writing:
    """Return how customers or vendors are changed."""
    path = f"/{kind.casefold()}"

    def state(word: str) -> WriteCall:
        body = f'{{"sparse": true, "Active": {word}}}'
        return WriteCall("POST", path, body, has_fields=False, query=(_VERSIONED,), id_path="Id")

    return Writing(
        one=OneCall(f"{path}/{{id}}", query=(_VERSIONED,)),
        fields=(
            WriteField("name", "DisplayName"),
            WriteField("company_name", "CompanyName"),
            WriteField("given_name", "GivenName"),
            WriteField("family_name", "FamilyName"),
            WriteField("email", "PrimaryEmailAddr.Address"),
            WriteField("phone", "PrimaryPhone.FreeFormNumber"),
            WriteField("website", "WebAddr.URI"),
            *_ADDRESS,
            *fields,
        ),
        unsaid=("roles",),
        id="Id",
        inside=kind,
        create=WriteCall("POST", path, query=(_VERSIONED,)),
        update=WriteCall("POST", path, _SPARSE, query=(_VERSIONED,), id_path="Id"),
        archive=state("false"),
        restore=state("true"),
        archived=("Active", "false"),
        version=_TOKEN,
        stamp="MetaData.LastUpdatedTime",
        mark=Mark(
            "DisplayName",
            "/query",
            "query",
            f"QueryResponse.{kind}",
            f"select * from {kind} where DisplayName = '{{mark}}' and Active in (true, false)",
            column="name",
        ),
        key_param="requestid",
        key_hours=_KEY_HOURS,
        whole=("BillAddr",),
        scopes=(_SCOPE,),
    )


def _documents(kind: str, party: str, fields: tuple[WriteField, ...], lines: WriteLines) -> Writing:
    """Return how invoices or bills are changed."""
    path = f"/{kind.casefold()}"
    return Writing(
        one=OneCall(f"{path}/{{id}}", query=(_VERSIONED,)),
        fields=(
            WriteField("number", "DocNumber"),
            WriteField("party_ref", f"{party}.value"),
            WriteField("issued_on", "TxnDate", "day"),
            WriteField("due_on", "DueDate", "day"),
            WriteField("currency", "CurrencyRef.value"),
            WriteField("description", "PrivateNote"),
            WriteField("amount_minor", form="amount"),
            *fields,
        ),
        lines=lines,
        unsaid=("party_name", "net_minor", "status", "reference", "deal_ref", "gl_code"),
        id="Id",
        inside=kind,
        create=WriteCall("POST", path, query=(_VERSIONED,)),
        update=WriteCall("POST", path, _SPARSE, query=(_VERSIONED,), id_path="Id"),
        delete=WriteCall("POST", path, "{}", has_fields=False, query=_DELETED, id_path="Id"),
        version=_TOKEN,
        stamp="MetaData.LastUpdatedTime",
        key_param="requestid",
        key_hours=_KEY_HOURS,
        scopes=(_SCOPE,),
    )


def _payments() -> Writing:
    """Return how payments of customers are changed; a sales receipt is not there, and stays as it is.

    Their number holds 21 signs, and what pays through a card has longer ones: it stands in the note.
    """
    return Writing(
        one=OneCall("/payment/{id}", query=(_VERSIONED,)),
        fields=(
            WriteField("party_ref", "CustomerRef.value"),
            WriteField("paid_at", "TxnDate", "day"),
            WriteField("amount_minor", "TotalAmt", "amount"),
            WriteField("currency", "CurrencyRef.value"),
            WriteField("description", "PrivateNote"),
        ),
        unsaid=("party_name", "net_minor", "status", "reference", "number", "invoice_ref", "deal_ref"),
        id="Id",
        inside="Payment",
        create=WriteCall("POST", "/payment", query=(_VERSIONED,)),
        update=WriteCall("POST", "/payment", _SPARSE, query=(_VERSIONED,), id_path="Id"),
        delete=WriteCall("POST", "/payment", "{}", has_fields=False, query=_DELETED, id_path="Id"),
        version=_TOKEN,
        stamp="MetaData.LastUpdatedTime",
        key_param="requestid",
        key_hours=_KEY_HOURS,
        scopes=(_SCOPE,),
    )


def _list(kind: str, *names: str) -> tuple[Lookup, ...]:
    """Return the list of products or accounts, by each of what names one."""
    [reading] = names_of(kind)
    return tuple(Lookup(f"({kind} {name})", "", reading, "Id", (name,)) for name in names)


_PRODUCTS = _list("Item", "FullyQualifiedName", "Sku", "Name")
_ACCOUNTS = _list("Account", "FullyQualifiedName", "AcctNum", "Name")
_LINE = (WriteField("description", "Description"), WriteField("amount_minor", "Amount", "amount"))


def _pointed(kind: str, party: str, fields: tuple[WriteField, ...] = ()) -> Writing:
    """Return how transactions are given to another customer or vendor; they are neither made nor taken away."""
    path = f"/{kind.casefold()}"
    return Writing(
        one=OneCall(f"{path}/{{id}}", query=(_VERSIONED,)),
        fields=(
            WriteField("party_ref", f"{party}.value"),
            WriteField("description", "PrivateNote"),
            *fields,
        ),
        unsaid=("party_name",),
        id="Id",
        inside=kind,
        update=WriteCall("POST", path, _SPARSE, query=(_VERSIONED,), id_path="Id"),
        version=_TOKEN,
        stamp="MetaData.LastUpdatedTime",
        key_param="requestid",
        key_hours=_KEY_HOURS,
        scopes=(_SCOPE,),
    )


WRITINGS = {
    "customers": _names("Customer", ()),
    "vendors": _names("Vendor", ()),
    "invoices": _documents(
        "Invoice",
        "CustomerRef",
        (),
        WriteLines(
            "Line",
            (
                *_LINE,
                WriteField("quantity", "SalesItemLineDetail.Qty", "number"),
                WriteField(
                    "sku",
                    "SalesItemLineDetail.ItemRef.value",
                    read_path="SalesItemLineDetail.ItemRef.name",
                    lookups=_PRODUCTS,
                    is_left_out=True,
                ),
            ),
            # Without anything in it, the detail counts as missing; without an item, QuickBooks takes the company's first.
            '{"DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {"Qty": 1}}',
            (("amount_minor", "amount_minor"), ("description", "description")),
        ),
    ),
    "bills": _documents(
        "Bill",
        "VendorRef",
        (),
        WriteLines(
            "Line",
            (
                *_LINE,
                WriteField(
                    "gl_code",
                    "AccountBasedExpenseLineDetail.AccountRef.value",
                    read_path="AccountBasedExpenseLineDetail.AccountRef.name",
                    lookups=_ACCOUNTS,
                ),
            ),
            '{"DetailType": "AccountBasedExpenseLineDetail", "AccountBasedExpenseLineDetail": {}}',
            (("amount_minor", "amount_minor"), ("description", "description"), ("gl_code", "gl_code")),
        ),
    ),
    # Of the kinds that share a list the first one is meant: another is answered as a record that is gone.
    "credit_memos": _pointed("CreditMemo", "CustomerRef"),
    "payments": _payments(),
    "bill_payments": _pointed("BillPayment", "VendorRef"),
    "estimates": _pointed("Estimate", "CustomerRef"),
}
