"""Which invoice a payment belongs to: what speaks for it, what is reported instead of guessed, and what costs nothing."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from toolkit.errors import UnknownNameError
from toolkit.match.documents.matching import DocumentMatching, explained_documents, matched_documents

Matched = Callable[..., DocumentMatching]

# Other customers' invoices and payments, one each: what a ledger looks like around the case in question.
AROUND = [(f"c{number}", 41_700 + 1_313 * number, number % 40) for number in range(30)]
FEE = {"party": "acme", "amount_minor": 9_900}


@pytest.fixture
def matched(side: Any) -> Matched:
    """Return invoices matched to payments, among thirty others that were paid after three days."""

    def run(invoices: list[dict[str, Any]], payments: list[dict[str, Any]]) -> DocumentMatching:
        others_l = [{"party": party, "amount_minor": amount, "at": at} for party, amount, at in AROUND]
        others_r = [{"party": party, "amount_minor": amount, "at": at + 3} for party, amount, at in AROUND]
        return matched_documents(side("i", [*invoices, *others_l]), side("p", [*payments, *others_r]))

    return run


@pytest.mark.parametrize(
    ("invoice", "payment", "level"),
    [
        ({"amount_minor": 81_250}, {"amount_minor": 81_250}, "equal amounts"),
        ({"amount_minor": 81_250}, {"amount_minor": 97_500, "tax_minor": 16_250}, "equal but for tax"),
        ({"amount_minor": 81_250, "fee_minor": 2_386}, {"amount_minor": 78_864}, "equal but for a fee"),
        ({"amount_minor": 81_250}, {"amount_minor": 8_125}, "the decimal point slipped"),
        ({"amount_minor": 81_250}, {"amount_minor": 82_150}, "two digits swapped"),
        ({"amount_minor": 81_250}, {"amount_minor": 31_250}, "one other digit"),
        ({"amount_minor": 81_250}, {"amount_minor": 80_050}, "a little less, as after a fee"),
    ],
)
def test_amounts_of_one_event_are_recognised(
    matched: Matched, invoice: dict[str, Any], payment: dict[str, Any], level: str
) -> None:
    """Equal, net of tax, less a fee, ten times too small or mistyped: with the customer and the day it is the same sale."""
    found = matched([{"party": "acme", "at": 0, **invoice}], [{"party": "acme", "at": 3, **payment}])

    assert found.links.right_of[0] == 0
    assert ("amount", level) in [(one.comparison, one.level) for one in explained_documents(found, "i00000", "p00000").facts]


def quoting(side: Any, **mistyped: Any) -> DocumentMatching:
    """Return orders matched to invoices that quote their numbers, but for the tenth, which quotes none."""
    orders = [
        {"party": f"c{at % 12}", "amount_minor": 30_011 + 977 * at, "at": at, "number": f"OR-{20410 + at}"}
        for at in range(60)
    ]
    invoices = [{**row, "at": row["at"] + 2, "invoice_ref": row["number"], "number": None} for row in orders]
    invoices[9] |= {"invoice_ref": None, **mistyped}
    return matched_documents(side("o", orders), side("i", invoices))


@pytest.mark.parametrize(
    ("mistyped", "counterpart"),
    [
        ({"amount_minor": 98_804}, 9),  # 388.04 typed as 988.04
        ({"amount_minor": 98_814}, -1),  # two other digits: another sale
        ({"amount_minor": 98_804, "party": "c4"}, -1),  # nobody but this customer's
        ({"amount_minor": 98_804, "at": 190}, -1),  # nor half a year later
    ],
)
def test_an_amount_with_one_wrong_digit_is_found_where_party_and_day_fit(
    side: Any, mistyped: dict[str, Any], counterpart: int
) -> None:
    """Though all others quote the order's number: that this one does not says only that it was typed without care."""
    matching = quoting(side, **mistyped)

    assert matching.links.right_of.tolist() == [*range(9), counterpart, *range(10, 60)]


@pytest.mark.parametrize("written", ["INV-0020417", "inv 20417", "#2O417", "Payment of invoice 20417, thank you"])
def test_a_number_is_read_in_any_writing(matched: Matched, written: str) -> None:
    """Prefix, zeros in front, O for 0 and words around: the number leads to the invoice, though nobody is named."""
    invoices = [{"amount_minor": 50_000, "at": one, "number": f"INV-{20_410 + one:07}"} for one in range(12)]
    payments = [
        {"amount_minor": 50_000, "at": one + 2, "description": written.replace("2O417", f"2O4{10 + one}")
         .replace("20417", f"{20_410 + one}")} for one in range(12)
    ]  # fmt: skip

    found = matched(invoices, payments)

    assert found.links.right_of[:12].tolist() == list(range(12))


