"""Everything comes in one answer."""

from toolkit.connector import OnePage
from toolkit.sandbox.page import GivenPage, Listed, ServedStyle


def _page(_style: OnePage, listed: Listed) -> GivenPage:
    return GivenPage(listed.records)


SERVED = ServedStyle(OnePage, _page)
