"""A database as the settings describe it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Database:
    """Where a database stands and how carefully it is read; ``url`` and ``password`` hold no secret, but where it is kept.

    ``url`` is an address of SQLAlchemy's without a password, or a reference to a whole one. ``at_once`` is how many streams
    are read at the same time. With ``user_may_only_read`` somebody vouches for the rights of the user, where the database
    has no transaction that cannot write. ``zone`` is whose time a stamp without a zone tells, ``home`` the folder that paths
    of files begin at.
    """

    url: str
    user: str = ""
    password: str = ""
    at_once: int = 2
    user_may_only_read: bool = False
    zone: str = "UTC"
    home: str = ""
