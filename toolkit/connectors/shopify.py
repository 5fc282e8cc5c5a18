"""Shopify: customers, orders, products.

An order's first row is complete; each further line item is a row with the same ``Name`` and only the line columns filled.
Ids, postcodes and phones may begin with a protective apostrophe, which is dropped. Orders name their customer by e-mail
address, which therefore counts as another id of the customer. Times carry the shop's offset.

A product has a row for each variant, of which only the first has its title, and a row for each further picture: a row
without a price is a picture of the product above it.

The interface is GraphQL: each list is one document that only reads, and nothing else is sent. A record's number is the id
that exports have. An order holds its first ten lines, the rest come from the order itself. What a query costs is paid from a
bucket that fills by the second; where it is empty, the answer is 200 with an error. An expired version is answered by the
next one: that is said. Deleted records are told by nobody: they are missed when everything is asked for. A variant does not
say that its product was archived, so variants are always read whole. Orders older than sixty days need a right of their own.

Source: exports of 2016 to 2026 (``orders_export_1.csv``, ``customers_export.csv``, ``products_export.csv``); shopify.dev,
Admin GraphQL 2026-10 (rate limits, access scopes, orders, customers, productVariants).
"""

import json

from toolkit.connector import (
    PICTURE,
    About,
    Account,
    Api,
    Changed,
    Connector,
    Cost,
    ExportFormat,
    Fault,
    Field,
    GraphConnection,
    Interface,
    Limit,
    Lines,
    Point,
    Proof,
    Reading,
    RowFilter,
    SignIn,
    Stream,
    Which,
    with_imports,
    with_writings,
)
from toolkit.connectors._imports.shopify import BY_HAND, IMPORTS
from toolkit.connectors._writings.shopify import CUSTOMER, WRITINGS

VERSION = "2026-10"
_SCOPES = ("read_customers", "read_orders", "read_all_orders", "read_products")
_IMPLIED = (("write_(.+)", r"read_\1"),)
_HEADER = "X-Shopify-Access-Token"
_TOKENS = "https://{shop}.myshopify.com/admin/oauth/access_token"
_MONEY = "{shopMoney{amount currencyCode}}"
_PAGE = "pageInfo{hasNextPage endCursor}"
_LINE = f"nodes{{id sku name quantity discountedTotalSet{_MONEY}}}"

API = Api(
    f"https://{{shop}}.myshopify.com/admin/api/{VERSION}",
    sign_in=(
        SignIn(
            "client_credentials",
            header=_HEADER,
            token_url=_TOKENS,
            scopes_read=_SCOPES,
            needs=("client_id", "client_secret"),
            client_auth="client_secret_post",
            scope_separator=",",
            implied=_IMPLIED,
        ),
        SignIn("api_key", header=_HEADER, scopes_read=_SCOPES, needs=("key",), implied=_IMPLIED),
        SignIn(
            "oauth2_code",
            header=_HEADER,
            authorize_url="https://{shop}.myshopify.com/admin/oauth/authorize",
            token_url=_TOKENS,
            scopes_read=_SCOPES,
            needs=("client_id", "client_secret"),
            client_auth="client_secret_post",
            scope_separator=",",
            implied=_IMPLIED,
        ),
    ),
    version=VERSION,
    limits=(Limit(10, 1.0),),
    at_once=2,
    account=Account("/graphql.json", "data.shop.id", "data.shop.name", body=json.dumps({"query": "query{shop{id name}}"})),
    faults=(
        Fault("wait", 200, "errors.0.extensions.code", "THROTTLED"),
        Fault("scope", 200, "errors.0.extensions.code", "ACCESS_DENIED"),
        Fault("lost", 200, "errors.0.extensions.code", "INTERNAL_SERVER_ERROR"),
    ),
    cost=Cost(
        "extensions.cost.requestedQueryCost",
        "extensions.cost.throttleStatus.currentlyAvailable",
        "extensions.cost.throttleStatus.restoreRate",
    ),
    version_header="X-Shopify-API-Version",
)


def _list(name: str, first: int, fields: str, scope: str, *, is_whole: bool = False, lines: bool = False) -> Reading:
    """Return how a connection is asked for: ordered by the id, which never changes."""
    document = (
        "query($first:Int!,$after:String,$query:String)"
        f"{{{name}(first:$first,after:$after,query:$query,sortKey:ID){{nodes{{{fields}}}{_PAGE}}}}}"
    )
    return Reading(
        "/graphql.json",
        method="POST",
        body=json.dumps({"query": document, "variables": {"first": first}}),
        records=f"data.{name}.nodes",
        paging=GraphConnection(f"data.{name}"),
        changed=None if is_whole else Changed("updatedAt", "variables.query", template="updated_at:>='{since}'"),
        scopes=(scope,),
        lines="lineItems.nodes" if lines else "",
        more_lines=Which("lineItems.pageInfo.hasNextPage", "true") if lines else None,
    )


