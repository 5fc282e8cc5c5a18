"""What has to be asked about a table: only what changes a figure, the most important first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.interpret.column_scores import entity_kinds
from toolkit.interpret.interpretation import (
    DOUBTFUL,
    FORM,
    LINE,
    NONE,
    RECORD,
    REPORT,
    SURE,
    TOTAL,
    ColumnReading,
    Guess,
    Locale,
    Question,
)
from toolkit.tables import EVENT_COLUMNS

_MONEY_ENTITIES = frozenset(
    {"quote", "order", "invoice", "credit_note", "bill", "payment", "bank_line", "expense", "journal_line"}
)
_AMOUNTS = frozenset({"amount_gross", "amount_net", "debit", "credit"})
PRODUCT = " * "
"""Between the headers of a quantity and a price, in the answer that an amount is the one times the other."""
_NAMED = frozenset({"party", "employee"})
_NAMES = frozenset({"name", "company_name", "given_name", "family_name"})
_WHAT = {RECORD: "one record", LINE: "one line of a document", TOTAL: "totals", REPORT: "a report", FORM: "a form"}
_OPEN, _CANCELLED = ("open", "still open"), ("cancelled", "cancelled")
_STATES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "deal": (_OPEN, ("won", "won"), ("lost", "lost or cancelled")),
    "order": (_OPEN, ("done", "done"), _CANCELLED),
    "invoice": (_OPEN, ("paid", "paid"), _CANCELLED),
    "payment": (_OPEN, ("paid", "paid"), ("cancelled", "failed or cancelled")),
}
_MOST_STATES, _MOST_NAMED = 4, 6
_LEAVE_OUT = ("leave_out", "something else: leave it out")


def table_questions(
    entities: Sequence[Guess],
    entity_certainty: str,
    row_is: str,
    *,
    columns: Sequence[ColumnReading],
    locale: Locale,
    unknown_statuses: Sequence[str] = (),
) -> tuple[Question, ...]:
    """Return what only a person can say about a table.

    Parameters
    ----------
    entities, entity_certainty
        What it may list, ranked.
    row_is
        What a row is.
    columns
        What its columns mean.
    locale
        How it writes numbers and days.
    unknown_statuses
        Values of the status column that no list knows.
    """
    entity = entities[0].meaning
    if row_is in {TOTAL, REPORT, FORM}:
        return (_row_question(row_is, columns),)
    if entity_certainty == DOUBTFUL:
        return (_entity_question(entities, columns),)
    asked = [
        _amount_question(entity, columns),
        _name_question(entity, columns),
        _date_question(entity, columns),
        _order_question(columns, locale),
    ]
    states = _status_questions(entity, columns, unknown_statuses) if entity in _STATES else ()
    return (*(one for one in asked if one is not None), *states)


def _row_question(row_is: str, columns: Sequence[ColumnReading]) -> Question:
    return Question(
        "row",
        f"This looks like {_WHAT[row_is]}, not like a list of records. What is one row of it?",
        (("leave_out", f"{_WHAT[row_is]}: leave it out"), (RECORD, "one record"), (LINE, "one line of a document")),
        samples=tuple(columns[0].samples) if columns else (),
        changes="whether its rows are counted at all",
    )


def _entity_question(entities: Sequence[Guess], columns: Sequence[ColumnReading]) -> Question:
    labels: Mapping[str, str] = {kind.entity: kind.label for kind in entity_kinds()}
    options = [(one.meaning, labels.get(one.meaning, one.meaning)) for one in entities[:4] if one.meaning != "other"]
    shown = [one for one in columns if one.samples][:3]
    return Question(
        "entity",
        "What does this table list?",
        (*options, _LEAVE_OUT),
        samples=tuple(f"{one.header}: {one.samples[0]}" for one in shown),
        changes="every figure that counts its rows",
    )


def _amount_question(entity: str, columns: Sequence[ColumnReading]) -> Question | None:
    if entity not in _MONEY_ENTITIES or any(one.used_as in _AMOUNTS for one in columns):
        return None
    likely = sorted(
        (one for one in columns if one.looks_like == "money" or one.meaning in _AMOUNTS),
        key=lambda one: -_share(one, _AMOUNTS),
    )
    asked = _column_question("amount_gross", "Which column is the amount?", likely, "every sum of this table")
    price = next((one for one in columns if one.used_as == "unit_price"), None)
    quantity = next((one for one in columns if one.used_as == "quantity"), None)
    if asked is None or price is None or quantity is None:
        return asked
    shown = ", ".join(f"{count} * {each}" for count, each in zip(quantity.samples[:2], price.samples[:2], strict=False))
    product = f"{quantity.header}{PRODUCT}{price.header}"
    option = (f"{product}=amount_gross", f"{quantity.header} times {price.header} ({shown})")
    return replace(asked, text="No column is the amount. What is it?", options=(option, *asked.options), index=price.index)


def _name_question(entity: str, columns: Sequence[ColumnReading]) -> Question | None:
    """Ask who is listed where no column is read as a name and one looks like names."""
    if entity not in _NAMED or any(one.used_as in _NAMES for one in columns):
        return None
    likely = [one for one in columns if one.looks_like == "name"]
    return _column_question("name", "Which column is the name?", likely, "every duplicate and every match of this list")


def _date_question(entity: str, columns: Sequence[ColumnReading]) -> Question | None:
    wanted = frozenset(EVENT_COLUMNS.get(entity, ()))
    if not wanted or any(one.used_as in wanted for one in columns):
        return None
    likely = sorted(
        (one for one in columns if one.looks_like == "date" or one.meaning in wanted), key=lambda one: -_share(one, wanted)
    )
    return _column_question(next(iter(EVENT_COLUMNS[entity])), "Which column is the date?", likely, "every count by month")


def _column_question(meaning: str, text: str, likely: Sequence[ColumnReading], changes: str) -> Question | None:
    """Return which of some columns has a meaning; one that surely means something else stands behind "none of them"."""
    if not likely:
        return None
    ranked = sorted(likely, key=_is_surely_other)[:4]
    options = [(f"{one.header}={meaning}", f"{one.header} ({', '.join(one.samples)})") for one in ranked]
    options.insert(sum(not _is_surely_other(one) for one in ranked), ("none", "none of them"))
    first = ranked[0]
    # That none is it takes nothing away from a column that is read as something else.
    return Question("column", text, tuple(options), first.index if first.used_as == NONE else None, first.samples, changes)


def _is_surely_other(one: ColumnReading) -> bool:
    return one.certainty == SURE and one.meaning != NONE


def _order_question(columns: Sequence[ColumnReading], locale: Locale) -> Question | None:
    dates = [
        one for one in columns if one.looks_like == "date" and one.used_as != "none" and one.certainty in {SURE, "probable"}
    ]
    if locale.is_order_sure or not dates:
        return None
    first = dates[0]
    return Question(
        "day_order",
        f"In {first.header!r}, which comes first: the day or the month?",
        (("dmy", "the day"), ("mdy", "the month"))
        if locale.day_order != "mdy"
        else (("mdy", "the month"), ("dmy", "the day")),
        first.index,
        first.samples,
        "every date of this table",
    )


def _status_questions(entity: str, columns: Sequence[ColumnReading], unknown: Sequence[str]) -> tuple[Question, ...]:
    """Return a question for each value that no list knows: one answer seldom holds for two of them."""
    status = next((one for one in columns if one.used_as == "status"), None)
    if status is None:
        return ()
    asked, rest = unknown[:_MOST_STATES], unknown[_MOST_STATES:]
    named = ", ".join(repr(one) for one in rest[:_MOST_NAMED]) + (" and others" if len(rest) > _MOST_NAMED else "")
    return tuple(
        Question(
            "status",
            f"What does {value!r} in {status.header!r} mean?"
            + (f" (Nobody is asked about {named}: write them under statuses.)" if rest and value == asked[-1] else ""),
            _STATES[entity],
            status.index,
            (value,),
            "what counts as won, paid or done",
        )
        for value in asked
    )


def _share(column: ColumnReading, meanings: frozenset[str]) -> float:
    return sum(one.probability for one in column.guesses if one.meaning in meanings)
