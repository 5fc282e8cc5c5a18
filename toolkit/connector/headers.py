"""Headers of a file: how two are compared, and what one says beside its name."""

import re
from functools import lru_cache

from toolkit.values import currency

_BLANKS = re.compile(r"[\s\u00a0\u2009\u202f\ufeff\u200b]+")


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    r"""Return the form in which two headers are compared.

    Examples
    --------
    >>> header_key("\ufeff*Contact  Name "), header_key("Deal - Title *")
    ('contact name', 'deal - title')
    """
    return _BLANKS.sub(" ", header).strip(" *'").casefold()


def header_currency(header: str) -> tuple[str, str | None]:
    """Return a header without its currency, and the currency.

    Examples
    --------
    >>> header_currency("Open Balance (IDR)"), header_currency("Amount")
    (('Open Balance', 'IDR'), ('Amount', None))
    """
    return currency.header_currency(header)


def alternatives(headers: str) -> tuple[str, ...]:
    """Return the names in ``"a|b"``.

    Examples
    --------
    >>> alternatives("Num|No.")
    ('Num', 'No.')
    """
    return tuple(headers.split("|"))
