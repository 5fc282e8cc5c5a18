"""Only what changes a figure is asked, and each question shows three values."""

import pytest

from tests.unit.interpret.columns import table
from toolkit.interpret.interpretation import Question
from toolkit.interpret.reading import interpretation


def asked(text: str, **told: str) -> tuple[Question, ...]:
    return interpretation(table(text), **told).questions  # type: ignore[arg-type]


def test_nothing_is_asked_about_a_plain_list() -> None:
    """An answer would change no figure."""
    assert (
        asked("Invoice No,Customer,Invoice Date,Total\nA1,Roberts Ltd,2026-03-01,12.50\nA2,Baker Ltd,2026-03-04,8.00") == ()
    )


def test_what_a_table_lists_is_asked_first_and_alone() -> None:
    """All else depends on it; leaving it out is always an answer."""
    [question] = asked("Foo,Bar\nwalnut,copper\nlinen,velvet\ngranite,oak")

    assert question.about == "entity"
    assert question.options[-1][0] == "leave_out"
    assert len(question.options) >= 3
    assert question.changes


@pytest.mark.parametrize(("word", "row_is"), [("Total", "totals"), ("Summe", "totals")])
def test_what_a_row_is_is_asked_where_it_is_no_record(word: str, row_is: str) -> None:
    """Leaving it out is the first answer."""
    [question] = asked(f"Region,Amount\n{word} north,12.50\n{word} south,8.00\n{word} east,9.75")

    assert (question.about, question.options[0][0]) == ("row", "leave_out")
    assert row_is in question.text


def test_the_amount_is_asked_where_none_was_understood() -> None:
    """With the columns that look like money, and three values of each."""
    text = """
        Invoice No,Customer,Invoice Date,Qxv
        A1,Roberts Ltd,2026-03-01,12.50
        A2,Baker Ltd,2026-03-04,8.00
        A3,Lind AB,2026-03-09,9.75
    """
    [question] = [one for one in asked(text, entity="invoice") if one.about == "column"]

    assert (question.index, question.samples) == (3, ("12.50", "8.00", "9.75"))
    assert question.options[0][0] == "Qxv=amount_gross"
    assert question.options[-1] == ("none", "none of them")


def test_day_or_month_is_asked_where_dates_read_both_ways() -> None:
    """One question for the file, not one for each column."""
    text = "Invoice No,Customer,Invoice Date,Due Date,Total\n" + "\n".join(
        f"A{n},Firm {n} Ltd,0{n}/0{n + 1}/2026,0{n + 1}/0{n + 3}/2026,1{n}.50" for n in range(1, 6)
    )

    [question] = asked(text)

    assert question.about == "day_order"
    assert {answer for answer, _ in question.options} == {"dmy", "mdy"}


def test_unknown_states_are_asked_where_they_decide_what_counts() -> None:
    """Which deals are won, no list can know for every firm."""
    text = "Deal name,Stage,Amount,Close date\n" + "\n".join(
        f"Deal {n},{state},1{n}.50,2026-03-0{n}" for n, state in enumerate(["Blue phase", "Red phase", "Won", "Lost"], 1)
    )

    questions = [one for one in asked(text, entity="deal") if one.about == "status"]

    assert [set(one.samples) for one in questions] == [{"Blue phase", "Red phase"}]
