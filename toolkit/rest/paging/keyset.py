"""The next page begins behind the last record, which no coming and going of others can move."""

from collections.abc import Callable

from toolkit.connector import Keyset
from toolkit.rest.calls import Call
from toolkit.rest.page import Ask, Linked, Page, PagingStyle
from toolkit.rest.places import text_at


def _begun(_style: Keyset, call: Call, _ask: Ask, _wait: Callable[[float], None], _linked: Linked) -> Call:
    return call


def _following(style: Keyset, page: Page, _linked: Linked) -> Call | None:
    last = text_at(page.rows[-1], style.field) if page.rows else ""
    if not last:
        return None
    return page.call.with_param(style.param, style.template.replace("{last}", last), in_body=style.place == "body")


PAGING = PagingStyle(Keyset, _begun, _following)
