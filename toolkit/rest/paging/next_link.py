"""The address of the next page stands in the answer."""

from collections.abc import Callable

from toolkit.connector import NextLink
from toolkit.rest.calls import Call
from toolkit.rest.page import Ask, Linked, Page, PagingStyle
from toolkit.rest.places import text_at


def _begun(_style: NextLink, call: Call, _ask: Ask, _wait: Callable[[float], None], _linked: Linked) -> Call:
    return call


def _following(style: NextLink, page: Page, linked: Linked) -> Call | None:
    link = text_at(page.answer.parsed, style.path)
    return linked(link, page.call) if link else None


PAGING = PagingStyle(NextLink, _begun, _following)
