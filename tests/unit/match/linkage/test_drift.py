"""Whether a saved model still fits what is there."""

from dataclasses import replace

from toolkit.match.linkage.drift import Seen, drift

FITTED = Seen(
    records=2000,
    repeated=200,
    review=20,
    filled={"name": 2000, "phone": 1500, "tax_id": 0},
    levels={"phone": {"same number": 160, "different numbers": 30, "no value on one side": 10}},
)


def test_more_of_the_same_is_no_drift() -> None:
    """A month later there are more records, of the same kind."""
    levels = {"phone": {"same number": 180, "different numbers": 36, "no value on one side": 9}}
    now = Seen(2200, 231, 25, {"name": 2200, "phone": 1620, "tax_id": 3}, levels)

    assert drift(FITTED, now) == ()


def test_a_column_that_was_empty_is_named() -> None:
    """The model cannot weigh what it has never seen."""
    [sentence] = drift(FITTED, replace(FITTED, filled={**FITTED.filled, "tax_id": 800}))

    assert sentence.startswith("Column 'tax_id' is filled in 40 % of the records")


def test_a_column_that_went_empty_is_named() -> None:
    """Somebody exported without it."""
    [sentence] = drift(FITTED, replace(FITTED, filled={"name": 2000, "phone": 0}))

    assert sentence.startswith("Column 'phone' was filled in 75 %")


def test_many_more_duplicates_are_named() -> None:
    """Ten per cent became thirty: a system came in twice, or the model is wrong here."""
    [sentence] = drift(FITTED, replace(FITTED, repeated=600))

    assert sentence.startswith("30 % of the records have a second one now, 10 % had")


def test_grades_that_moved_are_named() -> None:
    """Pairs held to be one used to share the telephone number, and do not any more."""
    levels = {"phone": {"same number": 60, "different numbers": 130, "no value on one side": 10}}

    [sentence] = drift(FITTED, replace(FITTED, levels=levels))

    assert sentence == (
        "Of the pairs held to be the same, phone is 'different numbers' in 65 % and was in 15 % when the model was fitted."
    )


def test_a_handful_of_pairs_says_nothing() -> None:
    """Small tables move by chance."""
    now = replace(FITTED, levels={"phone": {"different numbers": 8}})

    assert drift(FITTED, now) == ()
    assert drift(Seen(0, 0, 0, {}, {}), Seen(0, 0, 0, {}, {})) == ()
