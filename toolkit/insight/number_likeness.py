"""Whether two document numbers may be one, written twice: equal but for signs, or with one slip of a typist.

Numbers that follow each other in a series (1041 and 1042) are two documents, however alike they look.
"""

import re

_LOOKALIKES = str.maketrans("OILSBZ", "011582")
_PART = re.compile(r"(?i)^(.*?)[\s\-/.]+(?:part|pt|rate|no)?\.?\s*(\d{1,2})(?:\s*(?:of|/)\s*\d{1,2})?$")
_LAST_DIGITS = 2
_MIN_LENGTH = 3


def plain_number(number: str | None) -> str:
    """Return a number without what people leave out: signs, letters before it, zeros in front; O is written as 0, and so on.

    Examples
    --------
    >>> plain_number("INV-00123"), plain_number("26-5S8"), plain_number(None), plain_number("ACME")
    ('123', '26558', '', 'ACME')
    """
    bare = re.sub(r"[^A-Z0-9]", "", (number or "").upper())
    digits = re.sub(r"^[A-Z]*0*", "", bare)
    return digits.translate(_LOOKALIKES) if digits else bare


def is_part_of_same(one: str | None, other: str | None) -> bool:
    """Return whether two numbers are parts of one document, as of instalments.

    Examples
    --------
    >>> is_part_of_same("4711-1", "4711-2"), is_part_of_same("4711 1/3", "4711 2/3"), is_part_of_same("4711", "4711-2")
    (True, True, False)
    """
    left, right = _PART.match(one or ""), _PART.match(other or "")
    if left is None or right is None:
        return False
    return plain_number(left[1]) == plain_number(right[1]) != "" and left[2] != right[2]


def number_likeness(one: str | None, other: str | None) -> str | None:
    """Return how two numbers may be one, in words; null where they are two, or one of them is not known.

    Examples
    --------
    >>> number_likeness("INV-0104", "inv 104"), number_likeness("10415", "10451"), number_likeness("8812", "8812A")
    ('the same number', 'two digits changed places', 'one character more')
    >>> number_likeness("10415", "10416") is None, number_likeness("4711-1", "4711-2") is None
    (True, True)
    """
    left, right = plain_number(one), plain_number(other)
    if not left or not right or is_part_of_same(one, other):
        return None
    if left == right:
        return "the same number"
    return _slip(one or "", other or "") if min(len(left), len(right)) >= _MIN_LENGTH else None


def _slip(one: str, other: str) -> str | None:
    left, right = plain_number(one), plain_number(other)
    whole_l, whole_r = _with_zeros(one), _with_zeros(other)
    if len(whole_l) == len(whole_r) != len(left):
        # A zero in front may have changed its place.
        return _one_slip(whole_l, whole_r)
    if len(left) == len(right):
        return _one_slip(left, right)
    short, long = sorted((left, right), key=len)
    extra = next((at for at in range(len(long)) if long[:at] + long[at + 1 :] == short), None)
    if extra is None:
        return None
    # 1041 and 10412 may be a series that grew a digit; a letter at the end, or a digit that is doubled, is a slip.
    has_letter = any(text.strip()[-1:].isalpha() for text in (one, other))
    return "one character more" if has_letter or _is_doubled(long, extra) else None


def _with_zeros(number: str) -> str:
    return re.sub(r"^[A-Z]*", "", re.sub(r"[^A-Z0-9]", "", number.upper())).translate(_LOOKALIKES)


def _is_doubled(text: str, at: int) -> bool:
    return text[at] in {text[at - 1] if at else "", text[at + 1] if at + 1 < len(text) else ""}


def _one_slip(left: str, right: str) -> str | None:
    unlike = [at for at, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
    first, last = unlike[0], unlike[-1]
    if last - first == 1 and left[first : last + 1] == right[last] + right[first]:
        return "two digits changed places"
    if first == last < len(left) - _LAST_DIGITS:
        return "one character differs"
    return None
