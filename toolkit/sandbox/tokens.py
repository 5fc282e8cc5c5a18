"""Words that stand for a place in a list: given with one page, and taken with the request of the next."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from toolkit.connector import LinkHeader, NextLink
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.page import UnknownCursorError
from toolkit.sandbox.routes import Route

_OF_A_PAGE = frozenset({"cursor", "page", "place", "size", "last"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list: the list, what was asked of it, and where the next page begins."""

    route: Route
    said: Mapping[str, str]
    start: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every word that was given. The same place has the same word; ``secret`` keeps anybody from making one."""

    secret: str
    url: str
    _places: dict[str, Place] = field(default_factory=dict)

    def known(self, word: str) -> Place | None:
        """Return the place that a word stands for; None where it was not given."""
        return self._places.get(word)

    def of(self, route: Route, said: Mapping[str, str]) -> Callable[[int], str]:
        """Return what makes words for the places of a list, as it was asked for."""
        own = {name: value for name, value in said.items() if name not in _OF_A_PAGE}

        def token(start: int) -> str:
            text = repr((self.secret, route.name, sorted(own.items()), start))
            word = hashlib.sha256(text.encode()).hexdigest()[:24]
            self._places[word] = Place(route, own, start)
            return word

        return token

    def place_of(self, route: Route, said: Mapping[str, str]) -> Callable[[str], int]:
        """Return what finds the place of a word in a list, as it was asked for."""
        own = {name: value for name, value in said.items() if name not in _OF_A_PAGE}

        def place(word: str) -> int:
            found = self.known(word)
            if found is None or found.route.name != route.name or found.said != own:
                raise UnknownCursorError
            return found.start

        return place

    def link_of(self, route: Route, asked: Asked, said: Mapping[str, str]) -> Callable[[int], str]:
        """Return what makes addresses of the places of a list.

        Parameters
        ----------
        route
            The list.
        asked, said
            The request, and what it says by its parameters.
        """
        token = self.of(route, said)
        paging = route.reading.paging

        def link(start: int) -> str:
            word = token(start)
            if isinstance(paging, NextLink | LinkHeader) and paging.below:
                before = asked.path[: len(asked.path) - len(route.reading.path)] if route.reading.path else asked.path
                return f"{self.url}{before.rstrip('/')}/{paging.below.partition('|')[0].strip('/')}/{word}"
            query = {**asked.query, route.link_param: word}
            return f"{self.url}{asked.path}?{urlencode(query, quote_via=quote)}"

        return link
