"""One file per style of paging, each exporting ``PAGING``; found by `style_of`, without a list."""

from functools import cache
from typing import cast

from toolkit.connector import Paging
from toolkit.discovery import discovered
from toolkit.rest.page import PagingStyle


@cache
def _styles() -> dict[type, PagingStyle]:
    found = discovered("toolkit.rest.paging", "PAGING").values()
    return {one.kind: one for one in cast("list[PagingStyle]", list(found))}


def style_of(paging: Paging) -> PagingStyle:
    """Return what goes from page to page in that style."""
    return _styles()[type(paging)]
