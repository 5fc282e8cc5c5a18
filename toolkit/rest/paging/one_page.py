"""Everything comes in one answer."""

from collections.abc import Callable

from toolkit.connector import OnePage
from toolkit.rest.calls import Call
from toolkit.rest.page import Ask, Linked, Page, PagingStyle


def _begun(_style: OnePage, call: Call, _ask: Ask, _wait: Callable[[float], None], _linked: Linked) -> Call:
    return call


def _following(_style: OnePage, _page: Page, _linked: Linked) -> None:
    return None


PAGING = PagingStyle(OnePage, _begun, _following)
