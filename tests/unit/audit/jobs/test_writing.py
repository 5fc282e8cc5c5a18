"""An approved plan as files: what a rehearsal says, what is written, and where the log says that it is."""

from pathlib import Path

import pytest

from tests.unit.audit.jobs.conftest import Crm, handmade
from tests.vendor_doubles import renamed
from toolkit.audit.jobs.approving import approve_plan
from toolkit.audit.jobs.verbs import apply_plan, plan_changes, shown_plan
from toolkit.audit.jobs.writing import plan_files
from toolkit.changes import operation
from toolkit.changes.operation import field_hash
from toolkit.errors import InputError, PlanRefusedError, UnknownNameError


def test_a_rehearsal_writes_nothing_and_says_why_it_could_not_yet(crm: Crm) -> None:
    """What would be written is the same."""
    with crm.opened() as engagement:
        rehearsed = plan_files(engagement, "latest")

        assert not rehearsed.is_written
        assert (rehearsed.approver, rehearsed.refusal) == ("", f"Nobody has agreed to plan {crm.plan.plan_id[:12]} yet.")
        assert not rehearsed.folder.exists()
        assert engagement.store.logged("plan_files") == []
        with pytest.raises(PlanRefusedError, match="Nobody has agreed"):
            plan_files(engagement, "latest", is_dry_run=False)
        approve_plan(engagement, "latest", "Nora")
        again = plan_files(engagement, "latest")
        assert (again.approver, again.refusal) == ("Nora", "")
        assert again.rows == rehearsed.rows != {}


def test_files_are_written_and_the_log_says_where(crm: Crm, tmp_path: Path) -> None:
    """Beside the reports, or where somebody wants them: within the engagement by a path from there."""
    with crm.opened() as engagement:
        approve_plan(engagement, "latest", "Nora")
        name = crm.plan.plan_id[:12]

        found = plan_files(engagement, "latest", is_dry_run=False)
        plan_files(engagement, "latest", is_dry_run=False, out=tmp_path / "usb")

        assert found.is_written
        assert found.folder == engagement.folder / "reports" / f"import-cleanup-crm-{name}"
        assert (found.folder / "READ-ME-FIRST.txt").exists()
        assert {path for path in found.rows if not (found.folder / path).exists()} == set()
        first, second = engagement.store.logged("plan_files")
        assert (first["folder"], second["folder"]) == (f"reports/import-cleanup-crm-{name}", (tmp_path / "usb").as_posix())
        assert first["by_file"] + first["by_hand"] == len(crm.plan.operations)


def test_a_plan_without_a_change_gives_no_files(crm: Crm) -> None:
    """There is nothing to write."""
    with crm.opened() as engagement:
        name = handmade(engagement).plan.plan_id

        with pytest.raises(InputError, match="changes nothing, so there is nothing to write"):
            plan_files(engagement, name)


def test_a_plan_in_a_notebook_says_what_it_does_and_what_it_left_out(crm: Crm) -> None:
    """By the same sentences as the command."""
    with crm.opened() as engagement:
        with pytest.raises(UnknownNameError, match="Did you mean 'cleanup'"):
            plan_changes(engagement, "cleanups", "crm")
        assert plan_changes(engagement, "cleanup", "crm").plan_id == crm.plan.plan_id
        synced = plan_changes(engagement, "sync", "crm")
        assert synced.plan_id != crm.plan.plan_id

        shown = shown_plan(engagement, crm.plan.plan_id)

        assert shown.left_out is not None
        assert len(shown.left_out) == len(crm.plan.left_out)
        assert any(note.startswith("Left out, 6 ×: fields: ") for note in shown.notes)
        assert shown.notes[-1].startswith(f"Plan {crm.plan.plan_id[:12]}, good until ")


def test_what_a_notebook_writes_adds_up(crm: Crm) -> None:
    """In files and by hand, each once; nothing is written before somebody agreed and says so."""
    with crm.opened() as engagement:
        strange = operation(
            "update", "crm", "companies", target_id="4", before={"memo": None}, after={"memo": "x"},
            precondition=field_hash({"memo": None}),
        )  # fmt: skip
        name = handmade(engagement, renamed(1), renamed(2), strange).plan.plan_id
        rehearsed = apply_plan(engagement, name)
        package = plan_files(engagement, name).package
        said = f"3 changes: {package.by_file} in files to import, {package.by_hand} by hand"

        assert package.by_file + package.by_hand == 3
        assert package.by_hand >= 1
        assert rehearsed.sentence == f"Nothing was written; it would be {said}."
        assert rehearsed.gaps == (f"Nobody has agreed to plan {name[:12]} yet.",)
        assert rehearsed.next_step.startswith("approve_plan(")
        approve_plan(engagement, name, "Nora")
        assert apply_plan(engagement, name).next_step == "apply_plan(here, plan, dry_run=False) writes the files."
        written = apply_plan(engagement, name, dry_run=False)
        assert written.sentence == f"Written: {said}."
        assert written.gaps == ()
        assert [path.name for path in written.files] == ["READ-ME-FIRST.txt"]
        assert all(path.exists() for path in written.files)
