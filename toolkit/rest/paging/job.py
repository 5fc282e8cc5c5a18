"""A job of the vendor's: begun, asked after until it is done, and its result read part by part."""

from collections.abc import Callable
from urllib.parse import quote

from toolkit.connector import Job
from toolkit.errors import ResponseError, RetryableError
from toolkit.rest.calls import Call
from toolkit.rest.pacing import waiting_words
from toolkit.rest.page import Ask, Linked, Page, PagingStyle
from toolkit.rest.places import text_at

_NO_MORE = frozenset({"", "null"})


def _begun(style: Job, call: Call, ask: Ask, wait: Callable[[float], None], linked: Linked) -> Call:
    """Return the request of the result, once the job is done."""
    job = text_at(ask(call).parsed, style.id)
    if not job:
        raise ResponseError(f"{call.said} began a job and did not name it at {style.id!r}.")
    home = call.url.removesuffix(call.url.rpartition("//")[2].partition("/")[2]).rstrip("/")
    waited_s = 0.0
    while True:
        answer = ask(Call(_address(home, call, style.poll, job), headers=call.headers))
        status = text_at(answer.parsed, style.status)
        if status in style.done:
            break
        if status in style.failed:
            raise ResponseError(
                f"The job behind {call.said} failed: the system says {status!r}. Start the same command again."
            )
        if waited_s >= style.max_wait_s:
            raise RetryableError(
                f"The job behind {call.said} was not done after {waiting_words(waited_s)}. Try again later."
            )
        wait(style.poll_s)
        waited_s += style.poll_s
    if style.result_link:
        return linked(text_at(answer.parsed, style.result_link), call)
    return Call(_address(home, call, style.result, job), headers=call.headers)


def _address(home: str, call: Call, path: str, job: str) -> str:
    """Return the address of a job's own path, which begins at the host ("/…") or beside the request that began it."""
    own = path.replace("{id}", quote(job, safe=""))
    return f"{home}{own}" if own.startswith("/") else f"{call.url.rpartition('/')[0]}/{own}"


def _following(style: Job, page: Page, _linked: Linked) -> Call | None:
    locator = page.answer.headers.get(style.locator.casefold(), "") if style.locator else ""
    return None if locator in _NO_MORE else page.call.with_param(style.locator_param, locator)


PAGING = PagingStyle(Job, _begun, _following)
