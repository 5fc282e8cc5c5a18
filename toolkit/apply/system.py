"""A system that takes changes, as whoever carries out a plan sees it: what it must be able to say and do.

A connector's writing side keeps to this; so do the doubles of vendors in the tests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from toolkit.changes import Operation
from toolkit.errors import ToolkitError


@dataclass(frozen=True, slots=True)
class Current:
    """A record as it stands in the system now: the touched fields as canonical texts, its version, when it was changed.

    ``stamp`` is an instant in UTC, as plans write it; null where the system does not say. ``is_numbered``: the system
    writes its versions as numbers. ``record_id`` is the id under which it was found, where that is another than was asked
    for. ``record`` is the record as the system writes it, where parts of it are sent back; of a merge it is the one that
    stays. ``refusal`` is why the record is not to be changed so, as it stands; ``kept`` what stands in places that no change
    of other fields may move; ``told`` what the system says beforehand that the change would do.
    """

    values: Mapping[str, str | None]
    version: str | None = None
    stamp: str | None = None
    is_numbered: bool = False
    record_id: str | None = None
    record: Mapping[str, Any] | None = None
    refusal: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    told: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What the system answered to a change: the record it is in now, its new version, and what names the request there.

    Of a record that was looked for ``is_marked`` says whether our own mark found it, or only a value that others may enter.
    """

    record_id: str
    version: str | None = None
    status: int | None = None
    request_id: str | None = None
    is_marked: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """A change of a record that is sent with others: the record as it was just read, and the key it is sent under."""

    change: Operation
    record_id: str
    current: Current
    key: str


class WritableSystem(Protocol):
    """What carries changes to a system.

    ``key_life`` is how long a change that is sent again under its key has one effect; null where the system knows no keys.
    ``settle_s`` is how long after a lost answer a change may still take effect.
    """

    @property
    def key_life(self) -> timedelta | None:
        """How long a key has one effect."""

    @property
    def settle_s(self) -> float:
        """How long after a lost answer a change may still take effect, in seconds."""

    def is_same_again(self, change: Operation) -> bool:
        """Return whether a change that is sent again is the same to the byte: not where it names a version of its record.

        Parameters
        ----------
        change
            The change.
        """

    def current(self, change: Operation, record_id: str) -> Current | None:
        """Return a record as it stands now, or nothing where it is gone.

        Parameters
        ----------
        change
            For which fields.
        record_id
            Of the record.

        Raises
        ------
        RetryableError
            The system does not answer now.
        AuthError
            It must be signed in again.
        """

    def send(self, change: Operation, record_id: str | None, current: Current | None, key: str) -> Written:
        """Carry out a change.

        Parameters
        ----------
        change
            The change.
        record_id
            Of the record; null where one is made.
        current
            As it was just read, for the condition.
        key
            Under which the system takes the change once, where it knows keys.

        Raises
        ------
        RejectedError
            The system refuses it, and will again.
        ConflictError
            The record has another version by now.
        UncertainError
            It was sent, and no answer tells what became of it.
        RetryableError
            It was not taken, and nothing happened.
        AuthError
            It must be signed in again.
        """

    def batch_size(self, change: Operation) -> int:
        """Return with how many others of its kind a change may be sent in one request; 1: alone."""

    def send_together(self, batch: Sequence[Sent]) -> Mapping[str, Written | ToolkitError]:
        """Send several updates in one request; return by ``op_id`` what became of each, as far as the answer says.

        Parameters
        ----------
        batch
            The changes, none of a record of another.

        Raises
        ------
        RejectedError
            The system refuses the request as a whole, because of one of them or more.
        UncertainError
            It was sent, and no answer tells what became of it.
        RetryableError
            It was not taken, and nothing happened.
        AuthError
            It must be signed in again.
        """

    def can_read(self, stream: str, column: str) -> bool:
        """Whether a column of a stream's records can be read back."""

    def whole(self, change: Operation, record_id: str) -> Mapping[str, Any]:
        """Return everything that is known of the records that a change takes away for good, as the system writes it.

        Parameters
        ----------
        change
            The change.
        record_id
            Of the record.

        Raises
        ------
        RetryableError
            The system does not answer now.
        """

    def made(self, change: Operation, key: str) -> Written | None:
        """Return the record that a change made, looked for by the mark it carries; nothing where there is none.

        Parameters
        ----------
        change
            That makes a record.
        key
            The mark.

        Raises
        ------
        UncertainError
            The system keeps no mark, or finds nothing that is new: nobody can tell.
        RetryableError
            The system does not answer now.
        """
