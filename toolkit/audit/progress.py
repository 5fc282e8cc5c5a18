"""How long work says how far it is: ``progress(label, done, total)``; ``total`` is null while unknown."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]


def silent(_label: str, _done: int, _total: int | None) -> None:
    """Report nothing.

    Parameters
    ----------
    _label
        What is being done, in a few words.
    _done, _total
        Steps done of all there are; ``_total`` is null while that is unknown.
    """
