"""Shopify: customers, orders, products.

An order's first row is complete; each further line item is a row with the same ``Name`` and only the line columns filled.
Ids, postcodes and phones may begin with a protective apostrophe, which is dropped. Orders name their customer by e-mail
address, which therefore counts as another id of the customer. Times carry the shop's offset.

A product has a row for each variant, of which only the first has its title, and a row for each further picture: a row
without a price is a picture of the product above it.

Source: exports of 2016 to 2026 (``orders_export_1.csv``, ``customers_export.csv``, ``products_export.csv``).
"""

from toolkit.connector import PICTURE, Connector, ExportFormat, Field, Lines, Point, RowFilter, Stream

CUSTOMERS = Stream(
    name="customers",
    entity="party",
    roles=("customer",),
    is_protected=True,
    key=("Customer ID|Email|Phone",),
    alt_ids=("Email",),
    fields={
        "name": Field(("First Name", "Last Name"), joined=" "),
        "given_name": Field(("First Name",)),
        "family_name": Field(("Last Name",)),
        "company_name": Field(("Default Address Company", "Company")),
        "email": Field(("Email",)),
        "phone": Field(("Phone", "Default Address Phone")),
        "street": Field(("Default Address Address1", "Default Address Address2", "Address1", "Address2"), joined=", "),
        "city": Field(("Default Address City", "City")),
        "region": Field(("Default Address Province Code", "Province Code", "Province")),
        "postcode": Field(("Default Address Zip", "Zip")),
        "country": Field(("Default Address Country Code", "Country Code", "Country")),
        "created_at": Field(("Created at", "Created At")),
        "updated_at": Field(("Updated at",)),
    },
    points=(Point("phone", "address", Field(("Default Address Phone",))),),
    formats=(ExportFormat("customers", ("Accepts Email Marketing|Accepts Marketing", "Total Spent", "Total Orders")),),
)

ORDERS = Stream(
    name="orders",
    entity="order",
    is_protected=True,
    key=("Name",),
    alt_ids=("Id",),
    fields={
        "number": Field(("Name",)),
        "party_ref": Field(("Email", "Billing Name")),
        "party_name": Field(("Billing Company", "Billing Name", "Shipping Name", "Email")),
        "description": Field(("Notes",)),
        "reference": Field(("Payment Reference", "Payment References", "Payment ID")),
        "amount_minor": Field(("Total",)),
        "tax_minor": Field(("Taxes",)),
        "paid_minor": Field(("Total",), minus=("Outstanding Balance",), needs_minus=True),
        "currency": Field(("Currency",)),
        "status": Field(("Financial Status",)),
        "method": Field(("Payment Method",)),
        "issued_on": Field(("Created at",)),
        "created_at": Field(("Created at",)),
        "paid_at": Field(("Paid at",)),
    },
    lines=Lines(
        total="first_line",
        head="Financial Status|Total|Currency",
        fields={
            "sku": Field(("Lineitem sku",)),
            "description": Field(("Lineitem name",)),
            "quantity": Field(("Lineitem quantity",)),
            "amount_minor": Field(("Lineitem price",), times="Lineitem quantity", minus=("Lineitem discount",)),
        },
    ),
    formats=(
        ExportFormat("orders", ("Name", "Financial Status", "Lineitem quantity", "Lineitem name")),
    ),
)  # fmt: skip

PRODUCTS = Stream(
    name="products",
    entity="product",
    is_protected=True,
    key=("Variant SKU|SKU",),
    # Codes are typed: two variants may have the same, many have none.
    is_id=False,
    identifying=("name", "code", "price_minor"),
    fields={
        "code": Field(("Variant SKU", "SKU")),
        "name": Field(("Title", "Handle", "URL handle")),
        "kind": Field(("Product Category", "Type")),
        "price_minor": Field(("Variant Price", "Price")),
        "is_active": Field(("Status",), values=(("^active$", "true"), ("^(draft|archived|unlisted)$", "false"))),
    },
    filters=(RowFilter("Variant Price|Price", excluded=("",), reason=PICTURE),),
    formats=(
        ExportFormat("products", ("Handle", "Variant SKU|Variant Price", "Image Src|Body (HTML)|Option1 Name")),
        ExportFormat("products since 2024", ("URL handle", "Price", "Option1 name|SKU")),
    ),
)

CONNECTOR = Connector(name="shopify", label="Shopify", category="shop", streams=(CUSTOMERS, ORDERS, PRODUCTS))
