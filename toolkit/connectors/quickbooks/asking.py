"""How QuickBooks Online is asked: its address, its limits, one query for each kind of object, and what was deleted since."""

from toolkit.connector import Account, Api, Changed, Fault, Field, Limit, Lines, Offset, Reading, SignIn, Which

VERSION = "75"
_SCOPE = "com.intuit.quickbooks.accounting"
_TOKENS = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"
_REVOKED = "https://developer.api.intuit.com/v2/oauth2/tokens/revoke"
STAMP = "MetaData.LastUpdatedTime"
_PAGES = Offset("query", size=1000, first=1, template=" startposition {start} maxresults {size}")
_VERSIONED = ("minorversion", VERSION)
LINE = "Line.SalesItemLineDetail"
COST = "Line.AccountBasedExpenseLineDetail"
ITEM_COST = "Line.ItemBasedExpenseLineDetail"

API = Api(
    "https://quickbooks.api.intuit.com/v3/company/{realm_id}",
    sign_in=(
        SignIn(
            "refresh_token",
            token_url=_TOKENS,
            revoke_url=_REVOKED,
            scopes_read=(_SCOPE,),
            needs=("client_id", "client_secret"),
            refresh_days=100,
        ),
        SignIn(
            "oauth2_code",
            authorize_url="https://appcenter.intuit.com/connect/oauth2",
            token_url=_TOKENS,
            revoke_url=_REVOKED,
            scopes_read=(_SCOPE,),
            needs=("client_id", "client_secret"),
            tells=(("realm_id", "realmId"),),
            refresh_days=100,
        ),
    ),
    version=VERSION,
    limits=(Limit(10, 1.0), Limit(500, 60.0)),
    at_once=8,
    account=Account("/companyinfo/{realm_id}", "{realm_id}", "CompanyInfo.CompanyName"),
    faults=(
        Fault("sign_in", 403, "fault.error.0.code", "^3100$"),
        Fault("sign_in", 403, "Fault.Error.0.code", "^3100$"),
        Fault("plan", 400, "Fault.Error.0.Message", "(?i)feature not|not subscribed"),
        Fault("gone", 400, "Fault.Error.0.code", "^610$"),
        Fault("conflict", 400, "Fault.Error.0.code", "^5010$"),
    ),
    wait_s=60.0,
)


def _list(name: str, *, lines: bool = False, where: str = "") -> Reading:
    """Return how one kind of object is asked for."""
    since = f"{STAMP} >= '{{since}}'"
    asked = f"select * from {name}"
    whole = f" where {where}" if where else ""
    changed = f" where {where} and {since}" if where else f" where {since}"
    return Reading(
        "/query",
        query=(("query", f"{asked}{whole} orderby Id"), _VERSIONED),
        records=f"QueryResponse.{name}",
        is_left_out=True,
        paging=_PAGES,
        changed=Changed(STAMP, "query", template=f"{asked}{changed} orderby Id"),
        scopes=(_SCOPE,),
        lines="Line" if lines else "",
        which_lines=Which("DetailType", "(?!SubTotalLineDetail).*") if lines else None,
    )


def _deleted(name: str) -> Reading:
    """Return how one asks which objects of a kind were deleted."""
    return Reading(
        "/cdc",
        query=(("entities", name), _VERSIONED),
        records=f"CDCResponse.0.QueryResponse.0.{name}",
        is_left_out=True,
        which=Which("status", "Deleted"),
        changed=Changed(STAMP, "changedSince", days=30),
        scopes=(_SCOPE,),
        is_of_changes=True,
        is_keys_only=True,
        state="deleted",
        at_most=1000,
    )


def names(name: str) -> tuple[Reading, ...]:
    """Return how a list of names is asked for, with those that are not used any more."""
    return (_list(name, where="Active in (true, false)"),)


def transactions(*names: str, lines: bool = False) -> tuple[Reading, ...]:
    """Return how a stream is asked for that holds several kinds of transactions; the first is the main one."""
    return (*(_list(name, lines=lines) for name in names), *(_deleted(name) for name in names))


KEPT = {
    "created_at": Field((), path=("MetaData.CreateTime",)),
    "updated_at": Field((), path=(STAMP,)),
}

LINES = Lines(
    {
        "sku": Field((), path=(f"{LINE}.ItemRef.name", f"{ITEM_COST}.ItemRef.name")),
        "description": Field((), path=("Line.Description",)),
        "gl_code": Field((), path=(f"{COST}.AccountRef.name", f"{LINE}.ItemAccountRef.name")),
        "quantity": Field((), path=(f"{LINE}.Qty", f"{ITEM_COST}.Qty")),
        "amount_minor": Field((), path=("Line.Amount",)),
    }
)


def street(address: str) -> tuple[str, ...]:
    """Return where the lines of an address stand."""
    return tuple(f"{address}.Line{number}" for number in range(1, 6))
