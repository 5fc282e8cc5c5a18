"""The database of a client's that a job changes: opened with a login of its own, never the one that reads."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from toolkit.audit.engagement import Engagement
from toolkit.changes import Plan
from toolkit.connector import Writing
from toolkit.databases.addresses import login_of
from toolkit.databases.changing import ChangingClient
from toolkit.databases.database import Database
from toolkit.databases.row_system import RowSystem
from toolkit.errors import InputError, PlanRefusedError
from toolkit.rest.clock import Clock
from toolkit.settings import secret_environment


@contextmanager
def opened_database(
    engagement: Engagement, plan: Plan, writings: Mapping[str, Writing], currency: str, clock: Clock | None
) -> Iterator[RowSystem]:
    """Yield the database that a plan is for.

    Parameters
    ----------
    engagement
        Whose it is.
    plan
        The plan.
    writings
        How the rows of each stream are changed.
    currency
        Of amounts that name none.
    clock
        What waits; the machine's without.

    Raises
    ------
    InputError
        Nothing says who changes it, or it is the login that reads.
    PlanRefusedError
        It is another database than the plan was made for.
    """
    system, environment = plan.target.system, secret_environment()
    database, reading = _databases(engagement, system)
    with ChangingClient(system, database, writings=writings.values(), environment=environment, clock=clock) as client:
        if client.login and client.login == login_of(reading, system=system, environment=environment):
            raise _no_login(system)
        if plan.target.account_id and client.account and client.account != plan.target.account_id:
            raise PlanRefusedError(
                f"The plan was made for the database {plan.target.account_id}, and this login opens {client.account}. "
                "Nothing was changed. Mend 'database_to_write', or plan again."
            )
        yield RowSystem(client, writings, currency, ZoneInfo(database.zone))


def _databases(engagement: Engagement, system: str) -> tuple[Database, Database]:
    """Return the database as it is changed, and as it is read; a file of SQLite has no login, and is named once more."""
    given = engagement.settings.systems[system]
    if given.database is None:
        raise ValueError(f"{system} has no database.")
    place = given.database_to_write or given.database
    is_said = given.database_to_write is not None or (given.sign_in_to_write and not place.url.startswith("sqlite"))
    if not is_said:
        raise _no_login(system)
    zone, home = given.time_zone or engagement.settings.time_zone, str(engagement.folder)
    reading = given.database.database(given.sign_in, zone=zone, home=home)
    return place.database(given.sign_in_to_write, zone=zone, home=home), reading


def _no_login(system: str) -> InputError:
    return InputError(
        f"What signs in to read {system} is not used to change it. Have the client make a login that may change these "
        f"tables and no other, and name it under systems.{system}.sign_in_to_write in engagement.yaml (user and password), "
        f"or the whole address under systems.{system}.database_to_write (of a file of SQLite: its own again)."
    )
