"""Records are counted; the next page begins behind all that came, however many the vendor gave."""

import re
from collections.abc import Callable

from toolkit.connector import Offset
from toolkit.rest.calls import Call
from toolkit.rest.page import Ask, Linked, Page, PagingStyle
from toolkit.rest.places import text_at, value_at


def _begun(style: Offset, call: Call, _ask: Ask, _wait: Callable[[float], None], _linked: Linked) -> Call:
    in_body = style.place == "body"
    if style.size_param and not style.template:
        call = call.with_param(style.size_param, style.size, in_body=in_body)
    return _placed(style, call, style.first)


def _following(style: Offset, page: Page, _linked: Linked) -> Call | None:
    if style.more:
        is_last = value_at(page.answer.parsed, style.more) is not True
    elif style.total and (total := text_at(page.answer.parsed, style.total)).isdigit():
        is_last = page.received >= int(total) or not page.rows
    else:
        is_last = not page.rows
    return None if is_last else _placed(style, page.call, style.first + page.received)


def _placed(style: Offset, call: Call, start: int) -> Call:
    """Return the call of the page that begins at a place."""
    place = text_from(dict(call.query).get(style.param, ""), style, start) if style.template else start
    return call.with_param(style.param, place, in_body=style.place == "body")


def text_from(text: str, style: Offset, start: int) -> str:
    """Return a query of the vendor's that begins at a place.

    Parameters
    ----------
    text
        The query, with the place of an earlier page or without one.
    style
        How a place is written in it.
    start
        The place.

    Examples
    --------
    >>> style = Offset("query", size=1000, first=1, template=" startposition {start} maxresults {size}")
    >>> text_from("select * from Item startposition 1 maxresults 1000", style, 1001)
    'select * from Item startposition 1001 maxresults 1000'
    """
    tail = re.escape(style.template).replace(r"\{start\}", r"\d+").replace(r"\{size\}", r"\d+")
    return re.sub(f"{tail}$", "", text) + style.template.format(start=start, size=style.size)


PAGING = PagingStyle(Offset, _begun, _following)
