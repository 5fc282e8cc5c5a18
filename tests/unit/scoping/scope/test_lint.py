"""What a text of a scope leaves open, and what it does not."""

import pytest

from toolkit.errors import UnknownNameError
from toolkit.scoping.scope.lint import language_of, languages, weak_places
from toolkit.scoping.scope.vague._language import WHY


def found(text: str, **more: object) -> list[tuple[int, str, str]]:
    return [(one.line, one.kind, one.word) for one in weak_places(text, **more)]  # type: ignore[arg-type]  # by test


def test_each_language_has_words_of_every_kind_and_each_kind_a_reason() -> None:
    """English, German, French and Spanish; a new file is a new language."""
    assert {*languages()} == {"de", "en", "es", "fr"}
    for one in languages().values():
        assert {*one.vague} == {*WHY}
        assert all(word == word.lower() for words in one.vague.values() for word in words)
        assert one.unnamed
        assert one.measures


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("The tool syncs invoices quickly and handles errors as needed.", "en", {"unnamed_system", "vague"}),
        ("Das System überträgt die Rechnungen zeitnah und bei Bedarf auch Gutschriften.", "de", {"unnamed_system", "vague"}),
        ("Le logiciel transmet les factures rapidement et le cas échéant les avoirs.", "fr", {"unnamed_system", "vague"}),
        ("El sistema envía las facturas cuanto antes y, si procede, los abonos.", "es", {"unnamed_system", "vague"}),
        ("Manual work is reduced by the new flow.", "en", {"no_number"}),
        ("Der Aufwand der Buchhaltung wird mit dem neuen Ablauf reduziert.", "de", {"no_number"}),
        ("Le flux doit réduire la saisie pour les équipes.", "fr", {"no_number"}),
        ("El flujo debe reducir la captura de los datos.", "es", {"no_number"}),
    ],
)
def test_what_is_left_open_is_found_in_four_languages(text: str, language: str, kinds: set[str]) -> None:
    """The text tells its language by its own words."""
    assert language_of(text) == language
    assert {kind for _, kind, _ in found(text)} == kinds


@pytest.mark.parametrize(
    "text",
    [
        "At most 2 % of the invoices differ from HubSpot by 2027-03-31.",
        "Nine of ten orders are in QuickBooks within 1 day.",
        "Entries by hand are reduced from 540 to 216 minutes a week.",
        "Höchstens 2 % der Rechnungen weichen ab.",
        "",
    ],
)
def test_what_is_said_clearly_is_left_alone(text: str) -> None:
    """A number, a name and a date are enough."""
    assert found(text) == []


def test_each_place_has_its_line_its_word_and_a_reason() -> None:
    """The longest phrase is one finding, not one for each word in it."""
    places = weak_places("Orders arrive\nas soon as possible.\n\n- reports, etc.")

    assert [(one.line, one.column, one.word) for one in places] == [(2, 1, "as soon as possible"), (4, 12, "etc.")]
    assert all(one.why.endswith(".") for one in places)


def test_a_number_in_the_next_line_of_a_sentence_counts() -> None:
    """Lines are broken anywhere; sentences are what promises something."""
    assert found("Manual entry is reduced\nfrom 9 to 3 hours a week.") == []
    assert found("- Manual entry is reduced\n- from 9 hours on") == [(1, "no_number", "reduced")]


def test_the_system_has_a_name_where_it_stands_behind_it() -> None:
    """'The system HubSpot' names one; 'the system' in a line that names another does not."""
    assert found("The system HubSpot sends orders.", systems=["HubSpot"]) == []
    assert found("HubSpot sends orders to the system.", systems=["HubSpot"]) == [(1, "unnamed_system", "the system")]


def test_words_inside_other_words_are_not_found() -> None:
    """'Breakfast' is not fast, 'soonest' not soon, 'a-some-b' not some."""
    assert found("Breakfast, soonest, awesome, e-some-b and goodwill.") == []


def test_words_are_found_however_their_letters_are_written() -> None:
    """Capitals, a sharp s, and a long s that small letters do not know."""
    assert [word for _, _, word in found("REGELMÄSSIG, Regelmäßig und zeitnah wird das geprüft.")] == [
        "Regelmäßig",
        "zeitnah",
    ]
    assert [word for _, _, word in found("The orders are here ſoon.")] == ["ſoon"]


def test_hostile_text_is_read_in_time_and_an_unknown_language_is_named() -> None:
    """A million signs without a word, and a language that there is not."""
    assert found("(" * 200_000 + "\0\u202e") == []
    with pytest.raises(UnknownNameError, match="'it'"):
        weak_places("presto", language="it")
