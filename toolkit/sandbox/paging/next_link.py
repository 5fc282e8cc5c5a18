"""The address of the next page stands in the answer."""

from toolkit.connector import NextLink
from toolkit.sandbox.page import GivenPage, Listed, ServedStyle


def _page(style: NextLink, listed: Listed) -> GivenPage:
    word = listed.said.get("cursor", "")
    records, following = listed.from_place(listed.place(word) if word else 0)
    return GivenPage(records, {} if following is None else {style.path: listed.link(following)})


SERVED = ServedStyle(NextLink, _page)
