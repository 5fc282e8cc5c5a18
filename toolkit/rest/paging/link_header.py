"""The address of the next page stands in the header ``Link``. Source: RFC 8288, section 3."""

import re
from collections.abc import Callable

from toolkit.connector import LinkHeader
from toolkit.rest.calls import Call
from toolkit.rest.page import Ask, Linked, Page, PagingStyle

_LINK = re.compile(r"<([^>]*)>((?:\s*;\s*[^,;<]+)*)")


def link_of(header: str, rel: str) -> str:
    """Return the address that a header names for a relation; empty for none.

    Examples
    --------
    >>> link_of('<https://shop.example/a?page=1>; rel="previous", <https://shop.example/a?page=3>; rel="next"', "next")
    'https://shop.example/a?page=3'
    """
    for address, parameters in _LINK.findall(header):
        found = re.search(r'rel\s*=\s*"?([^";]+)"?', parameters)
        if found is not None and rel in found.group(1).split():
            return str(address)
    return ""


def _begun(_style: LinkHeader, call: Call, _ask: Ask, _wait: Callable[[float], None], _linked: Linked) -> Call:
    return call


def _following(style: LinkHeader, page: Page, linked: Linked) -> Call | None:
    link = link_of(page.answer.headers.get("link", ""), style.rel)
    return linked(link, page.call) if link else None


PAGING = PagingStyle(LinkHeader, _begun, _following)
