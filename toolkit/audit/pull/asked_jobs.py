"""The streams of a system that are about to be pulled: what asks, whose data it is, from when on, where the pages go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.asked import AskedStream, AskedSystem
from toolkit.audit.pull.asked_memory import StreamMemory, keep_account, kept_account, stream_folder, stream_memory
from toolkit.audit.sign_ins import door_of, offered_sign_ins, vault_of
from toolkit.databases.client import DatabaseClient
from toolkit.errors import AuthError, ScopeError
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.rest.accounts import accounts_of, the_account
from toolkit.rest.client import RestClient
from toolkit.rest.clock import Clock
from toolkit.rest.credentials import Credential, OpenDoor
from toolkit.rest.pages import PageLog
from toolkit.rest.pulling import stream_signature
from toolkit.rest.retrying import MAX_ATTEMPTS
from toolkit.rest.ways import credential_of
from toolkit.settings import secret_environment
from toolkit.store.snapshots import snapshot_sha256

_MARGIN = timedelta(days=1)
"""A vendor's last days are asked for so long before they end: a pull takes a while, and clocks differ."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a person says of a pull, how patient it is, and what waits: tests bring a clock of their own."""

    is_full: bool = False
    since: datetime | None = None
    clock: Clock | None = None
    max_attempts: int = MAX_ATTEMPTS


@dataclass(slots=True)
class StreamJob:
    """One stream that is pulled: what asks, where its pages are, from when on, and what the last pull left.

    ``asked`` holds the lists that this pull goes through, ``signature`` is of all that the stream has.
    """

    system: AskedSystem
    asked: AskedStream
    client: RestClient | DatabaseClient
    log: PageLog
    memory: StreamMemory
    since: datetime | None
    account: Mapping[str, str]
    signature: str

    @property
    def said(self) -> str:
        """The stream as a sentence names it."""
        return f"{self.system.name}/{self.asked.stream.name}"


def opened_system(
    engagement: Engagement, system: AskedSystem, asking: Asking
) -> tuple[RestClient | DatabaseClient, Mapping[str, str]]:
    """Return what asks a system, and whose data its credentials open.

    Parameters
    ----------
    engagement
        The engagement.
    system
        The system.
    asking
        What asks, where it is not the usual.

    Raises
    ------
    AuthError
        The credentials are not there, are refused, or open another account than the snapshots'.
    """
    if system.database is not None:
        return _opened_database(engagement, system, asking)
    given = engagement.settings.systems[system.name].sign_in
    places = dict(given.places) if given is not None else {}
    credential = _credential(engagement, system.name)
    about = system.api.account
    if about is not None and about.place and about.place not in {*places, *credential.places}:
        # Which account is pulled is asked for before it stands in every request.
        named = tuple(pair for pair in system.api.headers if f"{{{about.place}}}" not in pair[1])
        asker = _client(replace(system, api=replace(system.api, headers=named), streams=()), credential, places, asking)
        with asker:
            places[about.place] = the_account(system.name, about, accounts_of(about, asker)).id
    client = _client(system, credential, places, asking)
    try:
        return client, _account(engagement, system, client)
    except BaseException:
        client.close()
        raise


def _client(system: AskedSystem, credential: Credential, places: dict[str, str], asking: Asking) -> RestClient:
    return RestClient(
        system.name,
        system.api,
        system.readings,
        credential=credential,
        places=places,
        clock=asking.clock,
        ca_file=system.ca_file,
        max_attempts=asking.max_attempts,
    )


def stream_job(
    engagement: Engagement,
    system: AskedSystem,
    asked: AskedStream,
    client: RestClient | DatabaseClient,
    account: Mapping[str, str],
    *,
    asking: Asking,
) -> StreamJob:
    """Return a stream that is about to be pulled.

    Parameters
    ----------
    engagement
        The engagement.
    system, asked
        The stream.
    client
        What asks its system.
    account
        Whose data it is.
    asking
        Whether everything is asked for.
    """
    folder = stream_folder(engagement.folder, system.name, asked.stream.name)
    memory = stream_memory(folder)
    since = _since(engagement, system, asked, memory, asking=asking, url=client.url, clock=client.clock)
    lists = tuple(one for one in asked.readings if not (one.is_of_changes if since is None else one.is_of_all))
    signature = asked_signature(asked, client.url)
    return StreamJob(system, replace(asked, readings=lists), client, PageLog(folder), memory, since, account, signature)


