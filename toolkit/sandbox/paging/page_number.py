"""Pages are counted."""

from toolkit.connector import PageNumber
from toolkit.sandbox.page import GivenPage, Listed, ServedStyle


def _page(style: PageNumber, listed: Listed) -> GivenPage:
    number = listed.count("page", style.first) - style.first
    records, following = listed.from_place(max(0, number) * listed.size)
    further: dict[str, object] = {style.more: following is not None} if style.more else {}
    if style.last:
        further[style.last] = max(1, -(-len(listed.records) // listed.size))
    return GivenPage(records, further)


SERVED = ServedStyle(PageNumber, _page)
