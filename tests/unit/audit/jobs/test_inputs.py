"""What a plan rests on now: every snapshot, the rules, and how many records its own system has."""

import pytest

from tests.unit.audit.jobs.conftest import COMPANIES, Crm, read_once_more
from toolkit.audit.jobs.inputs import job_inputs
from toolkit.audit.runs import run_stages
from toolkit.errors import UnknownNameError


def test_a_plan_rests_on_every_snapshot_and_on_the_counts_of_its_own_system(crm: Crm) -> None:
    """With the connector, and the environment where the system is asked."""
    with crm.opened() as engagement:
        run = run_stages(engagement)

        found = job_inputs(engagement, run, "cleanup", "crm")
        ledger = job_inputs(engagement, run, "cleanup", "ledger")

        assert (found.target.connector, found.target.environment) == ("rest", "sandbox")
        assert (ledger.target.connector, ledger.target.environment) == ("table", "")
        assert found.record_counts == {"companies": 30}
        assert ledger.record_counts == {"companies": COMPANIES}
        assert sorted(found.snapshot_ids) == ["crm/companies", "ledger/companies"]
        assert found.snapshot_ids == ledger.snapshot_ids
        assert found.incomplete == {}
        with pytest.raises(UnknownNameError, match="Did you mean 'crm'"):
            job_inputs(engagement, run, "cleanup", "crn")


def test_records_that_are_gone_are_no_part_of_a_list(crm: Crm) -> None:
    """One company did not come any more: what is taken away is held against those that are there."""
    with crm.opened() as engagement:
        run = run_stages(engagement)
        read_once_more(engagement, 29)

        assert job_inputs(engagement, run, "cleanup", "crm").record_counts == {"companies": 29}


def test_what_was_not_read_to_its_end_is_named_with_why(crm: Crm) -> None:
    """Of the system that is changed alone."""
    with crm.opened() as engagement:
        run = run_stages(engagement)
        read_once_more(engagement, 29, reasons=["page 2 did not come", "the line broke"])

        [(stream, why)] = job_inputs(engagement, run, "cleanup", "crm").incomplete.items()
        assert stream == "companies"
        assert why.startswith("page 2 did not come; the line broke; ")
        assert job_inputs(engagement, run, "cleanup", "ledger").incomplete == {}