def _credential(engagement: Engagement, name: str) -> Credential:
    """Return what signs the requests to a system; one whose settings say nothing of signing in is open."""
    given = engagement.settings.systems[name]
    if given.sign_in is None and not offered_sign_ins(given.connector):
        return OpenDoor()
    return credential_of(door_of(engagement, name, vault_of(engagement)))


def _opened_database(
    engagement: Engagement, system: AskedSystem, asking: Asking
) -> tuple[DatabaseClient, Mapping[str, str]]:
    if system.database is None:
        raise ValueError(f"{system.name} has no database.")
    client = DatabaseClient(system.name, system.database, environment=secret_environment(), clock=asking.clock)
    keep_account(engagement.folder, system.name, _same_account(engagement, system, client.account))
    return client, client.account


def _account(engagement: Engagement, system: AskedSystem, client: RestClient) -> dict[str, str]:
    """Return whose data the credentials open; refuse those of another account than the snapshots'."""
    about = system.api.account
    if about is None:
        return {}
    try:
        accounts = accounts_of(about, client)
    except ScopeError:
        if not about.is_optional:
            raise
        return {}
    one = the_account(system.name, about, accounts, client.places.get(about.place, ""))
    found = {"id": one.id, "name": one.name}
    keep_account(engagement.folder, system.name, _same_account(engagement, system, found))
    return found


def _same_account(engagement: Engagement, system: AskedSystem, found: dict[str, str]) -> dict[str, str]:
    """Return whose data it is; refuse that of another account than the snapshots'."""
    known = kept_account(engagement.folder, system.name)
    if known.get("id") and known["id"] != found["id"]:
        old, new = (f"{one.get('name', '')} ({one['id']})".strip() for one in (known, found))
        raise AuthError(
            f"The credentials of {system.name} open the account {new}, but its snapshots are of {old}. Nothing was pulled: "
            f"sign in to the right one (integration-audit connect {system.name}), or give the other one a system of its own."
        )
    return found


def _since(
    engagement: Engagement, system: AskedSystem, asked: AskedStream, memory: StreamMemory, *, asking: Asking, url: str,
    clock: Clock,
) -> datetime | None:  # fmt: skip
    """Return from when on changes are asked for; None where everything is."""
    lists = [one for one in asked.readings if not (one.is_of_all or one.is_parents)]
    if asking.is_full or not lists or not lists[0].tells_changes():
        return None
    if asking.since is not None:
        return asking.since
    rows = {(row["system"], row["stream"]): row for row in engagement.store.snapshots(all_streams=True).to_pylist()}
    row = rows.get((system.name, asked.stream.name))
    is_base = (
        row is not None
        and row["path"] == memory.snapshot
        and snapshot_sha256(engagement.folder / row["path"]) == row["sha256"]
        and memory.signature == asked_signature(asked, url)
    )
    if not is_base or memory.since_at is None:
        return None
    known_days = [one.changed.days for one in asked.readings if one.changed is not None and one.changed.days]
    begun_at = datetime.fromisoformat(memory.begun_at) if memory.begun_at else memory.since_at
    if known_days and clock.now() - begun_at > timedelta(days=min(known_days)) - _MARGIN:
        return None
    return memory.since_at - timedelta(seconds=system.api.look_back_s)


def asked_signature(asked: AskedStream, url: str) -> str:
    """Return a hash of what a stream is: on top of another description no changes can be laid."""
    return stream_signature(url, (*asked.readings,), (*asked.stream.key, repr(asked.stream)), None)


def not_asked_for(engagement: Engagement, system: AskedSystem) -> list[str]:
    """Return sentences on the streams that a system once brought and is not asked for: what was read then still counts.

    Parameters
    ----------
    engagement
        The engagement.
    system
        The system.
    """
    asked = {one.stream.name for one in system.streams} | {NAMES}
    rows = [row for row in engagement.store.snapshots().to_pylist() if row["system"] == system.name]
    return [
        f"{system.name}/{row['stream']} is not asked for: its snapshot of {row['taken_at'].day} "
        f"{row['taken_at']:%B %Y} is used."
        for row in rows
        if row["stream"] not in asked
    ]
