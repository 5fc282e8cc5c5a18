"""Going live in a notebook: how parallel runs stand, and whether the cut-over may be; the same as the commands do.

What ``engagement.yaml`` does not describe yet is no mistake here: the answer says what to write there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.golive.cutover import CutoverCheck, documented_cutover
from toolkit.audit.golive.parallel import DocumentedRun, documented_runs
from toolkit.audit.progress import Progress
from toolkit.audit.verb_result import VerbResult
from toolkit.charts import match_rate_by_day
from toolkit.errors import UnknownNameError
from toolkit.golive.days import STATE_WORDS
from toolkit.golive.gates import OUTCOME_WORDS, PART_WORDS
from toolkit.report.golive.parallel_page import day_table, next_steps
from toolkit.report.golive.shown_run import event_text, percent, reason_text
from toolkit.tables import PARALLEL_DAY
from toolkit.values.counted import counted, listed
from toolkit.values.written import sentence_text, written_for

if TYPE_CHECKING:
    import pandas as pd

_DAYS = ("parallel run", "day", "items", "agree", "do not", "may come", "at least", "the day is")
_DISCREPANCIES = ("parallel run", "day", "item", "what does not agree")
_CONDITIONS = ("condition", "must be", "is", "so it")
_SHOWN = 8
_NO_RUN = "engagement.yaml describes no parallel run yet."
_NO_CUTOVER = "engagement.yaml describes no cut-over yet."


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ParallelAnswer(VerbResult):
    """How parallel runs stand; ``discrepancies`` is every item that does not agree."""

    is_met: bool = False
    days: Mapping[str, tuple[pa.Table, float]] = field(default_factory=dict)
    discrepancies: "pd.DataFrame | None" = None

    def chart(self, run: str = "") -> Any:
        """Return how much agrees on each day of a parallel run, with the agreed limit; of the first without a name."""
        if not self.days:
            return match_rate_by_day.chart(PARALLEL_DAY.empty())
        if run and run not in self.days:
            raise UnknownNameError("parallel run", run, self.days)
        table, limit = self.days[run or next(iter(self.days))]
        return match_rate_by_day.chart(table, limit=limit)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CutoverAnswer(VerbResult):
    """Whether the cut-over may be, condition by condition."""

    is_go: bool = False
    open_conditions: tuple[str, ...] = field(default=())


def judge_parallel_runs(engagement: Engagement, name: str = "", *, progress: Progress | None = None) -> ParallelAnswer:
    """Compare what the integration made with what people made by hand, and write page, workbook and evidence.

    ``frame``: every day of every run.

    Parameters
    ----------
    engagement
        With snapshots of both lists.
    name
        As ``engagement.yaml`` calls it; empty: all that there are.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    InputError
        The lists cannot be compared.
    UnknownNameError
        There is no parallel run of that name.
    BusyError
        Another run is writing.
    """
    import pandas as pd

    if not engagement.settings.parallel_run:
        step = "write it under parallel_run, as docs/parallel-run.md shows: which list is kept by hand, which is integrated."
        return ParallelAnswer(_NO_RUN, _DAYS, (), pd.DataFrame(columns=[*_DAYS]), next_step=step)
    with cell_work(progress) as told:
        made = documented_runs(engagement, name, told)
    with written_for(engagement.settings.country):
        return _parallel_answer(made)


def check_cutover(engagement: Engagement, *, progress: Progress | None = None) -> CutoverAnswer:
    """Say go or no go for the cut-over, with every condition, and write its page.

    ``frame``: every condition.

    Parameters
    ----------
    engagement
        With snapshots.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    UnknownNameError
        The settings name a system or a parallel run that is not there.
    BusyError
        Another run is writing.
    """
    import pandas as pd

    if engagement.settings.cutover is None:
        step = "write it under cutover, as docs/cut-over.md shows: when the freeze begins, and what the data must reach."
        return CutoverAnswer(_NO_CUTOVER, _CONDITIONS, (), pd.DataFrame(columns=[*_CONDITIONS]), next_step=step)
    with cell_work(progress) as told:
        found = documented_cutover(engagement, told)
    with written_for(engagement.settings.country):
        return _cutover_answer(found)


def _parallel_answer(made: list[DocumentedRun]) -> ParallelAnswer:
    import pandas as pd

    runs = [one.shown for one in made]
    is_met = all(one.found.decision.is_met for one in runs)
    days = [
        (
            one.label,
            f"{day.day:%a %d %b}",
            f"{day.count:,}",
            f"{day.agreeing:,}",
            f"{day.discrepancies:,}",
            f"{day.waiting:,}",
            percent(day.low) if day.count else "",
            STATE_WORDS[day.state],
        )
        for one in runs
        for day in one.found.days
    ]
    wrong = [
        (one.label, str(each.first.day or "no date"), event_text(each.shown), reason_text(each.shown))
        for one in runs
        for each in one.found.discrepancies
    ]
    notes = [f"{day}, {item}: {reason}" for _, day, item, reason in wrong[:_SHOWN]]
    notes += [f"… and {len(wrong) - _SHOWN:,} more in .discrepancies and in the workbook."] if len(wrong) > _SHOWN else []
    notes += [note for one in runs for note in one.notes]
    steps = list(dict.fromkeys(step for one in runs for step in next_steps(one)))
    first = " ".join(f"{one.sentence} {one.rate_sentence}" for one in runs[:1])
    met = [one.label for one in runs if one.found.decision.is_met]
    several = f"{len(met)} of {counted(len(runs), 'parallel run')} meet their exit rule{': ' if met else ''}{listed(met)}."
    return ParallelAnswer(
        first if len(runs) == 1 else several,
        _DAYS,
        tuple(days[-15:]),
        pd.DataFrame(days, columns=[*_DAYS]),
        tuple(notes),
        gaps=() if is_met else tuple(_obstacle(each) for one in runs for each in one.found.decision.obstacles),
        next_step=" Then: ".join(steps),
        files=tuple(path for one in made for path in one.paths if path.suffix != ".json"),
        is_met=is_met,
        days={one.name: (day_table(one.found.days), one.terms.rule.limit) for one in runs},
        discrepancies=pd.DataFrame(wrong, columns=[*_DISCREPANCIES]),
    )


def _obstacle(said: str) -> str:
    return sentence_text(f"{said[:1].upper()}{said[1:]}.")


def _cutover_answer(found: CutoverCheck) -> CutoverAnswer:
    import pandas as pd

    conditions = found.decision.conditions
    rows = tuple(
        (one.about, sentence_text(one.wanted), sentence_text(one.found), OUTCOME_WORDS[one.outcome]) for one in conditions
    )
    frame = pd.DataFrame(rows, columns=[*_CONDITIONS]).assign(part=[PART_WORDS[one.part] for one in conditions])
    to_do = list(dict.fromkeys(f"{one.about}: {one.to_do}" for one in found.decision.open if one.to_do))
    return CutoverAnswer(
        sentence_text(found.decision.sentence),
        _CONDITIONS,
        rows,
        frame,
        tuple(f"To do: {one}" for one in to_do[1:]),
        gaps=tuple(f"{one.about}: {OUTCOME_WORDS[one.outcome]}." for one in found.decision.open),
        next_step=to_do[0] if to_do else "",
        files=() if found.path is None else (found.path,),
        is_go=found.decision.is_go,
        open_conditions=tuple(one.about for one in found.decision.open),
    )
