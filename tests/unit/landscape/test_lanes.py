"""Two lanes side by side: states that contradict each other are flagged, all others counted."""

from toolkit.landscape.lanes import Pairing, lanes

SALES = (
    Pairing("d1", "Closed Won", "i1", "Paid"),
    Pairing("d2", "Closed Won", "i2", "Sent"),
    Pairing("d3", "Closed Won", "", ""),
    Pairing("d4", "Closed Won", "i4", "Voided"),
    Pairing("d5", "Parked with Jo", "i5", "Paid"),
    Pairing("d6", "Closed Lost", "i6", "Overdue"),
    Pairing("d7", "Closed Won", "", "", is_due=False),
)


def test_the_three_differing_states_are_flagged() -> None:
    """Won and not invoiced, won and voided, lost and invoiced; a stage that nobody can read contradicts nothing."""
    found = lanes(SALES, "deal", "invoice")

    assert [(one.state_l, one.state_r, one.examples) for one in found if one.is_differing] == [
        ("lost", "overdue", ("d6",)), ("won", "none", ("d3",)), ("won", "voided", ("d4",)),
    ]  # fmt: skip
    assert sum(one.items for one in found) == len(SALES)


def test_a_deal_that_is_still_open_is_not_invoiced() -> None:
    """An open order that is paid is the usual case, though."""
    pairing = [Pairing("a", "open", "b", "paid")]

    assert lanes(pairing, "deal", "invoice")[0].because == "not decided on the left, done on the right"
    assert not lanes(pairing, "order", "payment")[0].is_differing


def test_money_that_is_paid_here_and_owed_there_differs() -> None:
    """Both ways round."""
    pairs = [Pairing("a", "paid", "b", "overdue"), Pairing("c", "open", "d", "paid")]

    assert [one.because for one in lanes(pairs, "invoice", "payment")] == [
        "owed on the left, paid on the right", "paid on the left, owed on the right",
    ]  # fmt: skip


def test_what_is_only_in_the_right_lane_differs() -> None:
    """An invoice without a deal."""
    [one] = lanes([Pairing("", "", "i9", "paid")], "deal", "invoice")

    assert (one.state_l, one.because, one.examples) == ("none", "nothing on the left", ("i9",))


def test_no_items_are_no_lanes() -> None:
    """An empty handoff is not an error."""
    assert lanes([], "deal", "invoice") == ()
