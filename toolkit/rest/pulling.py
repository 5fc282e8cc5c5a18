"""One stream, from its first page to its last: every page on disk before the next is asked for.

What is wrong with a list is found here: pages that lead back, pages that repeat, fewer records than the vendor counts, a
list that moved while it was read. It ends the stream, or is read again; either way the result says so.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from toolkit.connector import Reading
from toolkit.errors import AuthError, NotOfferedError, ResponseError, RetryableError, ScopeError, ToolkitError
from toolkit.rest.answers import Answer, parsed_body
from toolkit.rest.calls import Call
from toolkit.rest.client import RestClient
from toolkit.rest.completing import completed_body
from toolkit.rest.count_beside import count_beside
from toolkit.rest.page import Page
from toolkit.rest.pages import PageLog
from toolkit.rest.paging import style_of
from toolkit.rest.places import text_at
from toolkit.rest.read_page import key_words, read_page
from toolkit.rest.redaction import redacted_bytes
from toolkit.rest.selecting import selected
from toolkit.rest.stretch import Stretch, asked_since, kept_stretch
from toolkit.rest.walk import Walk, page_keys
from toolkit.values.counted import counted
from toolkit.version import __version__

_AHEAD = timedelta(days=3)
"""A slice of time ends so far beyond this machine's clock, which may be a day off, that no record is written behind it."""

_MAX_AGE = timedelta(days=7)
"""How long a pull may be gone on with; a system that allows few requests a day takes some."""

Report = Callable[[int, int | None], None]
"""Told how many records came, of how many where the vendor says so."""


@dataclass(frozen=True, slots=True)
class PulledStream:
    """What a pull of one stream brought; its pages stand in the log.

    ``reasons`` say why it is not complete, ``notes`` what is worth knowing beside that; ``error`` is what ended it.
    ``repeated`` are keys that came more than once. ``started_at`` is the system's own time when it began, ``newest_at``
    the newest stamp of a record that says its zone. With ``is_resumable`` the next pull goes on where this one ended.
    ``holds`` is how many records the system has in all, where a pull of changes could ask for that.
    """

    received: int
    unique: int
    pages: int
    total: int | None
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    error: ToolkitError | None
    repeated: frozenset[str]
    started_at: datetime
    newest_at: datetime | None
    is_resumable: bool
    resumed_pages: int
    holds: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class _Pull:
    """What does not change from page to page."""

    client: RestClient
    name: str
    readings: Sequence[Reading]
    key: Sequence[str]
    log: PageLog
    since: datetime | None

    @property
    def said(self) -> str:
        """The stream as a sentence names it."""
        return f"{self.client.system}/{self.name}"


def stream_signature(url: str, readings: Sequence[Reading], key: Sequence[str], since: datetime | None) -> str:
    """Return a hash of all that the pages of a pull depend on: only pages of the same one may be gone on with.

    Parameters
    ----------
    url
        The system's address.
    readings
        The stream's lists.
    key
        What names a record.
    since
        From when on changes are asked for.
    """
    return hashlib.sha256(repr((__version__, url, tuple(readings), tuple(key), since)).encode()).hexdigest()


