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


@pytest.mark.parametrize(
    ("entity", "headers", "states", "choices"),
    [
        ("deal", "Deal name,Stage,Amount,Close date", ["Blue phase", "Red phase"], ["open", "won", "lost"]),
        ("deal", "Deal,Outcome,Value,Close date", ["Yippee", "Nope", "Brewing"], ["open", "won", "lost"]),
        ("invoice", "Rechnungsnr,Status,Betrag,Rechnungsdatum", ["Stufe blau", "Stufe rot"], ["open", "paid", "cancelled"]),
        ("order", "Nº pedido,Estado,Importe,Fecha", ["Fase azul"], ["open", "done", "cancelled"]),
    ],
)
def test_each_unknown_state_is_asked_by_itself(entity: str, headers: str, states: list[str], choices: list[str]) -> None:
    """Which deals are won, no list can know for every firm; one answer seldom holds for two states."""
    known = {"deal": ["Won", "Lost"], "invoice": ["bezahlt", "offen"], "order": ["pagado", "pendiente"]}[entity]
    text = f"{headers}\n" + "\n".join(
        f"R-{n},{state},1{n}.50,2026-03-{n:02}" for n, state in enumerate([*states, *known] * 3, 1)
    )

    questions = [one for one in asked(text, entity=entity) if one.about == "status"]

    assert sorted(one.samples for one in questions) == sorted((state,) for state in states)
    assert [[choice for choice, _ in one.options] for one in questions] == [choices] * len(states)


def test_at_most_four_states_are_asked_and_the_others_named() -> None:
    """What stays unsaid stands in the last question."""
    states = ["Amber", "Bronze", "Cyan", "Dune", "Ebony", "Fern"]
    text = "Deal name,Stage,Amount,Close date\n" + "\n".join(
        f"Deal {n},{state},1{n}.50,2026-03-{n:02}" for n, state in enumerate([*states, "Won", "Lost"] * 2, 1)
    )

    questions = [one for one in asked(text, entity="deal") if one.about == "status"]

    assert [one.samples for one in questions] == [("Amber",), ("Bronze",), ("Cyan",), ("Dune",)]
    assert "'Ebony', 'Fern'" in questions[-1].text
    assert "Ebony" not in questions[0].text


@pytest.mark.parametrize(
    ("entity", "headers"),
    [
        ("quote", "Quote No,Customer,Valid until,Total"),
        ("quote", "Angebotsnummer,Kunde,Gültig bis,Gesamt"),
        ("invoice", "Invoice No,Customer,Due date,Total"),
        ("invoice", "N° facture,Client,Date d'échéance,Total TTC"),
    ],
)
def test_a_deadline_is_no_likely_day_of_a_document(entity: str, headers: str) -> None:
    """That none of the columns is its day is the first answer, and changes nothing of what the deadline is read as."""
    text = f"{headers}\n" + "\n".join(f"Q-{100 + n},Oak {n % 4} Ltd,2026-05-{n:02},10{n}.50" for n in range(1, 20))

    [question] = [one for one in asked(text, entity=entity) if one.text == "Which column is the date?"]

    assert question.options[0][0] == "none"
    assert question.options[-1][0] == f"{headers.split(',')[2]}=issued_on"
    assert question.index is None
