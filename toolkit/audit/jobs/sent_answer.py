"""What a job that was sent, or rehearsed, answers in a notebook."""

from toolkit.audit.jobs.hand_minutes import hand_sentence, hand_work
from toolkit.audit.jobs.job_page import job_sentence, job_steps, not_done_rows, step_words
from toolkit.audit.jobs.sending import SentJob
from toolkit.audit.verb_result import VerbResult
from toolkit.settings import Settings
from toolkit.values.counted import counted

_NOT_DONE = ("record", "kind", "change", "what became of it", "why")
_SHOWN_REASONS = 5


def sent_answer(sent: SentJob, settings: Settings) -> VerbResult:
    """Return how a job ended: how many changes are at each step; ``frame``: each that ended otherwise than planned.

    Parameters
    ----------
    sent
        The job.
    settings
        Of the engagement: who said how long an item takes by hand.
    """
    import pandas as pd

    outcome = sent.outcome
    others = not_done_rows(sent.saved, outcome, sent.names)
    counts = tuple((step_words(step), f"{count:,}") for step, count in outcome.counts.items())
    frame = pd.DataFrame([*others], columns=[*_NOT_DONE])
    if sent.is_dry_run:
        where = sent.label if sent.target is None else f"{sent.label} ({sent.target.account_words()})"
        return VerbResult(
            f"Nothing was sent: each of {counted(outcome.planned, 'change')} was compared with its record in {where}.",
            ("what would become of it", "changes"),
            tuple((words.replace("not done yet", "would be done"), count) for words, count in counts),
            frame,
            gaps=tuple(one for one in (outcome.stopped, sent.refusal) if one),
            next_step=_rehearsed_step(sent),
        )
    work = hand_work(sent.saved.plan, outcome.steps, settings)
    notes = [f"{one[0]}: {one[3]}. {one[4]}" for one in others[:_SHOWN_REASONS]]
    steps = job_steps(sent.saved, outcome)
    not_done = f"{counted(len(others), 'change')} ended otherwise than planned: .frame has each."
    return VerbResult(
        job_sentence(outcome, sent.label),
        ("what became of it", "changes"),
        counts,
        frame,
        (*notes, *([hand_sentence(work)] if work else [])),
        gaps=() if outcome.is_whole else tuple(one for one in (outcome.stopped, not_done if others else "") if one),
        next_step=" ".join(steps[:1]),
        files=() if sent.page is None else (sent.page,),
    )


def _rehearsed_step(sent: SentJob) -> str:
    if sent.refusal:
        return "approve_plan(here, plan, by=…), by whoever owns the system."
    live = sent.target is not None and sent.target.is_live
    named = f", account={sent.target.account!r}" if sent.target is not None and live else ""
    return f"apply_plan(here, plan, over_interface=True, dry_run=False, max_changes={sent.outcome.planned}{named})."
