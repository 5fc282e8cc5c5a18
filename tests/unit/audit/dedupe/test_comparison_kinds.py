"""As what columns are compared: from their meaning, and from their values where the meaning is open."""

import pyarrow as pa
import pytest

from toolkit.audit.dedupe.records_to_match import records_to_match

PEOPLE = ["Ann Lee", "Bob Smith", "Roe, Jane", "Mary Jones", "Peter Miller", "Lucy Stone"]


def kinds(**columns: list[str]) -> dict[str, str]:
    """Return the kind of each column of a table with a name in it; ``_`` in a header stands for a blank."""
    table = pa.table({"Full Name": PEOPLE, **{header.replace("_", " "): values for header, values in columns.items()}})
    return {field.label: field.kind for field in records_to_match({"people.csv": table}).fields}


def kind(header: str, *values: str) -> str:
    """Return the kind of one column beside a name."""
    return kinds(**{header: [values[row % len(values)] for row in range(len(PEOPLE))]})[header.replace("_", " ")]


def test_names_are_told_by_their_values() -> None:
    """A customer list may be of persons, of companies, or mixed; what the header calls a company is one."""
    people, companies = ["Bob Smith", "Roe, Jane", "Mary Jones"], ["Acme Ltd", "Zorro LLC", "Blue Harbor Inc"]

    def alone(header: str, names: list[str]) -> str:
        table = pa.table({"Id": list("123456"[: len(names)]), header: names, "Phone": ["312 644 2671"] * len(names)})
        return {field.label: field.kind for field in records_to_match({"x.csv": table}).fields}[header]

    assert alone("Customer", people) == "person"
    assert alone("Customer", companies) == "company"
    assert alone("Customer", [*people, *companies]) == "name"
    assert alone("Firma", ["Hofmann", "Krause & Sohn", "Becker"]) == "company"


def test_persons_beside_their_companies_are_not_companies() -> None:
    """Each row says what it is: colleagues of one company are several persons, and their company tells them from others."""
    rows = [("Ann Lee", "Acme Ltd"), ("Bob Smith", "Acme Ltd"), ("Zorro LLC", "Zorro LLC"), ("Jane Roe", "Blue Inc")]
    table = pa.table({"Name": [name for name, _ in rows], "Company": [company for _, company in rows], "Id": list("1234")})

    joint = records_to_match({"x.csv": table})

    assert joint.compared == {"Name": "name", "Company": "company"}
    assert joint.records["kind"].to_pylist() == ["unknown", "unknown", "company", "unknown"]


def test_few_persons_among_companies_are_told_by_the_companies_beside_them() -> None:
    """Of twenty names seventeen are companies without a word beside them, and three are persons with theirs."""
    firms = [f"{name} Holdings Ltd" for name in ("Acme", "Zorro", "Blue", "Harl", "Venner", "Plover", "Teasel", "Rudge")]
    firms += [
        f"{name} Foods Inc" for name in ("Kestrel", "Ivory", "Linden", "Barlow", "Nuttall", "Dunlin", "Ellwood", "Ingram")
    ]
    people = ["Ann Lee", "Bob Smith"]
    table = pa.table(
        {
            "Name": [*firms, *people],
            "Company name": [*[None] * len(firms), firms[0], firms[1]],
            "Id": [str(row) for row in range(len(firms) + 2)],
        }
    )
    twice = table.set_column(1, "Company name", pa.array([*firms, firms[0], firms[1]]))

    assert records_to_match({"x.csv": table}).compared == {"Name": "name", "Company name": "company"}
    assert records_to_match({"x.csv": twice}).compared == {"Name": "company", "Company name": "company"}


@pytest.mark.parametrize(
    ("given", "family", "birth"),
    [
        ("First Name", "Last Name", "DOB"),
        ("Vorname", "Nachname", "Geburtsdatum"),
        ("Prénom", "Nom de famille", "Date de naissance"),
        ("Voornaam", "Achternaam", "Geboortedatum"),
    ],
)
def test_parts_of_names_are_known_in_the_languages_of_the_audit(given: str, family: str, birth: str) -> None:
    """As the audit reads them, so are they compared."""
    table = pa.table(
        {
            given: ["Anna", "Bert", "Carla", "Anna", "Dirk", "Eva"],
            family: ["Abbott", "Hollis", "Orton", "Castell", "Brandt", "Ivers"],
            birth: ["1970-01-02", "1981-02-03", "1999-03-04", "1955-04-05", "1962-05-06", "1990-06-07"],
        }
    )

    fields = records_to_match({"people.csv": table}).fields

    assert {field.label: field.kind for field in fields} == {given: "given_name", family: "family_name", birth: "date"}


def test_a_header_is_believed_only_when_the_values_agree() -> None:
    """A column named e-mail that holds dates is none, and is said to look like dates."""
    assert kind("email", "01/31/13", "08/31/13") == "none"
    assert kind("email", "jo@acme.com", "sales@acme.com") == "email"


