"""What the values of a column look like, whatever its header says."""

import pytest

from tests.effort import counted
from toolkit.values.looks import KINDS, looks_of, value_shares


def _leaders(values: list[str]) -> set[str]:
    """Return the kinds that lead: within a tenth of the highest share."""
    shares = value_shares(values)
    best = max(shares.values())
    return {kind for kind, share in shares.items() if share >= best - 0.1 and share > 0}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("email", ["info@acme.com", "Jo Bell <jo.bell@acme.co.uk>", "vendite@alba.it"]),
        ("url", ["https://www.acme.com/about", "http://alba.it", "www.norden.se"]),
        ("domain", ["acme.com", "alpha.co.ug", "norden.se"]),
        ("phone", ["+49 (0)30 1234567", "030/987654", "0171 2345678"]),
        ("phone", ["01 49 54 25 49", "01 48 99 80 98", "06 12 34 56 78"]),
        ("phone", ["+54 9 11 2345-6789", "+54 11 4321-5678"]),
        ("iban", ["DE89 3704 0044 0532 0130 00", "NL91ABNA0417164300", "GB29NWBK60161331926819"]),
        ("bic", ["DEUTDEFF500", "INGBNL2A", "BNPAFRPPXXX"]),
        ("tax_id", ["DE136695976", "ATU12345678", "NL123456789B01"]),
        ("tax_id", ["12.345.678/0001-95", "98.765.432/0001-10"]),
        ("tax_id", ["B17601906", "B86956435", "A28017895"]),
        ("postcode", ["SW1A 1AA", "M1 2AB", "LS1 4AP"]),
        ("postcode", ["1012 AB", "3511 LN"]),
        ("postcode", ["00-950", "30-001"]),
        ("country", ["Deutschland", "Österreich", "Schweiz"]),
        ("country", ["Allemagne", "Royaume-Uni", "Pays-Bas"]),
        ("country", ["Yhdysvallat", "Ruotsi", "USA"]),
        ("region", ["NY", "CA", "TX", "WA"]),
        ("region", ["Bayern", "Hessen", "Nordrhein-Westfalen"]),
        ("region", ["São Paulo", "Paraná", "Minas Gerais"]),
        ("currency", ["EUR", "usd", "CHF"]),
        ("language_code", ["de-DE", "en_GB", "fr-FR"]),
        ("given_name", ["Anna", "Jürgen", "María José", "Giuseppe", "Søren"]),
        ("family_name", ["Schmidt", "Kowalski", "Lindqvist", "O'Brien", "Fernández"]),
        ("person_name", ["Anna Schmidt", "Jean-Pierre Martin", "Dr. Ayşe Yılmaz"]),
        ("person_name", ["Müller, Hans", "Weber, Sabine", "Becker, Uwe"]),
        ("company_name", ["Nordwind Logistik GmbH", "Müller & Söhne OHG", "Acme Ltd"]),
        ("company_name", ["Transportes Vega, S.L.", "Nova sp. z o.o.", "Alba s.r.o."]),
        ("street", ["12 High Street", "Flat 3, 5 Mill Lane"]),
        ("street", ["Hauptstr. 5", "Am Markt 12", "Lindenallee 7a"]),
        ("street", ["Rua Augusta, 111", "Via Roma 5", "Calle Mayor, 12"]),
        ("whole_address", ["12 High Street, Leeds LS1 4AP", "5 Mill Lane, York YO1 7LZ"]),
        ("city", ["Frankfurt am Main", "München", "Leipzig", "Köln"]),
        ("city", ["Göteborg", "Malmö", "Uppsala"]),
        ("date", ["31.12.2026", "5.1.2026", "17.02.2026"]),
        ("date", ["2026-12-31 00:00:00", "2026-01-05 00:00:00"]),
        ("date", ["06-Jan-2025", "24-Feb-2025"]),
        ("date", ["5. März 2026", "12 août 2025", "3 de octubre de 2025"]),
        ("instant", ["2026-01-05T08:49:31.000Z", "2026-01-05T09:00:00.000Z"]),
        ("time", ["08:49:31", "16:07:32"]),
        ("duration", ["1h 30m", "45 min", "2 Stunden"]),
        ("serial_date", ["45631", "45640", "45702.5"]),
        ("amount", ["1.234,50", "-12,00", "10,50 zł"]),
        ("amount", ["$1,159.87", "($5.00)", "$10.50 USD"]),
        ("amount", ["1 322,97", "12.00 DR", "10,--"]),
        ("whole_number", ["1", "12", "7", "204"]),
        ("percent", ["19%", "7,0 %"]),
        ("flag", ["Ja", "Nein"]),
        ("flag", ["true", "false"]),
        ("flag", ["Kyllä", "Ei"]),
        ("uuid", ["6f9619ff-8b86-d011-b42d-00cf4fc964ff", "7f9619ff-8b86-d011-b42d-00cf4fc964aa"]),
        ("id_code", ["INV-1001", "INV-1002"]),
        ("id_code", ["SO4711", "SO4712"]),
        ("sku", ["SKU-2958", "SKU-2671"]),
        ("model_title", ["Canon PIXMA MG5320 Printer", "Desk lamp black", "Kabel USB-C 2 m"]),
        ("gl_code", ["4000 - Sales", "6100 - Rent"]),
        ("status_word", ["offen", "bezahlt", "überfällig"]),
        ("status_word", ["En attente", "Confirmée", "Payée", "Annulée"]),
        ("payment_method", ["Überweisung", "PayPal", "Bar"]),
        ("payment_method", ["Transferencia", "Tarjeta", "Efectivo"]),
        ("salutation", ["Herr", "Frau"]),
        ("free_text", ["Please call back on Monday.", "Customer wants a new quote for the roof"]),
        ("free_text", ["Kunde hat am Telefon zugesagt", "Bitte im März noch einmal anrufen"]),
    ],
)
def test_values_show_their_kind_without_a_header(kind: str, values: list[str]) -> None:
    """A column whose header says nothing still says what it holds, by its values."""
    assert kind in _leaders(values), sorted(value_shares(values).items(), key=lambda one: -one[1])[:5]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("phone", ["2026-01-05", "31.12.2026", "1.234.567", "123.456.789-09"]),
        ("date", ["12.50", "1.234,56", "192.168.0.1"]),
        ("person_name", ["Acme Ltd", "Nordwind Logistik GmbH", "Desk lamp"]),
        ("company_name", ["Paid", "Open", "2026-01-05"]),
        ("iban", ["DE136695976", "INV-1001"]),
        ("amount", ["1001", "007", "INV-1", "SKU-12"]),
        ("country", ["Anna", "Paid", "INV-1"]),
        ("domain", ["report.pdf", "e.g.", "v1.2"]),
        ("free_text", ["Acme Ltd", "jo@acme.com", "Anna"]),
        ("flag", ["0", "1", "2", "3", "4", "5"]),
    ],
)
def test_values_of_another_kind_count_for_little(kind: str, values: list[str]) -> None:
    """A test of values does not take what only resembles its kind."""
    assert value_shares(values)[kind] <= 0.1


