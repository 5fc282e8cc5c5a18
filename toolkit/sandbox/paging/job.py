"""A job of the vendor's: its result is cut into parts; beginning it and asking after it is `jobs`'s."""

from toolkit.connector import Job
from toolkit.sandbox.page import GivenPage, Listed, ServedStyle


def _page(style: Job, listed: Listed) -> GivenPage:
    word = listed.said.get("cursor", "")
    records, following = listed.from_place(listed.place(word) if word else 0)
    if not style.locator:
        return GivenPage(listed.records)
    return GivenPage(records, headers={style.locator: "null" if following is None else listed.token(following)})


SERVED = ServedStyle(Job, _page)
