"""The system that a job changes: opened with credentials of its own, and the account that they open."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from toolkit.apply.rest_system import RestSystem
from toolkit.apply.system import WritableSystem
from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.opened_database import opened_database
from toolkit.audit.jobs.write_target import WriteTarget, environment_of
from toolkit.audit.pull.asked import asked_system
from toolkit.audit.pull.read_as import canonical_settings
from toolkit.audit.sign_ins import door_of, offered_sign_ins, refuse_the_reading_one, vault_of
from toolkit.changes import Plan
from toolkit.connector import Writing
from toolkit.errors import InputError, PlanRefusedError
from toolkit.rest.accounts import accounts_of, the_account
from toolkit.rest.client import RestClient
from toolkit.rest.clock import Clock, SystemClock
from toolkit.rest.credentials import Credential, OpenDoor
from toolkit.rest.transport import origin_of
from toolkit.rest.vault.connections import connection
from toolkit.rest.vault.names import written_name
from toolkit.rest.ways import credential_of


@dataclass(frozen=True, slots=True)
class OpenedSystem:
    """A system that takes changes, the clock that it goes by, and what it is called before a person means it."""

    system: WritableSystem
    clock: Clock
    target: WriteTarget


@contextmanager
def opened_system(
    engagement: Engagement, plan: Plan, writings: Mapping[str, Writing], label: str, clock: Clock | None
) -> Iterator[OpenedSystem]:
    """Yield the system that a plan is for.

    Parameters
    ----------
    engagement
        Whose it is.
    plan
        The plan.
    writings
        How each stream is changed.
    label
        What the client calls the system.
    clock
        What waits; the machine's without.

    Raises
    ------
    InputError
        Nothing signs in to change it.
    PlanRefusedError
        It is another account, or another environment, than the plan was made for.
    """
    system = plan.target.system
    currency = canonical_settings(engagement, system, None)["currency"] or ""
    environment = environment_of(engagement.settings, system)
    if plan.target.environment and plan.target.environment != environment:
        raise PlanRefusedError(
            f"The plan was made for {label} as a {plan.target.environment} system, and it is a {environment} one now. "
            "Nothing was sent. Plan again."
        )
    if engagement.settings.systems[system].database is not None:
        with opened_database(engagement, plan, writings, currency, clock) as rows:
            target = WriteTarget(label, environment, rows.client.url, rows.client.account)
            yield OpenedSystem(rows, rows.client.clock, target)
        return
    with _client(engagement, plan, writings, clock) as client:
        target = _write_target(client, plan, label, environment)
        yield OpenedSystem(RestSystem(client, writings, currency), client.clock, target)


def _client(engagement: Engagement, plan: Plan, writings: Mapping[str, Writing], clock: Clock | None) -> RestClient:
    system = plan.target.system
    asked = asked_system(system, engagement.settings, engagement.folder)
    given = engagement.settings.systems[system]
    said = given.sign_in_to_write or given.sign_in
    return RestClient(
        system,
        asked.api,
        (),
        writings=writings.values(),
        credential=_credential(engagement, system),
        places=dict(said.places) if said is not None else {},
        clock=clock or SystemClock(),
        ca_file=asked.ca_file,
    )


def _credential(engagement: Engagement, system: str) -> Credential:
    """Return what signs changes: a sign-in of its own, never the one that reads."""
    given = engagement.settings.systems[system]
    vault = vault_of(engagement)
    if given.sign_in_to_write is not None or connection(vault, written_name(system)) is not None:
        refuse_the_reading_one(engagement, system, vault)
        return credential_of(door_of(engagement, system, vault, to_write=True))
    if given.sign_in is None and not offered_sign_ins(given.connector):
        return OpenDoor()
    raise InputError(
        f"What signs in to read {system} is not used to change it. Make credentials that may write, then: "
        f"integration-audit connect {system} --write; or name them under systems.{system}.sign_in_to_write in "
        "engagement.yaml (such as 'way: bearer' and 'token: env:CRM_WRITE_TOKEN')."
    )


def _write_target(client: RestClient, plan: Plan, label: str, environment: str) -> WriteTarget:
    """Return what would be changed; refuse another account than the plan was made for."""
    about = client.api.account
    if about is None:
        return WriteTarget(label, environment, origin_of(client.url)[1], "")
    one = the_account(plan.target.system, about, accounts_of(about, client), client.places.get(about.place, ""))
    if plan.target.account_id and one.id != plan.target.account_id:
        raise PlanRefusedError(
            f"The plan was made for the account {plan.target.account_id}, and these credentials open {one.name} ({one.id}). "
            "Nothing was sent. Connect the right account, or plan again."
        )
    return WriteTarget(label, environment, one.name or one.id, one.id)