def pull_stream(
    client: RestClient,
    name: str,
    readings: Sequence[Reading],
    key: Sequence[str],
    log: PageLog,
    *,
    since: datetime | None = None,
    report: Report = lambda _received, _total: None,
) -> PulledStream:
    """Pull a stream into its log, going on where an earlier pull of it ended.

    Parameters
    ----------
    client
        What asks the system.
    name
        Of the stream, for sentences.
    readings
        The lists that hold it.
    key
        Paths of what names a record.
    log
        Where its pages go.
    since
        Only what changed since then; everything without.
    report
        Told how far it is.
    """
    signature = stream_signature(client.url, readings, key, since)
    begun = log.begun or {}
    is_resumed = begun.get("signature") == signature and log.page_count > 0 and _is_fresh(client, begun)
    resumed = log.page_count if is_resumed else 0
    if not is_resumed:
        begun = _begin(client, log, signature)
    pull = _Pull(client, name, readings, key, log, since)
    walk, following = _walked(pull) if is_resumed else (Walk(), Stretch())
    error: ToolkitError | None = None
    while (stretch := following) is not None:
        try:
            following = _step(pull, walk, stretch)
            is_resumed = False
        except (NotOfferedError, ScopeError) as fault:
            if not readings[stretch.reading].is_optional:
                error = fault
                break
            walk.notes.append(f"{fault} It is left out.")
            following = _next_parent(readings, walk, stretch) or _next_list(pull, stretch, walk)
        except ResponseError as fault:
            if not is_resumed:
                error = fault
                break
            # Cursors live for a while only: the place where it ended is not known over there any more.
            begun = _begin(client, log, signature)
            walk, following, is_resumed, resumed = Walk(), Stretch(), False, 0
        except (AuthError, RetryableError) as fault:
            error = fault
            break
        report(walk.received, walk.total)
    if error is not None:
        walk.reasons.append(str(error))
    return PulledStream(
        received=walk.received,
        unique=len(walk.every),
        pages=log.page_count,
        total=walk.total,
        reasons=tuple(dict.fromkeys(walk.reasons)),
        notes=tuple(dict.fromkeys(walk.notes)),
        error=error,
        repeated=frozenset(walk.repeated),
        started_at=datetime.fromisoformat(begun["started_at"]) + timedelta(seconds=client.clock_offset_s or 0.0),
        newest_at=walk.newest_at,
        is_resumable=isinstance(error, AuthError | RetryableError),
        resumed_pages=resumed,
    )


def _is_fresh(client: RestClient, begun: Mapping[str, Any]) -> bool:
    """Return whether a pull is young enough to go on with: pages of two weeks together show no one state."""
    return abs(client.clock.now() - datetime.fromisoformat(begun["started_at"])) <= _MAX_AGE


def _begin(client: RestClient, log: PageLog, signature: str) -> Mapping[str, Any]:
    """Begin a log anew; the time in it is this machine's, since the system's is not known before it answers."""
    begun = {"signature": signature, "started_at": client.clock.now().isoformat()}
    log.begin(begun)
    return begun


def _step(pull: _Pull, walk: Walk, stretch: Stretch) -> Stretch | None:
    """Read one page, keep it, and return where the pull goes on."""
    reading = pull.readings[stretch.reading]
    stretch = stretch.with_slices_of(reading, pull.since, pull.client.clock.now() + _AHEAD)
    parent = walk.parents[stretch.reading - 1][stretch.parent] if _is_for_each(pull.readings, stretch.reading) else ""
    call = stretch.call or _first_call(pull, walk, reading, stretch, parent)
    answer = pull.client.answer(call, reading)
    page = read_page(answer, reading, pull.key, pull.said, stretch=stretch, call=call)
    total = text_at(answer.parsed, reading.total) if reading.total else ""
    if stretch.first_total is None and total.isdigit():
        stretch = replace(stretch, first_total=int(total))
    if _is_too_large(reading, stretch, total) and (halved := stretch.halved(reading)) is not None:
        walk.begin_list(is_new=False)
        return halved
    keys = page_keys(page.rows, reading.key or pull.key) if reading.completed else []
    whole = completed_body(pull.client, reading, keys, answer.body, pull.said)
    wrong, following = _following(pull, walk, reading, page)
    walk.take(page, stretch, total, reading)
    if answer.is_mended:
        walk.notes.append(f"{pull.said}: page {page.number + 1} held what JSON does not allow; it was replaced.")
    if answer.lost_text:
        walk.reasons.append(f"{pull.said}: page {page.number + 1} held bytes that are no text; they were replaced.")
    if page.nameless:
        walk.reasons.append(
            f"{pull.said}: {counted(page.nameless, 'record')} on page {page.number + 1} without "
            f"{key_words(reading, pull.key)} could not be told apart from others and did not come along. Ask the vendor, or "
            "mend 'key' of the stream."
        )
    if beside := count_beside(answer.parsed, reading, len(page.rows)):
        walk.reasons.append(f"{pull.said}: {beside}")
    walk.notes += _other_version(pull, answer)
    after: Stretch | None = None
    if wrong:
        walk.reasons.append(wrong)
    elif following is not None:
        after = replace(stretch, call=following, number=stretch.number + 1, received=page.received)
    else:
        after = _behind(pull, walk, replace(stretch, received=page.received), total)
    facts = {
        "total": total, "totals": stretch.totals, "reasons": list(walk.reasons), "is_again": stretch.is_again,
        "slices": len(stretch.slices), "parent": stretch.parent, "parent_key": parent,
    }  # fmt: skip
    body = redacted_bytes(whole, pull.client.credential.secrets)
    pull.log.add(stretch.reading, body, None if after is None else after.kept, facts)
    return after


