"""How each handoff is to be connected, as an answer to be read: the advice, its reasons, its cost, and what is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.run_gaps import read_gaps
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import VerbResult, number_text
from toolkit.report.gaps import input_words
from toolkit.scoping.approach.words import APPROACH_WORDS, flip_words
from toolkit.store import Run
from toolkit.values.counted import counted

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]

_SHOWN_NOTES = 12


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ApproachAnswer(VerbResult):
    """How each handoff is to be connected.

    ``ways`` has every way with its cost and why it is not the advice, ``platforms`` every platform with its units and fee,
    ``flips`` where another approach becomes right, ``questions`` what is asked, and the keys of ``engagement.yaml`` that
    take the answers.
    """

    ways: "pd.DataFrame" = field(kw_only=True)
    platforms: "pd.DataFrame" = field(kw_only=True)
    flips: "pd.DataFrame" = field(kw_only=True)
    questions: "pd.DataFrame" = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, the keys that take its answers, and whether an advice hangs on it.

    ``place`` is the key with a star where it names a handoff or a system, ``subjects`` are those.
    """

    ask: str
    place: str
    keys: tuple[str, ...]
    subjects: tuple[str, ...]
    is_deciding: bool

    @property
    def words(self) -> str:
        """The question with where its answers are written."""
        return f"{self.ask} {self.place}{': ' if self.subjects else ''}{', '.join(self.subjects)}"


def recommend_approach(engagement: Engagement, *, progress: Progress | None = None) -> ApproachAnswer:
    """Return by which approach each handoff is to be connected, why, what each way costs, and what is asked.

    ``frame``: table APPROACH.

    Parameters
    ----------
    engagement
        With snapshots; what no data tells stands under ``approach`` of ``engagement.yaml``.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    BusyError
        Another run is writing.
    """
    with cell_work(progress) as told:
        run = run_stages(engagement, "approach", told)
    return approach_answer(run)


def approach_answer(run: Run) -> ApproachAnswer:
    """Return what a run says of how each handoff is to be connected."""
    import pandas as pd

    rows, labels = run.table("approach").to_pylist(), _labels(run)
    totals = {(row["handoff_id"], row["approach"]): row["total"] for row in run.table("approach_way").to_pylist()}
    currency = str(run.facts.get("currency") or "")
    months = next(iter(run.table("approach_way")["horizon_months"].to_pylist()), 0)
    questions = asked_questions(rows)
    still_open = [row for row in rows if row["approach"] is None]
    deciding = [one for one in questions if one.is_deciding]
    notes = [*advice_notes(run), *(f"Ask: {one.words}" for one in questions)]
    more = len(notes) - _SHOWN_NOTES
    said = (
        f"{counted(len(still_open), 'handoff')} {'hangs' if len(still_open) == 1 else 'hang'} on what nobody has said yet."
    )
    return ApproachAnswer(
        approach_sentence(rows),
        ("handoff", "approach", "because", f"{months} months, {currency}", f"by hand, {currency}", "questions"),
        tuple(
            (
                labels[row["handoff_id"]],
                shown_approach(row),
                "; ".join(row["reasons"]) or "not settled",
                number_text(totals.get((row["handoff_id"], row["approach"]))),
                number_text(totals.get((row["handoff_id"], "LEAVE_MANUAL"))),
                number_text(len(row["asked"])),
            )
            for row in rows
        ),
        frame_of(run.table("approach")),
        (*notes[:_SHOWN_NOTES], *([f"… and {more:,} more: .questions and .flips have all."] if more > 0 else [])),
        gaps=(*read_gaps(run), *([said] if still_open else []), *money_gaps(rows, labels)),
        next_step=_next_step(rows, deciding),
        ways=frame_of(run.table("approach_way")),
        platforms=frame_of(run.table("approach_platform")),
        flips=frame_of(run.table("approach_flip")),
        questions=pd.DataFrame(
            [(one.ask, key, one.is_deciding) for one in questions for key in one.keys], columns=["ask", "key", "is_deciding"]
        ),
    )


def approach_sentence(rows: Sequence[Row]) -> str:
    """Return in one sentence how much is settled; ``rows`` are those of APPROACH."""
    if not rows:
        return "There is no handoff to connect yet: name them in engagement.yaml, or fill in the landscape workbook."
    settled = [row for row in rows if row["approach"] is not None]
    by_hand = sum(row["approach"] == "LEAVE_MANUAL" for row in settled)
    stays = f", {by_hand} of them to stay by hand" if by_hand else ""
    left = len(rows) - len(settled)
    waits = f"; {left} {'hangs' if left == 1 else 'hang'} on what nobody has said" if left else ""
    has = "has" if len(settled) == 1 else "have"
    return f"{len(settled)} of {counted(len(rows), 'handoff')} {has} an approach{stays}{waits}."


def shown_approach(row: Row) -> str:
    """Return the approach of a row of APPROACH in words, or how many are possible and which it would be as usual."""
    if row["approach"] is not None:
        return str(row["approach_words"])
    return f"open: {len(row['possible'])} are possible; as usual: {APPROACH_WORDS[row['if_usual']]}"


