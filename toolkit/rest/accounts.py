"""Whose data credentials open: the one account that they are for, or the one of several that is pulled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.connector import Account
from toolkit.errors import AuthError
from toolkit.rest.calls import Call, filled
from toolkit.rest.client import RestClient
from toolkit.rest.places import text_at, value_at

_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """An account that credentials open, by the vendor's id and name."""

    id: str
    name: str


def accounts_of(about: Account, client: RestClient) -> list[OpenAccount]:
    """Return the accounts that the credentials open, as the system says.

    Parameters
    ----------
    about
        How it is asked for them.
    client
        What asks.
    """
    path = filled(about.path, client.places)
    # Two slashes begin at the host, not below the address.
    scheme, _, rest = client.url.partition("://")
    home = f"{scheme}://{rest.partition('/')[0]}" if path.startswith("//") else client.url
    address = f"{home}/{path.lstrip('/')}" if path else home
    answer = client.answer(Call(address, "POST" if about.body else "GET", about.query, about.body))
    if not about.place:
        return [_account(about, answer.parsed, client.places)]
    listed = value_at(answer.parsed, about.accounts)
    found = [_account(about, one, client.places) for one in listed] if isinstance(listed, list) else []
    return [one for one in found if one.id]


def the_account(system: str, about: Account, accounts: Sequence[OpenAccount], wanted: str = "") -> OpenAccount:
    """Return the account that is pulled.

    Parameters
    ----------
    system
        The client's name of the system.
    about
        Which place its id fills.
    accounts
        All that the credentials open.
    wanted
        Its id, where the settings or signing in name it.

    Raises
    ------
    AuthError
        The credentials open no account, another one than is wanted, or several of which none is named.

    Examples
    --------
    >>> pines, oaks = OpenAccount("7f1", "Harbor Pine"), OpenAccount("9c2", "Harbor Oak")
    >>> the_account("ledger", Account("connections", "id", place="tenant"), [pines, oaks], "9c2").name
    'Harbor Oak'
    """
    if not about.place:
        return accounts[0]
    chosen = [one for one in accounts if one.id == wanted] if wanted else list(accounts)
    if len(chosen) == 1:
        return chosen[0]
    if not accounts:
        raise AuthError(f"The credentials of {system} open no account. Sign in again: integration-audit connect {system}")
    listed = "; ".join(f"{one.name} ({one.id})" for one in accounts[:_MOST_NAMED])
    why = f"do not open {wanted}, but" if wanted else f"open {len(accounts)} accounts:"
    raise AuthError(
        f"The credentials of {system} {why} {listed}. Say which one is pulled in engagement.yaml: "
        f"systems.{system}.sign_in.places.{about.place}."
    )


def _account(about: Account, told: object, places: Mapping[str, str]) -> OpenAccount:
    own = about.id.strip("{}")
    key = places.get(own, "") if about.id == f"{{{own}}}" else text_at(told, about.id)
    return OpenAccount(key, text_at(told, about.name) if about.name else "")
