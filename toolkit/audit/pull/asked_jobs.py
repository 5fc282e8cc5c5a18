"""The streams of a system that are about to be pulled: what asks, whose data it is, from when on, where the pages go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.asked import AskedStream, AskedSystem
from toolkit.audit.pull.asked_memory import StreamMemory, keep_account, kept_account, stream_folder, stream_memory
from toolkit.audit.sign_ins import door_of, offered_sign_ins, vault_of
from toolkit.databases.client import DatabaseClient
from toolkit.errors import AuthError
from toolkit.rest.calls import Call
from toolkit.rest.client import RestClient
from toolkit.rest.clock import Clock
from toolkit.rest.credentials import Credential, OpenDoor
from toolkit.rest.pages import PageLog
from toolkit.rest.places import text_at
from toolkit.rest.pulling import stream_signature
from toolkit.rest.ways import credential_of
from toolkit.settings import secret_environment
from toolkit.store.snapshots import snapshot_sha256


@dataclass(frozen=True, slots=True)
class Asking:
    """What a person says of a pull, and what waits: tests bring a clock of their own."""

    is_full: bool = False
    since: datetime | None = None
    clock: Clock | None = None


@dataclass(slots=True)
class StreamJob:
    """One stream that is pulled: what asks, where its pages are, from when on, and what the last pull left."""

    system: AskedSystem
    asked: AskedStream
    client: RestClient | DatabaseClient
    log: PageLog
    memory: StreamMemory
    since: datetime | None
    account: Mapping[str, str]

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
    client = RestClient(
        system.name,
        system.api,
        system.readings,
        credential=_credential(engagement, system.name),
        places=dict(given.places) if given is not None else {},
        clock=asking.clock,
        ca_file=system.ca_file,
    )
    try:
        return client, _account(engagement, system, client)
    except BaseException:
        client.close()
        raise


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
    since = _since(engagement, system, asked, memory, asking=asking, url=client.url)
    return StreamJob(system, asked, client, PageLog(folder), memory, since, account)


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
    parsed = client.answer(Call(f"{client.url}/{about.path.lstrip('/')}")).parsed
    found = {"id": text_at(parsed, about.id), "name": text_at(parsed, about.name) if about.name else ""}
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
    engagement: Engagement, system: AskedSystem, asked: AskedStream, memory: StreamMemory, *, asking: Asking, url: str
) -> datetime | None:
    """Return from when on changes are asked for; None where everything is."""
    first = asked.readings[0]
    if asking.is_full or (first.changed is None and first.window is None):
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
    return memory.since_at - timedelta(seconds=system.api.look_back_s)


def asked_signature(asked: AskedStream, url: str) -> str:
    """Return a hash of what a stream is: on top of another description no changes can be laid."""
    return stream_signature(url, (*asked.readings,), (*asked.stream.key, repr(asked.stream)), None)
