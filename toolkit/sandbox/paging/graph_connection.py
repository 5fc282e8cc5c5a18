"""A connection of GraphQL. Source: GraphQL Cursor Connections Specification, "PageInfo"."""

from toolkit.connector import GraphConnection
from toolkit.sandbox.page import GivenPage, Listed, ServedStyle


def _page(style: GraphConnection, listed: Listed) -> GivenPage:
    word = listed.said.get("cursor", "")
    start = listed.place(word) if word else 0
    records, following = listed.from_place(start)
    end = listed.token(start + len(records)) if records else None
    about = {"hasNextPage": following is not None, "endCursor": end}
    return GivenPage(records, {f"{style.path}.pageInfo": about})


SERVED = ServedStyle(GraphConnection, _page)
