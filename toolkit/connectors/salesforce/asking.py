"""How Salesforce is asked: its address, its ways to sign in, its limits, and the query over each object."""

from collections.abc import Iterable

from toolkit.connector import Account, Api, Changed, Fault, Field, Limit, NextLink, Reading, Selection, SignIn

API_VERSION = "v66.0"

_LOGIN = "https://login.salesforce.com/services/oauth2"
_TELLS = (("instance_url", "instance_url"),)

API = Api(
    f"{{instance_url}}/services/data/{API_VERSION}",
    version=API_VERSION,
    sign_in=(
        SignIn(
            "oauth2_code",
            authorize_url=f"{_LOGIN}/authorize",
            token_url=f"{_LOGIN}/token",
            revoke_url=f"{_LOGIN}/revoke",
            scopes_read=("api", "refresh_token"),
            needs=("client_id",),
            tells=_TELLS,
            implied=(("full", "api"), ("offline_access", "refresh_token")),
        ),
        SignIn("jwt_bearer", token_url=f"{_LOGIN}/token", audience="https://login.salesforce.com", tells=_TELLS),
        SignIn("refresh_token", token_url=f"{_LOGIN}/token", tells=_TELLS),
        SignIn(
            "client_credentials",
            token_url="https://{my_domain}.my.salesforce.com/services/oauth2/token",  # noqa: S106  # an address
            client_auth="client_secret_post",
            tells=_TELLS,
        ),
    ),
    # Of the smallest edition; what other programs of the client ask counts, too.
    limits=(Limit(15_000, 86_400.0),),
    at_once=5,
    account=Account("/query", "records.0.Id", "records.0.Name", query=(("q", "SELECT Id, Name FROM Organization LIMIT 1"),)),
    faults=(
        Fault("wait", 403, "0.errorCode", "^REQUEST_LIMIT_EXCEEDED$"),
        Fault("wait", 400, "0.errorCode", "^UNABLE_TO_LOCK_ROW$"),
        Fault("plan", 403, "0.errorCode", "^API_(DISABLED_FOR_ORG|CURRENTLY_DISABLED)$"),
        Fault("plan", 400, "0.errorCode", "^INVALID_TYPE$"),
        # The client has no such field, or the user may not see it: no record is gone.
        Fault("refused", 404, "0.message", "(?i)external id field"),
        # Over SOAP: what is refused as a whole comes as a fault within an error of the server.
        Fault("wait", 500, "Body.Fault.faultcode", "(REQUEST_LIMIT_EXCEEDED|UNABLE_TO_LOCK_ROW)$"),
        Fault("wait", 200, "Body.mergeResponse.result.errors.statusCode", "^UNABLE_TO_LOCK_ROW$"),
        Fault("refused", 500, "Body.Fault.faultcode", "^(?!.*(UNKNOWN_EXCEPTION|SERVER_UNAVAILABLE|Server)).+:"),
    ),
)


def query(
    name: str, fields: Iterable[Field], *further: str, offered: tuple[str, ...] = (), where: str = "", lines: str = ""
) -> tuple[Reading, ...]:
    """Return the query over an object, and over the client's own fields of it.

    Parameters
    ----------
    name
        Of the object.
    fields
        Those that are read.
    further
        Names that no field reads, and that are asked for all the same.
    offered
        Names whose lack is nothing to be said.
    where
        A condition that always holds.
    lines
        Where an answer holds the lines of a record.
    """
    read = {path for field in fields for path in field.path if ".records" not in path}
    wanted = tuple(sorted({"Id", "SystemModstamp", *read, *further} - {*offered}))
    whole = f"SELECT {{fields}} FROM {name}"
    since = f"{whole} WHERE SystemModstamp >= {{since}}"
    return (
        Reading(
            "/queryAll",
            "records",
            query=(("q", f"{whole} WHERE {where}" if where else whole),),
            headers=(("Sforce-Query-Options", "batchSize=2000"),),
            paging=NextLink("nextRecordsUrl", below="/query|/queryAll"),
            changed=Changed("SystemModstamp", param="q", template=f"{since} AND {where}" if where else since),
            total="totalSize",
            lines=lines,
            selection=Selection(
                f"/sobjects/{name}/describe", wanted, offered, further=r"\w+__c", child_path="/sobjects/{child}/describe"
            ),
        ),
    )
