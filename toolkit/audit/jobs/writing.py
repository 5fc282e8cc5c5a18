"""An approved plan as files that the client imports, with those that take it back; a rehearsal says what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from toolkit.apply.imports.import_files import ImportPackage, import_files
from toolkit.apply.imports.package_folder import write_import_files
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.approving import approved_plan, refuse_stale
from toolkit.audit.jobs.showing import WRITTEN
from toolkit.audit.jobs.targets import target_connector, target_records
from toolkit.changes import SavedPlan
from toolkit.errors import InputError
from toolkit.report.plain_workbook import plain_workbook
from toolkit.store.plans import approval_of, kept_plan, opened_plan

FOLDER = "reports"


@dataclass(frozen=True, slots=True)
class PlanFiles:
    """What an approved plan is written as, or would be: the package, where it stands, and who agreed to it.

    ``refusal`` is why it may not be written yet; a rehearsal says it beside what would be written.
    """

    saved: SavedPlan
    package: ImportPackage
    folder: Path
    approver: str
    is_written: bool
    refusal: str = ""

    @property
    def rows(self) -> Mapping[str, int]:
        """Rows by file, without the pages that are no table."""
        return {one.name: one.rows for one in self.package.files if one.rows}


def plan_files(engagement: Engagement, name: str, *, is_dry_run: bool = True, out: Path | None = None) -> PlanFiles:
    """Write the files of an approved plan, or say what would be written.

    A rehearsal needs no approval, and is the same code.

    Parameters
    ----------
    engagement
        Whose plan it is.
    name
        The first letters of its id, or ``latest``.
    is_dry_run
        Whether nothing is written.
    out
        Folder of the files; beside the engagement's reports without.

    Raises
    ------
    PlanRefusedError
        Nobody agreed to the plan, or it does not fit what is there now; nothing was written.
    InputError
        There is no such plan, or nothing in it.
    """
    if is_dry_run:
        kept = kept_plan(engagement.store, name)
        saved = opened_plan(engagement.store, kept)
        refuse_stale(engagement, saved)
        approval = approval_of(engagement.store, kept)
    else:
        kept, saved, approval = approved_plan(engagement, name)
    plan = saved.plan
    if not plan.operations:
        raise InputError(f"Plan {kept.name} changes nothing, so there is nothing to write.")
    package = import_files(
        plan,
        target_connector(engagement, plan.target.system, plan.target.connector),
        target_records(engagement, plan),
        currency=_currency(engagement, plan.target.system),
        workbook=plain_workbook,
    )
    folder = out or engagement.folder / FOLDER / f"import-{plan.kind}-{plan.target.system}-{kept.name}"
    approver = "" if approval is None else approval.approver
    if is_dry_run:
        said = "" if approval is not None else f"Nobody has agreed to plan {kept.name} yet."
        return PlanFiles(saved, package, folder, approver, is_written=False, refusal=said)
    with engagement.store.writing("files of a plan"):
        written = write_import_files(package, folder)
        at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
        home = written.resolve()
        where = home.relative_to(engagement.folder.resolve()) if home.is_relative_to(engagement.folder.resolve()) else home
        detail = {
            "plan_id": plan.plan_id,
            "at": at,
            "folder": where.as_posix(),
            "by_file": package.by_file,
            "by_hand": package.by_hand,
        }
        engagement.store.log(WRITTEN, detail)
    return PlanFiles(saved, package, written, approver, is_written=True)


def _currency(engagement: Engagement, system: str) -> str:
    given = engagement.settings.systems.get(system)
    return (given.currency if given else "") or engagement.settings.currency
