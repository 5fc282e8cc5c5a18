"""What only a person can say: asked once, answered in any of three ways, with the same settings as the result."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.command_line import call
from tests.unit.audit.client_folders import folder_of, outcome, workbook_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.answers import apply_answers, note_answers
from toolkit.cli.questions import terminal_answers
from toolkit.errors import InputError
from toolkit.settings import QuestionSettings, Settings, load_settings
from toolkit.tables import EVENT_COLUMNS

DEALS = (
    "Deal,Customer,Stage,Value,Closed\nRoof,Acme Ltd,Won,1200.50,01/02/2026\nWall,Bolt Inc,Lost,800.25,03/04/2026\n"
    "Door,Core Ltd,Won,500.00,05/06/2026\n"
)
UNCLEAR = "qx1,qx2\nabc,def\nghi,jkl\nmno,pqr\n"
STREAM = """\
client: A
unconfirmed: [currency, office.invoices.amount_minor, office.invoices.issued_on]
systems:
  office:
    streams:
      invoices:
        entity: invoice
        file: [invoices.csv]
        key: [No]
        fields: {number: No, amount_minor: Total, issued_on: Date}
questions:
  q:
    ask: What?
"""


def settings_of(folder: Path) -> Settings:
    return load_settings(folder / "engagement.yaml").settings


def answered(folder: Path, question: str, answer: str) -> Settings:
    """Return the settings above with one question that was answered."""
    file = folder / "engagement.yaml"
    file.write_text(STREAM + question + f"    answer: {answer}\n", encoding="utf-8")
    apply_answers(file, load_settings(file).settings)
    return load_settings(file).settings


def with_answers(folder: Path, answers: dict[str, str]) -> None:
    """Answer by hand, in the file."""
    lines = (folder / "engagement.yaml").read_text(encoding="utf-8").splitlines()
    name = ""
    for place, line in enumerate(lines):
        if line.startswith("  ") and line[2] != " ":
            name = line.strip(" :")
        if line.strip().startswith("answer:") and name in answers:
            lines[place] = f"    answer: {answers[name]}"
    (folder / "engagement.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_an_answer_gives_the_same_settings_however_it_was_given(tmp_path: Path) -> None:
    """At the terminal, in engagement.yaml, or in the client's workbook."""
    terminal, by_hand, workbook = (folder_of(tmp_path / name, {"deals.csv": DEALS}) for name in ("a", "b", "c"))
    typed = iter(["2", "GBP"])
    outcome(terminal, lambda asked: terminal_answers(asked, read=lambda _: next(typed), write=lambda _: None))

    outcome(by_hand)
    questions = settings_of(by_hand).questions
    assert [one.about for one in questions.values()] == ["day_order", "currency"]
    second = {name: list(one.choices)[1] for name, one in questions.items() if one.about == "day_order"}
    with_answers(by_hand, {**second, "currency": "GBP"})
    outcome(by_hand)

    outcome(workbook)
    rows = [["Question", "For example", "Choices", "Your answer", "Question no"]]
    rows += [[one.ask, "", "", "2" if one.about == "day_order" else "GBP", name] for name, one in questions.items()]
    (workbook.parent / "back.xlsx").write_bytes(workbook_of({"Questions": rows}))
    assert call("landscape", "import", workbook.parent / "back.xlsx", workbook).code == 0
    outcome(workbook)

    found = [settings_of(folder).model_dump(exclude={"client"}) for folder in (terminal, by_hand, workbook)]
    assert found[0] == found[1] == found[2]
    assert found[0]["currency"] == "GBP"
    assert found[0]["questions"] == {}
    assert "currency" not in found[0]["unconfirmed"]


def test_the_workbook_asks_what_is_open_with_samples_and_choices(tmp_path: Path) -> None:
    """The client sees three values of the column, and what may be answered."""
    folder = folder_of(tmp_path / "client", {"deals.csv": DEALS})
    outcome(folder)

    assert call("landscape", "export", folder).code == 0

    from toolkit.files.filled_sheets import filled_sheets

    sheets = {
        one.name: one for one in filled_sheets(folder / "reports" / "systems_and_handoffs.xlsx", ["Question", "Choices"])
    }
    asked = [cells for _, cells in sheets["Questions"].rows if "which comes first" in cells["question"]]
    assert "01/02/2026; 03/04/2026; 05/06/2026" in asked[0].values()


