"""Records are counted; the next page begins behind all that came, however many the vendor gave."""

from collections.abc import Callable

from toolkit.connector import Offset
from toolkit.rest.calls import Call
from toolkit.rest.page import Ask, Linked, Page, PagingStyle
from toolkit.rest.places import text_at, value_at


def _begun(style: Offset, call: Call, _ask: Ask, _wait: Callable[[float], None], _linked: Linked) -> Call:
    in_body = style.place == "body"
    if style.size_param:
        call = call.with_param(style.size_param, style.size, in_body=in_body)
    return call.with_param(style.param, style.first, in_body=in_body)


def _following(style: Offset, page: Page, _linked: Linked) -> Call | None:
    if style.more:
        is_last = value_at(page.answer.parsed, style.more) is not True
    elif style.total and (total := text_at(page.answer.parsed, style.total)).isdigit():
        is_last = page.received >= int(total) or not page.rows
    else:
        is_last = not page.rows
    behind = style.first + page.received
    return None if is_last else page.call.with_param(style.param, behind, in_body=style.place == "body")


PAGING = PagingStyle(Offset, _begun, _following)
