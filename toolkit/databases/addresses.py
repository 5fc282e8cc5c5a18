"""The address of a database: whether a secret stands in it, and how it is opened with the secrets it refers to."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import sqlalchemy as sa

from toolkit.databases.database import Database
from toolkit.errors import AuthError, InputError
from toolkit.rest.redaction import Secret
from toolkit.rest.vault.references import is_reference, literal_refused, referred_secret

_SECRET_PARAMETER = re.compile(r"(?i)(?:^|[?&;])[^=?&;]*(?:pass|pwd|secret|token|key)[^=?&;]*=")
_USER_INFO = re.compile(r"^[^:/?#]+://(?:[^/?#]*:)(?P<password>[^@/?#]*.*)@")


def address_fault(url: str) -> str:
    """Return what is wrong with an address in a file, as a sentence that repeats nothing of it; empty where it may stand.

    Examples
    --------
    >>> address_fault("env:ERP_URL"), address_fault("sqlite:///exports/erp.db")
    ('', '')
    >>> address_fault("postgresql+psycopg://audit:hunter2@db.example/erp")[:46]
    'The password of the database must not stand in'
    """
    if is_reference(url):
        return ""
    if _USER_INFO.search(url) or _SECRET_PARAMETER.search(unquote(url.partition("://")[2])):
        return literal_refused("the password of the database")
    try:
        made = sa.engine.make_url(url)
    except sa.exc.ArgumentError:
        return (
            "is no address of a database; write it like postgresql+psycopg://audit@db.example:5432/erp or sqlite:///erp.db"
        )
    return literal_refused("the password of the database") if made.password is not None else ""


def opened_address(
    database: Database, *, system: str, environment: Mapping[str, str]
) -> tuple[sa.engine.URL, tuple[Secret, ...]]:
    """Return the whole address of a database, and the secrets in it.

    Parameters
    ----------
    database
        The database.
    system
        Its name, for messages.
    environment
        Variables by name.

    Raises
    ------
    AuthError
        What is referred to is not there.
    InputError
        It is no address.
    """
    text, secrets = database.url, []
    if is_reference(text):
        whole = referred_secret(text, what=f"the address of {system}", environment=environment)
        secrets.append(whole)
        text = whole.revealed()
    try:
        url = sa.engine.make_url(text)
    except sa.exc.ArgumentError:
        # The driver's own message would repeat it.
        raise InputError(
            f"What {database.url} holds is no address of a database. Write it like "
            "postgresql+psycopg://audit:…@db.example:5432/erp."
        ) from None
    if url.password:
        secrets.append(Secret(str(url.password)))
    if database.user:
        url = url.set(username=database.user)
    if database.password:
        found = referred_secret(database.password, what=f"the password of {system}", environment=environment)
        secrets.append(found)
        url = url.set(password=found.revealed())
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        url = url.set(database=str(Path(database.home) / url.database))
    return url, tuple(secrets)


def login_of(database: Database, *, system: str, environment: Mapping[str, str]) -> str:
    """Return the user who signs in to a database; empty where nobody does, or what is referred to is not there.

    Parameters
    ----------
    database
        The database.
    system
        Its name, for messages.
    environment
        Variables by name.
    """
    try:
        url, _ = opened_address(database, system=system, environment=environment)
    except AuthError:
        return ""
    return url.username or ""


def shown_address(url: sa.engine.URL) -> str:
    """Return an address that holds nothing secret: no user, no password, no parameters.

    Examples
    --------
    >>> shown_address(sa.engine.make_url("postgresql+psycopg://audit:hunter2@db.example:5432/erp?sslmode=require"))
    'postgresql://db.example:5432/erp'
    """
    place = f"{url.host or ''}{f':{url.port}' if url.port else ''}"
    return f"{url.get_backend_name()}://{place}/{url.database or ''}"