_ORDER_LINES = Reading(
    "/graphql.json",
    method="POST",
    body=json.dumps(
        {
            "query": f"query($id:ID!,$after:String){{order(id:$id){{lineItems(first:200,after:$after){{{_LINE}{_PAGE}}}}}}}",
            "variables": {},
        }
    ),
    records="data.order.lineItems.nodes",
    paging=GraphConnection("data.order.lineItems"),
    key=("id",),
    scopes=("read_orders",),
    is_lines=True,
    parent_param="variables.id",
    parent_template="gid://shopify/Order/{parent}",
)
_NUMBER = ("legacyResourceId",)
_PLACE = "defaultAddress"

CUSTOMERS = Stream(
    name="customers",
    entity="party",
    roles=("customer",),
    is_protected=True,
    key=("Customer ID|Email|Phone",),
    alt_ids=("Email",),
    fields={
        "name": Field(("First Name", "Last Name"), joined=" ", path=("firstName", "lastName")),
        "given_name": Field(("First Name",), path=("firstName",)),
        "family_name": Field(("Last Name",), path=("lastName",)),
        "company_name": Field(("Default Address Company", "Company"), path=(f"{_PLACE}.company",)),
        "email": Field(("Email",), path=("defaultEmailAddress.emailAddress",)),
        "phone": Field(("Phone", "Default Address Phone"), path=("defaultPhoneNumber.phoneNumber", f"{_PLACE}.phone")),
        "street": Field(
            ("Default Address Address1", "Default Address Address2", "Address1", "Address2"),
            joined=", ",
            path=(f"{_PLACE}.address1", f"{_PLACE}.address2"),
        ),
        "city": Field(("Default Address City", "City"), path=(f"{_PLACE}.city",)),
        "region": Field(("Default Address Province Code", "Province Code", "Province"), path=(f"{_PLACE}.provinceCode",)),
        "postcode": Field(("Default Address Zip", "Zip"), path=(f"{_PLACE}.zip",)),
        "country": Field(("Default Address Country Code", "Country Code", "Country"), path=(f"{_PLACE}.countryCodeV2",)),
        "state": Field(("Tags",), path=("tags",), values=(('"archived"|(^|, *)archived(,|$)', "archived"),)),
        "created_at": Field(("Created at", "Created At"), path=("createdAt",)),
        "updated_at": Field(("Updated at",), path=("updatedAt",)),
    },
    points=(Point("phone", "address", Field(("Default Address Phone",), path=(f"{_PLACE}.phone",))),),
    readings=(
        _list(
            "customers",
            100,
            CUSTOMER,
            "read_customers",
        ),
    ),
    path_key=_NUMBER,
    path_alt_ids=("defaultEmailAddress.emailAddress",),
    formats=(ExportFormat("customers", ("Accepts Email Marketing|Accepts Marketing", "Total Spent", "Total Orders")),),
)

