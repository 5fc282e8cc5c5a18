"""How a record of a system is changed over its interface, as data: what is not described cannot be written.

Paths of requests name the record as ``{id}``; paths of values are names with dots, as everywhere.
"""

from dataclasses import dataclass
from typing import Literal

WriteMethod = Literal["POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class WriteCall:
    """One kind of request that changes a record; ``body`` (JSON text) is sent beside the changed fields."""

    method: WriteMethod
    path: str
    body: str = ""
    has_fields: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """Where a record says which version it is, and how a request says which one it means.

    It stands at ``path`` of the record, or in the answer's ``header`` (``ETag``); the request names it in ``condition``, a
    header (``If-Match``), or at ``condition_path`` of its body.
    """

    path: str = ""
    header: str = ""
    condition: str = ""
    condition_path: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The field in which a record that is made carries our mark, and the list that finds it by that mark at once.

    The list is asked for at ``path`` with the mark as ``param``; its records stand at ``records`` of the answer.
    """

    field: str
    path: str
    param: str
    records: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """How the records of one stream are changed.

    Attributes
    ----------
    one
        Path of a single record, read before and after each change.
    columns
        Canonical columns that may be written, and where each stands in the record and in the body of a change.
    id
        Where an answer names the record.
    inside
        Where the record stands in the answer, where it is wrapped; ``body_inside`` the same of a request's body.
    create, update, archive, restore
        The requests; what is null cannot be done.
    archived
        Where a record says that it is archived, and what it says then; a record that is gone then counts as archived where
        this is empty.
    version, stamp, mark
        How another's change is recognised (by a version, and by where a record says when it was last changed), and how a
        record that was made is found again.
    key_header, key_hours
        The header of an idempotency key, and for how many hours it has one effect.
    settle_s
        How long after a lost answer a change may still take effect.
    scopes
        Rights that writing needs.
    """

    one: str
    columns: tuple[tuple[str, str], ...]
    id: str = "id"
    inside: str = ""
    body_inside: str = ""
    create: WriteCall | None = None
    update: WriteCall | None = None
    archive: WriteCall | None = None
    restore: WriteCall | None = None
    archived: tuple[str, str] = ("", "")
    version: Version | None = None
    stamp: str = ""
    mark: Mark | None = None
    key_header: str = ""
    key_hours: float = 0.0
    settle_s: float = 5.0
    scopes: tuple[str, ...] = ()

    def calls(self) -> tuple[WriteCall, ...]:
        """Return every request that changes something."""
        return tuple(one for one in (self.create, self.update, self.archive, self.restore) if one is not None)