def test_a_table_that_was_not_understood_is_put_aside_and_asked_about(tmp_path: Path) -> None:
    """No record is counted of it until a person has said what it lists; its rows are in quarantine."""
    folder = folder_of(tmp_path / "client", {"deals.csv": DEALS, "unclear.csv": UNCLEAR})

    first = outcome(folder)

    assert {reason for file, _, _, reason in first.aside if file == "unclear.csv"} == {"not_understood"}
    assert not any(name.startswith("unclear") for name in first.streams)
    [name] = [name for name, one in settings_of(folder).questions.items() if one.keeps_out == "rows"]
    assert call("pull", folder).code == 4

    with_answers(folder, {name: "leave_out"})
    second = outcome(folder)

    assert settings_of(folder).leave_out == ("unclear.csv",)
    assert {reason for file, _, _, reason in second.aside if file == "unclear.csv"} == {"left_out"}
    assert call("pull", folder).code == 0


WAGES = "Employee no,Last name,First name,Pay type,Hours,Amount\n" + "".join(
    f"0010{n % 5},{('Smith', 'Jones', 'Brown', 'Hill', 'Wood')[n % 5]},Ann,{1000 + n // 5},{n // 5 + 1}.00,4{n}.00\n"
    for n in range(30)
)


@pytest.mark.parametrize("text", [UNCLEAR, WAGES, "2026-03-01,Oak Ltd,17.50\n2026-03-02,Elm Ltd,27.50\n"])
def test_what_is_left_out_at_the_terminal_is_never_read(tmp_path: Path, text: str) -> None:
    """The answer holds at once, and in the next audit."""
    folder = folder_of(tmp_path / "client", {"deals.csv": DEALS, "export.csv": text})

    def ask(questions: Mapping[str, QuestionSettings]) -> dict[str, str]:
        return {name: "leave_out" for name, one in questions.items() if one.about == "entity"}

    first = outcome(folder, ask)

    assert settings_of(folder).leave_out == ("export.csv",)
    assert {reason for file, _, _, reason in first.aside if file == "export.csv"} == {"left_out"}
    assert outcome(folder) == first


def test_an_answer_about_what_a_table_lists_decides_what_it_is_read_as(tmp_path: Path) -> None:
    """The stream is proposed by the answer, and the question is gone."""
    phones = "Phone,Extension\n0113 496 0001,a\n0113 496 0002,b\n0113 496 0003,c\n"
    question = "{about: entity, ask: What does it list?, files: [phones.csv], answer: employee}"
    folder = folder_of(
        tmp_path / "client",
        {
            "deals.csv": DEALS,
            "phones.csv": phones,
            "engagement.yaml": f"client: A\nquestions:\n  phones_entity: {question}\n",
        },
    )

    found = outcome(folder)

    assert [one[2] for one in found.snapshots if one[0] == "phones"] == ["employee"]
    assert not any(one.about == "entity" for one in settings_of(folder).questions.values())


UNNAMED = {
    "headers of a program": "Column1,Column2,Column3,Column4,Column5\n"
    + "".join(
        f"INV-{500 + n},2026-03-{n:02},Oak {n % 4} Ltd,1{n:02}.50,{'open' if n % 2 else 'paid'}\n" for n in range(1, 21)
    ),
    "letters; decimal comma": "A;B;C;D\n"
    + "".join(f"{n:02}.03.2026;Bäckerei {n % 4} GmbH;1{n:02},50;RE-{500 + n}\n" for n in range(1, 21)),
    "no header": "".join(f"2026-03-{n:02},Oak {n % 4} Ltd,{n}7.50\n" for n in range(1, 21)),
}


