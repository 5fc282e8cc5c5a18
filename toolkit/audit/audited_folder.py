"""The whole audit of a folder: read, check, match, reconcile, measure, price, report."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement, open_engagement, usable_path
from toolkit.audit.explain import shown_value
from toolkit.audit.notebook_copies import copy_notebooks
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.described import Ask
from toolkit.audit.pull.memory import remember
from toolkit.audit.pull.pulled import Pull
from toolkit.audit.pull.questions import kept_out
from toolkit.audit.pull.snapshots import last_pull, pull_snapshots
from toolkit.audit.report import Documents, render_report
from toolkit.audit.stages.handoffs import unmeasured_handoffs
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import VerbResult, evidence_text
from toolkit.bundled import bundled
from toolkit.disk import atomic_path, private_folder
from toolkit.errors import InputError
from toolkit.notebooks import require_report_extra
from toolkit.report.judgements import doubt_sentences, held_back_sentences
from toolkit.report.row_counts import row_counts
from toolkit.store import Run
from toolkit.store.results import latest_run_id
from toolkit.values.counted import counted

_MAX_MISSING = 3
_MAX_SAID = 10
HEADLINES = (
    "roi.cost_now_per_month.total",
    "roi.lost_revenue_per_month.total",
    "roi.net_saving_per_month.recommended",
    "roi.one_time_cost.recommended",
    "roi.payback_months.recommended",
    "match.duplicate_count",
)
"""Figures that a command prints first, where they could be computed."""


@dataclass(frozen=True, slots=True, repr=False)
class Audit:
    """A finished audit: what was read, the run, the documents, and sentences about what is missing and what was mended.

    ``notes`` say what became of the notebooks.
    """

    engagement: Engagement
    pull: Pull
    run: Run
    documents: Documents
    missing: tuple[str, ...]
    mended: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return repr(self._answer())

    def _repr_html_(self) -> str:
        return self._answer()._repr_html_()

    def _answer(self) -> VerbResult:
        rows = tuple((one["label"], shown_value(one), evidence_text(one["evidence"])) for one in self.headlines())
        said = self.doubts()
        more = [f"{counted(len(said) - _MAX_SAID, 'more remark')}: see the report."] if len(said) > _MAX_SAID else []
        return VerbResult(
            f"{self.sentence().removesuffix('.')}.",
            ("figure", "value", "evidence"),
            rows,
            frame_of(self.run.table("figure")),
            (*said[:_MAX_SAID], *more, *self.notes),
            gaps=self.missing,
            next_step="open the report, and go through the notebooks from 01_landscape on.",
            files=self.documents.written(),
        )

    def sentence(self) -> str:
        """Return whose records were read, how many, and from where."""
        read = row_counts(self.run.table("intake"), self.run.table("snapshot"))
        return f"{self.run.facts['client']}: {read.sentence()}"

    def doubts(self) -> list[str]:
        """Return which handoffs could not be compared, or only in part: a sentence for each reason, and what to do."""
        return doubt_sentences(self.run.table("handoff"), self.judgement())

    def judgement(self) -> pa.Table:
        """Return how far each comparison can be trusted (HANDOFF_JUDGEMENT); empty for a run of an older version."""
        return self.run.table("handoff_judgement")

    @property
    def is_complete(self) -> bool:
        """Whether everything that was offered could be used, and every handoff told."""
        return not self.missing

    def figures(self) -> list[dict[str, Any]]:
        """Return every figure of the run, as ``--json`` prints them."""
        found: list[dict[str, Any]] = self.run.table("figure").to_pylist()
        return found

    def headlines(self) -> list[dict[str, Any]]:
        """Return the figures that carry the message, in order."""
        by_id = {one["figure_id"]: one for one in self.figures()}
        # Where no list of customers or suppliers was read, the spellings of their names carry the message.
        spellings = () if "match.duplicate_count" in by_id else (n for n in by_id if n.startswith("match.spelling_count."))
        spelled = [name for name in spellings if by_id[name]["value"]]
        missing = [
            name for name in by_id if name.startswith("reconcile.missing_count.") and by_id[name]["value"] is not None
        ]
        largest = sorted(missing, key=lambda name: (-by_id[name]["value"], name))[:_MAX_MISSING]
        wanted = [by_id[name] for name in (*HEADLINES, *spelled, *largest) if name in by_id]
        # A figure of nothing is no headline: nothing was compared, so nothing was found.
        return [one for one in wanted if one["value"] is not None and one["n"] != 0]


def run_audit(
    folder: str | Path,
    *,
    overrides: Iterable[str] = (),
    with_pdf: bool = False,
    progress: Progress = silent,
    ask: Ask | None = None,
    is_remembered: bool = False,
) -> Audit:
    """Audit a folder: an engagement, or just files that a client sent.

    Without an ``engagement.yaml``, what is recognised is written into a commented one, and the audit does what can be done.

    Parameters
    ----------
    folder
        The folder.
    overrides
        ``path.to.setting=value``, on top of the file.
    with_pdf
        Also print the report to PDF.
    progress
        What long work reports to.
    ask
        Puts what only a person can say to that person.
    is_remembered
        Whether what was confirmed of columns is kept for the next client.

    Raises
    ------
    InputError
        There is no such folder, nothing in it can be read, the settings are wrong, or the extra ``report`` is not installed.
    BusyError
        Another audit of the same folder is running.
    """
    # Before minutes of work, not after.
    require_report_extra()
    engagement = open_engagement(folder, overrides=overrides)
    # What is only tried takes no snapshot: it stands on those of the last audit.
    is_tried = engagement.is_trial and bool(engagement.store.last_pull())
    pulled = last_pull(engagement) if is_tried else pull_snapshots(engagement, progress=progress, ask=ask)
    if (is_remembered or engagement.settings.memory) and not is_tried:
        remember(pulled.confirmed)
    # What was proposed or answered stands in the settings now.
    engagement.close()
    engagement = open_engagement(folder, overrides=overrides)
    before = latest_run_id(engagement.folder)
    documents = render_report(engagement, with_pdf=with_pdf, progress=progress)
    run = engagement.store.run(documents.run_id)
    mended, lost = engagement.store.unsaid()
    missing = (
        *lost,
        *run.facts["reasons"],
        *kept_out(engagement.settings.questions),
        *unmeasured_handoffs(engagement, with_proposed=False),
    )
    missing += tuple(held_back_sentences(run.table("handoff"), run.table("handoff_judgement")))
    engagement.store.was_said()
    computed = run.facts.get("mended", ()) if run.run_id != before else ("Nothing changed since the last audit.",)
    notebooks = copy_notebooks(engagement.folder)
    return Audit(engagement, pulled, run, documents, missing, (*mended, *computed), notebooks)


def copied_sample(folder: Path) -> Path:
    """Copy the sample client into ``folder`` and return it.

    Raises
    ------
    InputError
        Something that is no copy of the sample client stands there already.
    """
    require_report_extra()
    sample = bundled("sample_data") / "harbor-pine"
    private_folder(usable_path(folder))
    if folder.exists() and any(folder.iterdir()) and not (folder / "engagement.yaml").exists():
        raise InputError(f"{folder} is not empty and holds no engagement. Choose another folder: integration-audit demo DIR")
    if not (folder / "engagement.yaml").exists():
        for source in sorted(one for one in sample.rglob("*") if one.is_file()):
            target = folder / source.relative_to(sample)
            private_folder(target.parent)
            with atomic_path(target) as copied:
                shutil.copyfile(source, copied)
    return folder
