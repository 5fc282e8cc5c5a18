"""What a job made is taken away again as long as nobody worked on it; with an edit of somebody else it stays."""

import pytest

from tests.unit.apply.test_job import Notebook, bench
from tests.vendor_doubles import KINDS, Kind, created, job, writing
from toolkit.plan.undo import undo


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_that_the_job_made_goes_and_one_that_somebody_edited_since_stays(kind: Kind) -> None:
    """By its version where the system keeps one, else by what was sent; the edit is listed as a conflict."""
    made, edited = created(7), created(8)
    with bench(kind) as one:
        done = one.run([made, edited])
        ids = {change.op_id: done.steps[change.op_id].record_id or "" for change in (made, edited)}
        one.double.edit(ids[edited.op_id], contact={"phone": "312 555 0147"})
        back = undo(job([made, edited]), done.steps, {"companies": writing(kind)})
        one.notes = Notebook()
        taken = one.run(back.operations)

        assert {back.origins[op_id]: step.state for op_id, step in taken.steps.items()} == {
            made.op_id: "confirmed",
            edited.op_id: "conflict",
        }
        assert {record_id: one.double.records[record_id]["archived"] for record_id in ids.values()} == {
            ids[made.op_id]: True,
            ids[edited.op_id]: False,
        }


def test_what_the_system_itself_moved_since_is_no_edit_where_it_keeps_no_versions() -> None:
    """A field that the job did not send may have another value by now."""
    made = created(7)
    with bench("neither") as one:
        done = one.run([made])
        one.double.edit(done.steps[made.op_id].record_id or "", our_score="12")
        back = undo(job([made]), done.steps, {"companies": writing("neither")})
        one.notes = Notebook()

        assert one.run(back.operations).counts == {"confirmed": 1}