def test_a_share_is_graded() -> None:
    """A few wrong cells lower a share and do not end it."""
    shares = value_shares(["jo@acme.com"] * 18 + ["none", "see notes"])

    assert shares["email"] == pytest.approx(0.9)


def test_a_column_of_nothing_looks_like_nothing() -> None:
    """Empty cells speak for no kind."""
    assert set(value_shares(["", "  "]).values()) == {0.0}
    assert set(value_shares([])) == set(KINDS)


def test_hostile_cells_are_looked_at_and_do_no_harm() -> None:
    """NUL bytes, lone surrogates, formulas and cells of a megabyte are values like others."""
    looks = looks_of(["\x00", "\ud800", "=1+1", "a" * 1_000_000, "9" * 1_000_000, "<script>", "(" * 5_000, "1," * 5_000])

    assert looks.count == 8
    assert all(0 <= share <= 1 for share in looks.shares.values())


def test_the_work_grows_with_the_values() -> None:
    """A wide table of three hundred columns is judged with some twenty calls for each value."""
    columns = [[f"Row {number * (place + 3)} of {place}" for number in range(200)] for place in range(30)]
    columns += [[f"{number * 7 % 28 + 1:02}.01.20{place % 30:02}" for number in range(200)] for place in range(270)]
    value_shares(["warm", "Deutschland"])

    with counted() as effort:
        for column in columns:
            value_shares(column)

    assert effort.calls < 30 * 200 * len(columns)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("city", ["los angeles", "san diego", "chicago"]),
        ("postcode", ["'60614", "'02139", "'94110"]),
        ("phone", ["310/246-1501", "818/762-1221"]),
        ("phone", ["665 904 981", "604 432 160", "690 484 722", "671 964 290"]),
        ("street", ["1080 South Adams Street", "1259 S Diversey Pkwy"]),
        ("city", ["Porto Alegre", "Campo Grande", "Nova Friburgo"]),
    ],
)
def test_values_as_systems_write_them_are_known_too(kind: str, values: list[str]) -> None:
    """Small letters, an apostrophe that keeps zeros, groups of three digits without a sign."""
    assert value_shares(values)[kind] >= 0.5


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("gl_code", ["310-475-3585", "310-479-2231"]),
        ("free_text", ["1080 South Adams Street", "1259 S Diversey Pkwy"]),
        ("payment_method", ["card_189955174184", "card_459984955659"]),
        ("postcode", ["R-20001", "R-20002"]),
        ("company_name", ["foxglove-staffing.example", "granite-home.example"]),
        ("person_name", ["Porto Lindo", "Santa Vera", "Campo Alegre", "Nova Esperança"]),
        ("sku", ["Brand refresh 1", "Kitchen refit 2"]),
        ("amount", ["665 904 981", "604 432 160", "690 484 722", "671 964 290"]),
    ],
)
def test_values_that_only_resemble_a_kind_do_not_lead(kind: str, values: list[str]) -> None:
    """Telephone numbers are no accounts, streets no sentences, ids of cards no ways to pay."""
    assert value_shares(values)[kind] <= 0.3
