"""Pages are counted."""

from collections.abc import Callable

from toolkit.connector import PageNumber
from toolkit.rest.calls import Call
from toolkit.rest.page import Ask, Linked, Page, PagingStyle
from toolkit.rest.places import text_at, value_at


def _begun(style: PageNumber, call: Call, _ask: Ask, _wait: Callable[[float], None], _linked: Linked) -> Call:
    in_body = style.place == "body"
    if style.size_param:
        call = call.with_param(style.size_param, style.size, in_body=in_body)
    return call.with_param(style.param, style.first, in_body=in_body)


def _following(style: PageNumber, page: Page, _linked: Linked) -> Call | None:
    number = style.first + page.number
    if style.more:
        is_last = value_at(page.answer.parsed, style.more) is not True
    elif style.last:
        last = text_at(page.answer.parsed, style.last)
        is_last = not last.isdigit() or number >= int(last) - (1 - style.first)
    else:
        is_last = not page.rows
    return None if is_last else page.call.with_param(style.param, number + 1, in_body=style.place == "body")


PAGING = PagingStyle(PageNumber, _begun, _following)
