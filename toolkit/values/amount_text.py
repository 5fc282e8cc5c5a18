"""An amount as written, in its parts: the digits, and what stands around them (signs, brackets, currencies, CR and DR).

What stands around the digits has few forms in a column ("$#", "(#)", "# DR €"), so each form is understood once.

Source: the styles of real exports: "1,234.56", "1.234,56", "1 234,56", "(12.00)", "-$12.00", "- $7.25", "5-", "12.00- EUR",
"10,--", "12.00 DR €", "$10.50 USD", "Rs. 10", "KD 10.500", "1'234.50".
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cell_bytes import matches
from toolkit.values.currency import currency_code, is_currency_sign, may_mean
from toolkit.values.digits import ascii_digits

_BARE = r"^-?[\d.,]*\d$"
_PARTS = r"^(?P<front>[^\d]*?)(?P<number>(?:\d[\d.,' ]*|[.,]\d+)(?:[eE][-+]?\d{1,3})?)(?P<back>[^\d]*)$"
_EMPTY = r"^[\s\-\x{2013}\x{2014}\x{2212}.]*$"
_NONE = ("n/a", "na", "null", "none", "- none -", "nil")
_FRONT = re.compile(
    r"(?P<open>\()?\s*(?P<minus>[-+])?\s*(?P<words>[^\s()+-][^()+-]*?)?\s*(?P<open2>\()?\s*(?P<minus2>[-+])?"
)
_BACK = re.compile(
    r"(?P<close>\))?\s*(?P<minus>[-+])?\s*(?P<words>[^\s()+-][^()+-]*?)?\s*(?P<minus2>[-+])?\s*(?P<close2>\))?"
)
_SIDES = {"CR": 1, "DR": -1, "DB": -1}
# Soll and Haben, débito and crédito: single letters are sides only where both of a pair occur.
_PAIRED_SIDES = ({"H": 1, "S": -1}, {"C": 1, "D": -1})
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class AmountParts:
    """The parts of a column of amounts.

    ``numbers`` are the digits with their separators as written; ``is_negative`` what stands around them; ``signs`` the
    currency as written, an ISO 4217 code where one is among them. ``is_empty`` marks cells that hold no amount and
    ``is_failed`` those whose form is none of an amount; numbers are null in both.
    """

    numbers: pa.Array
    is_negative: pa.Array
    signs: pa.Array
    is_empty: pa.Array
    is_failed: pa.Array


def amount_parts(distinct: pa.Array, *, country: str | None = None) -> AmountParts:
    """Return the parts of trimmed texts.

    Examples
    --------
    >>> parts = amount_parts(pa.array(["12.00 DR €", "(5)", "10,--", "5 kg"]))
    >>> parts.numbers.to_pylist(), parts.is_negative.to_pylist()
    (['12.00', '5', '10', None], [True, True, False, None])
    """
    is_bare = pc.fill_null(matches(distinct, _BARE), False)
    if pc.all(is_bare).as_py():
        return _bare_parts(distinct)
    bare = _bare_parts(distinct.filter(is_bare))
    others = _written_parts(distinct.filter(pc.invert(is_bare)), country)
    return AmountParts(
        *(
            _merged(is_bare, getattr(bare, name), getattr(others, name))
            for name in ("numbers", "is_negative", "signs", "is_empty", "is_failed")
        )
    )


def _bare_parts(texts: pa.Array) -> AmountParts:
    count = len(texts)
    no = pa.repeat(pa.scalar(False), count)
    return AmountParts(pc.utf8_ltrim(texts, "-"), pc.starts_with(texts, "-"), pa.nulls(count, pa.string()), no, no)


def _merged(is_first: pa.Array, first: pa.Array, second: pa.Array) -> pa.Array:
    """Return the values of both in the places where they were."""
    places = pc.if_else(
        is_first,
        pc.subtract(pc.cumulative_sum(pc.cast(is_first, pa.int64())), 1),
        pc.add(pc.subtract(pc.cumulative_sum(pc.cast(pc.invert(is_first), pa.int64())), 1), len(first)),
    )
    return pa.concat_arrays([first, second]).take(places)


def _written_parts(texts: pa.Array, country: str | None) -> AmountParts:
    is_empty = pc.or_(
        pc.fill_null(pc.match_substring_regex(texts, _EMPTY), True),
        pc.fill_null(pc.is_in(pc.utf8_lower(texts), pa.array(_NONE)), False),
    )
    found = pc.extract_regex(_cleaned(texts), _PARTS)
    front, back = found.field("front"), found.field("back")
    frames = pc.binary_join_element_wise(front, back, "#").dictionary_encode()
    known = frames.dictionary.to_pylist()
    pairs = _sides_of(known)
    read = [_frame(text, pairs, country) for text in known]
    negative = pa.array([one and one[0] for one in read], pa.bool_()).take(frames.indices)
    signs = pa.array([one and one[1] for one in read], pa.string()).take(frames.indices)
    is_read = pc.and_not(pc.is_valid(negative), is_empty)
    numbers = pc.utf8_trim(found.field("number"), " ")
    return AmountParts(
        pc.if_else(is_read, numbers, pa.scalar(None, pa.string())), negative, signs, is_empty,
        pc.invert(pc.or_(is_read, is_empty)),
    )  # fmt: skip


def _cleaned(texts: pa.Array) -> pa.Array:
    cleaned = ascii_digits(texts)
    cleaned = pc.replace_substring_regex(cleaned, r"[\x{2212}\x{2013}\x{2014}]", "-")
    cleaned = pc.replace_substring_regex(cleaned, r"[\x{a0}\x{202f}\x{2009}\x{2007}\x{2002}\x{3000}\t]", " ")
    cleaned = pc.replace_substring_regex(cleaned, r"[\x{2019}\x{2bc}\x{b4}`]", "'")
    # "10,--" and "1.234,-" are whole amounts.
    cleaned = pc.replace_substring_regex(cleaned, r"(\d)[.,] ?(?:--|-)( |$|[^\d-])", r"\1\2")
    # The point of an abbreviation ("Rs.10") is no decimal sign; behind a code ("USD.50") it is.
    cleaned = pc.replace_substring_regex(cleaned, r"^([A-Z]{3})\.(\d)", r"\1 0.\2")
    return pc.replace_substring_regex(cleaned, r"^([^\d]*[A-Za-z\x{c0}-\x{10ffff}])\.(\d)", r"\1 \2")


def _frame(text: str | None, pairs: dict[str, int], country: str | None) -> tuple[bool, str | None] | None:
    """Return whether what stands around the digits makes the amount negative, and its currency; null for no amount."""
    if text is None or len(text) > _LONGEST:
        return None
    front, _, back = text.partition("#")
    before, after = _FRONT.fullmatch(front.rstrip()), _BACK.fullmatch(back.strip())
    if before is None or after is None:
        return None
    opened = sum(bool(before[name]) for name in ("open", "open2"))
    closed = sum(bool(after[name]) for name in ("close", "close2"))
    marks = [found[name] for found in (before, after) for name in ("minus", "minus2") if found[name]]
    if opened != closed or len(marks) + opened > 1:
        return None
    words = [word for found in (before, after) for word in _words(found["words"], country)]
    sides = [(pairs | _SIDES)[key] for word in words if (key := word.rstrip(".").upper()) in pairs | _SIDES]
    signs = [word for word in words if word.rstrip(".").upper() not in pairs | _SIDES]
    codes = {code for sign in signs if (code := currency_code(sign)) is not None}
    if len(sides) > 1 or len(codes) > 1 or not all(is_currency_sign(sign, country=country) for sign in signs):
        return None
    if codes and not all(may_mean(sign, min(codes)) for sign in signs):
        return None
    return bool(opened) or marks == ["-"] or sides == [-1], min(codes) if codes else (signs[0] if signs else None)


def _words(text: str | None, country: str | None) -> list[str]:
    """Return the words, those of a name of money with blanks in it together."""
    if not text:
        return []
    return [text] if is_currency_sign(text, country=country) else text.split()


def _sides_of(frames: Collection[str | None]) -> dict[str, int]:
    """Return the single letters that mean debit and credit in this column."""
    letters = {word for text in frames if text is not None for word in text.replace("#", " ").split() if len(word) == 1}
    return {letter: value for pair in _PAIRED_SIDES if set(pair) <= letters for letter, value in pair.items()}
