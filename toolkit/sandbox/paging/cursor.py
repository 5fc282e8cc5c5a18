"""A word names the next page: one of the server's, or a value of the page's last record."""

from toolkit.connector import Cursor
from toolkit.rest.places import text_at
from toolkit.sandbox.page import GivenPage, Listed, ServedStyle, UnknownCursorError


def _page(style: Cursor, listed: Listed) -> GivenPage:
    word = listed.said.get("cursor", "")
    start = 0
    if word and style.from_last:
        places = {text_at(record, style.from_last): place for place, record in enumerate(listed.records)}
        if word not in places:
            raise UnknownCursorError
        start = places[word] + 1
    elif word:
        start = listed.place(word)
    records, following = listed.from_place(start)
    further: dict[str, object] = {style.more: following is not None} if style.more else {}
    if style.end:
        # Such a list is followed for ever: its end, too, has a word.
        further[style.end] = following is None
        following = start + len(records)
    if following is not None and style.path and not style.from_last:
        further[style.path] = listed.token(following)
    return GivenPage(records, further)


SERVED = ServedStyle(Cursor, _page)