ORDERS = Stream(
    name="orders",
    entity="order",
    is_protected=True,
    key=("Name",),
    alt_ids=("Id",),
    fields={
        "number": Field(("Name",), path=("name",)),
        "party_ref": Field(("Email", "Billing Name"), path=("customer.legacyResourceId", "email", "billingAddress.name")),
        "party_name": Field(
            ("Billing Company", "Billing Name", "Shipping Name", "Email"),
            path=("billingAddress.company", "billingAddress.name", "shippingAddress.name", "email"),
        ),
        "description": Field(("Notes",), path=("note",)),
        "reference": Field(("Payment Reference", "Payment References", "Payment ID"), path=("poNumber",)),
        "amount_minor": Field(("Total",), path=("totalPriceSet.shopMoney.amount",)),
        "tax_minor": Field(("Taxes",), path=("totalTaxSet.shopMoney.amount",)),
        "paid_minor": Field(
            ("Total",),
            minus=("Outstanding Balance",),
            needs_minus=True,
            asked=Field(("totalReceivedSet.shopMoney.amount",)),
        ),
        "currency": Field(("Currency",), path=("totalPriceSet.shopMoney.currencyCode",)),
        "status": Field(("Financial Status",), path=("displayFinancialStatus",)),
        "method": Field(("Payment Method",), path=("paymentGatewayNames.0",)),
        "issued_on": Field(("Created at",), path=("processedAt", "createdAt")),
        "created_at": Field(("Created at",), path=("createdAt",)),
        "updated_at": Field((), path=("updatedAt",)),
        "paid_at": Field(("Paid at",)),
    },
    readings=(
        _list(
            "orders",
            20,
            "legacyResourceId name email note poNumber createdAt updatedAt processedAt cancelledAt closedAt "
            f"displayFinancialStatus paymentGatewayNames totalPriceSet{_MONEY} totalTaxSet{_MONEY} totalReceivedSet{_MONEY} "
            "customer{legacyResourceId} billingAddress{company name} shippingAddress{name} "
            f"lineItems(first:10){{{_LINE}{_PAGE}}}",
            "read_orders",
            lines=True,
        ),
        _ORDER_LINES,
    ),
    path_key=_NUMBER,
    path_alt_ids=("name",),
    lines=Lines(
        total="first_line",
        head="Financial Status|Total|Currency",
        fields={
            "sku": Field(("Lineitem sku",), path=("lineItems.nodes.sku",)),
            "description": Field(("Lineitem name",), path=("lineItems.nodes.name",)),
            "quantity": Field(("Lineitem quantity",), path=("lineItems.nodes.quantity",)),
            "amount_minor": Field(
                ("Lineitem price",), times="Lineitem quantity", minus=("Lineitem discount",),
                asked=Field(("lineItems.nodes.discountedTotalSet.shopMoney.amount",)),
            ),
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
        "code": Field(("Variant SKU", "SKU"), path=("sku",)),
        "name": Field(("Title", "Handle", "URL handle"), path=("product.title",)),
        "kind": Field(("Product Category", "Type"), path=("product.productType",)),
        "price_minor": Field(("Variant Price", "Price"), path=("price",)),
        "is_active": Field(
            ("Status",),
            values=(("^active$", "true"), ("^(draft|archived|unlisted)$", "false")),
            path=("product.status",),
        ),
        "created_at": Field((), path=("createdAt",)),
        "updated_at": Field((), path=("updatedAt",)),
    },
    readings=(
        _list(
            "productVariants",
            100,
            "legacyResourceId sku barcode title price createdAt updatedAt product{title status productType}",
            "read_products",
            is_whole=True,
        ),
    ),
    path_key=_NUMBER,
    path_alt_ids=("sku", "barcode"),
    filters=(RowFilter("Variant Price|Price", excluded=("",), reason=PICTURE),),
    formats=(
        ExportFormat("products", ("Handle", "Variant SKU|Variant Price", "Image Src|Body (HTML)|Option1 Name")),
        ExportFormat("products since 2024", ("URL handle", "Price", "Option1 name|SKU")),
    ),
)

ABOUT = About(
    files="Customers, Orders, Products: Export, all, CSV for Excel.",
    credentials={
        "client_credentials": (
            "In the developer dashboard make an app for the shop, with read_customers, read_orders and read_products.",
            "Install it; its client id and secret give a token for a day at a time.",
        ),
        "api_key": ("Of an app that the shop's admin made before, the access token that was shown once.",),
    },
    quirks=(
        "Orders older than 60 days need the right read_all_orders besides.",
        "What a request costs is counted in points that come back by the second; the pull waits for them.",
        "What was deleted is in no list; a full pull shows what is gone.",
        "A customer that a job puts aside carries the tag archived, and its orders are moved to the one that stays.",
        "The address of an existing customer is changed by hand.",
        "Its own merge needs the right write_customer_merge besides; it says beforehand who stays, and what blocks it.",
    ),
    interface=Interface("graphql", read_only="yes", webhooks="yes", bulk="yes", sandbox="yes", changes="yes",
                        deletions="partly", repeats="partly"),
    proved_on=(Proof("vendor_sdk", "ShopifyAPI"), Proof("handwritten_contract", "GraphQL Admin API"),
               Proof("export_files", "2023 to 2026")),
)  # fmt: skip

CONNECTOR = Connector(
    name="shopify",
    label="Shopify",
    category="shop",
    streams=with_writings(with_imports((CUSTOMERS, ORDERS, PRODUCTS), IMPORTS), WRITINGS),
    api=API,
    about=ABOUT,
    by_hand=BY_HAND,
)
