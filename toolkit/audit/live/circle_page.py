"""What the circle on the sample client gave: figures before and after, each job, and the proof that all is as it was."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.apply.imports.field_words import field_words
from toolkit.audit.explain import shown_value
from toolkit.audit.live.comparing import shown_differences
from toolkit.report.blocks import Block, Bullets, Cover, Heading, Note, Paragraph, Table
from toolkit.report.page import write_page
from toolkit.report.plan_words import JOB_WORDS
from toolkit.values.counted import counted, listed

if TYPE_CHECKING:
    from toolkit.audit.live.circle import Circle

FIGURES = (
    ("duplicates_in_use", "Duplicate records in use, all systems"),
    ("reconcile.different_count", "Fields that differ between systems"),
    ("reconcile.missing_count.deal_to_invoice", "Won deals without an invoice"),
    ("reconcile.missing_count.order_to_invoice", "Orders without an invoice"),
    ("reconcile.missing_count.stripe_to_ledger", "Card payments not in the books"),
    ("roi.lost_revenue_per_month.total", "Revenue likely never invoiced"),
    ("roi.cost_now_per_month.total", "Cost of the work by hand now"),
)
"""What is shown before and after, by the ids of figures."""
DEARER = "Work by hand costs a little more once nothing is forgotten: what was never invoiced took nobody's time."
FIGURE_HEAD = ("figure", "before", "cleaned up", "taken back")
JOB_HEAD = ("job", "planned", "done", "taken back", "in part", "not at all", "left alone", "refused")
_SHOWN = 50
_SIDES = ("before", "after")
_COLUMN_WORDS = {"points": "phones, mail and addresses", "": "the whole record"}
_COMPARED = (
    "Every column of every record was compared, {} values; a record that was made anew with the one in whose place it is."
)


def figure_rows(circle: "Circle") -> list[tuple[str, ...]]:
    """Return a row for each figure: before, cleaned up, and when all was taken back."""
    return [
        (label, *(_short(one[name]) for one in circle.figures))
        for name, label in FIGURES
        if all(name in one for one in circle.figures)
    ]


def is_dearer(circle: "Circle") -> bool:
    """Return whether the work by hand costs more once all is cleaned up."""
    cost = [one.get("roi.cost_now_per_month.total", {}).get("value") or 0.0 for one in circle.figures]
    return bool(cost[1] > cost[0])


def job_rows(circle: "Circle") -> list[tuple[str, ...]]:
    """Return a row for each job: what it was, and what became of its changes."""
    return [
        (
            f"{JOB_WORDS[one.kind]} {one.label}",
            f"{one.sent.outcome.planned:,}",
            f"{one.done:,}",
            f"{one.undone:,}",
            f"{one.in_part:,}",
            f"{one.for_good:,}",
            f"{one.conflicts:,}",
            f"{one.dead_letters:,}",
        )
        for one in circle.jobs
    ]


def aside_rows(circle: "Circle") -> list[tuple[str, str]]:
    """Return what no system gives back, each kind with how often it was met."""
    return [(kind, f"{count:,}") for kind, count in sorted(circle.comparison.set_aside.items()) if count]


def circle_sentence(circle: "Circle") -> str:
    """Return how it ended, in one sentence."""
    back = f"{circle.undone:,} taken back" + (f", {circle.in_part:,} in part" if circle.in_part else "")
    back += f", {circle.for_good:,} not at all" if circle.for_good else ""
    done = f"{circle.client}: {counted(circle.done, 'change')} of {circle.planned:,} done and {back}"
    compared = f"{counted(circle.comparison.compared, 'record')} compared"
    if circle.comparison.is_equal:
        return f"{done}; {compared}, and every one is as it was."
    return f"{done}; {compared}, and {counted(len(circle.comparison.differences), 'value')} not as before."


def write_circle_page(circle: "Circle", path: Path) -> Path:
    """Write the page.

    Parameters
    ----------
    circle
        What was done.
    path
        Where.
    """
    sentence = circle_sentence(circle)
    left = [f"{system} was left as it is: {why}" for system, why in circle.left_alone.items()]
    blocks: list[Block] = [
        Cover("Cleaned up and taken back", circle.client, ("a rehearsal on stand-ins of the systems, on this machine",)),
        Paragraph((sentence,), is_lead=True),
        *([] if circle.is_whole else [Note((_not_whole(circle),), "caution")]),
        Heading("What the audit says", 2),
        Table(_capital(FIGURE_HEAD), tuple(figure_rows(circle)), "The same audit three times"),
        *([Paragraph((DEARER,))] if is_dearer(circle) else []),
        Heading("What was done", 2),
        Table(_capital(JOB_HEAD), tuple(job_rows(circle)), "Each was planned, agreed to by the demo, sent, and taken back"),
        *([Bullets(tuple((one,) for one in left))] if left else []),
        *_lost(circle),
        Heading("Whether all is as it was", 2),
        Paragraph((_COMPARED.format(f"{circle.comparison.values:,}"),)),
        *_proof(circle),
    ]
    return write_page(path, blocks, title="Cleaned up and taken back")


def _lost(circle: "Circle") -> list[Block]:
    if not circle.lost:
        return []
    said = Paragraph(("The plans said so before anybody agreed to them.",))
    return [Heading("What is lost for good", 2), said, Bullets(tuple((one,) for one in circle.lost))]


def _proof(circle: "Circle") -> list[Block]:
    aside = aside_rows(circle)
    found: list[Block] = []
    if aside:
        found.append(Table(("What no system gives back", "Times"), tuple(aside), "Set aside in the comparison"))
    different = shown_differences(circle.comparison)[:_SHOWN]
    if different:
        rows = tuple(
            (one["record"], _COLUMN_WORDS.get(one["column"], field_words(one["column"])), *(_cell(one[n]) for n in _SIDES))
            for one in different
        )
        found.append(Table(("Record", "Column", "Before", "Now"), rows, "What is not as it was"))
    return found


def _not_whole(circle: "Circle") -> str:
    lossy = [
        *([f"{counted(circle.in_part, 'change')} could be taken back in part only"] if circle.in_part else []),
        *([f"{counted(circle.for_good, 'change')} not at all"] if circle.for_good else []),
    ]
    if lossy and circle.is_as_said:
        return f"{listed(lossy)}, as the plans said before anybody agreed. What is not as before stands below."
    failed = circle.done - circle.undone - circle.in_part - circle.for_good
    if failed:
        return f"{counted(failed, 'change')} could not be taken back: see the pages of the jobs."
    return "Not everything is as it was: see below."


def _short(figure: Any) -> str:
    """Return a figure's value without its interval."""
    return shown_value({"low": None, "high": None, "n": None, "currency": None, **figure}).partition(" (")[0]


def _capital(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.capitalize() for name in names)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
