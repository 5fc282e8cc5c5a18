"""What holds for every file of words, whoever wrote it."""

from collections import Counter

import pytest

from toolkit.interpret.concepts import CONCEPTS
from toolkit.interpret.languages import Language, all_languages

NEEDED = {
    "name",
    "number",
    "date",
    "amount",
    "total",
    "tax",
    "customer",
    "supplier",
    "invoice",
    "order",
    "payment",
    "description",
    "currency",
    "balance",
    "account",
    "city",
    "postcode",
    "country",
    "email",
    "phone",
    "status",
    "quantity",
    "price",
    "due",
    "street",
}


each_language = pytest.mark.parametrize("language", all_languages(), ids=lambda language: language.name)


def places(language: Language) -> Counter[str]:
    return Counter(word for words in language.words.values() for word in words)


@each_language
def test_a_language_names_only_notions_that_exist(language: Language) -> None:
    """A word that stands for a notion nobody knows would never be heard."""
    assert set(language.words) <= set(CONCEPTS)


@each_language
def test_no_filler_is_also_a_word(language: Language) -> None:
    """A word that is skipped cannot say anything."""
    assert not language.fillers & set(places(language))


@each_language
def test_no_word_stands_for_more_than_two_notions(language: Language) -> None:
    """What means three things means nothing."""
    assert not [word for word, count in places(language).items() if count > 2]


@each_language
def test_no_notion_lists_a_word_twice(language: Language) -> None:
    """Each word stands once under its notion."""
    assert not {notion for notion, words in language.words.items() if len(set(words)) < len(words)}


@each_language
def test_words_are_lower_case_and_free_of_stray_blanks_and_marks(language: Language) -> None:
    """Headers are cut at blanks and punctuation before they are looked up, so no word may hold any."""
    words = set(places(language)) | language.fillers
    assert not {
        word for word in words if word != word.lower() or word.split() != word.split(" ") or set(word) & set("/-_.,:;()'")
    }


@each_language
def test_every_language_knows_what_business_tables_are_made_of(language: Language) -> None:
    """Name, date, amount, customer and their like are known in every language."""
    assert not NEEDED - set(language.words)


@pytest.mark.parametrize(
    ("name", "notion", "word"),
    [
        ("english", "postcode", "p code"),
        ("english", "account", "a c"),
        ("english", "invoice", "inv"),
        ("german", "customer", "kd"),
        ("german", "value_date", "wertstellung"),
        ("french", "company", "raison sociale"),
        ("french", "postcode", "code postal"),
        ("spanish", "company", "razón social"),
        ("italian", "tax_id", "partita iva"),
        ("dutch", "company_number", "kvk"),
        ("portuguese", "tax_id", "contribuinte"),
        ("swedish", "invoice", "fakturan"),
        ("norwegian", "amount", "beløpet"),
        ("danish", "bic", "reg nr"),
        ("finnish", "due", "eräpäivä"),
        ("hungarian", "currency", "pénznem"),
        ("polish", "tax_id", "nip"),
        ("czech", "company_number", "ičo"),
        ("turkish", "tax", "kdv"),
    ],
)
def test_abbreviations_and_fixed_phrases_are_known(name: str, notion: str, word: str) -> None:
    """People shorten what they write often."""
    language = next(language for language in all_languages() if language.name == name)
    assert word in language.words[notion]
