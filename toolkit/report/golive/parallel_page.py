"""The page of a parallel run: may the hand stop, how each day went, what does not agree and why, what it rests on."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pyarrow as pa

from toolkit.charts import match_rate_by_day
from toolkit.golive.days import STATE_WORDS, DayResult
from toolkit.golive.items import VERDICT_WORDS
from toolkit.golive.settling import Settled
from toolkit.report.blocks import Block, Bullets, Chart, Cover, Heading, Note, Paragraph, Table
from toolkit.report.golive.shown_run import (
    ShownRun,
    agreed_percent,
    became_text,
    differing_field,
    event_text,
    percent,
    reason_text,
)
from toolkit.report.record_names import written_amount
from toolkit.tables import PARALLEL_DAY
from toolkit.values.counted import counted, listed
from toolkit.values.written import day_text, sentence_text, written_for

_DAY_COLUMNS = (
    "Day", "Items", "Agree", "Share", "At least", "Differ", "Hand only", "Integration only", "Twice", "May come",
    "The day is",
)  # fmt: skip
_FIXED = "\xa0"
"""A blank at which no line ends."""
_SHOWN = 60
_MAX_NOTES = 12


def parallel_blocks(shown: ShownRun, sha256: str, country: str) -> tuple[Block, ...]:
    """Return the blocks of the page in reading order.

    Parameters
    ----------
    shown
        The parallel run.
    sha256
        Of the content of its evidence.
    country
        Of the reader, for numbers and days.
    """
    with written_for(country):
        return (
            *_opening(shown),
            *_days(shown),
            *_discrepancies(shown),
            *_waiting(shown),
            *_control(shown),
            *_basis(shown, sha256),
        )


def day_table(days: Sequence[DayResult]) -> pa.Table:
    """Return the days as table PARALLEL_DAY."""
    return PARALLEL_DAY.from_rows(
        {
            "day": one.day,
            "state": one.state,
            "items": one.count,
            "agreeing": one.agreeing,
            "discrepancies": one.discrepancies,
            "waiting": one.waiting,
            "match_rate": one.match_rate,
            "low": one.low,
            "is_final": one.state in {"under", "over", "empty"} and not one.waiting,
        }
        for one in days
    )


def next_steps(shown: ShownRun, folder: str = "") -> tuple[str, ...]:
    """Return what to do now, in the order in which it is done.

    Parameters
    ----------
    shown
        The parallel run.
    folder
        The engagement's folder as the commands name it; without, they are typed in it.
    """
    here = f" {folder}" if folder else ""
    found = shown.found
    steps = []
    if found.discrepancies:
        steps.append(
            "Look at each discrepancy with whoever enters by hand. Where the integration is right, say so with the reason "
            f"under parallel_run.{shown.name}.explained; where it is wrong, have it mended."
        )
    if found.decision.is_met:
        return (*steps, f"Check that everything else is ready: integration-audit cutover{here}")
    return (*steps, f"Tomorrow, bring both lists anew (integration-audit pull{here}) and compare again.")


def _opening(shown: ShownRun) -> Iterator[Block]:
    found, terms = shown.found, shown.terms
    through = f"judged up to {day_text(found.through)}" if found.through and found.days else "nothing judged yet"
    facts = (shown.client, f"from {day_text(terms.first)}", through)
    contents = (
        ("days", "Day by day"),
        ("discrepancies", "What does not agree"),
        ("control", "Counts and sums"),
        ("basis", "What was compared"),
    )
    yield Cover(f"Parallel run: {shown.label}", shown.sentence, facts, contents)
    yield Paragraph((shown.rate_sentence,), is_lead=True)
    notes = shown.notes
    for note in notes[:_MAX_NOTES]:
        yield Note((note,), "caution")
    if len(notes) > _MAX_NOTES:
        yield Note(
            (f"And {counted(len(notes) - _MAX_NOTES, 'more reading')} that do not count; the workbook lists each.",),
            "caution",
        )
    yield Bullets(tuple((one,) for one in next_steps(shown)))


def _said(text: str) -> Paragraph:
    """Return sentences with their numbers as the reader's country writes them."""
    return Paragraph((sentence_text(text),))


def _days(shown: ShownRun) -> Iterator[Block]:
    yield Heading("Day by day", 2, "days")
    rule = shown.terms.rule
    low = (
        f" Of what happens on these days together {agreed_percent(rule.min_match_rate)} must surely agree."
        if rule.min_match_rate
        else ""
    )
    yield _said(
        f"Agreed: {counted(rule.working_days, 'working day')} in a row on which less than {agreed_percent(rule.limit)} of "
        f"the items do not agree; a day without any discrepancy always counts.{low} A day on which nothing happened counts "
        "neither way, one that is not known breaks the row. What happened on a day off counts with the next working day."
    )
    yield Chart(
        match_rate_by_day.drawn(day_table(shown.found.days), limit=rule.limit),
        "How much agrees on each day, with a line down to the least that is sure, and the agreed limit",
    )
    yield Table(
        _DAY_COLUMNS,
        tuple(_day_row(one) for one in shown.found.days),
        "Working days",
        is_compact=True,
    )
    yield _said(
        "A day is judged by the lists as they were first read whole after it had ended. What did not agree then stays a "
        "discrepancy of that day, also when somebody has put it right since."
    )


