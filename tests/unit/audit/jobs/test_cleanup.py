"""A cleanup as the settings of an engagement want it: whose entry stays, and by whose merge."""

import pytest

from tests.unit.audit.jobs.conftest import Crm
from toolkit.audit.jobs.planning import plan_job
from toolkit.audit.pull.all_systems import pull_systems
from toolkit.errors import InputError


def test_of_two_entries_the_one_that_wants_no_mail_stays(crm: Crm) -> None:
    """Whatever else speaks for the other: a merge must not lose it."""
    assert {one.target_id for one in crm.plan.operations if one.action == "archive"} == {*map(str, range(25, 31))}
    for key, record in crm.double.records.items():
        record["unsubscribed_from_all_mail"] = "true" if key in {"26", "9"} else "false"
    with crm.opened() as engagement:
        pull_systems(engagement, is_full=True)
    with crm.opened() as engagement:
        plan = plan_job(engagement, "cleanup", "crm").saved.plan

    archived = {one.target_id for one in plan.operations if one.action == "archive"}
    assert archived == {"2", "25", "27", "28", "29", "30"}


def test_a_merge_by_the_vendor_is_refused_where_nothing_says_how(crm: Crm) -> None:
    """It names what to do instead."""
    rules = {"client: Harbor\n": "client: Harbor\ncleanup:\n  crm: {merge_by: vendor}\n"}
    with crm.opened(**rules) as engagement, pytest.raises(InputError, match="nothing says how crm merges records"):
        plan_job(engagement, "cleanup", "crm")
