"""Vendors' contracts (OpenAPI), and Prism, which holds each request of ours against one.

Prism serves what stands under ``paths`` of a contract; a vendor's own address is cut off before. It judges the sign-in, then
the parameters that a contract declares; undeclared ones it lets pass, so they are looked for here.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

import httpx

from tests.servers.running import free_port, installed, started


@dataclass(frozen=True, slots=True)
class Contract:
    """Which contract is a connector's: files below the reference data's ``specs``, and the path that they leave out.

    ``places`` are those of its addresses that a contract says more of than that they are text. ``pages`` are the examples
    that show two pages, of a list whose pages have other names than page1 and page2. ``beyond`` are parameters that the
    vendor takes, as its documentation says, and the contract does not know (or only some of their values), ``paths_beyond``
    such paths: they are left out before a request is judged. ``key`` names a record in examples that lack what the connector
    asks for. ``words_beyond`` are fields in which a stand-in repeats the words of the client's exports where the contract
    has words of its own, ``statuses_beyond`` answers that the vendor gives and the contract does not mention.
    ``record_id`` is an id of a record, as the contract wants one. The first of ``files`` knows its changes.
    """

    files: tuple[str, ...]
    left_out: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, str] = ("page1", "page2")
    beyond: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paths_beyond: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    words_beyond: tuple[str, ...] = ()
    statuses_beyond: tuple[int, ...] = ()
    record_id: str = "4711"

    def known(self, query: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return parameters without what the contract does not know of the vendor."""
        found = []
        for name, value in query:
            others = self.beyond.get(name)
            kept = ",".join(one for one in value.split(",") if one not in others) if others else value
            if others != () and kept:
                found.append((name, kept))
        return found


CONTRACTS: Mapping[str, Contract] = {
    "asana": Contract(
        ("asana/asana.trimmed.json",),
        left_out="/api/1.0",
        # Any path of an object may be asked for; the contract lists the usual ones.
        beyond={"opt_fields": ("created_by.name", "parent.gid", "assignee.email")},
        # A task below none says null; the contract of a single task has only objects.
        words_beyond=("parent",),
    ),
    "hubspot": Contract(
        ("hubspot/hubspot.handwritten.json",),
        # "Associations v4" of the vendor's reference, and BatchApi.get_page of its client: the contract knows one record's.
        paths_beyond=tuple(
            f"/crm/v4/associations/{kind}/{other}/batch/read"
            for kind in ("deals", "tickets")
            for other in ("companies", "contacts")
        ),
    ),
    "quickbooks": Contract(("quickbooks/quickbooks.handwritten.json",), pages=("page1", "customers_empty")),
    "salesforce": Contract(
        ("salesforce/salesforce.handwritten.json",), places={"instance_url": "https://harbor.my.salesforce.com"}
    ),
    "shopify": Contract(("shopify/shopify.handwritten.json",), pages=("customers_page1", "customers_page2"), key=("id",)),
    "stripe": Contract(("stripe/stripe.trimmed.json",)),
    "xero": Contract(
        ("xero/xero_accounting.trimmed.json", "xero/xero-identity.json"),
        left_out="/api.xro/2.0",
        # Its guide writes the moment without a zone, the contract wants one.
        beyond={"if-modified-since": ()},
        # Exports write "Awaiting Payment" and "Revenue"; the contract has AUTHORISED and REVENUE.
        words_beyond=("Status", "Type"),
        statuses_beyond=(401,),
        record_id="bd2270c3-8706-4c11-9cfb-000b551c3f51",
    ),
    "zendesk": Contract(
        ("zendesk/zendesk.handwritten.json",),
        # Sideloading, lists by the id of another system, the names of groups: "Incremental Exports", "Users" and "Groups" of
        # the vendor's reference.
        beyond={"include": (), "external_id": ()},
        paths_beyond=("/api/v2/groups",),
    ),
}
"""By connector. One with an interface and a folder in ``specs`` that does not stand here fails a test."""


@cache
def specification(path: Path) -> Any:
    """Return a contract, with its references as they stand."""
    return json.loads(path.read_text(encoding="utf-8"))


def resolved(spec: Any, part: Any) -> Any:
    """Return a part of a contract, or what it refers to."""
    while isinstance(part, Mapping) and "$ref" in part:
        found = spec
        for name in str(part["$ref"]).removeprefix("#/").split("/"):
            found = found[unquote(name).replace("~1", "/").replace("~0", "~")]
        part = found
    return part


