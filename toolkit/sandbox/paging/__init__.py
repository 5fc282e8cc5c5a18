"""The server's half of every style of paging, one file each, exporting ``SERVED``; found by `served_style`."""

from functools import cache
from typing import cast

from toolkit.connector import Paging
from toolkit.discovery import discovered
from toolkit.sandbox.page import ServedStyle


@cache
def _styles() -> dict[type, ServedStyle]:
    found = cast("list[ServedStyle]", list(discovered("toolkit.sandbox.paging", "SERVED").values()))
    return {one.kind: one for one in found}


def served_style(paging: Paging) -> ServedStyle:
    """Return what cuts a list into pages in that style."""
    return _styles()[type(paging)]