def _following(pull: _Pull, walk: Walk, reading: Reading, page: Page) -> tuple[str, Call | None]:
    """Return what is wrong with where a page leads, and the request of the page behind it."""
    if wrong := walk.circle(page):
        return f"{pull.said}: {wrong}. Mend 'paging' of the stream.", None
    try:
        following = style_of(reading.paging).following(reading.paging, page, pull.client.linked)
    except ResponseError as fault:
        # What the page itself brought is good.
        return f"{pull.said}: {fault}", None
    if following is not None and (following == page.call or walk.is_known(following)):
        wrong = f"page {page.number + 1} leads back to a page that was read already, so that the list never ends"
        return f"{pull.said}: {wrong}. Mend 'paging' of the stream.", None
    return "", following


def _first_call(pull: _Pull, walk: Walk, reading: Reading, stretch: Stretch, parent: str) -> Call:
    since, days = pull.since, None if reading.changed is None else reading.changed.days
    if since is not None and days is not None:
        # Of what was before that it knows nothing, and nothing is lost: the last pull was after it.
        since = max(since, pull.client.server_now() - timedelta(days=days) + timedelta(hours=1))
    first = asked_since(pull.client.call(reading, parent), reading, since, stretch.slices)
    if reading.selection is not None:
        first, notes = selected(first, reading.selection, pull.client, pull.said)
        walk.notes += notes

    def ask(call: Call) -> Answer:
        return pull.client.answer(call, replace(reading, form="json"))

    return style_of(reading.paging).begun(reading.paging, first, ask, pull.client.clock.sleep, pull.client.linked)


def _other_version(pull: _Pull, answer: Answer) -> list[str]:
    """Return that an answer is of another version than was asked for: vendors go on to the next one without a word."""
    api = pull.client.api
    found = answer.headers.get(api.version_header.casefold(), "") if api.version_header else ""
    if found in {"", api.version}:
        return []
    return [f"{pull.client.system} answers by version {found} of its interface; {api.version} was asked for."]


def _is_too_large(reading: Reading, stretch: Stretch, total: str) -> bool:
    """Return whether a slice of time holds more than the list ever gives, by the system's own count."""
    window = reading.window
    return window is not None and total.isdigit() and int(total) > window.max_records and stretch.number == 0


