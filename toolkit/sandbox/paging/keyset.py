"""The next page begins behind the last record."""

from typing import Any

from toolkit.connector import Keyset
from toolkit.rest.places import text_at
from toolkit.sandbox.page import GivenPage, Listed, ServedStyle


def _order(text: str) -> tuple[int, Any]:
    """Return what numbers are ordered by as numbers, and texts as texts."""
    return (0, int(text)) if text.isdigit() else (1, text)


def _page(style: Keyset, listed: Listed) -> GivenPage:
    last = listed.said.get("last", "")
    ordered = sorted(listed.records, key=lambda record: _order(text_at(record, style.field)))
    behind = [one for one in ordered if not last or _order(text_at(one, style.field)) > _order(last)]
    return GivenPage(behind[: listed.size])


SERVED = ServedStyle(Keyset, _page)
