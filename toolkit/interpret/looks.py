"""What values look like to the eye, and what columns of unknown name hold by that, once a person said what is listed."""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.interpret.interpretation import PROBABLE, ColumnReading, Guess
from toolkit.interpret.observed import Observed
from toolkit.tables import ENTITY_COLUMNS, EVENT_COLUMNS

_LOOK_SHARE = 0.75
"""How sure a reading is that rests on nothing but the look of the only column that looks so."""


def looks_like(seen: Observed) -> str:
    """Return what a column's values look like to the eye: money, date, name, id, or nothing of these."""
    if seen.share("date") >= 0.6:
        return "date"
    if seen.share("decimals") >= 0.5 and seen.share("number") >= 0.8:
        return "money"
    is_varied = seen.distinct > 3 or (seen.distinct > 1 and seen.distinct == seen.filled)
    if max(seen.share("person_name"), seen.share("company_name")) >= 0.7 and is_varied and seen.mean_words <= 6:
        return "name"
    if seen.share("iban") >= 0.8:
        return "id"
    if seen.share("id_code") >= 0.8 and seen.distinct_share >= 0.95 and seen.filled >= 3 and seen.mean_length >= 3:
        return "id"
    return ""


def columns_by_looks(entity: str, columns: Sequence[ColumnReading]) -> tuple[ColumnReading, ...]:
    """Return columns of which the only one that looks like a day, a number or a name is read as that, unconfirmed.

    Amounts are left as they are: which of them is meant changes every sum, and is asked.

    Parameters
    ----------
    entity
        What the table lists, as a person said.
    columns
        None of them is read as anything yet.
    """
    names = ENTITY_COLUMNS.get(entity, ())
    wanted = {
        "date": next(iter(EVENT_COLUMNS.get(entity, ())), ""),
        "id": "number" if "number" in names else "record_id",
        "name": next((one for one in ("party_name", "name") if one in names), ""),
    }
    looks = [one.looks_like for one in columns]
    return tuple(
        replace(
            one,
            guesses=(Guess(meaning, _LOOK_SHARE, f"it is the only column that looks like a {one.looks_like}"), *one.guesses),
            certainty=PROBABLE,
        )
        if (meaning := wanted.get(one.looks_like, "")) and looks.count(one.looks_like) == 1
        else one
        for one in columns
    )
