"""How many records survive, and what is told of those that do not."""

from toolkit.scoping.field_maps.round_trip import CHANGED, agreement, round_trip
from toolkit.scoping.transforms._transform import Options
from toolkit.scoping.transforms.code_lookup import TRANSFORM as CODE_LOOKUP
from toolkit.scoping.transforms.split_name import TRANSFORM as SPLIT_NAME


def test_each_record_counts_and_each_value_is_told_once() -> None:
    """Three of five survive; the two lost ones are told by how often they occur, with their reasons."""
    names = [("Ann Lee",)] * 3 + [("Cher",)] + [("Lee, Bo",)]

    found = round_trip(SPLIT_NAME, names, Options())

    assert (found.survived.x, found.survived.n) == (3, 5)
    assert [(one.values, one.rows) for one in found.lost] == [(("Cher",), 1), (("Lee, Bo",), 1)]
    assert found.lost[0].carried is None
    assert (found.lost[1].reason, found.lost[1].came_back) == (CHANGED, ("Bo Lee",))


def test_an_empty_value_is_no_test() -> None:
    """A field that nobody fills has no share, and not one of 100 %."""
    found = round_trip(SPLIT_NAME, [("",), ("",)], Options())

    assert found.survived.share is None
    assert found.lost == ()


def test_the_most_common_lost_value_comes_first_and_few_are_kept() -> None:
    """A list of codes that lacks a word is seen at once."""
    words = [("new",)] * 4 + [("old",)] * 9 + [("odd",)]

    found = round_trip(CODE_LOOKUP, words, Options(table={"odd": "O"}), max_examples=1)

    assert [(one.values, one.rows) for one in found.lost] == [(("old",), 9)]
    assert (found.survived.x, found.survived.n) == (1, 14)


def test_agreement_is_held_against_what_the_target_says_today() -> None:
    """Values that are refused, and fields that are empty there, are not compared."""
    pairs = [(("paid",), "Settled"), (("paid",), "Open"), (("new",), "Open"), (("paid",), "")]

    found = agreement(CODE_LOOKUP, pairs, Options(table={"paid": "Settled"}))

    assert (found.agreed.x, found.agreed.n) == (1, 2)
    assert [(one.carried, one.there) for one in found.differing] == [("Settled", "Open")]
