"""Which list a request asks for, and what it says by the parameters of that list: a page, a moment, a parent."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from toolkit.connector import (
    Completion,
    Cursor,
    GraphConnection,
    Job,
    Keyset,
    LinkHeader,
    NextLink,
    Offset,
    PageNumber,
    Paging,
    Reading,
    Stream,
)
from toolkit.rest.allowed import Allowed, free_places
from toolkit.rest.places import text_at
from toolkit.sandbox.exchange import Asked

_PLACE = re.compile(r"\\\{([a-z][a-z0-9_]*)\\\}")


@dataclass(frozen=True, slots=True)
class Route:
    """One list of one stream, or (``is_of_names``) of names that it looks up, or one that completes its records.

    ``path`` is the pattern of its path; ``query`` and ``body`` have by parameter the patterns of what may stand there.
    """

    stream: Stream
    number: int
    reading: Reading
    path: re.Pattern[str]
    query: Mapping[str, tuple[re.Pattern[str], ...]]
    body: Mapping[str, tuple[re.Pattern[str], ...]]
    link_param: str
    is_of_names: bool = False
    completion: Completion | None = None

    @property
    def name(self) -> str:
        """What tells it from all others."""
        completes = "" if self.completion is None else f"c{self.completion.path}"
        return f"{self.stream.name}.{self.number}{'n' * self.is_of_names}{completes}"

    def likeness(self, asked: Asked) -> int:
        """Return how much of what this list's own request says, the request says, too."""
        return sum(1 if asked.query.get(name) == value else -1 for name, value in self.reading.query)

    def said(self, asked: Asked, *, is_strict: bool = True) -> dict[str, str] | None:
        """Return what a request says by the parameters of this list; None where it does not ask for it.

        With ``is_strict`` it says what the connector would; without, other clients' parameters are overlooked, but no query
        in a language.
        """
        reading = self.reading
        found = self.path.fullmatch(asked.path)
        if asked.method != reading.method or found is None:
            return None
        own = Allowed(reading.method, re.compile(""), reading.body, free_places(reading), reading.ids)
        if reading.body and not own.is_met(asked.method, "", asked.body):
            return None
        said = {name: unquote(value) for name, value in found.groupdict().items() if value}
        body = asked.json
        sent = {name: text_at(body, name) for name in self.body} | {name: asked.query.get(name, "") for name in self.query}
        fixed = dict(reading.query)
        for name, patterns in (*self.query.items(), *self.body.items()):
            text = sent[name]
            is_over = isinstance(reading.paging, Cursor) and name == reading.paging.instead_of
            if not text and (is_over or not fixed.get(name)):
                continue
            fitting = next((one for one in (pattern.fullmatch(text) for pattern in patterns) if one is not None), None)
            if fitting is None and (is_strict or reading.body or " " in fixed.get(name, "")):
                return None
            if fitting is None:
                continue
            said |= {group: value for group, value in fitting.groupdict().items() if value}
        return said


def route_of(
    stream: Stream,
    number: int,
    *,
    home: str,
    link_param: str,
    size_param: str = "",
    is_of_names: bool = False,
    completion: Completion | None = None,
) -> Route:
    """Return how one list of a stream is asked for.

    Parameters
    ----------
    stream, number
        The stream, and which of its lists.
    home
        Path of the interface's address.
    link_param
        Parameter of a next page's address that holds the place in the list.
    size_param
        Parameter that says how many records are wanted.
    is_of_names
        Whether it is the list of a lookup instead.
    completion
        What completes the records of that list, where it is the list of that instead.
    """
    reading = stream.lookups[number].reading if is_of_names else stream.readings[number]
    reading = reading if completion is None else completion.reading
    path = re.escape(f"{home.rstrip('/')}/{reading.path.lstrip('/')}".rstrip("/") if reading.path else home.rstrip("/"))
    path = _PLACE.sub(lambda one: r"(?P<parent>[^/?#]+)" if one[1] == "parent" else r"[^/?#]+", path) or "/"
    if reading.path.endswith("/"):
        path += "/"
    words: dict[str, list[str]] = {name: [value] for name, value in reading.query}
    free = list(_free_words(reading))
    in_body = bool(reading.body)
    if size_param in words:
        words[size_param].append("{size}")
    for name, template in free:
        if name and (in_body or name not in words):
            words.setdefault(name, [])
        if name:
            words[name].append(template)
    paging = reading.paging
    template = getattr(paging, "template", "") if isinstance(paging, Offset) else ""
    if template and isinstance(paging, Offset):
        behind = template.replace("{start}", "{place}")
        words[paging.param] = [f"{text}{behind}" for text in words.get(paging.param, [""])] + words.get(paging.param, [])
    if isinstance(paging, NextLink | LinkHeader):
        words.setdefault(link_param, []).append("{cursor}")
    sent_in_body = {name for name, _ in free if in_body} - {name for name, _ in reading.query}
    patterns = {name: tuple(_pattern(text) for text in texts) for name, texts in words.items()}
    return Route(
        stream,
        number,
        reading,
        re.compile(path),
        {name: found for name, found in patterns.items() if name not in sent_in_body},
        {name: found for name, found in patterns.items() if name in sent_in_body},
        link_param,
        is_of_names,
        completion,
    )


def _free_words(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the parameters that change from request to request, and the texts that stand there, with places in braces."""
    changed, window = reading.changed, reading.window
    if changed is not None and changed.param:
        yield changed.param, changed.template
    if window is not None:
        yield window.param, window.template
        if not window.param:
            yield window.start, "{start}"
            yield window.end, "{end}"
    yield from _paging_words(reading.paging)


def _paging_words(paging: Paging) -> Iterator[tuple[str, str]]:
    match paging:
        case Cursor(param=param):
            yield param, "{cursor}"
        case GraphConnection(variable=variable):
            yield f"variables.{variable}", "{cursor}"
        case Keyset(param=param, template=template):
            yield param, template
        case PageNumber(param=param, size_param=size):
            yield param, "{page}"
            yield size, "{size}"
        case Offset(param=param, size_param=size) as style:
            if not getattr(style, "template", ""):
                yield param, "{place}"
            yield size, "{size}"
        case Job(locator_param=param):
            yield param, "{cursor}"
        case _:
            pass


def _pattern(template: str) -> re.Pattern[str]:
    """Return what fits a text with places in braces; a place that stands in it twice is the same both times."""
    seen: set[str] = set()

    def group(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.+?)" if name in _SAID else r".+?"

    return re.compile(_PLACE.sub(group, re.escape(template)), re.DOTALL)


_SAID = frozenset({"cursor", "since", "start", "end", "last", "page", "place", "size", "parent"})


def best_route(routes: Sequence[Route], asked: Asked) -> tuple[Route, dict[str, str]] | None:
    """Return the list that a request asks for, and what it says; of several the one that fixes most of the request."""
    found = [(one, said) for one in routes if (said := one.said(asked)) is not None]
    if found:
        return max(found, key=lambda pair: len(pair[0].reading.query))
    alike = [(one, said) for one in routes if (said := one.said(asked, is_strict=False)) is not None]
    return max(alike, key=lambda pair: pair[0].likeness(asked), default=None)
