"""Whether credentials open a system that cannot be asked whose data it holds: one request to the first of its lists."""

from collections.abc import Iterable
from datetime import timedelta

from toolkit.connector import Reading
from toolkit.rest.client import RestClient
from toolkit.rest.paging import style_of
from toolkit.rest.records import every_row
from toolkit.rest.selecting import selected
from toolkit.rest.stretch import Stretch, asked_since


def first_list(readings: Iterable[Reading]) -> Reading | None:
    """Return the first list that one request asks for: no job, none of another record; None where there is none.

    Parameters
    ----------
    readings
        The first list of each stream.

    Examples
    --------
    >>> first_list([Reading("/customers/{parent}/orders"), Reading("/customers")]).path
    '/customers'
    """
    return next((one for one in readings if one.form == "json" and "{parent}" not in repr(one.query) + one.path), None)


def ask_first_list(client: RestClient, reading: Reading, said: str) -> None:
    """Ask for the first page of a list, as a pull would.

    Parameters
    ----------
    client
        What asks the system.
    reading
        The list.
    said
        What it is, for sentences.

    Raises
    ------
    AuthError
        The credentials are refused.
    RetryableError
        Nothing answers there, or the system is in trouble.
    ResponseError
        The answer holds no such list.
    """
    stretch = Stretch().with_slices_of(reading, None, client.clock.now() + timedelta(days=1))
    call = asked_since(client.call(reading), reading, None, stretch.slices)
    if reading.selection is not None:
        call, _ = selected(call, reading.selection, client, said)

    call = style_of(reading.paging).begun(
        reading.paging, call, lambda one: client.answer(one, reading), client.clock.sleep, client.linked
    )
    every_row(client.answer(call, reading), reading, said)
