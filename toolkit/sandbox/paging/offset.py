"""Records are counted."""

from toolkit.connector import Offset
from toolkit.sandbox.page import GivenPage, Listed, ServedStyle


def _page(style: Offset, listed: Listed) -> GivenPage:
    start = listed.count("place", style.first) - style.first
    records, following = listed.from_place(max(0, start))
    further: dict[str, object] = {style.more: following is not None} if style.more else {}
    if style.total:
        further[style.total] = len(listed.records)
    return GivenPage(records, further)


SERVED = ServedStyle(Offset, _page)