@pytest.mark.parametrize("text", UNNAMED.values(), ids=[*UNNAMED])
@pytest.mark.parametrize("entity", ["order", "invoice", "bill", "payment"])
def test_what_a_person_said_a_table_lists_is_never_asked_again(tmp_path: Path, text: str, entity: str) -> None:
    """It is read as that: its rows are kept, and what is missing of amount and day is asked next."""
    question = f"{{about: entity, ask: What does it list?, files: [export.csv], answer: {entity}}}"
    folder = folder_of(
        tmp_path / "client",
        {"export.csv": text, "engagement.yaml": f"client: A\nquestions:\n  export_entity: {question}\n"},
    )

    found = outcome(folder)

    assert entity in [one[2] for one in found.snapshots]
    assert not found.aside
    [stream] = [one for system in settings_of(folder).systems.values() for one in system.streams.values()]
    asked = {choice.rpartition("=")[2] for one in settings_of(folder).questions.values() for choice in one.choices}
    assert "amount_minor" in stream.fields or "amount_gross" in asked
    assert {*stream.fields} & {*EVENT_COLUMNS[entity]} or next(iter(EVENT_COLUMNS[entity])) in asked
    assert not any(one.about == "entity" for one in settings_of(folder).questions.values())


def test_an_answer_that_does_not_suffice_is_kept_and_not_asked_again(tmp_path: Path) -> None:
    """Nothing in the table can be told, whatever it lists: it stays put aside, each time."""
    folder = folder_of(tmp_path / "client", {"deals.csv": DEALS, "unclear.csv": UNCLEAR})
    outcome(folder)
    [name] = [name for name, one in settings_of(folder).questions.items() if one.about == "entity"]
    with_answers(folder, {name: "party"})

    first, second = outcome(folder), outcome(folder)

    assert first == second
    assert settings_of(folder).questions[name].answer == "party"


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        (
            "    about: day_order\n    streams: [office.invoices]\n    choices: {dmy: day, mdy: month}\n",
            "dmy",
            ("day_order", "dmy"),
        ),
        (
            "    about: decimal_sign\n    streams: [office.invoices]\n    choices: {',': comma, '.': point}\n",
            "','",
            ("decimal_sign", ","),
        ),
        ("    about: key\n    streams: [office.invoices]\n", "No + Date", ("key", ("No", "Date"))),
        ("    about: row\n    streams: [office.invoices]\n    choices: {adds_up: lines}\n", "adds_up", ("total", "adds_up")),
    ],
)
def test_an_answer_changes_one_line_of_the_stream(
    tmp_path: Path, question: str, answer: str, expected: tuple[str, object]
) -> None:
    """It is what a person would have written there."""
    stream = answered(tmp_path, question, answer).systems["office"].streams["invoices"]

    assert getattr(stream, expected[0]) == expected[1]


def test_an_answer_about_a_column_confirms_it(tmp_path: Path) -> None:
    """The column that was named is read, the other is not, and the guess leaves the list of what is unconfirmed."""
    question = "    about: column\n    column: Total\n    streams: [office.invoices]\n"

    settings = answered(tmp_path, question, "Gross=amount_gross")

    fields = settings.systems["office"].streams["invoices"].fields
    assert fields["amount_minor"].headers == ("Gross",)
    assert "office.invoices.amount_minor" not in settings.unconfirmed
    assert "office.invoices.issued_on" in settings.unconfirmed


def test_each_state_stands_for_what_was_answered_of_it(tmp_path: Path) -> None:
    """Three unknown states are three questions, and their answers three lines of the stream."""
    states = ["Yippee", "Nope", "Brewing", "Won", "Lost"]
    deals = "Deal,Company,Value,Close date,Stage\n" + "".join(
        f"Roof job {n},Oak {n % 3} Ltd,5{n:02}.00,2026-{n % 9 + 1:02}-10,{states[n % 5]}\n" for n in range(30)
    )
    folder = folder_of(tmp_path / "client", {"deals.csv": deals})
    outcome(folder)
    said = {"Yippee": "won", "Nope": "lost", "Brewing": "open"}
    names = {one.samples[0]: name for name, one in settings_of(folder).questions.items() if one.about == "status"}
    assert names.keys() == said.keys()

    with_answers(folder, {names[state]: answer for state, answer in said.items()})
    outcome(folder)

    [stream] = [one for system in settings_of(folder).systems.values() for one in system.streams.values()]
    assert said.items() <= stream.statuses.items()