def operation(spec: Any, method: str, path: str) -> tuple[Any, Any] | None:
    """Return what a contract says of a request, and of its path; None where it knows no such one."""
    for template in sorted(spec["paths"], key=lambda one: one.count("{")):
        pattern = "[^/]+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", template))
        if re.fullmatch(pattern, path) and method.lower() in spec["paths"][template]:
            about = spec["paths"][template]
            return about[method.lower()], about
    return None


def examples_of(spec: Any, found: tuple[Any, Any] | None) -> tuple[str, ...]:
    """Return the names of the examples of a request's answer."""
    if found is None:
        return ()
    answer = resolved(spec, found[0]["responses"].get("200", {}))
    kinds = list((answer.get("content") or {}).values())
    return tuple((kinds[0].get("examples") or {}) if kinds else ())


def undeclared(spec: Any, found: tuple[Any, Any], query: Mapping[str, str]) -> set[str]:
    """Return the parameters of a request that its contract does not know."""
    declared = [resolved(spec, one) for part in found for one in part.get("parameters", [])]
    names = {one["name"].removesuffix("[]") for one in declared if one["in"] == "query"}
    # An object may be sent as name[part]=… (deepObject).
    return {name for name in query if re.sub(r"\[.*$", "", name) not in names and name not in names}


@dataclass(slots=True)
class Seen:
    """What one request became: what Prism said of it, which parameters its contract does not know, and what was sent."""

    said: str
    status: int
    violations: list[Any]
    unknown: set[str]
    is_known: bool = True
    sent: str = ""


class Prism(httpx.BaseTransport):
    """Sends what was meant for the vendor to Prism, and says which answer is wanted."""

    def __init__(self, contract: Contract, spec: Any, port: int) -> None:
        self.contract, self.spec, self.port = contract, spec, port
        self.code, self.seen, self.pages = "", [], 0
        self._inner = httpx.HTTPTransport()

    def knows(self, method: str, path: str) -> bool:
        return operation(self.spec, method, self.own_path(path)) is not None

    def own_path(self, path: str) -> str:
        return path.removeprefix(self.contract.left_out)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = self.own_path(request.url.path)
        found = operation(self.spec, request.method, path)
        examples, wanted = examples_of(self.spec, found), self.contract.pages[min(self.pages, 1)]
        headers = [(name, value) for name, value in request.headers.items() if name not in {"host", *self.contract.beyond}]
        if self.code:
            headers.append(("prefer", f"code={self.code}"))
        elif wanted in examples:
            headers.append(("prefer", f"example={wanted}"))
        # A request that only prepares (what may be asked for, a job) is no page.
        self.pages += set(self.contract.pages) <= set(examples)
        sent = self.contract.known(request.url.params.multi_items())
        query = urlencode(sent, quote_via=quote)
        url = f"http://127.0.0.1:{self.port}{path}" + (f"?{query}" if query else "")
        request.read()
        answer = self._inner.handle_request(httpx.Request(request.method, url, headers=headers, content=request.content))
        body = answer.read()
        kept = [
            (name, value) for name, value in answer.headers.items() if name not in {"content-encoding", "content-length"}
        ]
        violations = [
            one for one in json.loads(answer.headers.get("sl-violations", "[]")) if one["location"][0] == "request"
        ]
        unknown = undeclared(self.spec, found, dict(sent)) if found is not None else set()
        said, content = f"{request.method} {path}: {body[:600]!r}", unquote(request.content.decode())
        self.seen.append(Seen(said, answer.status_code, violations, unknown, found is not None, content))
        return httpx.Response(answer.status_code, headers=kept, content=answer.content)

    def close(self) -> None:
        self._inner.close()


@contextmanager
def prism(contract: Contract, file: Path, folder: Path) -> Iterator[Prism]:
    """Yield a Prism that serves one contract; one at a time, since each takes 150 MB and more."""
    program, port = installed("prism", "prism/node_modules/.bin/prism"), free_port()
    command = [program, "mock", file, "--port", str(port), "--host", "127.0.0.1"]
    with started(command, "", folder / "prism.log", folder=folder, word="Prism is listening"):
        yield Prism(contract, specification(file), port)
