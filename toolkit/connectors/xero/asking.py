"""How Xero is asked: its address, its limits, the organisation that is pulled, and its lists page by page."""

from dataclasses import replace

from toolkit.connector import (
    Account,
    Api,
    Changed,
    Fault,
    Field,
    Limit,
    Named,
    OnePage,
    PageNumber,
    Reading,
    SignIn,
)
from toolkit.connector.api import DAY_S

VERSION = "2.0"
STAMP = "UpdatedDateUTC"
UPDATED = Field((), path=(STAMP,), path_form="net_date")
_TOKENS = "https://identity.xero.com/connect/token"
_REVOKED = "https://identity.xero.com/connect/revocation"
_SCOPES = (
    "accounting.banktransactions.read",
    "accounting.contacts.read",
    "accounting.invoices.read",
    "accounting.payments.read",
    "accounting.settings.read",
)

API = Api(
    f"https://api.xero.com/api.xro/{VERSION}",
    sign_in=(
        SignIn(
            "oauth2_code",
            authorize_url="https://login.xero.com/identity/connect/authorize",
            token_url=_TOKENS,
            revoke_url=_REVOKED,
            scopes_read=("offline_access", *_SCOPES),
            needs=("client_id",),
            client_auth="none",
            refresh_days=60,
        ),
        SignIn(
            "client_credentials", token_url=_TOKENS, scopes_read=_SCOPES, needs=("client_id", "client_secret")
        ),
    ),
    version=VERSION,
    headers=(("xero-tenant-id", "{tenant_id}"),),
    limits=(Limit(60, 60.0), Limit(5000, DAY_S)),
    at_once=5,
    # Of this host, beside the interface.
    account=Account("//Connections", "tenantId", "tenantName", place="tenant_id"),
    faults=(
        Fault("scope", 401, "Detail", "AuthorizationUnsuccessful"),
        Fault("sign_in", 403, "Detail", "AuthenticationUnsuccessful"),
    ),
)  # fmt: skip
_PAGES = PageNumber(size=1000, size_param="pageSize", last="pagination.pageCount")


def listed(
    name: str, scope: str, *further: tuple[str, str], order: str = "", lines: str = "", is_paged: bool = True
) -> Reading:
    """Return how a list is asked for: in the order of the id, which never changes, or in one answer.

    Parameters
    ----------
    name
        Of the list, in path and answer.
    scope
        The right to read it.
    further
        Parameters beside.
    order
        The column of the id.
    lines
        Where its documents have their lines.
    is_paged
        Whether it comes in pages.
    """
    return Reading(
        f"/{name}",
        query=(*further, *((("order", order),) if order else ())),
        records=name,
        is_left_out=True,
        paging=_PAGES if is_paged else OnePage(),
        total="pagination.itemCount" if is_paged else "",
        changed=Changed(STAMP, header="If-Modified-Since", form="bare"),
        scopes=(scope,),
        lines=lines,
    )


def invoices(kind: str) -> Reading:
    """Return how invoices of one kind are asked for: sales (ACCREC) or bills (ACCPAY)."""
    where = ("where", f'Type=="{kind}"')
    return listed("Invoices", "accounting.invoices.read", where, order="InvoiceID", lines="LineItems")


def _contacts() -> Reading:
    found = listed("Contacts", "accounting.contacts.read", ("includeArchived", "true"), order="ContactID")
    return replace(
        found,
        named=Named("Phones", "PhoneType", ("",)),
        also_named=Named("Addresses", "AddressType", ("",)),
    )


CONTACT_LIST = _contacts()
