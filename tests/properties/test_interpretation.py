"""Laws of interpretation: what does not matter changes nothing, and a person's word holds."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.interpret.given_table import GivenTable
from toolkit.interpret.interpretation import Interpretation
from toolkit.interpret.reading import interpretation

ROWS = 6
POOL: dict[str, list[str | None]] = {
    "Invoice No": [f"INV-{n}" for n in range(ROWS)],
    "Customer": ["Roberts Ltd", "Alvarez LLC", "Nguyen Inc", "Baker Ltd", "Okafor Ltd", "Lind AB"],
    "Rechnungsdatum": ["2026-03-01", "2026-03-04", "2026-03-09", "2026-03-17", "2026-03-22", "2026-03-29"],
    "Amount": ["120.50", "89.00", "1300.25", "77.10", "410.00", "9.99"],
    "Courriel": [f"a{n}@acme.example" for n in range(ROWS)],
    "Status": ["paid", "open", "paid", None, "paid", "open"],
    "City": ["Leeds", "Berlin", "Lyon", "Oslo", "Torino", "Leeds"],
    "First name": ["Anna", "Robert", "Maria", "Thomas", "Laura", "Eva"],
    "Nachname": ["Schmidt", "Roberts", "Rossi", "Berg", "Nguyen", "Lind"],
    "Notes": [None, None, "called twice, no answer", None, None, None],
    "xq": ["a1", "b2", "c3", "d4", "e5", "f6"],
    "Balance": ["1.00", "2.50", "3.75", "4.10", "5.00", "6.20"],
}
HEADERS = st.lists(st.sampled_from(sorted(POOL)), min_size=1, max_size=8, unique=True)
LAWS = settings(max_examples=25, deadline=None)


def table(headers: list[str], *, order: list[int] | None = None, file: str = "") -> GivenTable:
    """Return the columns of the pool with these headers, rows in an order."""
    places = order if order is not None else list(range(ROWS))
    columns = tuple(pa.chunked_array([[POOL[header][place] for place in places]], pa.string()) for header in headers)
    return GivenTable(tuple(headers), columns, ROWS, file=file)


def by_header(found: Interpretation) -> dict[str, tuple[str, str]]:
    return {one.header: (one.meaning, one.certainty) for one in found.columns}


def keys(found: Interpretation) -> list[str]:
    return sorted(found.columns[place].header for place in found.key)


@LAWS
@given(HEADERS, st.randoms(use_true_random=False))
def test_the_order_of_columns_does_not_change_what_each_means(headers: list[str], random: st.DrawFn) -> None:
    """A column says the same wherever it stands."""
    shuffled = list(headers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    found, other = interpretation(table(headers)), interpretation(table(shuffled))

    assert (found.entity, found.row_is) == (other.entity, other.row_is)
    assert by_header(found) == by_header(other)


@LAWS
@given(HEADERS)
def test_an_empty_column_of_unknown_name_changes_no_other(headers: list[str]) -> None:
    """Exports are full of them."""
    plain = table(headers)
    empty = pa.chunked_array([[None] * ROWS], pa.string())
    wider = GivenTable((*plain.headers, "zxqv"), (*plain.columns, empty), ROWS)

    found, other = interpretation(plain), interpretation(wider)

    assert {header: meaning for header, (meaning, _) in by_header(found).items()} == {
        header: meaning for header, (meaning, _) in by_header(other).items() if header != "zxqv"
    }
    assert found.entity == other.entity
    assert other.columns[-1].used_as == "none"


@LAWS
@given(HEADERS, st.permutations(range(ROWS)))
def test_the_order_of_rows_changes_neither_entity_nor_meanings_nor_key(headers: list[str], order: list[int]) -> None:
    """A list sorted by date is the same list."""
    found, other = interpretation(table(headers)), interpretation(table(headers, order=order))

    assert (found.entity, found.row_is, keys(found)) == (other.entity, other.row_is, keys(other))
    assert by_header(found) == by_header(other)


@LAWS
@given(HEADERS)
def test_capitals_in_headers_change_nothing(headers: list[str]) -> None:
    """INVOICE NO is what Invoice No is."""
    plain = table(headers)
    loud = GivenTable(tuple(header.upper() for header in headers), plain.columns, ROWS)

    found, other = interpretation(plain), interpretation(loud)

    assert found.entity == other.entity
    assert [(one.meaning, one.certainty) for one in found.columns] == [(one.meaning, one.certainty) for one in other.columns]


@LAWS
@given(HEADERS)
def test_probabilities_are_shares_and_rank(headers: list[str]) -> None:
    """Between 0 and 1; what is used is at least probable, and the entity's guesses share what there is."""
    found = interpretation(table(headers))

    for column in found.columns:
        shares = [guess.probability for guess in column.guesses]
        assert all(0 <= share <= 1 for share in shares)
        assert sum(shares) <= 1.001
        assert shares[1:] == sorted(shares[1:], reverse=True)
        assert (column.used_as == "none") >= (column.certainty == "doubtful")
    assert 0 <= found.entities[0].probability <= 1
    assert sum(one.probability for one in found.entities) <= 1.001


@LAWS
@given(HEADERS, st.sampled_from(["party", "payment", "task"]), st.sampled_from(["note", "reference", "none", "amount_net"]))
def test_a_persons_word_always_holds(headers: list[str], entity: str, meaning: str) -> None:
    """Whatever header and values say."""
    found = interpretation(table(headers), entity=entity, meanings={headers[0]: meaning})

    assert (found.entity, found.entities[0].probability) == (entity, 1.0)
    assert (found.columns[0].meaning, found.columns[0].certainty) == (meaning, "sure")
