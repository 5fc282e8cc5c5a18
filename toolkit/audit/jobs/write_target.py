"""Which system a job changes, and that a person meant it: a live account is named before it is changed (S22)."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from toolkit.audit.pull.asked import asked_system
from toolkit.errors import PlanRefusedError
from toolkit.rest.transport import LOOPBACK
from toolkit.settings import Settings

LIVE, SANDBOX = "live", "sandbox"


@dataclass(frozen=True, slots=True)
class WriteTarget:
    """What a job would change: the client's name of the system, whether it is live, and whose account it is."""

    label: str
    environment: str
    account: str
    account_id: str

    @property
    def is_live(self) -> bool:
        """Whether it is the client's own, not one to practise on."""
        return self.environment == LIVE

    def words(self) -> str:
        """Return it as it is shown.

        Examples
        --------
        >>> WriteTarget("Ledger", "live", "Harbor Pine Ltd", "9c2").words()
        "live account 'Harbor Pine Ltd' (9c2) of Ledger"
        """
        return f"{self.account_words()} of {self.label}"

    def account_words(self) -> str:
        """Return which account it is, without the system's name."""
        number = f" ({self.account_id})" if self.account_id and self.account_id != self.account else ""
        return f"{self.environment} account {self.account!r}{number}"

    def is_named_by(self, typed: str) -> bool:
        """Return whether what was typed is the account's name, or its id."""
        return bool(typed.strip()) and " ".join(typed.split()) in {" ".join(self.account.split()), self.account_id}


Confirm = Callable[[WriteTarget], None]
"""Asked before anything is sent; raises `PlanRefusedError` where nobody meant it."""


def named_account(typed: str) -> Confirm:
    """Return what lets a job go on in a sandbox, and in a live account only where ``typed`` names it."""

    def confirm(target: WriteTarget) -> None:
        if target.is_live and not target.is_named_by(typed):
            said = f"{typed.strip()[:80]!r} is not its name" if typed.strip() else "Nobody named it"
            raise PlanRefusedError(
                f"This would change the {target.words()}. {said}, so nothing was sent. Name the account that is meant: "
                f'--account "{target.account}"'
            )

    return confirm


def environment_of(settings: Settings, system: str) -> str:
    """Return whether a system is ``live`` or a ``sandbox``: as the settings say; else what runs on this machine is one.

    Parameters
    ----------
    settings
        Of the engagement.
    system
        One that is asked over its interface.
    """
    given = settings.systems[system]
    if given.environment is not None:
        return given.environment
    if given.database is not None:
        parts = urlsplit(given.database.url)
        return SANDBOX if parts.scheme.startswith("sqlite") or (parts.hostname or "") in LOOPBACK else LIVE
    host = (urlsplit(asked_system(system, settings).api.url).hostname or "").casefold()
    return SANDBOX if host in LOOPBACK else LIVE
