"""Lists what a stand-in holds by the vendor's own client: ``sdk_list.py VENDOR``, with what it needs as JSON on its input.

Prints the ids of each kind of object as JSON. The clients go to the vendor's host, over TLS; it is the stand-in's here.
"""

import json
import sys
import time
from typing import Any

Given = dict[str, Any]
Ids = dict[str, list[str]]


def line_to(url: str) -> Any:
    """Return what carries requests for any host to the stand-in."""
    from urllib.parse import urlsplit, urlunsplit

    import requests

    class Line(requests.adapters.HTTPAdapter):
        def send(self, request: Any, *arguments: Any, **options: Any) -> Any:
            meant = request.url
            parts, there = urlsplit(meant), urlsplit(url)
            request.url = urlunsplit((there.scheme, there.netloc, parts.path, parts.query, ""))
            request.headers["Host"] = there.netloc
            answer = super().send(request, *arguments, **options)
            # Clients look at where an answer came from.
            request.url = answer.url = meant
            return answer

    return Line()


def hubspot(given: Given) -> Ids:
    from hubspot.crm import companies, contacts, deals
    from hubspot.utils.objects import fetch_all

    found = {}
    for name, module in (("companies", companies), ("contacts", contacts), ("deals", deals)):
        settings = module.Configuration(host=given["url"])
        settings.access_token = given["token"]
        api = module.BasicApi(module.ApiClient(settings))
        found[name] = [one.id for one in fetch_all(api)]
    return {**found, "deals of companies": _associated(given, found["deals"])}


def _associated(given: Given, ids: list[str]) -> list[str]:
    """Return which deal is of which company, as one text each."""
    from hubspot.crm.associations import v4

    settings = v4.Configuration(host=given["url"])
    settings.access_token = given["token"]
    asked = v4.BatchInputPublicFetchAssociationsBatchRequest(
        inputs=[v4.PublicFetchAssociationsBatchRequest(id=one) for one in ids]
    )
    answer = v4.BatchApi(v4.ApiClient(settings)).get_page("deals", "companies", asked)
    return [f"{one._from.id}>{other.to_object_id}" for one in answer.results for other in one.to]


def salesforce(given: Given) -> Ids:
    import requests
    from simple_salesforce import Salesforce

    session = requests.Session()
    session.mount("https://", line_to(given["url"]))
    client = Salesforce(session_id=given["token"], instance_url=given["url"], version=given["version"], session=session)
    return {
        name: [one["Id"] for one in client.query_all_iter(query, include_deleted=True)]
        for name, query in given["queries"].items()
    }


def shopify(given: Given) -> Ids:
    import shopify as client

    # What a session of the client's own sets; it knows the shop's host alone.
    client.ShopifyResource.site = f"{given['url']}/admin/api/{given['version']}"
    client.ShopifyResource.headers = {"X-Shopify-Access-Token": given["token"]}
    found: Ids = {}
    for name, asked in given["documents"].items():
        after, has_more = None, True
        found[name] = []
        while has_more:
            variables = {**asked["variables"], **({"after": after} if after else {})}
            listed = json.loads(client.GraphQL().execute(asked["query"], variables))["data"][asked["list"]]
            found[name] += [one["legacyResourceId"] for one in listed["nodes"]]
            after, has_more = listed["pageInfo"]["endCursor"], listed["pageInfo"]["hasNextPage"]
            # The client waits for nobody, and a shop takes ten requests a second.
            time.sleep(0.12)
    return found


def stripe(given: Given) -> Ids:
    from stripe import StripeClient

    client = StripeClient(given["token"], base_addresses={"api": given["url"]})
    lists = {"customers": client.v1.customers, "payments": client.v1.charges}
    return {name: [one.id for one in of.list({"limit": 100}).auto_paging_iter()] for name, of in lists.items()}


def zendesk(given: Given) -> Ids:
    import requests
    from zenpy import Zenpy

    session = requests.Session()
    session.mount("https://", line_to(given["url"]))
    client = Zenpy(subdomain="harbor", email="audit@harbor.example", token=given["token"], session=session)
    return {
        "tickets": [str(one.id) for one in client.tickets.incremental(start_time=1, paginate_by_time=False)],
        "users": [str(one.id) for one in client.users.incremental(start_time=1, paginate_by_time=False)],
    }


VENDORS = {one.__name__: one for one in (hubspot, salesforce, shopify, stripe, zendesk)}

if __name__ == "__main__":
    print(json.dumps(VENDORS[sys.argv[1]](json.load(sys.stdin))))
