"""How Salesforce merges: accounts, contacts and leads, over SOAP alone; what loses goes into the recycle bin.

The call takes a master and at most two others, and up to 200 requests; here each request is one pair, so that what is
refused concerns one pair. The master keeps its own values: what it lacks it does not take over, so that a change behind it
fills it. What referred to the record that goes refers to the master from then on; a record that was merged away says which
one its master is, to whoever asks for deleted ones, too. It can be brought back from the bin for about 15 days, without
what referred to it.

Source: developer.salesforce.com, SOAP API guide, merge() (partner WSDL: MergeRequest, MergeResult, SessionHeader), API
faults; REST API guide, QueryAll. UNVERIFIED against an org: that a token of OAuth opens this door (the guide says so of a
session), that a fault of a session comes as 500, that ``queryAll`` finds a record by its id right after the merge.
"""

import json
from typing import Any

from toolkit.connector import Merge, OneCall, WriteCall
from toolkit.connectors.salesforce.asking import API_VERSION

_PARTNER, _SOBJECT = "urn:partner.soap.sforce.com", "urn:sobject.partner.soap.sforce.com"
_LOST = (
    "the id of the record that goes, and with it links from outside",
    "which of the two a task, an event, a note, a file or a campaign belonged to",
    "what the record that goes held in fields that are not merged: the master keeps its own, and its history",
)
"""What nobody brings back. Source: SOAP API guide, merge(); the product's reliability rules, section 4."""


def _merge(kind: str, *lists: tuple[str, str]) -> Merge:
    """Return how an object is merged; ``lists`` are those of what refers to it, each with the field that does."""
    record: dict[str, Any] = {name: {"@xmlns": _SOBJECT, "#text": text} for name, text in (("type", kind), ("Id", ""))}
    session = {"SessionHeader": {"@xmlns": _PARTNER, "sessionId": "{session}"}}
    request = {"masterRecord": record, "recordToMergeIds": ""}
    body = {"Header": session, "Body": {"merge": {"@xmlns": _PARTNER, "request": request}}}
    result = "Body.mergeResponse.result"
    return Merge(
        WriteCall(
            "POST",
            f"//services/Soap/u/{API_VERSION.removeprefix('v')}",
            body=json.dumps(body),
            has_fields=False,
            id_path="Body.merge.request.recordToMergeIds",
            id_at=f"{result}.id",
            refused=(f"{result}.errors",),
            form="soap",
        ),
        _LOST,
        into_path="Body.merge.request.masterRecord.Id.#text",
        reversibility="R2",
        before=tuple(
            _query(f"SELECT {'Id' if fields == '' else fields} FROM {name} WHERE {field} = '{{id}}'")
            for name, field, fields in _kept(kind, lists)
        ),
        where=_query(f"SELECT Id, IsDeleted, MasterRecordId FROM {kind} WHERE Id = '{{id}}'", path="/queryAll"),
        where_at="records.0.MasterRecordId",
        takes_over=False,
    )


def _kept(kind: str, lists: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """Return what is kept before: the history of its fields, and the ids of what refers to it."""
    history = (f"{kind}History", f"{kind}Id", "Field, OldValue, NewValue, CreatedDate")
    return (history, *((name, field, "") for name, field in lists))


def _query(text: str, *, path: str = "/query") -> OneCall:
    return OneCall(path, query=(("q", text),))


MERGES = {
    "Account": _merge(
        "Account", ("Contact", "AccountId"), ("Opportunity", "AccountId"), ("Case", "AccountId"), ("Account", "ParentId")
    ),
    "Contact": _merge("Contact", ("Case", "ContactId"), ("OpportunityContactRole", "ContactId")),
    "Lead": _merge("Lead", ("CampaignMember", "LeadId")),
}