def _day_row(one: DayResult) -> tuple[str, ...]:
    explained = f", {one.explained:,} explained" if one.explained else ""
    sides = [one.counts.get(name, 0) for name in ("differs", "only_by_hand", "only_integrated")]
    twice = one.counts.get("twice_by_hand", 0) + one.counts.get("twice_integrated", 0)
    day = day_text(one.day, is_short=True).replace(str(one.day.year), "").strip(" ,")
    return (
        f"{one.day:%a}, {day}".replace(" ", _FIXED),
        sentence_text(f"{one.count:,}"),
        sentence_text(f"{one.agreeing:,}"),
        "" if one.match_rate is None else sentence_text(percent(one.match_rate)),
        "" if one.match_rate is None else sentence_text(percent(one.low)),
        *(sentence_text(f"{number:,}") for number in (*sides, twice, one.waiting)),
        f"{STATE_WORDS[one.state]}{explained}",
    )


def _discrepancies(shown: ShownRun) -> Iterator[Block]:
    yield Heading("What does not agree", 2, "discrepancies")
    all_found = [
        one for one in shown.found.events if one.is_discrepancy or (one.explained and one.shown.verdict != "agrees")
    ]
    if not all_found:
        yield Paragraph(("Nothing: every item that could be compared agrees.",))
        return
    kinds = Counter(VERDICT_WORDS[one.shown.verdict] for one in all_found)
    fields = Counter(differing_field(each.field) for one in all_found for each in one.shown.differences)
    yield Table(("What", "Items"), tuple((name, f"{count:,}") for name, count in kinds.most_common()), "By kind")
    if fields:
        yield Table(("Field", "Items"), tuple((name, f"{count:,}") for name, count in fields.most_common()), "By field")
    rows = tuple(_discrepancy_row(one) for one in all_found[:_SHOWN])
    more = f" ({len(rows)} of {len(all_found):,}; the others are in the workbook)" if len(all_found) > len(rows) else ""
    yield Table(("Day", "Item", "What does not agree", "Since"), rows, f"Discrepancies{more}")


def _discrepancy_row(one: Settled) -> tuple[str, ...]:
    day = one.first.day
    return (
        day_text(day, is_short=True) if day else "no date",
        event_text(one.shown),
        sentence_text(reason_text(one.shown)),
        became_text(one),
    )


def _waiting(shown: ShownRun) -> Iterator[Block]:
    if not shown.found.waiting:
        return
    patience = shown.terms.patience
    yield Heading("What may still come", 2, "waiting")
    yield _said(
        f"So far on one side only, and not missing yet: {counted(len(shown.found.waiting), 'item')}. Entering by hand may "
        f"take {shown.lag}; the integration {counted(patience.integrated, 'day')}. Until then they count neither way."
    )
    rows = []
    for one in shown.found.waiting[:_SHOWN]:
        until, side = patience.waits_until(one), "hand" if one.verdict == "only_integrated" else "the integration"
        rows.append(
            (
                day_text(one.day, is_short=True) if one.day else "",
                event_text(one),
                side,
                day_text(until, is_short=True) if until else "",
            )
        )
    more = f" ({len(rows)} of {len(shown.found.waiting):,})" if len(shown.found.waiting) > len(rows) else ""
    yield Table(("Day", "Item", "Awaited by", "Missing after"), tuple(rows), f"Items with one side{more}")


def _control(shown: ShownRun) -> Iterator[Block]:
    yield Heading("Counts and sums", 2, "control")
    yield _said(
        "Every document of either list by the day that it bears itself, and by currency: nothing here depends on what was "
        "joined with what. Sums are never added across currencies."
    )
    rows = shown.found.control
    own = [one for one in rows if not one.agrees]
    yield Table(
        ("Day", "Currency", "By hand", "Integration", "Sum by hand", "Sum of the integration", "Difference"),
        tuple(
            (
                day_text(one.day, is_short=True) if one.day else "no date",
                one.currency or "none said",
                sentence_text(f"{one.count_by_hand:,}"),
                sentence_text(f"{one.count_integrated:,}"),
                written_amount(one.minor_by_hand, one.currency),
                written_amount(one.minor_integrated, one.currency),
                written_amount(one.minor_integrated - one.minor_by_hand, one.currency) if not one.agrees else "",
            )
            for one in (own or rows)[:_SHOWN]
        ),
        _control_words(len(rows), len(own)),
        is_compact=True,
    )


def _control_words(rows: int, differing: int) -> str:
    if not differing:
        return "Both sides have the same counts and sums on every day"
    return f"Days and currencies on which they differ: {differing:,} of {rows:,}; the workbook has all"


def _basis(shown: ShownRun, sha256: str) -> Iterator[Block]:
    found = shown.found
    yield Heading("What was compared", 2, "basis")
    by = (
        f" Documents are one where {listed([differing_field(one) for one in shown.terms.by])} say so."
        if shown.terms.by
        else ""
    )
    if found.elsewhere:
        count = counted(len(found.elsewhere), "document")
        by += f" Not compared: {count} made by hand, which another handoff brings; the evidence file names each."
    fields = listed([differing_field(one) for one in found.fields]) or "nothing yet"
    yield Paragraph(
        (f"By hand: {shown.side(shown.by_hand)}. Integration: {shown.side(shown.integrated)}. Compared: {fields}.{by}",)
    )
    rows = [one for one in shown.compared if not one.why][-_SHOWN:]
    yield Table(
        ("Side", "Read on", "Records", "SHA-256 of what was read"),
        tuple((one.side, shown.moment(one.at), sentence_text(f"{one.records:,}"), one.sha256) for one in rows),
        "Lists as they were read",
        is_compact=True,
    )
    yield _said(
        "A list that comes as a file counts from the moment at which it was read; the file itself does not say when it was "
        f"made. Times are those of {shown.time_zone}."
    )
    yield Paragraph(
        (f"The evidence file beside this page holds every item by its record key; the SHA-256 of its content is {sha256}.",)
    )
