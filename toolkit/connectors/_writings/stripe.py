"""How Stripe's records are changed: web forms under a key that it knows for a day; an empty text empties a field.

A customer is never deleted: that cannot be taken back, and ends its subscriptions at once. One that is put aside is marked
in its metadata, with the id of the customer that stays; it keeps its payment methods and its past. One with a subscription
is left as it is. The search by metadata is a little late, so that what it does not find may be there. A payment's and an
invoice's own figures are never changed, only what metadata says of them.

Source: stripe/openapi e0123a3 (bodies of customers, charges, invoices, products; ``expand``); docs.stripe.com, idempotent
requests, metadata, search (read in 2026).
"""

from toolkit.connector import Mark, OneCall, WriteCall, WriteField, Writing

_KEY_HOURS = 24.0
_HAS_SUBSCRIPTION = (
    "The customer has a subscription, which does not move to another customer: end or move it first, then plan again."
)


def _changed(kind: str, scope: str, *fields: WriteField, query: tuple[tuple[str, str], ...] = ()) -> Writing:
    """Return how existing records of a kind are changed."""
    return Writing(
        one=OneCall(f"/{kind}/{{id}}", query=query),
        fields=fields,
        update=WriteCall("POST", f"/{kind}/{{id}}"),
        key_header="Idempotency-Key",
        key_hours=_KEY_HOURS,
        body_form="form",
        blank="empty",
        scopes=(scope,),
    )


WRITINGS = {
    "customers": Writing(
        one=OneCall("/customers/{id}", query=(("expand[]", "tax_ids"), ("expand[]", "subscriptions"))),
        fields=(
            WriteField("name", "name"),
            WriteField("email", "email"),
            WriteField("phone", "phone"),
            WriteField("street", "address.line1", clears=("address.line2",)),
            WriteField("city", "address.city"),
            WriteField("region", "address.state"),
            WriteField("postcode", "address.postal_code"),
            WriteField("country", "address.country"),
        ),
        unsaid=("roles",),
        create=WriteCall("POST", "/customers"),
        update=WriteCall("POST", "/customers/{id}"),
        archive=WriteCall(
            "POST",
            "/customers/{id}",
            body='{"metadata": {"archived": "true"}}',
            has_fields=False,
            stays_path="metadata.merged_into",
            unless=(("subscriptions.data", _HAS_SUBSCRIPTION),),
        ),
        restore=WriteCall(
            "POST", "/customers/{id}", body='{"metadata": {"archived": "", "merged_into": ""}}', has_fields=False
        ),
        archived=("metadata.archived", "true"),
        mark=Mark(
            "metadata.integration_mark",
            "/customers/search",
            "query",
            "data",
            template="metadata['integration_mark']:'{mark}'",
            is_late=True,
        ),
        key_header="Idempotency-Key",
        key_hours=_KEY_HOURS,
        body_form="form",
        blank="empty",
        scopes=("rak_customer_write",),
    ),
    "payments": _changed(
        "charges",
        "rak_charge_write",
        WriteField("invoice_ref", "metadata.invoice_number"),
        WriteField("deal_ref", "metadata.deal_id"),
    ),
    "invoices": _changed("invoices", "rak_invoice_write", WriteField("deal_ref", "metadata.deal_id")),
    "products": _changed(
        "products",
        "rak_product_write",
        WriteField("name", "name"),
        WriteField("code", "metadata.sku"),
        WriteField("is_active", "active", "flag"),
        query=(("expand[]", "default_price"),),
    ),
}
