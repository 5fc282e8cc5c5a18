"""Fillers typed to get past a form."""

import pyarrow as pa
import pytest

from toolkit.values.placeholder import frequent_fillers, is_placeholder, looks_thoughtless, placeholders


@pytest.mark.parametrize("value", ["n/a", "N.A.", "-", "???", "unknown", "99999", "000-0000", "TEST", "(none)", "xxxx", ""])
def test_a_filler_counts_as_missing(value: str) -> None:
    """Each of these is typed where a value was demanded and none was known."""
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["Acme", "3M", "0", "Testa & Sons", "Null Island Tours", "AAA Plumbing"])
def test_a_short_or_odd_name_is_no_filler(value: str) -> None:
    """Real companies have odd names."""
    assert not is_placeholder(value)


def test_a_column_is_judged_at_once() -> None:
    """What one cell is, it is in a column; a missing cell stays missing."""
    assert placeholders(pa.array(["N/A", "Acme", "-", "9999", None])).to_pylist() == [True, False, True, True, None]


@pytest.mark.parametrize(
    "value", ["1234567890", "987-654-3210", "12341234", "1010-001-010", "asdfgh", "none@none.com", "test@x.com"]
)
def test_some_values_look_typed_without_thought(value: str) -> None:
    """Runs, blocks, neighbours on the keyboard, and mailboxes that say there is none."""
    assert looks_thoughtless(value)


def test_a_thoughtless_value_counts_as_a_filler_only_where_many_share_it() -> None:
    """One customer may well have the number 555-12345; nine hundred have not."""
    cells = pa.array(["12345678"] * 900 + ["87654321"] * 3 + ["2125550147"] * 5_000)

    found = frequent_fillers(cells).to_pylist()

    assert (found[0], found[900]) == (True, False)


def test_a_switchboard_is_no_filler_however_many_share_it() -> None:
    """Thirty thousand contacts of one group have one number, and it is theirs."""
    cells = pa.array(["2125550147"] * 30_000 + ["info@acme.com"] * 30_000 + [None])

    assert set(frequent_fillers(cells).to_pylist()) == {False, None}


@pytest.mark.parametrize(
    "value",
    [
        "REDACTED PERSONAL DATA", "Redacted", "[REDACTED]", "Name withheld", "Withheld under Section 40",
        "Personal data - redacted", "k.A.", "keine Angabe", "unbekannt", "geschwärzt",
        "Personenbezogene Daten geschwärzt", "non renseigné", "inconnue", "s/d", "sin datos", "desconocido",
        "n.d.", "sconosciuto", "dati personali oscurati", "onbekend", "n.v.t.", "não informado", "okänd",
        "uppgift saknas", "ukjent", "ukendt", "tuntematon", "ismeretlen", "brak danych", "neuvedeno",
        "bilinmiyor", "CONFIDENTIEL", "confidencial", "Vertrouwelijk", "poufne",
    ],
)  # fmt: skip
def test_what_stands_for_a_missing_name_is_missing_in_every_language(value: str) -> None:
    """Two redacted payees are not one payee; nobody is called "keine Angabe"."""
    assert is_placeholder(value)
    assert placeholders(pa.array([value])).to_pylist() == [True]


@pytest.mark.parametrize(
    "value", ["Redacted Records Ltd", "Data Protection Services", "Brakspear", "Geena", "Nina", "Withheld & Sons"]
)
def test_a_name_with_such_a_word_is_a_name(value: str) -> None:
    """A company may be called after what it does."""
    assert not is_placeholder(value)
    assert placeholders(pa.array([value])).to_pylist() == [False]
