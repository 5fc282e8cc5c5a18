"""Which system a job would change: opened as the plan was made for it, with the account that a person names."""

from dataclasses import replace

import pytest

from tests.fault_server import Asked, Given, served
from tests.unit.audit.jobs.conftest import Crm, handmade
from tests.vendor_doubles import renamed
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.opened_system import opened_system
from toolkit.audit.jobs.write_target import WriteTarget
from toolkit.audit.jobs.written_streams import written_streams
from toolkit.errors import InputError, PlanRefusedError

ACCOUNT = ", account: {path: /me, id: id, name: name}}"


def target_of(engagement: Engagement, **other: str) -> WriteTarget:
    """Return what would be changed by a plan; ``other`` is what stands in its target."""
    plan = handmade(engagement, renamed(1)).plan
    plan = replace(plan, target=replace(plan.target, **other))
    writings = {name: how for name, (_, how) in written_streams(engagement, "crm").items()}
    with opened_system(engagement, plan, writings, "Crm", None) as opened:
        return opened.target


def test_a_system_that_names_no_account_goes_by_its_host(crm: Crm) -> None:
    """What runs on this machine is a sandbox."""
    with crm.opened() as engagement:
        assert target_of(engagement) == WriteTarget("Crm", "sandbox", "127.0.0.1", "")
        assert not target_of(engagement).is_live


@pytest.mark.parametrize("planned", ["", "9c2"])
def test_the_account_is_the_one_that_the_plan_was_made_for(crm: Crm, planned: str) -> None:
    """Or the only one, where the plan names none; its name and id are shown."""
    whose = Given({"id": "9c2", "name": "Harbor Pine Ltd"})
    with (
        served(lambda _asked: whose) as own,
        crm.opened(**{f"url: {crm.server.url}}}": f"url: {own.url}{ACCOUNT}"}) as found,
    ):
        target = target_of(found, account_id=planned)

    assert target == WriteTarget("Crm", "sandbox", "Harbor Pine Ltd", "9c2")
    assert target.words() == "sandbox account 'Harbor Pine Ltd' (9c2) of Crm"
    assert replace(target, account="9c2").words() == "sandbox account '9c2' of Crm"
    assert replace(target, account_id="").words() == "sandbox account 'Harbor Pine Ltd' of Crm"


def test_another_account_or_environment_than_was_planned_for_is_refused(crm: Crm) -> None:
    """Before anything is sent."""

    def app(asked: Asked) -> Given:
        return Given({"id": "9c2", "name": ""}) if asked.path == "/me" else Given({})

    with served(app) as own:
        with crm.opened(**{f"url: {crm.server.url}}}": f"url: {own.url}{ACCOUNT}"}) as engagement:
            with pytest.raises(PlanRefusedError, match="for the account 8b1, and these credentials open"):
                target_of(engagement, account_id="8b1")
            # A nameless account is shown by its id.
            assert target_of(engagement).account == "9c2"
            with pytest.raises(PlanRefusedError, match="made for Crm as a live system, and it is a sandbox one now"):
                target_of(engagement, environment="live")
            assert target_of(engagement, environment="").environment == "sandbox"
        with crm.opened(**{"connector: rest": "connector: rest\n    environment: live"}) as engagement:
            assert target_of(engagement).is_live
            with pytest.raises(PlanRefusedError, match="made for Crm as a sandbox system, and it is a live one now"):
                target_of(engagement, environment="sandbox")


def test_what_signs_in_to_read_opens_nothing_that_is_changed(crm: Crm) -> None:
    """Whoever signs in to read makes credentials that may write besides."""
    signed = "connector: rest\n    sign_in: {way: bearer, token: 'env:CRM_READ'}"
    with (
        crm.opened(**{"connector: rest": signed}) as engagement,
        pytest.raises(InputError, match="What signs in to read crm is not used to change it"),
    ):
        target_of(engagement)
