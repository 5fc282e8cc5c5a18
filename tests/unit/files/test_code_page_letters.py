"""How well a word reads in a code page: what each letter, sign and pair of letters counts."""

import pytest

from toolkit.files.code_pages import (
    _is_japanese,
    _is_korean,
    _is_simplified,
    _is_traditional,
    _page,
    _share_between,
    _sign_score,
    _wide_codec,
    _word_score,
)

ONE = {"ä": -1.0}


@pytest.mark.parametrize(
    ("word", "score"),
    [
        ("plain", 0),
        ("ä", -1),
        ("Ä", -1),
        ("é", -6),  # no letter of the language
        ("\ufffd", -10),  # no letter of the page
        ("¬", -5),  # a sign that business texts do not have
        ("aÄ", -5),  # a capital behind a small letter
        ("aÄb", -5),
        ("AÄb", -1),
        ("aäB", -5),  # a capital behind it
        ("AäB", -5),  # a small letter in a word of capitals
        ("AäBc", -1),
        ("ää", -3.5),  # two in a row
        ("äxä", -2),
        ("1ª", -1),
    ],
)
def test_letters_count_by_how_frequent_they_are_and_where_they_stand(word: str, score: float) -> None:
    """The less, the less likely is the word."""
    assert _word_score(word, ONE) == score


@pytest.mark.parametrize(("letters", "score"), [(24, -3.5), (25, -2)])
def test_two_letters_in_a_row_are_usual_in_an_alphabet_of_its_own(letters: int, score: float) -> None:
    """One of 25 letters beyond ASCII is; Latin ones have less."""
    weights = ONE | {chr(0x400 + number): -9.0 for number in range(letters - 1)}

    assert _word_score("ää", weights) == score


@pytest.mark.parametrize(
    ("before", "sign", "after", "score"),
    [
        ("a", "\u00a0", "b", -2),
        ("a", "\u00a0", "", -1),
        ("", "\u00a0", "b", -1),
        ("a", "’", "b", -1),
        ("a", "·", "b", -4),
        ("a", "€", "b", -4),
        ("a", "„", "", -4),
        ("", "„", "b", -1),
        ("a", "”", "", -1),
        ("", "”", "b", -4),
        ("“", "€", "", -4),
        ("1", "€", "", -1),
        ("", "·", "", -1),
    ],
)
def test_quotes_open_before_a_word_and_close_behind_it(before: str, sign: str, after: str, score: float) -> None:
    """Few signs stand within one, and none beside another."""
    assert _sign_score(sign, before, after) == score


@pytest.mark.parametrize(("words", "page"), [(["Łódź", "Gdańsk"], "cp1252"), (["Łódź", "Gdańsk", "Świdnica"], "cp1250")])
def test_three_words_are_needed_for_a_guess(words: list[str], page: str) -> None:
    """Two are few; Windows-1252 holds."""
    assert _page([word.encode("cp1250") for word in words]) == page


@pytest.mark.parametrize(
    ("text", "codec"),
    [("さくら,x", ""), ("さくらい,x", "cp932"), ("해바라,x", ""), ("해바라기,x", "cp949")],
)
def test_four_letters_are_needed_for_two_bytes_a_character(text: str, codec: str) -> None:
    """Three may be chance."""
    assert _wide_codec(text.encode(codec or {"さ": "cp932", "해": "cp949"}[text[0]])) == codec


@pytest.mark.parametrize(("alone", "codec"), [(1, "cp932"), (2, "")])
def test_nine_of_ten_such_letters_stand_beside_another(alone: int, codec: str) -> None:
    """A byte beyond ASCII that stands alone among ASCII letters is Western."""
    text = "さくら" * 3 + ",あ" * alone

    assert _wide_codec(text.encode("cp932")) == codec


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("あ" + "漢" * 19, True),  # one of twenty is kana
        ("あ" + "漢" * 20, False),
        ("あ" * 10 + "ｱ", True),  # less than a tenth is of half width
        ("あ" * 9 + "ｱ", False),
        ("あ" * 8 + "!!", True),  # eight of ten are kana or ideographs
        ("あ" * 7 + "!!", False),
        ("\u3040", True),
        ("\u303f", False),
        ("\u30ff", True),
        ("\u3100", False),
        ("あ" + "\u4e00" * 4, True),
        ("あ" + "\u4dff" * 4, False),
        ("あ" + "\u9fff" * 4, True),
        ("あ" + "\ua000" * 4, False),
        ("あ" * 9 + "\uff61", False),
        ("あ" * 9 + "\uff60", True),
        ("あ" * 9 + "\uff9f", False),
        ("あ" * 9 + "\uffa0", True),
    ],
)
def test_japanese_has_kana_and_few_of_half_width(letters: str, *, expected: bool) -> None:
    """Other letters that two bytes may stand for are damaged Western text."""
    assert _is_japanese(letters) is expected


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("해" * 19 + "!", True),
        ("해" * 18 + "!", False),
        ("\uac00", True),
        ("\uabff", False),
        ("\ud7a3", True),
        ("\ud7a4", False),
    ],
)
def test_nineteen_of_twenty_letters_are_korean(letters: str, *, expected: bool) -> None:
    """Syllables, from the first to the last."""
    assert _is_korean(letters) is expected


def test_frequent_characters_are_those_that_the_standard_lists_first() -> None:
    """By the first of their two bytes, both ends included; signs count against them."""

    def share(codec: str, *pairs: int) -> float:
        text = b"".join(pair.to_bytes(2, "big") for pair in pairs).decode(codec)
        return _share_between(text, codec, *{"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}[codec])

    assert share("gb18030", 0xB0A1, 0xD7A1) == 1
    assert share("gb18030", 0xAF40, 0xB0A1, 0xD8A1) == 1 / 3
    assert share("gb18030", 0xB0A1, 0xA1A3) == 0.5
    assert share("gb18030", 0xA1A3) == 0
    assert share("big5", 0xA440, 0xC640) == 1
    assert share("big5", 0xA344, 0xC940, 0xA440) == 1 / 3


@pytest.mark.parametrize(
    ("codec", "frequent", "rare"),
    [("gb18030", (0xB0A1, 0xD7A1), (0xD8A1, 0xAF40)), ("big5", (0xA440, 0xC640), (0xC940, 0xA344))],
)
def test_nine_of_ten_characters_are_frequent_ones(codec: str, frequent: tuple[int, ...], rare: tuple[int, ...]) -> None:
    """Two rare ones of ten make another encoding likelier."""
    is_usual = {"gb18030": _is_simplified, "big5": _is_traditional}[codec]

    def text(pair: int, times: int) -> str:
        return pair.to_bytes(2, "big").decode(codec) * times

    for one in frequent:
        assert is_usual(text(one, 10))
        for other in rare:
            assert is_usual(text(one, 9) + text(other, 1))
            assert not is_usual(text(one, 8) + text(other, 2))
