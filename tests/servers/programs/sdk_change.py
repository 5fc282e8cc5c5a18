"""Changes what a stand-in holds by the vendor's own client: ``sdk_change.py VENDOR``, with what it needs as JSON.

The first record gets another name, one is made, the last one is taken away; prints the id of the one that was made, and what
the client read back of the changed one.
"""

import json
import sys
from typing import Any

from sdk_list import line_to

Given = dict[str, Any]


def hubspot(given: Given) -> Given:
    from hubspot.crm import companies

    settings = companies.Configuration(host=given["url"])
    settings.access_token = given["token"]
    api = companies.BasicApi(companies.ApiClient(settings))
    api.update(given["first"], companies.SimplePublicObjectInput(properties={"name": given["name"]}))
    made = api.create(companies.SimplePublicObjectInputForCreate(properties={"name": "Made Ltd"}, associations=[]))
    api.archive(given["last"])
    return {"made": made.id, "read": api.get_by_id(given["first"]).properties["name"]}


def salesforce(given: Given) -> Given:
    import requests
    from simple_salesforce import Salesforce

    session = requests.Session()
    session.mount("https://", line_to(given["url"]))
    client = Salesforce(session_id=given["token"], instance_url=given["url"], version=given["version"], session=session)
    client.Account.update(given["first"], {"Name": given["name"]})
    for _ in range(2):
        # Under an id of another system: the second time it is the same record.
        client.Account.upsert("Audit_Key__c/4711", {"Name": "Made Ltd"})
    found = "SELECT Id, LastModifiedDate, Audit_Key__c FROM Account WHERE Audit_Key__c = '4711' LIMIT 2"
    [made] = [one["Id"] for one in client.query(found)["records"]]
    alike = {"attributes": {"type": "Account"}, "Name": given["name"]}
    several = [{**alike, "id": given["first"]}, {**alike, "id": "001000000000000AAA"}]
    results = client.restful("composite/sobjects", method="PATCH", json={"allOrNone": False, "records": several})
    assert [one["success"] for one in results] == [True, False]
    client.Account.delete(given["last"])
    return {"made": made, "read": client.Account.get(given["first"])["Name"]}


def stripe(given: Given) -> Given:
    from stripe import StripeClient

    client = StripeClient(given["token"], base_addresses={"api": given["url"]})
    client.v1.customers.update(given["first"], {"name": given["name"], "metadata": {"seen": "yes"}})
    twice = [client.v1.customers.create({"name": "Made Ltd"}, {"idempotency_key": "once"}).id for _ in range(2)]
    client.v1.customers.update(given["last"], {"metadata": {"archived": "true"}})
    assert twice[0] == twice[1]
    return {"made": twice[0], "read": client.v1.customers.retrieve(given["first"]).name}


def zendesk(given: Given) -> Given:
    import requests
    from zenpy import Zenpy
    from zenpy.lib.api_objects import User

    session = requests.Session()
    session.mount("https://", line_to(given["url"]))
    client = Zenpy(subdomain="harbor", email="audit@harbor.example", token=given["token"], session=session)
    client.users.update(User(id=int(given["first"]), name=given["name"]))
    made = client.users.create(User(name="Made Ltd", email="made@made.example"))
    client.users.update(User(id=int(given["last"]), suspended=True))
    return {"made": str(made.id), "read": client.users(id=int(given["first"])).name}


VENDORS = {one.__name__: one for one in (hubspot, salesforce, stripe, zendesk)}

if __name__ == "__main__":
    print(json.dumps(VENDORS[sys.argv[1]](json.load(sys.stdin))))