def test_debit_and_credit_become_one_signed_amount(tmp_path: Path) -> None:
    """Two answers about two columns make one amount."""
    question = "    about: column\n    streams: [office.invoices]\n"
    answered(tmp_path, question, "Haben=credit")
    file = tmp_path / "engagement.yaml"
    file.write_text(
        file.read_text(encoding="utf-8") + f"questions:\n  q:\n    ask: What?\n{question}    answer: Soll=debit\n",
        encoding="utf-8",
    )

    apply_answers(file, load_settings(file).settings)

    amount = settings_of(tmp_path).systems["office"].streams["invoices"].fields["amount_minor"]
    assert (amount.headers, amount.subtracted) == (("Haben",), ("Soll",))


def test_an_answer_that_is_none_of_the_choices_is_refused_with_its_place(tmp_path: Path) -> None:
    """Nothing is guessed from a slip of the pen."""
    with pytest.raises(InputError, match="no answer named 'dym'"):
        answered(tmp_path, "    about: day_order\n    choices: {dmy: day, mdy: month}\n", "dym")


def test_a_currency_that_is_no_code_is_refused(tmp_path: Path) -> None:
    """An amount in 'pounds' has no currency."""
    with pytest.raises(InputError, match="currency code such as EUR"):
        answered(tmp_path, "    about: currency\n", "pounds")


def asked() -> dict[str, QuestionSettings]:
    choices = {"gross": "with tax", "net": "without tax"}
    return {name: QuestionSettings(about="amounts", ask=f"{name}?", choices=choices) for name in ("a", "b", "c")}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["", "2", "s"], {"a": "gross", "b": "net"}),
        (["net", "With tax", "7", "1"], {"a": "net", "b": "gross", "c": "gross"}),
        (["1", "q"], {"a": "gross"}),
    ],
)
def test_a_person_answers_by_number_by_word_or_with_enter(typed: list[str], expected: dict[str, str]) -> None:
    """Enter takes the likeliest, s skips, q leaves the rest for later."""
    said: list[str] = []
    typing: Iterator[str] = iter(typed)

    assert terminal_answers(asked(), read=lambda _: next(typing), write=said.append) == expected
    assert any("1  with tax   (Enter)" in line for line in said)


def test_nothing_is_asked_where_nobody_is_at_hand(tmp_path: Path) -> None:
    """A script, a pipe and --json never wait for an answer."""
    folder = folder_of(tmp_path / "client", {"deals.csv": DEALS})

    found = call("audit", folder, "--json")

    assert found.code == 0
    assert '"about": "day_order"' in found.out


def test_status_lists_questions_right_after_files_that_could_not_be_read(tmp_path: Path) -> None:
    """What a person must do comes first."""
    folder = folder_of(tmp_path / "client", {"deals.csv": DEALS, "photo.xlsx": b"\x89PNG\r\n\x1a\n00"})
    outcome(folder)

    lines = call("status", folder).out.splitlines()

    unread, questions, audit = (
        next(place for place, line in enumerate(lines) if line.startswith(words))
        for words in ("Could not be read, or not understood", "2 questions are open", "Audit:")
    )
    assert unread < questions < audit


def test_answers_that_were_noted_stand_behind_their_questions(tmp_path: Path) -> None:
    """The file shows what was answered, should anything stop the audit after that."""
    file = tmp_path / "engagement.yaml"
    file.write_text(STREAM + "    about: currency\n    answer: ''\n", encoding="utf-8")

    note_answers(file, {"q": "EUR"})

    assert load_settings(file).settings.questions["q"].answer == "EUR"


@pytest.mark.parametrize(("choice", "day"), [("dmy", "2026-02-01"), ("mdy", "2026-01-02")])
def test_the_order_of_day_and_month_is_read_as_it_was_answered(tmp_path: Path, choice: str, day: str) -> None:
    """Dates that can be read in two ways are read in the one that a person chose."""
    folder = folder_of(tmp_path / "client", {"deals.csv": DEALS})
    outcome(folder)
    [name] = [name for name, one in settings_of(folder).questions.items() if one.about == "day_order"]

    with_answers(folder, {name: choice})
    outcome(folder)

    engagement = open_engagement(folder)
    records = engagement.store.records()["deals", "deals"]
    engagement.close()
    assert {str(one)[:10] for one in records["closed_at"].to_pylist()} >= {day}
