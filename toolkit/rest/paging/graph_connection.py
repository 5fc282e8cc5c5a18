"""A connection of GraphQL. Source: GraphQL Cursor Connections Specification, "PageInfo"."""

from collections.abc import Callable

from toolkit.connector import GraphConnection
from toolkit.rest.calls import Call
from toolkit.rest.page import Ask, Linked, Page, PagingStyle
from toolkit.rest.places import text_at, value_at


def _begun(_style: GraphConnection, call: Call, _ask: Ask, _wait: Callable[[float], None], _linked: Linked) -> Call:
    return call


def _following(style: GraphConnection, page: Page, _linked: Linked) -> Call | None:
    about = value_at(page.answer.parsed, f"{style.path}.pageInfo")
    cursor = text_at(about, "endCursor")
    if value_at(about, "hasNextPage") is not True or not cursor:
        return None
    return page.call.with_param(f"variables.{style.variable}", cursor, in_body=True)


PAGING = PagingStyle(GraphConnection, _begun, _following)
