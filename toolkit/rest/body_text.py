"""The text of an answer: decoded as the answer declares it, UTF-8 without."""

import re
from collections.abc import Mapping


def utf8_body(body: bytes, headers: Mapping[str, str]) -> tuple[bytes, bool]:
    """Return a body in UTF-8 without a mark before it, and whether it held bytes that are no text: they are replaced.

    Parameters
    ----------
    body
        As it came.
    headers
        Of the answer, names in lower case; a charset that nobody knows counts as none.

    Examples
    --------
    >>> utf8_body("Müller".encode("iso-8859-1"), {"content-type": "application/json; charset=ISO-8859-1"})[0].decode()
    'Müller'
    >>> utf8_body("Müller".encode("iso-8859-1"), {})[1]
    True
    """
    found = re.search(r"""(?i);\s*charset\s*=\s*["']?([\w.:-]{1,40})""", headers.get("content-type", ""))
    charset = found.group(1).casefold() if found else "utf-8"
    if charset in {"utf-8", "utf8"} and body.isascii():
        # Nearly every page.
        return body, False
    try:
        "".encode(charset)
    except LookupError:
        charset = "utf-8"
    try:
        text, is_replaced = body.decode(charset), False
    except UnicodeError:
        text, is_replaced = body.decode(charset, "replace"), True
    if charset in {"utf-8", "utf8"} and not is_replaced:
        return body.removeprefix(b"\xef\xbb\xbf"), False
    return text.removeprefix("\ufeff").encode("utf-8", "replace"), is_replaced


def other_than_json(body: bytes) -> str:
    """Return what is said of a body that was never meant to be JSON; empty where it may have been.

    Examples
    --------
    >>> other_than_json(b'<?xml version="1.0"?><people/>')[:36], other_than_json(b'{"people": [')
    ('answered with XML instead of JSON. A', '')
    """
    if not body.lstrip().startswith(b"<"):
        return ""
    return (
        "answered with XML instead of JSON. Ask for JSON: many systems do it by the path (/people.json), by a parameter "
        "(format=json) under 'query' of the stream, or have another address for it."
    )
