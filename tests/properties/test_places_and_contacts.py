"""Laws of addresses, phones, mailboxes and web sites: whole columns say what single values say, and pairs are symmetric."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.match.comparison import Comparison
from toolkit.match.comparisons import domain as site_comparison
from toolkit.match.comparisons import email as mail_comparison
from toolkit.match.comparisons import location
from toolkit.match.comparisons import phone as phone_comparison
from toolkit.values import address, domain, email, phone, region
from toolkit.values.street_column import street_texts

COMPARISONS = [one.COMPARISON for one in (location, phone_comparison, mail_comparison, site_comparison)]

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
STREET_BITS = (
    "12|12a|4/12|12-14|1/2|st|St.|north|NO|n|5th|fifth|third|3rd floor|suite|ste 4|# 4b|apt B|po box 7|P.O. B 7|c/o x|o'hara"
    "|,|.|-|hauptstr|highway|route 9|at|near|rue|e|  |\n|é|Main|avenue|test|n/a|&|unknown|\x00"
)
PHONE_BITS = "+|00|(0)|(|)|-|.|/| |44|1|020|7946|0958|415|555|2671|x12| ext. 5|;|or|n/a|é"
MAIL_BITS = (
    "jo|Bell|.|@|@|+x|info|test|none|gmail.com|googlemail.com|acme.com|Acme.co.uk|-|<|>|mailto:|;| |domain.com|é|\x00"
)
SITE_BITS = (
    "http://|HTTPS://|www.|acme|.com|.co.uk|co.uk|.|-|/|/about|?x=1|:80|jo@|facebook.com|gmail.com|myshopify.com| |é|\n"
)
CODE_BITS = "60612|-1234|1234|sw1a|1AA|K1A|0B1|D-|.0| |99999|0|é|n/a"


def cells(bits: str) -> st.SearchStrategy[str]:
    """Return cells put together from parts that such cells are made of, and any text."""
    pieces = st.lists(st.sampled_from(bits.split("|")), max_size=7)
    return st.one_of(pieces.map("".join), pieces.map(" ".join), ANY_TEXT)


def tabbed(value: str) -> str | None:
    """Return the parts of one street line as a column has them."""
    line = address.street(value)
    return line.tabbed if line else None


@pytest.mark.parametrize(
    ("whole", "single", "bits"),
    [
        (street_texts, tabbed, STREET_BITS),
        (phone.standardised, phone.national_digits, PHONE_BITS),
        (
            lambda values: phone.standardised(values, country="GB"),
            lambda value: phone.national_digits(value, "GB"),
            PHONE_BITS,
        ),
        (email.standardised, email.mailbox, MAIL_BITS),
        (domain.standardised, domain.domain_of, SITE_BITS),
        (domain.company_domains, domain.company_domain, SITE_BITS),
        (address.standardised_postcodes, address.postcode, CODE_BITS),
        (address.standardised_towns, address.town, STREET_BITS),
        (region.standardised, region.region, STREET_BITS),
    ],
    ids=["street", "phone", "phone at home", "mailbox", "domain", "company domain", "postcode", "town", "region"],
)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_whole_column_says_what_its_cells_say_one_by_one(
    whole: Callable[[pa.StringArray], pa.StringArray], single: Callable[[str], str | None], bits: str, data: st.DataObject
) -> None:
    """The fast way over a column and the readable way over a cell are one, on whatever clients send."""
    values = data.draw(st.lists(st.one_of(st.none(), cells(bits)), max_size=8))

    standard = whole(pa.array(values, pa.string())).to_pylist()

    assert standard == [None if value is None else single(value) for value in values]


@pytest.mark.parametrize(
    "cell", ["a" * 600 + "@acme.com", "a." * 300 + "com", "1" * 600, "12 " + "oak " * 3_000, "é" * 10_000]
)
def test_a_cell_of_hostile_length_is_cut_alike_in_a_column_and_alone(cell: str) -> None:
    """What stands beyond the first 500 characters takes no part."""
    column = pa.array([cell])

    assert street_texts(column).to_pylist() == [tabbed(cell)]
    assert phone.standardised(column).to_pylist() == [phone.national_digits(cell)]
    assert email.standardised(column).to_pylist() == [email.mailbox(cell)]
    assert domain.standardised(column).to_pylist() == [domain.domain_of(cell)]
    assert address.standardised_postcodes(column).to_pylist() == [address.postcode(cell)]


def columns(comparison: Comparison, data: st.DataObject) -> dict[str, pa.StringArray]:
    """Return a few records in the columns that a comparison reads."""
    bits = {"street": STREET_BITS, "phone": PHONE_BITS, "email": MAIL_BITS, "domain": SITE_BITS, "postcode": CODE_BITS}
    count = data.draw(st.integers(1, 5))
    return {
        kind: pa.array(
            data.draw(st.lists(st.one_of(st.none(), cells(bits.get(kind, STREET_BITS))), min_size=count, max_size=count)),
            pa.string(),
        )
        for kind in comparison.reads
    }


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.name)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_pairs_are_symmetric_and_graded_alike_alone_and_in_company(comparison: Comparison, data: st.DataObject) -> None:
    """Left and right may swap, no other pair changes a grade, and no pair of two values is missing."""
    values = comparison.standardised(columns(comparison, data)).drop_null().unique()
    prepared = comparison.prepared(values, None)
    left, right = (np.array(side, dtype=np.int64) for side in np.indices((len(values),) * 2).reshape(2, -1))

    levels = comparison.graded(prepared, left, right)

    assert levels.tolist() == comparison.graded(prepared, right, left).tolist()
    assert np.all((levels >= 1) & (levels <= len(comparison.levels)))
    for pair in range(1, len(left), 11):
        ends = [left[pair], right[pair]]
        alone = comparison.prepared(values.take(pa.array(ends)).unique(), None)
        two = np.array([0]), np.array([int(ends[0] != ends[1])])
        assert comparison.graded(alone, *two).tolist() == [levels[pair]]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.name)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_blocking_keys_are_made_of_content_alone(comparison: Comparison, data: st.DataObject) -> None:
    """A value has the same keys whatever else is in the table, and at most four of a sort."""
    values = comparison.standardised(columns(comparison, data)).drop_null().unique()
    for keys_of in (comparison.narrow, comparison.broad):
        together = keys_of(comparison.prepared(values, None))
        for position in range(len(values)):
            alone = keys_of(comparison.prepared(values.slice(position, 1), None))
            own = together.key[together.value == position].tolist()
            assert sorted(own) == sorted(alone.key.tolist())
            assert len(own) <= 4
