"""All stand-ins of an engagement at once, and what one needs to connect to each."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import cast

from toolkit.connector import Limit, SignIn
from toolkit.connectors import connectors
from toolkit.discovery import discovered
from toolkit.sandbox.changing.desk import utc_now
from toolkit.sandbox.credentials import Invented, secret_of
from toolkit.sandbox.faults import FaultPlan
from toolkit.sandbox.homes import home_path
from toolkit.sandbox.machine import Machine
from toolkit.sandbox.served import ServedSystem
from toolkit.sandbox.server import served
from toolkit.sandbox.stand_in import StandIn

_KEY_LASTS = 10
"""So many requests a key is good that will be withdrawn: a pull is under way by then."""

BY_HAND = frozenset({"oauth2_code", "refresh_token"})
"""Ways to sign in that a person begins: ``connect``."""


@dataclass(frozen=True, slots=True)
class Running:
    """A stand-in that runs: whose system it is, where, how one signs in, and the secrets by the variable that holds each.

    Those of ``to_write`` open it for changes.
    """

    system: str
    connector: str
    url: str
    sign_in: SignIn
    secrets: dict[str, str]
    references: dict[str, str]
    machine: Machine
    to_write: "Handed | None" = None

    @property
    def every_secret(self) -> dict[str, str]:
        """The secrets that read and those that write."""
        return {**self.secrets, **(self.to_write.secrets if self.to_write is not None else {})}


@dataclass(frozen=True, slots=True)
class Handed:
    """Invented credentials as they are handed over: each secret by its variable, and each setting that refers to one."""

    secrets: dict[str, str]
    references: dict[str, str]


def stand_ins() -> dict[str, StandIn]:
    """Return every vendor that can be practised on, by the name of its connector.

    Examples
    --------
    >>> "hubspot" in stand_ins()
    True
    """
    return cast("dict[str, StandIn]", discovered("toolkit.sandbox.vendors", "STAND_IN"))


def practisable(systems: Sequence[ServedSystem]) -> list[ServedSystem]:
    """Return the systems that have a stand-in, whose connector can be asked."""
    known = stand_ins()
    asked = {one.name for one in connectors() if one.api is not None}
    return [one for one in systems if one.connector in known and one.connector in asked]


@contextmanager
def running(
    systems: Sequence[ServedSystem],
    *,
    with_faults: bool = False,
    port: int = 0,
    is_unattended: bool = False,
    per_minute: int = 0,
    now: Callable[[], float] = time.monotonic,
    today: Callable[[], datetime] = utc_now,
    withdrawn: Callable[["Running"], None] | None = None,
) -> Iterator[list[Running]]:
    """Run the stand-ins of systems for a ``with`` block.

    Parameters
    ----------
    systems
        Those of an engagement; one without a stand-in is left out.
    with_faults
        Whether things go wrong now and then.
    port
        Of the first one, the next ones behind it; any free ones without.
    is_unattended
        Whether nobody is there to sign in: a way is chosen that needs no hand.
    per_minute
        How many requests the client's plan allows; as many as the connector says without.
    now, today
        The clocks that limits are counted by, and that changes are dated by.
    withdrawn
        Told where a key that a person made was withdrawn, which happens once to each; never without.
    """
    known, vendors = stand_ins(), {one.name: one for one in connectors()}
    with ExitStack() as stack:
        found = []
        limits = (Limit(per_minute, 60.0),) if per_minute else ()
        for number, one in enumerate(practisable(systems)):
            plan = FaultPlan(seed=11 + number) if with_faults else None
            machine = Machine(
                vendors[one.connector], known[one.connector], one, faults=plan, now=now, today=today, limits=limits
            )
            stack.enter_context(served(machine, port + number if port else 0))
            found.append(_running(machine, is_unattended=is_unattended))
            if withdrawn is not None:
                machine.key_lasts, machine.withdrawn = _KEY_LASTS, partial(_tell, found[-1], withdrawn)
        yield found


def _tell(one: Running, withdrawn: Callable[[Running], None]) -> None:
    """Say which key opens a stand-in from now on."""
    withdrawn(replace(one, secrets=dict.fromkeys(one.secrets, one.machine.invented.token)))


def _running(machine: Machine, *, is_unattended: bool) -> Running:
    api = machine.connector.api
    if api is None:
        raise ValueError(f"{machine.connector.name} has no interface.")
    ways = [one for one in api.sign_in if not (is_unattended and one.way in BY_HAND)]
    # A token that was given to somebody opens the stand-in, however that was.
    sign_in = ways[0] if ways else SignIn("bearer", header=api.sign_in[0].header if api.sign_in else "")
    name = machine.system.name
    reading = _handed(f"SANDBOX_{name}", sign_in, machine.invented)
    takes_changes = any(one.writing is not None for one in machine.connector.streams)
    return Running(
        name,
        machine.connector.name,
        f"{machine.url}{home_path(api.url)}".rstrip("/"),
        sign_in,
        reading.secrets,
        reading.references,
        machine,
        _handed(f"SANDBOX_{name}_WRITE", sign_in, machine.invented_to_write) if takes_changes else None,
    )


def _handed(before: str, sign_in: SignIn, invented: Invented) -> Handed:
    by_setting = secret_of(sign_in, invented)
    variables = {setting: f"{before}_{setting}".upper().replace("-", "_") for setting in by_setting}
    return Handed(
        {variables[setting]: value for setting, value in by_setting.items()},
        {setting: f"env:{variable}" for setting, variable in variables.items()},
    )
