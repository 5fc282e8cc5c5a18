"""What only a person can say: gathered over the files, merged where one answer serves several, most important first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.audit.pull.file_names import name_words, plain_name
from toolkit.audit.pull.understanding import LEAVE_OUT
from toolkit.interpret.interpretation import Question
from toolkit.settings import QuestionSettings
from toolkit.values.currency_words import country_currencies

_MAX_SAMPLES = 3
_MAX_TEXT = 60
_MIN_QUESTIONS, _PER_FILE = 6, 0.75
_ORDER = ("entity", "row", "amounts", "column", "currency", "decimal_sign", "day_order", "status", "key", "sheet")
# One answer for the whole client, whatever column gave rise to it.
_OF_ALL = frozenset({"currency"})
_OF_STYLE = frozenset({"decimal_sign", "day_order"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one table: the stream it is read as (empty: it is not read), its file and sheet patterns."""

    question: Question
    file: str
    stream: str = ""
    files: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    column: str = ""
    rows: int = 0
    keeps_out: str = ""
    headers: tuple[str, ...] = ()


def gathered_questions(asked: Iterable[Asked], *, file_count: int) -> dict[str, QuestionSettings]:
    """Return the questions worth asking, by a name of each, the most important first.

    Only those that change a figure are put; of those that keep no rows out, at most six for eight files.
    """
    groups: dict[tuple[object, ...], list[Asked]] = {}
    for one in asked:
        if one.question.changes or one.keeps_out:
            groups.setdefault(_sameness(one), []).append(one)
    ranked = sorted(groups.values(), key=_importance)
    limit = max(_MIN_QUESTIONS, int(file_count * _PER_FILE))
    kept = [group for place, group in enumerate(ranked) if place < limit or any(one.keeps_out for one in group)]
    found: dict[str, QuestionSettings] = {}
    for group in kept:
        question = _merged(group)
        found[_unused(_name(group), found)] = question
    return found


def currency_question(country: str) -> dict[str, QuestionSettings]:
    """Return the question in which currency amounts are that name none, the likeliest first."""
    likely = dict.fromkeys([*sorted(country_currencies(country)), "EUR", "USD", "GBP", "CHF"])
    question = QuestionSettings(
        about="currency",
        ask="No file says in which currency its amounts are. Which one is it?",
        choices={code: code for code in likely},
        changes="the currency of every amount",
    )
    return {"currency": question}


def question_lines(questions: Mapping[str, QuestionSettings]) -> list[str]:
    """Return questions as sentences, with their choices."""
    lines = []
    for name, one in questions.items():
        lines.append(f"{one.ask} [{name}]")
        if one.samples:
            lines.append(f"    for example: {'; '.join(one.samples)}")
        lines += [f"    {choice}: {words}" for choice, words in one.choices.items()]
    return lines


def open_count(count: int) -> str:
    """Return how many questions are open, and what to do with them, as the beginning of a sentence.

    Examples
    --------
    >>> open_count(1), open_count(3)
    ('1 question is open; answer it in', '3 questions are open; answer them in')
    """
    return "1 question is open; answer it in" if count == 1 else f"{count:,} questions are open; answer them in"


def chosen_answer(one: QuestionSettings, typed: str) -> str | None:
    """Return the choice that a person means: its number, its code or its words; nothing where that is none of them.

    Examples
    --------
    >>> one = QuestionSettings(about="amounts", ask="With tax?", choices={"gross": "with tax", "net": "without tax"})
    >>> chosen_answer(one, "2"), chosen_answer(one, "With tax"), chosen_answer(one, "both")
    ('net', 'gross', None)
    """
    choices = list(one.choices.items())
    word = " ".join(typed.casefold().split()).removesuffix(".0")
    if word.isdecimal() and 1 <= int(word) <= len(choices):
        return choices[int(word) - 1][0]
    return next((choice for choice, words in choices if word in {choice.casefold(), words.casefold()}), None)


def open_questions(questions: Mapping[str, QuestionSettings]) -> dict[str, QuestionSettings]:
    """Return the questions that nobody has answered."""
    return {name: one for name, one in questions.items() if not one.answer}


def kept_out(questions: Mapping[str, QuestionSettings]) -> list[str]:
    """Return a sentence for every open question that keeps an amount out of the figures.

    Rows that are kept out are in quarantine, and said there.
    """
    return [
        f"An amount is left out until this is answered: {one.ask}"
        for one in open_questions(questions).values()
        if one.keeps_out == "amount"
    ]


def _sameness(one: Asked) -> tuple[object, ...]:
    about, choices = one.question.about, tuple(choice for choice, _ in one.question.options)
    if about in _OF_ALL:
        return (about,)
    if about in _OF_STYLE:
        return (about, bool(one.stream), *sorted(choices))
    if about in {"entity", "row"} and not one.stream:
        return (about, one.headers, choices)
    return (about, one.stream, one.column.casefold(), choices, one.question.samples if about == "status" else ())


def _importance(group: Sequence[Asked]) -> tuple[int, int, int]:
    about = group[0].question.about
    place = _ORDER.index(about) if about in _ORDER else len(_ORDER)
    keeps_out = min({"rows": 0, "amount": 1}.get(one.keeps_out, 2) for one in group)
    return keeps_out, place, -sum(one.rows for one in group)


def _merged(group: Sequence[Asked]) -> QuestionSettings:
    first = group[0]
    files = list(dict.fromkeys(one.file for one in group))
    shown = files[0] if len(files) == 1 else f"{', '.join(files[:3])}{' and others' if len(files) > 3 else ''}"
    choices: dict[str, str] = {}
    for one in group:
        choices |= {choice: words for choice, words in one.question.options if choice not in choices}
    if first.question.about in {"entity", "row"} and not first.stream:
        choices.setdefault(LEAVE_OUT, "none of these: leave it out")
    return QuestionSettings.model_validate(
        {
            "about": first.question.about,
            "ask": f"{shown}: {first.question.text}",
            "choices": choices,
            "streams": list(dict.fromkeys(one.stream for one in group if one.stream)),
            "files": list(dict.fromkeys(pattern for one in group if not one.stream for pattern in one.files)),
            "sheets": list(dict.fromkeys(pattern for one in group if not one.stream for pattern in one.sheets)),
            "column": first.column,
            # What a state is called is written into the settings: it has to be whole.
            "samples": [
                text if first.question.about == "status" else _short(text) for text in first.question.samples[:_MAX_SAMPLES]
            ],
            "changes": first.question.changes,
            "keeps_out": "rows" if any(one.keeps_out == "rows" for one in group) else first.keeps_out,
        }
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MAX_TEXT else plain[: _MAX_TEXT - 1] + "…"


def _name(group: Sequence[Asked]) -> str:
    """Return a name that stays the same as long as the question does."""
    first = group[0]
    place = first.stream.replace(".", "_") or plain_name([*name_words(first.file), *first.sheets]) or "table"
    pieces = [place] if first.question.about not in _OF_ALL else []
    pieces += [first.question.about, plain_name([first.column])]
    pieces += [plain_name(first.question.samples)] if first.question.about == "status" else []
    return plain_name(piece for piece in pieces if piece)[:60] or "question"


def _unused(name: str, used: Mapping[str, object]) -> str:
    number, wanted = 2, name
    while name in used:
        name, number = f"{wanted}_{number}", number + 1
    return name