def asked_questions(rows: Sequence[Row]) -> list[AskedQuestion]:
    """Return what is asked, each question once; those that an advice hangs on first, what most keys ask first of all.

    Parameters
    ----------
    rows
        Of APPROACH.
    """
    keys: dict[tuple[str, str, bool], dict[str, str]] = {}
    for row in rows:
        pairs = {key: (ask, True) for ask, key in zip(row["asked"], row["asked_keys"], strict=True)}
        beside = zip(row["asked_beside"], row["asked_beside_keys"], strict=True)
        for key, (ask, is_deciding) in {**{key: (ask, False) for ask, key in beside}, **pairs}.items():
            place, subject = _place(key)
            keys.setdefault((ask, place, is_deciding), {})[key] = subject
    found = [
        AskedQuestion(ask, place, (*of,), tuple(one for one in of.values() if one), is_deciding)
        for (ask, place, is_deciding), of in keys.items()
    ]
    return sorted(found, key=lambda one: (not one.is_deciding, -len(one.keys)))


def _place(key: str) -> tuple[str, str]:
    """Return a key with a star in place of the handoff or system that it names, and that name."""
    parts = key.split(".")
    if parts[0] not in {"handoffs", "systems"}:
        return key, ""
    return ".".join((parts[0], "*", *parts[2:])), parts[1]


def advice_notes(run: Run) -> list[str]:
    """Return what must be known beside the advice: flags, where another approach becomes right, what was assumed."""
    labels, rows = _labels(run), run.table("approach").to_pylist()
    currency = str(run.facts.get("currency") or "")

    def written(number: float, is_money: bool) -> str:  # noqa: FBT001 - the form that `flip_words` asks for
        return f"{currency if is_money else ''} {number_text(number, digits=0)}".strip()

    return [
        *(f"{labels[name]}: {words}" for name, words in _dearer_than_by_hand(run).items()),
        *_prices_to_check(run),
        *_of_whom([(flag, row["handoff_id"]) for row in rows for flag in row["flags"]], labels),
        *(f"{labels[one['handoff_id']]}: {flip_words(one, written)}." for one in run.table("approach_flip").to_pylist()),
        *_of_whom([(one, row["handoff_id"]) for row in rows for one in row["remarks"]], labels),
    ]


def _dearer_than_by_hand(run: Run) -> dict[str, str]:
    """Return in words by how much an advised way costs more than leaving it by hand; the rules look at the planned one."""
    ways = {(row["handoff_id"], row["approach"]): row for row in run.table("approach_way").to_pylist()}
    found = {}
    for (name, _), row in ways.items():
        by_hand = ways[name, "LEAVE_MANUAL"]["total"]
        if row["is_chosen"] and row["total"] is not None and by_hand is not None and row["total"] > by_hand:
            more = number_text(row["total"] - by_hand)
            found[name] = f"connected in this way it costs {more} more than by hand over {row['horizon_months']} months."
    return found


def _prices_to_check(run: Run) -> list[str]:
    """Return what must be known of the prices that an advice rests on."""
    notes = {(row["handoff_id"], row["platform"]): row for row in run.table("approach_platform").to_pylist()}
    used = [(row["handoff_id"], row["platform"]) for row in run.table("approach_way").to_pylist() if row["is_chosen"]]
    found = [notes[place] for place in used if place in notes and notes[place]["note"]]
    return [*dict.fromkeys(f"Price of {row['label']}: {row['note']}." for row in found)]


def _of_whom(said: Sequence[tuple[str, str]], labels: Mapping[str, str]) -> list[str]:
    """Return each sentence once, with the handoffs that it is said of."""
    names: dict[str, list[str]] = {}
    for sentence, handoff in said:
        names.setdefault(sentence, []).append(labels[handoff])
    return [f"{sentence} ({', '.join(of) if len(of) < len(labels) else 'all handoffs'})" for sentence, of in names.items()]


def money_gaps(rows: Sequence[Row], labels: Mapping[str, str]) -> list[str]:
    """Return the handoffs of which a rule on money could not be asked, and for want of what."""
    return [
        f"{labels[row['handoff_id']]}: whether it pays, or a build is cheaper, is not known for want of "
        f"{', '.join(input_words(name) for name in row['money_missing'])}."
        for row in rows
        if row["money_missing"]
    ]


def _next_step(rows: Sequence[Row], deciding: Sequence[AskedQuestion]) -> str:
    if not rows:
        return "write_landscape_workbook(here), in 01_landscape, asks the client for them."
    if deciding:
        one = deciding[0]
        return f"ask: {one.ask} The answer goes to {one.keys[0]} of engagement.yaml (docs/approach.md)."
    return "render_report(here) writes the client's report; .ways has what each way costs."


def _labels(run: Run) -> dict[str, str]:
    return {row["handoff_id"]: row["label"] for row in run.table("handoff").to_pylist()}
