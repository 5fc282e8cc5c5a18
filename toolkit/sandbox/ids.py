"""Ids of a vendor's shape, made stably from what the export had in their place."""

import hashlib


def number_id(text: str, digits: int = 9) -> str:
    """Return a number that stands for a text, always the same one.

    Examples
    --------
    >>> number_id("Alder & Ash"), len(number_id("Pier Nine LLC", 12))
    ('557395531', 12)
    """
    found = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    low = 10 ** (digits - 1)
    return str(low + found % (9 * low))


def letter_id(text: str, length: int = 24, before: str = "") -> str:
    """Return letters and digits that stand for a text, always the same ones.

    Parameters
    ----------
    text
        What they stand for.
    length
        How many.
    before
        What the vendor's ids begin with.

    Examples
    --------
    >>> letter_id("Alder & Ash", 14, "cus_")[:4], len(letter_id("Alder & Ash", 14))
    ('cus_', 14)
    """
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    left = int.from_bytes(hashlib.sha512(text.encode()).digest())
    made = []
    for _ in range(length):
        left, place = divmod(left, len(signs))
        made.append(signs[place])
    return before + "".join(made)


def uuid_id(text: str) -> str:
    """Return a UUID that stands for a text, always the same one.

    Examples
    --------
    >>> len(uuid_id("Alder & Ash"))
    36
    """
    found = hashlib.sha256(text.encode()).hexdigest()
    return "-".join((found[:8], found[8:12], f"4{found[13:16]}", f"8{found[17:20]}", found[20:32]))