def _behind(pull: _Pull, walk: Walk, stretch: Stretch, total: str) -> Stretch | None:
    """Return where the pull goes on behind the end of a list, or of a slice of it."""
    reading = pull.readings[stretch.reading]
    if reading.window is not None and stretch.received >= reading.window.max_records:
        halved = None if total.isdigit() else stretch.halved(reading)
        if halved is not None:
            walk.begin_list(is_new=False)
            return halved
        if not total.isdigit() or int(total) > stretch.received:
            start = stretch.slices[0][0]
            walk.reasons.append(
                f"{pull.said}: more than {reading.window.max_records:,} records stand at {start:%Y-%m-%d %H:%M:%S} UTC, "
                "and the system gives no more of one moment."
            )
    if reading.at_most and stretch.received >= reading.at_most:
        walk.reasons.append(
            f"{pull.said}: more changed than the {reading.at_most:,} records that the system tells of at once. Ask for "
            f"everything: integration-audit pull {pull.client.system} --full"
        )
    if len(stretch.slices) > 1:
        walk.begin_list(is_new=False)
        totals = stretch.totals + (int(total) if total.isdigit() else 0)
        return Stretch(stretch.reading, slices=stretch.slices[1:], totals=totals)
    if not (reading.is_parents or reading.is_lines) and walk.has_moved(reading, stretch, total):
        walk.begin_list(is_new=False)
        return Stretch(stretch.reading, totals=stretch.totals, is_again=True, parent=stretch.parent)
    if (following := _next_parent(pull.readings, walk, stretch, total)) is not None:
        return following
    if missing := walk.shortfall(stretch.reading):
        walk.reasons.append(f"{pull.said}: {missing}.")
    return _next_list(pull, stretch, walk)


def _is_for_each(readings: Sequence[Reading], place: int) -> bool:
    """Return whether a list is asked for once for each record of the list before, or for each that has more lines."""
    return place > 0 and (readings[place - 1].is_parents or readings[place].is_lines)


def _next_parent(readings: Sequence[Reading], walk: Walk, stretch: Stretch, total: str = "") -> Stretch | None:
    """Return where the same list of the next parent begins; None behind the last one."""
    if not _is_for_each(readings, stretch.reading) or stretch.parent + 1 >= len(walk.parents[stretch.reading - 1]):
        return None
    walk.begin_list(is_new=False)
    totals = stretch.totals + (int(total) if total.isdigit() else 0)
    return Stretch(stretch.reading, totals=totals, parent=stretch.parent + 1)


def _next_list(pull: _Pull, stretch: Stretch, walk: Walk) -> Stretch | None:
    readings, following = pull.readings, stretch.reading + 1
    while following < len(readings) and (
        # Nobody is there to ask it for, or everything is asked for and no list of what changed.
        (_is_for_each(readings, following) and not walk.parents.get(following - 1))
        or (readings[following].is_of_changes and pull.since is None)
    ):
        following += 1
    if following >= len(readings):
        return None
    walk.begin_list()
    return Stretch(following)


def _walked(pull: _Pull) -> tuple[Walk, Stretch | None]:
    """Return what is known after the pages that are kept, and where to go on."""
    walk, before = Walk(), (0, False, 0, 0)
    for kept in pull.log.pages():
        reading = pull.readings[kept.reading]
        facts = kept.facts
        present = (kept.reading, bool(facts["is_again"]), int(facts["slices"]), int(facts["parent"]))
        if present != before:
            walk.begin_list(is_new=present[0] != before[0])
            before = present
        parsed = parsed_body(kept.body) if reading.form == "json" and kept.body else {}
        answer = Answer(200, {}, kept.body, parsed)
        page = read_page(answer, reading, pull.key, pull.said, stretch=Stretch(kept.reading), call=Call(""))
        stretch = Stretch(kept.reading, totals=int(facts["totals"]))
        walk.take(page, stretch, str(facts["total"]), reading)
        if kept.following is not None and (call := kept_stretch(kept.following).call) is not None:
            walk.is_known(call)
        walk.reasons = list(facts["reasons"])
    last = pull.log.last
    following = None if last is None or last.following is None else kept_stretch(last.following)
    place = None if following is None else (following.reading, following.is_again, len(following.slices), following.parent)
    if following is not None and place != before:
        walk.begin_list(is_new=following.reading != before[0])
    return walk, following
