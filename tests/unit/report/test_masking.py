import pytest

from toolkit.report.masking import (
    is_person_name,
    masked_party,
    masked_phone,
    masked_record_key,
    masked_text,
    masked_value,
    short_person_name,
)


@pytest.mark.parametrize(
    "text",
    [
        "dana.miller+shop@mail.example",
        "call (312) 555-0148",
        "+49 30 1234567 ext. 5",
        "312.555.0148/0149",
        "DE89 3704 0044 0532 0130 00",
        "4111 1111 1111 1111",
    ],
)
def test_free_text_gives_nobody_away(text: str) -> None:
    """Addresses, phone, account and card numbers do not survive in free text."""
    masked = masked_text(text)

    for private in ("dana", "555", "1234567", "3704", "4111 1111"):
        assert private not in masked


@pytest.mark.parametrize(
    "text", ["Invoice INV-10023", "2026-10-05", "12/31/2026 due", "Suite 400, 60601", "Acme & Sons 1998"]
)
def test_ordinary_text_stays(text: str) -> None:
    """Dates, invoice numbers, postcodes and company names are evidence, not people."""
    assert masked_text(text) == text


def test_a_company_stays_and_a_person_is_shortened() -> None:
    """The same column is plain for a company and masked for a person."""
    assert masked_value("name", "Miller Fit-Out LLC", kind="company") == "Miller Fit-Out LLC"
    assert masked_value("name", "Dana Miller", kind="person") == "D. Miller"
    assert masked_value("street", "5 Oak St", kind="company") == "5 Oak St"
    assert masked_value("street", "5 Oak St", kind="person") == "•••"
    assert masked_value("given_name", "Dana") == "D."


def test_a_name_that_is_an_address_is_masked_too() -> None:
    """Shops store the e-mail address as the name where there is none."""
    assert masked_party({"kind": "unknown", "name": "dana@mail.example"}) == "•••@mail.example"
    assert masked_record_key("shop/customers/dana@mail.example") == "shop customers •••@mail.example"


def test_names_of_one_word_and_of_none() -> None:
    """There is nothing to shorten in one word, and nothing to show for none."""
    assert short_person_name("Cher") == "Cher"
    assert short_person_name(None) == ""
    assert masked_party({}) == "(no name)"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("123456", "123456"),
        ("1234567", "••• 67"),
        ("1 2-3.4/5(6)", "1 2-3.4/5(6)"),
        ("1 2-3.4/5(6)7", "••• 67"),
        ("1   2 3 4 5 6 7", "••• 67"),
        ("1    2 3 4 5 6 7", "1    2 3 4 5 6 7"),
        ("123456789012345678", "••• 78"),
        ("A1234567", "A1234567"),
        ("1234567A", "1234567A"),
        ("2026-10-05", "2026-10-05"),
        ("2026-10-055", "••• 55"),
        ("1.2.2026", "1.2.2026"),
        ("1.2.20260", "••• 60"),
        ("123.2.2026", "••• 26"),
    ],
)
def test_seven_digits_make_a_number_of_a_person(text: str, masked: str) -> None:
    """Six digits, an id with a letter and a date stay; signs and spaces between them hide none."""
    assert masked_text(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("DE8937040044053", "DE8937040044053"),
        ("DE89370400440532", "•••"),
        ("DE89 3704 0044 0532", "•••"),
        ("DE89 3704", "DE89 3704"),
        ("MT84MALT011000012345MTLCAST001S", "•••"),
        ("DEE9370400440532", "DEE9370400440532"),
    ],
)
def test_an_account_number_has_three_groups_and_more(text: str, masked: str) -> None:
    """Country, check digits and at least twelve signs; the longest there are, with 31, too."""
    assert masked_text(text) == masked


@pytest.mark.parametrize("length", [1, 127, 128])
def test_an_address_of_any_length_is_masked(length: int) -> None:
    """From the shortest to the longest that is read as one."""
    assert masked_text(f"{'a' * length}@{'b' * length}") == f"•••@{'b' * length}"


@pytest.mark.parametrize(
    ("phone", "masked"), [("5", "••• 5"), ("55", "••• 55"), ("(0) 123", "••• 23"), ("n/a", "•••"), ("", ""), (None, "")]
)
def test_two_digits_of_a_phone_number_stay(phone: str | None, masked: str) -> None:
    """Enough to tell two numbers apart, and no more."""
    assert masked_phone(phone) == masked


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("Weatherby", False),
        ("Quill Weatherby", True),
        ("Quill Xan Weatherby", True),
        ("Quill Xan Rho Weatherby", False),
        ("Ann Mary Jo Lee", True),
        ("Weatherby, Quill", True),
        ("Quill 2 Weatherby", False),
        ("Quill Weatherby Ltd", False),
        ("", False),
        (None, False),
    ],
)
def test_two_or_three_plain_words_may_be_a_person(name: str | None, *, is_person: bool) -> None:
    """One word and four unknown ones are nobody's name; a known first name or a comma tells without counting."""
    assert is_person_name(name) is is_person


@pytest.mark.parametrize(
    ("key", "kind", "shown"),
    [
        ("a/b/Quill Weatherby", "unknown", "a b Q. Weatherby"),
        ("a/b/Quill Weatherby", "company", "a b Quill Weatherby"),
        ("a/b/Quill Xan Rho Weatherby", "unknown", "a b Quill Xan Rho Weatherby"),
        ("a/b/Quill Xan Rho Weatherby", "person", "a b Q. Weatherby"),
        ("a/b/Weatherby", "person", "a b Weatherby"),
        ("a/b/KD 101", "person", "a b KD 101"),
        ("a/names/Quill Weatherby", "person", "a, Q. Weatherby"),
        ("a/b", "unknown", "a b"),
    ],
)
def test_an_id_that_is_a_name_is_shortened(key: str, kind: str, shown: str) -> None:
    """An id of a known person is a name when it has words and no digit; a company's never is."""
    assert masked_record_key(key, kind=kind) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("dana@mail.example", "•••@mail.example"), ("dana@b@mail.example", "•••@mail.example"), ("dana", "•••"), (None, "")],
)
def test_of_an_address_the_domain_alone_is_shown(value: str | None, shown: str) -> None:
    """What stands behind the last sign; an address without one is hidden whole."""
    assert masked_value("email", value) == shown
