"""A word of the vendor's, or the last record's id, names the next page. A page without records may stand in the middle."""

from collections.abc import Callable
from dataclasses import replace

from toolkit.connector import Cursor
from toolkit.rest.calls import Call
from toolkit.rest.page import Ask, Linked, Page, PagingStyle
from toolkit.rest.places import text_at, value_at


def _begun(_style: Cursor, call: Call, _ask: Ask, _wait: Callable[[float], None], _linked: Linked) -> Call:
    return call


def _following(style: Cursor, page: Page, _linked: Linked) -> Call | None:
    if style.more and value_at(page.answer.parsed, style.more) is not True:
        return None
    if style.end and value_at(page.answer.parsed, style.end) is True:
        return None
    if style.from_last:
        cursor = text_at(page.rows[-1], style.from_last) if page.rows else ""
    else:
        cursor = text_at(page.answer.parsed, style.path)
    if not cursor:
        return None
    call = page.call
    if style.instead_of:
        call = replace(call, query=tuple(pair for pair in call.query if pair[0] != style.instead_of))
    return call.with_param(style.param, cursor, in_body=style.place == "body")


PAGING = PagingStyle(Cursor, _begun, _following)