def test_somebody_elses_number_speaks_against(matched: Matched) -> None:
    """Same customer and amount, but the payment quotes another invoice: it is that one's."""
    invoices = [{"party": "acme", "amount_minor": 50_000, "at": one, "number": f"INV-{20_410 + one}"} for one in range(4)]
    payments = [
        {"party": "acme", "amount_minor": 50_000, "at": 9 - one, "invoice_ref": f"{20_410 + one}"} for one in range(3)
    ]

    found = matched(invoices, payments)

    assert found.links.right_of[:4].tolist() == [0, 1, 2, -1]


def test_a_number_settles_a_pair_unless_another_party_and_amount_speak_against_it(side: Any) -> None:
    """The invoice's number beside another amount is its payment; beside another amount and another name it is a slip."""
    firms = ("Larkmoor Tools", "Fenwick Glass", "Nordlys Marine", "Quayside Dental", "Orsini Marble", "Beckett Legal")
    invoices = [
        {"party_name": firm, "amount_minor": 30_011 + 977 * at, "at": at, "number": f"INV-{20410 + at}"}
        for at, firm in enumerate(firms)
    ]
    payments = [{**row, "at": row["at"] + 3, "invoice_ref": row["number"], "number": None} for row in invoices]
    payments[2] |= {"amount_minor": 99_900}
    payments[4] |= {"amount_minor": 12_345, "party_name": "Hedgerow Autos"}

    found = matched_documents(side("i", invoices), side("p", payments))

    assert found.links.right_of.tolist() == [0, 1, 2, 3, -1, 5]


@pytest.mark.parametrize("change", [{"currency": "EUR"}, {"sign": -1}])
def test_a_side_that_differs_throughout_says_nothing_by_it(side: Any, change: dict[str, Any]) -> None:
    """One file names the wrong currency, or shows money the other way round, in every row: then neither is evidence."""
    invoices = [
        {
            "party": f"c{at}",
            "amount_minor": 30_011 + 977 * at,
            "at": 3 * at,
            "number": f"INV-{20410 + at}",
            "currency": "USD",
        }
        for at in range(30)
    ]
    payments = [
        {"party": row["party"], "amount_minor": row["amount_minor"] * change.get("sign", 1), "at": row["at"] + 3,
         "invoice_ref": row["number"] if at % 2 else None, "currency": change.get("currency", "USD")}
        for at, row in enumerate(invoices)
    ]  # fmt: skip

    found = matched_documents(side("i", invoices), side("p", payments))

    quoted = found.links.right_of[1::2].tolist()
    assert quoted == list(range(1, 30, 2))
    if "currency" in change:
        assert found.links.right_of.tolist() == list(range(30))


def test_what_a_few_pairs_contradict_is_no_habit(side: Any) -> None:
    """Two of sixty payments come from another party that quotes the number; a stranger's equal amount still pays nothing."""
    invoices = [
        {"party": f"c{at}", "amount_minor": 30_011 + 977 * at, "at": 3 * at, "number": f"INV-{20410 + at}"}
        for at in range(60)
    ]
    payments = [
        {"party": f"c{at if at % 30 else at + 1}", "amount_minor": row["amount_minor"], "at": row["at"] + 3,
         "invoice_ref": row["number"] if at % 2 == 0 else None}
        for at, row in enumerate(invoices)
    ]  # fmt: skip
    payments[41]["party"] = "c7"

    found = matched_documents(side("i", invoices), side("p", payments))

    assert found.links.right_of.tolist() == [at if at != 41 else -1 for at in range(60)]


def test_a_lag_is_learned_from_the_documents_themselves(side: Any) -> None:
    """Where customers pay after forty days, forty days is what speaks for a payment, not three."""
    invoices = [{"party": f"c{one}", "amount_minor": 30_011 + 977 * one, "at": 5 * one} for one in range(40)]
    payments = [{**row, "at": row["at"] + 40} for row in invoices]

    lags = matched_documents(side("i", invoices), side("p", payments)).model.lags

    at_three, at_forty = lags.bits(pa.array([3.0, 40.0]).to_numpy()).tolist()
    assert at_forty > at_three + 2


def test_monthly_fees_find_their_own_month(matched: Matched) -> None:
    """Twelve equal invoices of one customer, one never paid: eleven are found, and the missing one is named."""
    invoices = [{**FEE, "at": 30 * month} for month in range(12)]
    payments = [{**FEE, "at": 30 * month + 3} for month in range(12) if month != 5]

    found = matched(invoices, payments)

    assert found.links.right_of[:12].tolist() == [0, 1, 2, 3, 4, -1, 5, 6, 7, 8, 9, 10]


