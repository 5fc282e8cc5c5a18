"""The page of a cut-over: go or no go on its first line, then every condition, then who entered what since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from toolkit.golive.gates import OUTCOME_WORDS, PART_WORDS, Decision
from toolkit.golive.hand_entries import MAKER_WORDS, JudgedRow
from toolkit.report.blocks import Block, Bullets, Cover, Heading, Note, Paragraph, Table
from toolkit.values.counted import listed
from toolkit.values.written import day_text, sentence_text, written_for

_SHOWN = 100
_HOW_KNOWN = (
    "A row is ours when the journal has its id, the integration's when its creator is one of its users. Without either a "
    "row whose event the source does not have was entered by hand; of one whose event it has nobody can tell."
)


@dataclass(frozen=True, slots=True)
class ShownCutover:
    """A cut-over: whose it is, the decision, the rows that are new since, the systems by their labels, and its moments."""

    client: str
    decision: Decision
    entries: Sequence[JudgedRow]
    systems: Sequence[str]
    freeze: datetime | None
    live: datetime | None


def cutover_blocks(shown: ShownCutover, country: str) -> tuple[Block, ...]:
    """Return the blocks of the page in reading order.

    Parameters
    ----------
    shown
        The cut-over.
    country
        Of the reader, for numbers and days.
    """
    with written_for(country):
        return (*_opening(shown), *_conditions(shown), *_entries(shown))


def _opening(shown: ShownCutover) -> Iterator[Block]:
    freeze, live = (f"{day_text(at.date())}, {at:%H:%M}" if at else "not agreed on" for at in (shown.freeze, shown.live))
    facts = (shown.client, f"freeze: {freeze}", f"live: {live}")
    yield Cover("Cut-over", sentence_text(shown.decision.sentence), facts)
    yield Paragraph(
        (f"Systems that take part: {listed(list(shown.systems)) or 'none'}. What is not known does not hold.",), is_lead=True
    )
    steps = tuple(dict.fromkeys(f"{one.about}: {one.to_do}" for one in shown.decision.open if one.to_do))
    if steps:
        yield Heading("What to do now", 2)
        yield Bullets(tuple((sentence_text(one),) for one in steps))


def _conditions(shown: ShownCutover) -> Iterator[Block]:
    yield Heading("Every condition", 2)
    for part, words in PART_WORDS.items():
        own = [one for one in shown.decision.conditions if one.part == part]
        if own:
            yield Table(
                ("Condition", "Must be", "Is", "So it"),
                tuple((one.about, _cell(one.wanted), _cell(one.found), OUTCOME_WORDS[one.outcome]) for one in own),
                words,
            )


def _cell(text: str) -> str:
    """Return a text with its numbers as the reader's country writes them, none of them parted from its sign."""
    return sentence_text(text).replace(" %", "\xa0%")


def _entries(shown: ShownCutover) -> Iterator[Block]:
    if not shown.entries:
        return
    yield Heading("What is new since", 2)
    yield Note((_HOW_KNOWN,))
    order = ["by_hand", "not_known", "integration", "job"]
    rows = sorted(shown.entries, key=lambda one: (order.index(one.maker), one.row.key))
    more = f" ({_SHOWN} of {len(rows):,})" if len(rows) > _SHOWN else ""
    yield Table(
        ("Record", "Created", "By", "Made", "Why"),
        tuple(
            (
                one.row.key,
                f"{day_text(one.row.created_at.date(), is_short=True)}, {one.row.created_at:%H:%M} UTC"
                if one.row.created_at
                else "",
                one.row.created_by,
                MAKER_WORDS[one.maker],
                one.reason,
            )
            for one in rows[:_SHOWN]
        ),
        f"Rows that are new in the targets{more}",
        is_compact=True,
    )