def test_values_show_what_an_unknown_header_holds() -> None:
    """Nobody needs to translate headers; ids that could be dialled are no phone numbers."""
    assert kind("Qwx zrt", "jo@acme.com", "x@b.org", "z@q.net") == "email"
    assert kind("col7", "312 644 2671", "(415) 555-2671", "212 555 0188") == "phone"
    assert kind("Qwx", "1941-02-03", "1970-12-31", "1999-07-08", "1985-01-09", "1962-03-03", "2001-05-05") == "date"
    assert kind("Qwx", "2026-01-03", "2026-01-04", "2026-02-01", "2026-03-09", "2026-03-10", "2026-03-11") == "none"
    assert kind("Qwx", "GB82WEST12345698765432", "DE89370400440532013000", "FR1420041010050500013M02606") == "identifier"


def test_a_second_number_to_dial_is_compared_whatever_the_audit_does_with_it() -> None:
    """A fax tells two firms apart as well as a phone does; the mailbox of whoever looks after them does not."""
    assert kind("Fax", "312 644 2671", "(415) 555-2671", "212 555 0188") == "phone"
    assert kind("Owner email", "jo@us.com", "al@us.com") == "none"


def test_words_of_a_header_that_have_nothing_to_do_with_its_values_do_not_count() -> None:
    """The state of a contact, a number of orders and a position are none of whom the record is about."""
    assert kind("Marketing contact status", "Marketing contact", "Non-marketing contact") == "none"
    assert kind("Total Orders", "1", "3", "1", "2") == "none"
    assert kind("Default Address Phone", "'+1 312 644 2671", "'+1 773 201 4410", "'+1 415 555 2671") == "phone"


def test_what_identifies_nobody_takes_no_part_and_is_named_if_it_looks_like_something() -> None:
    """Types, time stamps and empty columns say nothing of who it is."""
    table = pa.table(
        {
            "Full Name": PEOPLE,
            "Type": ["a", "b"] * 3,
            "Last updated": [f"2026-01-0{day}" for day in range(1, 7)],
            "Balance": ["1.50", "2.75", "3.25", "10.00", "0.99", "7.10"],
            "Remark": pa.nulls(6, pa.string()),
        }
    )

    fields = {field.label: field for field in records_to_match({"x.csv": table}).fields}

    assert {label for label, field in fields.items() if field.kind == "none"} == {
        "Type",
        "Last updated",
        "Balance",
        "Remark",
    }
    assert "It looks like a date; name it to have it compared." in fields["Last updated"].reason
    assert fields["Balance"].reason.endswith("(amount); name it to have it compared.")
    assert fields["Remark"].reason == "It has no values."


def test_headers_in_camel_case_and_with_underscores_are_read() -> None:
    """The words count, not how they are joined."""
    table = pa.table(
        {
            "firstName": ["Jo", "Al", "Eva", "Ann"],
            "last_name": ["Abbott", "Hollis", "Orton", "Castell"],
            "postal_code": ["60612", "60640", "60601", "60622"],
            "soc_sec_id": ["4812345", "4812346", "4812347", "4812347"],
        }
    )

    fields = records_to_match({"x.csv": table}).fields

    assert [field.kind for field in fields] == ["given_name", "family_name", "postcode", "identifier"]


def test_names_of_things_are_titles_and_what_describes_them_is_text() -> None:
    """Beside a party's name a description is too weak; beside a product's it is half of what is known."""
    models = [f"Kelvo Tarn TX-{number}00 Drill" for number in range(1, 7)]
    table = pa.table(
        {"Name": models, "Description": [f"a drill with {n} gears and a case" for n in range(6)], "Id": list("123456")}
    )

    assert records_to_match({"products.csv": table}).compared == {"Name": "title", "Description": "text"}


@pytest.mark.parametrize(
    "header",
    ["Fecha alta", "Aangemaakt", "Skapad", "Data inserimento", "Created", "Modified On", "Imported", "Letzte Änderung"],
)
def test_the_day_on_which_a_record_was_written_is_no_identity(header: str) -> None:
    """It says nothing of whom the record is about, over however many years."""
    days = [f"{1985 + 6 * number}-{number + 1:02}-{3 * number + 1:02}" for number in range(len(PEOPLE))]

    assert kind(header, *days) == "none"


def test_stamps_over_many_years_are_no_births() -> None:
    """Whoever is born is given a day; what a machine writes has a time of the day too."""
    days = [f"{1950 + 9 * number}-{number + 1:02}-{3 * number + 1:02}" for number in range(len(PEOPLE))]

    assert kind("xyz", *days) == "date"
    assert kind("xyz", *(f"{day} 10:{number:02}:07" for number, day in enumerate(days))) == "none"
    assert kind("xyz", *(f"{day} 00:00:00" for day in days)) == "date"


def test_whom_to_talk_to_is_a_fact_of_its_own_beside_the_names_of_a_list() -> None:
    """A contact is not what the record is called: two companies with one bookkeeper are two."""
    names = ["Acme Foods Ltd", "Blue Harbor Inc", "Ann Lee", "Corvin Bakery", "Bob Smith", "Zorro LLC"]
    contacts = ["Mary Jones", "Peter Miller", None, "Lucy Stone", None, "Paul Hill"]
    table = pa.table(
        {"Id": list("123456"), "Name": names, "Contact": contacts, "Email": [f"a{row}@b{row}.com" for row in range(6)]}
    )

    found = records_to_match({"accounts.csv": table}).compared

    assert found == {"Name": "name", "Contact": "contact", "Email": "email"}
