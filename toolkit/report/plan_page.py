"""The page of a plan: what will happen, what is taken away, examples, what was left out, how to take it back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from toolkit.changes import Excess, SavedPlan
from toolkit.changes.summary import summary_rows
from toolkit.report.blocks import Block, Bullets, Cover, Heading, Note, Paragraph, Table
from toolkit.report.plan_words import (
    ACTION_WORDS,
    JOB_WORDS,
    back_sentences,
    back_words,
    change_rows,
    excess_sentence,
    left_out_rows,
    lost_sentences,
    money_words,
    plan_sentence,
    stream_words,
)
from toolkit.values.counted import counted

_LEAD = "Nothing has been changed yet. This page shows what would be changed, and nothing else can be."
_SHOWN = ("record", "field", "now", "then", "value from", "why")
_MADE = ("record", "then", "why")
_HEADS = {name: name.capitalize() for name in _SHOWN}
_FROM = {"archive": "What stays", "merge": "What stays"}
"""What the record is called that a change comes from."""
_EXAMPLES = 12
_LEFT_OUT = 25
_MAX_CELL = 200


def plan_blocks(
    saved: SavedPlan,
    *,
    label: str,
    names: Mapping[str, str],
    withheld: Sequence[Excess] = (),
    next_steps: Sequence[str] = (),
) -> tuple[Block, ...]:
    """Return the blocks of the page in reading order.

    Parameters
    ----------
    saved
        The plan.
    label
        What the client calls the system.
    names
        What each record is called, by record_key.
    withheld
        What the guard against mass change keeps back until somebody agrees.
    next_steps
        What to do now, a command or a sentence each.
    """
    plan, envelope = saved.plan, saved.envelope
    facts = (
        f"plan {plan.plan_id[:12]}",
        f"made {envelope.created_at:%Y-%m-%d %H:%M} UTC",
        f"may be applied until {envelope.expires_at:%Y-%m-%d %H:%M} UTC",
    )
    contents = (
        ("what", "What will happen"),
        ("examples", "Examples"),
        ("left", "Left out"),
        ("back", "How to take it back"),
        ("next", "What to do now"),
    )
    return (
        Cover(f"{JOB_WORDS[plan.kind]}: {label}", plan_sentence(plan, label), facts, contents),
        Paragraph(
            ("Nothing has been changed yet. This page shows what would be changed, and nothing else can be.",), is_lead=True
        ),
        *(Note((excess_sentence(one),), "caution") for one in withheld),
        *_what(saved),
        *_examples(saved, names),
        *_left_out(saved, names),
        *_back(saved),
        Heading("What to do now", 2, "next"),
        Bullets(tuple((one,) for one in next_steps)),
    )


def _what(saved: SavedPlan) -> Iterator[Block]:
    summary = saved.plan.summary
    yield Heading("What will happen", 2, "what")
    yield Table(
        ("What", "Happens", "Changes", "Afterwards"),
        tuple(
            (stream_words(row.stream), ACTION_WORDS[row.action], f"{row.count:,}", back_words(row.action, row.reversibility))
            for row in summary_rows(summary)
        ),
        "Changes by kind",
    )
    if summary["destructive"]:
        rows = tuple(
            (stream_words(one["object"]), f"{one['count']:,}", f"{one['of']:,}", _share(one["count"], one["of"]))
            for one in summary["destructive"]
        )
        yield Table(("What", "Taken away or emptied", "Of", "Share"), rows, "What is taken away")
    money = money_words(saved.plan)
    if money:
        yield Paragraph((f"The documents that are touched amount to {' and '.join(money)}.",))


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.1f} %" if total else ""


def _examples(saved: SavedPlan, names: Mapping[str, str]) -> Iterator[Block]:
    yield Heading("Examples", 2, "examples")
    yield Paragraph(("Of each kind the first changes; every one stands in the workbook beside this page.",))
    rows = change_rows(saved.plan, names)
    steps = {one.op_id: (one.stream, one.action) for one in saved.plan.operations}
    ordered = sorted(rows, key=lambda row: steps[row["change"]])
    for (stream, action), found in groupby(ordered, key=lambda row: steps[row["change"]]):
        lines = [*found]
        own = _in_one(lines) if action == "create" else lines
        shown = own[:_EXAMPLES]
        more = f" ({len(shown)} of {len(own):,} lines)" if len(own) > len(shown) else ""
        names_shown = _MADE if action == "create" else _SHOWN
        yield Table(
            tuple(_FROM.get(action, _HEADS[name]) if name == "value from" else _HEADS[name] for name in names_shown),
            tuple(tuple(_cell(row[name]) for name in names_shown) for row in shown),
            f"{stream_words(stream).capitalize()} {ACTION_WORDS[action]}{more}",
        )


def _in_one(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row for each record that is made, with all its fields in one cell."""
    made: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["change"] in made:
            made[row["change"]]["then"] += f"; {row['field']}: {row['then']}"
        else:
            made[row["change"]] = {**row, "then": f"{row['field']}: {row['then']}"}
    return [*made.values()]


def _left_out(saved: SavedPlan, names: Mapping[str, str]) -> Iterator[Block]:
    yield Heading("Left out", 2, "left")
    if not saved.plan.left_out:
        is_undo = saved.plan.kind == "undo"
        yield Paragraph(("All of the job is taken back." if is_undo else "Every case could be decided by the rules.",))
        return
    count = len(saved.plan.left_out)
    of_undo = f"{counted(count, 'change')} of the job cannot be taken back, or in part only."
    of_rules = f"{counted(count, 'case')} could not be decided by the rules: nothing is planned for them."
    yield Paragraph((of_undo if saved.plan.kind == "undo" else of_rules,))
    yield Table(
        ("Of what", "Why", "Cases"),
        tuple((subject, _cell(reason), f"{number:,}") for subject, reason, number in left_out_rows(saved.plan)),
        "By reason",
    )
    shown = saved.plan.left_out[:_LEFT_OUT]
    more = f" ({len(shown)} of {count:,}; the others are in the workbook)" if count > len(shown) else ""
    yield Table(
        ("Records", "Why"),
        tuple((_cell(", ".join(names.get(key, key) for key in one.record_keys)), _cell(one.reason)) for one in shown),
        f"Cases{more}",
    )


def _back(saved: SavedPlan) -> Iterator[Block]:
    yield Heading("How to take it back", 2, "back")
    yield Bullets(tuple((one,) for one in back_sentences(saved.plan)) or (("There is nothing to take back.",),))
    lost = lost_sentences(saved.plan)
    if lost:
        yield Paragraph(("By merges of the system itself, which are not taken back as a whole:",))
        yield Bullets(tuple((_cell(one),) for one in lost))


def _cell(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MAX_CELL else f"{plain[: _MAX_CELL - 1]}…"
