"""The address of the next page stands in the header ``Link``. Source: RFC 8288, section 3."""

from toolkit.connector import LinkHeader
from toolkit.sandbox.page import GivenPage, Listed, ServedStyle


def _page(style: LinkHeader, listed: Listed) -> GivenPage:
    word = listed.said.get("cursor", "")
    records, following = listed.from_place(listed.place(word) if word else 0)
    headers = {} if following is None else {"Link": f'<{listed.link(following)}>; rel="{style.rel}"'}
    return GivenPage(records, headers=headers)


SERVED = ServedStyle(LinkHeader, _page)