def test_three_alike_and_two_payments_are_left_open(matched: Matched) -> None:
    """Nobody can say which of three equal invoices is the unpaid one."""
    found = matched([{**FEE, "at": 0}] * 3, [{**FEE, "at": 3}] * 2)

    assert found.links.right_of[:3].tolist() == [-1, -1, -1]
    assert found.is_ambiguous[:3].all()
    assert explained_documents(found, "i00000", "p00000").decision == "review"


@pytest.mark.parametrize("party", ["acme", None])
def test_five_hundred_equal_amounts_on_one_day_are_ties(matched: Matched, party: str | None) -> None:
    """Equal in everything, they cost no more than others and are reported as open, neither guessed nor called missing."""
    alike = {"party": party, "amount_minor": 9_900}

    found = matched([{**alike, "at": 0}] * 500, [{**alike, "at": 3}] * 499)

    assert len(found.rows_l) < 100 * 500
    assert found.is_ambiguous[:500].all()
    assert (found.links.right_of[500:] >= 0).all()


def test_a_second_entry_is_told_from_the_first(matched: Matched) -> None:
    """The same payment entered again two days later repeats the first."""
    found = matched([{**FEE, "at": 0}], [{**FEE, "at": 3}, {**FEE, "at": 5}])

    assert found.links.right_of[0] == 0
    assert found.links.is_repeated[:2].tolist() == [False, True]
    assert explained_documents(found, "i00000", "p00001").reason.startswith("A second entry")


def test_row_order_changes_nothing(side: Any) -> None:
    """The same documents from another export order have the same counterparts."""
    invoices = [{"party": f"c{one % 7}", "amount_minor": 10_000 + 350 * (one % 5), "at": one} for one in range(40)]
    payments = [{**row, "at": row["at"] + 2} for row in invoices]
    left, right = side("i", invoices), side("p", payments)

    straight = matched_documents(left, right)
    turned = matched_documents(left, right.take(list(range(39, -1, -1))))

    assert turned.links.right_of.tolist() == straight.links.right_of.tolist()


@pytest.mark.parametrize(("left", "right"), [(0, 0), (0, 1), (1, 0)])
def test_a_side_without_documents_has_no_counterparts(side: Any, left: int, right: int) -> None:
    """Nothing to match is no error."""
    found = matched_documents(side("i", [{**FEE, "at": 0}] * left), side("p", [{**FEE, "at": 0}] * right))

    assert found.links.right_of.tolist() == [-1] * left


def test_strange_cells_do_no_harm(matched: Matched) -> None:
    """NUL, other scripts' digits, ten thousand characters, no date, no amount: matched or not, but never an error."""
    found = matched(
        [{"party": "\x00", "party_name": "\x00" * 100, "description": "A1-" * 4_000, "amount_minor": -5, "at": 0}, {}],
        [{"description": "\u0663\u0664\x00", "number": "0" * 10_000, "amount_minor": 2**60, "at": 0}, {"party": "\x00"}],
    )

    assert (found.links.right_of[2:] >= 0).all()


def test_a_document_that_is_not_there_is_named(matched: Matched) -> None:
    """Asking for an unknown key says so."""
    with pytest.raises(UnknownNameError, match="i99999"):
        explained_documents(matched([], []), "i99999", "p00000")


@pytest.mark.parametrize(("quoting", "is_linked"), [(True, False), (False, True)])
def test_who_quotes_no_number_where_all_others_do_is_somebody_else(side: Any, *, quoting: bool, is_linked: bool) -> None:
    """A customer's other invoice, days later and of another amount, is the order's only where nobody quotes."""
    orders = [
        {"party": party, "amount_minor": amount, "at": at, "number": f"SO-{30_700 + at * 40 + amount % 37}"}
        for party, amount, at in AROUND
    ]
    invoices = [
        {**one, "at": one["at"] + 3, "number": None, "invoice_ref": one["number"] if quoting else None} for one in orders
    ]
    lost = {"party": "acme", "amount_minor": 81_250, "at": 8, "number": "SO-99001"}
    stranger = {"party": "acme", "amount_minor": 77_020, "at": 11}

    found = matched_documents(side("o", [lost, *orders]), side("i", [stranger, *invoices]))

    assert (found.links.right_of[0] == 0) == is_linked
    assert (found.links.right_of[1:] >= 0).sum() == len(orders)
