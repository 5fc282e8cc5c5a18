"""Finds what travels with the package: notebooks, style and script of pages, and the sample client.

In a wheel they lie inside the package, in a checkout beside it.
"""

from pathlib import Path
from typing import Literal, get_args

from toolkit.errors import InputError

Kind = Literal["notebooks", "reports", "sample_data"]

_PACKAGE = Path(__file__).resolve().parent


def bundled(kind: Kind, *, package: Path = _PACKAGE) -> Path:
    """Return the folder of the bundled files of one kind.

    Parameters
    ----------
    kind
        ``"notebooks"``, ``"reports"`` or ``"sample_data"``.
    package
        Folder of the installed package.

    Raises
    ------
    InputError
        The folder is neither in the package nor beside it: the installation is broken.

    Examples
    --------
    >>> bundled("reports").name
    'reports'
    """
    if kind not in get_args(Kind):
        raise ValueError(f"Bundled are {', '.join(get_args(Kind))}, not {kind!r}.")
    for folder in (package / "_bundled" / kind, package.parent / kind):
        if folder.is_dir():
            return folder
    raise InputError(f"The installation lacks its folder {kind!r}. Install the package again.")
