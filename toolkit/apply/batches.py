"""Changes that are sent in one request: a result for each, and of a request that is refused as a whole the halves.

What holds for one change holds for each of them: its record was read and compared just before, its intent is on the disk,
what no answer tells is found out by looking, and each record is read again afterwards.
"""

from collections.abc import Sequence

from toolkit.apply.carrying import Carrying, answered_by, later, noted
from toolkit.apply.one_change import Ready
from toolkit.apply.read_back import read_back
from toolkit.apply.system import Current, Sent, Written
from toolkit.changes.steps import JournalEntry, Step
from toolkit.errors import AuthError, ConflictError, RejectedError, RetryableError, ToolkitError, UncertainError

_UNSAID = "The answer says nothing of it."


def sent_together(carrying: Carrying, ready: Sequence[Ready]) -> dict[str, JournalEntry]:
    """Send changes in one request; return by ``op_id`` the last step of each.

    Parameters
    ----------
    carrying
        What it takes.
    ready
        Changes whose records were read and compared.

    Raises
    ------
    RetryableError
        The system does not answer: none of those that it was not asked for was sent.
    AuthError
        It must be signed in again.
    """
    if not ready:
        return {}
    carrying.notes.note(*(one.intent for one in ready))
    return _sent(carrying, ready)


def _sent(carrying: Carrying, ready: Sequence[Ready]) -> dict[str, JournalEntry]:
    try:
        found = carrying.system.send_together([*map(_sendable, ready)])
    except RejectedError as error:
        if len(ready) == 1:
            return {ready[0].change.op_id: _refused(carrying, ready[0], error)}
        # One that is refused takes the others with it: the halves are sent until it is alone.
        middle = len(ready) // 2
        return _sent(carrying, ready[:middle]) | _sent(carrying, ready[middle:])
    except (ConflictError, UncertainError) as error:
        # Nobody says of which of them it is true.
        return {one.change.op_id: noted(carrying, later(carrying, one.intent, "uncertain", str(error))) for one in ready}
    except (RetryableError, AuthError) as error:
        for one in ready:
            noted(carrying, later(carrying, one.intent, "not_applied", str(error)))
        raise
    return {one.change.op_id: _ended(carrying, one, found.get(one.change.op_id)) for one in ready}


def _sendable(one: Ready) -> Sent:
    return Sent(one.change, one.place.record_id or "", one.current or Current({}), one.intent.idempotency_key or "")


def _ended(carrying: Carrying, one: Ready, result: Written | ToolkitError | None) -> JournalEntry:
    if isinstance(result, Written):
        answered = answered_by(later(carrying, one.intent, "confirmed", None), result)
        return read_back(carrying, one.change, one.place, one.current, answered)
    if result is None:
        return noted(carrying, later(carrying, one.intent, "uncertain", _UNSAID))
    return _refused(carrying, one, result)


def _refused(carrying: Carrying, one: Ready, error: ToolkitError) -> JournalEntry:
    state: Step = "conflict" if isinstance(error, ConflictError) else "rejected"
    return noted(carrying, later(carrying, one.intent, state, str(error)))
