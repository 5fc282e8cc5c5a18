"""What QuickBooks Online tells where it is asked, and no export has: estimates, items, employees."""

from dataclasses import replace

from toolkit.connector import Field, Stream, Which
from toolkit.connectors.quickbooks.asking import KEPT, LINES, names, street, transactions

ONLY_ASKED = (
    Stream(
        name="estimates",
        entity="quote",
        fields={
            "number": Field((), path=("DocNumber",)),
            "party_ref": Field((), path=("CustomerRef.value",)),
            "party_name": Field((), path=("CustomerRef.name",), path_form="undeleted"),
            "description": Field((), path=("PrivateNote", "CustomerMemo.value")),
            "amount_minor": Field((), path=("TotalAmt",)),
            "tax_minor": Field((), path=("TxnTaxDetail.TotalTax",)),
            "currency": Field((), path=("CurrencyRef.value",)),
            "issued_on": Field((), path=("TxnDate",)),
            "due_on": Field((), path=("ExpirationDate",)),
            "status": Field((), path=("TxnStatus",)),
            "is_won": Field((), path=("TxnStatus",), values=(("accepted|closed|converted", "true"), ("rejected", "false"))),
            "closed_at": Field((), path=("AcceptedDate",)),
            **KEPT,
        },
        readings=transactions("Estimate", lines=True),
        path_key=("Id",),
        path_alt_ids=("DocNumber",),
        path_lines=LINES,
    ),
    Stream(
        name="items",
        entity="product",
        fields={
            "code": Field((), path=("Sku",)),
            "name": Field((), path=("FullyQualifiedName", "Name"), path_form="undeleted"),
            "kind": Field((), path=("Type",)),
            "price_minor": Field((), path=("UnitPrice",)),
            "is_active": Field((), path=("Active",), values=(("^false$", "false"), ("^true$", "true"))),
            **KEPT,
        },
        # Categories stand among the items that they hold.
        readings=(replace(names("Item")[0], which=Which("Type", "(?!Category).*")),),
        path_key=("Id",),
        path_alt_ids=("Sku",),
    ),
    Stream(
        name="employees",
        entity="employee",
        kind="person",
        roles=("employee",),
        fields={
            "name": Field((), path=("DisplayName",), path_form="undeleted"),
            "given_name": Field((), path=("GivenName",)),
            "family_name": Field((), path=("FamilyName",)),
            "email": Field((), path=("PrimaryEmailAddr.Address",)),
            "phone": Field((), path=("PrimaryPhone.FreeFormNumber", "Mobile.FreeFormNumber")),
            "street": Field((), path=street("PrimaryAddr"), joined=", "),
            "city": Field((), path=("PrimaryAddr.City",)),
            "region": Field((), path=("PrimaryAddr.CountrySubDivisionCode",)),
            "postcode": Field((), path=("PrimaryAddr.PostalCode",)),
            **KEPT,
            "state": Field((), path=("Active",), values=(("^false$", "archived"),)),
        },
        readings=names("Employee"),
        path_key=("Id",),
        path_alt_ids=("DisplayName",),
    ),
)  # fmt: skip
