"""Tables that no connector and no setting claims, as far as they were understood: what is read, and why the rest is not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.audit.pull.sources import Source
from toolkit.audit.pull.streams import fits_names, fits_sheet
from toolkit.connector import header_key
from toolkit.files.interpreted import given_table, shown_headers, stream_map
from toolkit.files.raw import RawTable
from toolkit.interpret.interpretation import DOUBTFUL, LINE, PROBABLE, RECORD, SURE, ColumnReading, Interpretation, Question
from toolkit.interpret.reading import interpretation
from toolkit.settings import FILE_NAME, QuestionSettings, Settings
from toolkit.tables import ENTITY_SCHEMAS

NOT_UNDERSTOOD = "not_understood"
LEFT_OUT = "left_out"
NO_RECORDS = "unrecognised_table"

LEAVE_OUT = "leave_out"
"""The answer that a table holds nothing to count."""

_ROW_WORDS = {
    "total": "it holds totals only",
    "report": "it is a report with groups and subtotals",
    "form": "it is a form, not a list",
}
_DAMAGED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{2}")
_SAMPLE_ROWS = 500
_MONEY = frozenset({"amount_gross", "amount_net", "tax", "fee", "paid", "balance", "debit", "credit", "unit_price"})
_PEOPLE = frozenset({"party", "employee"})
_IDS = frozenset({"record_id", "number", "code", "employee_ref"})
_NAMES = frozenset({"name", "company_name", "given_name", "family_name"})
_MIN_ROWS, _FEW_SHARE = 6, 0.5
_TOTALS = frozenset({"repeats", "first_line", "adds_up"})


@dataclass(frozen=True, slots=True)
class Understood:
    """A table beside what it was understood as; ``refusal`` says why it is not read, ``code`` in a word."""

    source: Source
    found: Interpretation | None
    refusal: str = ""
    code: str = ""


def understood_tables(
    sources: Sequence[Source], settings: Settings, *, meanings: Mapping[str, str], country: str | None
) -> tuple[Understood, ...]:
    """Return what tables without a stream are.

    Parameters
    ----------
    sources
        Tables that nobody claims.
    settings
        With the questions that were answered, and what is left out.
    meanings
        Header to meaning, as confirmed at other clients.
    country
        Of the client, where anything says so.
    """
    return tuple(_understood(one, settings, meanings, country) for one in sources)


def understood_table(
    raw: RawTable, *, entity: str | None = None, meanings: Mapping[str, str] | None = None, country: str | None = None
) -> Interpretation:
    """Return what a table is; its headers are unique in it.

    Parameters
    ----------
    raw
        A table of a file; its headers may repeat.
    entity, meanings
        What it holds, and header to meaning, where a person has said so: these are sure.
    country
        Two-letter country of the client, where it is known: a weak hint for days, amounts and signs.
    """
    return interpretation(given_table(raw), entity=entity, meanings=meanings or {}, country=country)


def _understood(one: Source, settings: Settings, meanings: Mapping[str, str], country: str | None) -> Understood:
    if fits_names(one.raw, settings.leave_out):
        return Understood(one, None, f"Left out, as {FILE_NAME} says (leave_out).", LEFT_OUT)
    if not one.raw.rows.num_rows:
        return Understood(one, None, "It holds a header, but no rows.", NO_RECORDS)
    tie = one.recognition
    if tie is not None and tie.is_tie and tie.connector is not None and tie.stream is not None:
        reason = (
            f"It fits {tie.connector.name}/{tie.stream.name} and {tie.runner_up} equally well. Put it into "
            "exports/<system>/ and name that system's connector in engagement.yaml."
        )
        return Understood(one, None, reason, NO_RECORDS)
    named = replace(one, raw=replace(one.raw, headers=shown_headers(one.raw.headers)))
    answers = [question for question in settings.questions.values() if question.answer and _is_about(question, one.raw)]
    entity = next((answer.answer for answer in answers if answer.about == "entity"), None)
    found = _with_memory(named.raw, meanings, entity=entity, country=country)
    found = _without_damaged_key(found, named.raw)
    if entity is None and _is_about_few(found, named.raw):
        found = _asked_what_it_lists(
            found, "Its rows name the same ones again and again. What does it list?", is_likely=False
        )
    if entity is None and not any(header.strip() for header in one.raw.headers):
        found = _asked_what_it_lists(found)
    for answer in answers:
        if answer.about == "row":
            found = _with_row(found, answer.answer)
    reason = _refusal(found)
    return Understood(named, found, reason, NOT_UNDERSTOOD if reason else "")


def _is_about_few(found: Interpretation, raw: RawTable) -> bool:
    """Return whether a list of parties or employees names each again and again: wages by kind are no list of employees."""
    if len(found.key) == 1 or found.row_is != RECORD or found.entity not in _PEOPLE or raw.rows.num_rows < _MIN_ROWS:
        return False
    shares = []
    for meanings in (_IDS, _NAMES):
        wanted = [one.index for one in found.columns if one.meaning in meanings]
        rows = list(zip(*(raw.rows[f"c{place}"].slice(0, _SAMPLE_ROWS).to_pylist() for place in wanted), strict=True))
        shares += [len(set(rows)) / len(rows)] if rows else []
    # Where only names stand or only ids, those alone tell.
    return bool(shares) and max(shares) <= _FEW_SHARE


def _asked_what_it_lists(
    found: Interpretation, text: str = "The table has no header. What does it list?", *, is_likely: bool = True
) -> Interpretation:
    """Return the interpretation of a table of which values alone say what a row is: a person has to agree."""
    likely = [one.meaning for one in found.entities if one.meaning in ENTITY_SCHEMAS]
    options = tuple((entity, f"{entity.replace('_', ' ')} records") for entity in likely)
    aside = (LEAVE_OUT, "something else: leave it out")
    samples = tuple(one.samples[0] for one in found.columns if one.samples)[:3]
    question = Question(
        "entity",
        text,
        (*options, aside) if is_likely else (aside, *options),
        samples=samples,
        changes="every figure that counts its rows",
    )
    return replace(found, entity_certainty=DOUBTFUL, questions=(question,))


def _with_memory(raw: RawTable, meanings: Mapping[str, str], *, entity: str | None, country: str | None) -> Interpretation:
    """Return what a table is, with what was confirmed elsewhere of such headers where the values allow it.

    It is read so, and stays unconfirmed at this client.
    """
    found = understood_table(raw, entity=entity, country=country)
    hints = {
        one.header: meaning
        for one in found.columns
        if one.certainty != SURE and (meaning := meanings.get(header_key(one.header))) and _allows(one, meaning)
    }
    if not hints:
        return found
    again = understood_table(raw, entity=entity, meanings=hints, country=country)
    columns = tuple(
        replace(one, certainty=PROBABLE, guesses=(replace(one.guesses[0], reason="confirmed at another client"),))
        if one.header in hints
        else one
        for one in again.columns
    )
    return replace(again, columns=columns)


def _allows(one: ColumnReading, meaning: str) -> bool:
    """Return whether the values of a column may have a meaning."""
    looks = "date" if meaning.endswith(("_on", "_at")) else "money" if meaning in _MONEY else ""
    return looks == one.looks_like if looks else any(guess.meaning == meaning for guess in one.guesses)


def is_damaged_id(text: str) -> bool:
    """Return whether a spreadsheet has rounded an id: "1.91E+18" names no record any more.

    Examples
    --------
    >>> is_damaged_id("1.91431E+18"), is_damaged_id("1914310000000000001")
    (True, False)
    """
    return _DAMAGED.fullmatch(text.strip()) is not None


def _without_damaged_key(found: Interpretation, raw: RawTable) -> Interpretation:
    """Return the interpretation without a key of destroyed ids: rows that share one are not one record."""
    columns = [raw.rows[f"c{place}"].slice(0, _SAMPLE_ROWS).to_pylist() for place in found.key]
    if not any(is_damaged_id(text) for cells in columns for text in cells if text):
        return found
    reason = "its ids were destroyed by a spreadsheet"
    kept = tuple(replace(one, certainty=DOUBTFUL) if one.index in found.key else one for one in found.columns)
    whole = replace(found, key=(), key_reason=reason, columns=kept)
    return replace(whole, row_is=RECORD, row_reason=reason, total="") if found.row_is == LINE else whole


def _is_about(question: QuestionSettings, raw: RawTable) -> bool:
    return bool(question.files) and fits_names(raw, question.files) and fits_sheet(raw, question.sheets)


def _with_row(found: Interpretation, answer: str) -> Interpretation:
    """Return the interpretation with what a person said of its rows."""
    if answer in _TOTALS:
        return replace(found, row_is=LINE, total=answer, row_certainty=SURE)
    if answer == LINE:
        return replace(found, row_is=LINE, total=found.total or "adds_up", row_certainty=SURE)
    return replace(found, row_is=answer, row_certainty=SURE)


def _refusal(found: Interpretation) -> str:
    """Return why the rows of a table are not counted; empty where they are."""
    guesses = [one.meaning.replace("_", " ") for one in found.entities[:3] if one.meaning in ENTITY_SCHEMAS]
    asked = f" Answer the question about it in {FILE_NAME}."
    if not found.questions:
        asked = f" Describe it under systems in {FILE_NAME}, or name its file under leave_out there."
    if found.row_is not in {RECORD, LINE}:
        why = _ROW_WORDS.get(found.row_is, "its rows are no records")
        return f"It is not counted: {why} ({found.row_reason}).{asked}"
    if found.entity_certainty == DOUBTFUL:
        likely = f"it may be a list of {' or '.join(guesses)} records" if guesses else "nothing tells what its rows are"
        return f"It is not counted: {likely}, and nobody has said.{asked}"
    if found.entity not in ENTITY_SCHEMAS:
        why = found.entities[0].reason if found.entities else "nothing tells what its rows are"
        return f"It is not counted: it is none of the lists that an audit compares ({why}).{asked}"
    if found.row_certainty == DOUBTFUL:
        return (
            f"It is not counted: whether a row is a whole document or a line of one is not sure ({found.row_reason}).{asked}"
        )
    if not stream_map(found).fields:
        return f"It is not counted: none of its columns can be told.{asked}"
    return ""
