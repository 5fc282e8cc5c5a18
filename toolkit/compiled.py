"""Compiled functions of scipy, taken from where they lie.

scipy's packages load all that they offer, and numpy's translator of Fortran with it: a quarter of a second for one function,
which is an eighth of the audit of a small client. The function is the very one that the package offers.
"""

import importlib
import importlib.util
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

_LOADING = threading.Lock()


@cache
def compiled(package: str, module: str, name: str) -> Any:
    """Return a function of a package of scipy, from the compiled module that holds it.

    Parameters
    ----------
    package
        The package that offers it.
    module
        The module of that package in which it stands.
    name
        The function.

    Examples
    --------
    >>> round(float(compiled("scipy.special", "_ufuncs", "betaincinv")(2, 3, 0.5)), 4)
    0.3857
    """
    try:
        with _LOADING, _bare(package):
            return getattr(importlib.import_module(f"{package}.{module}"), name)
    except (ImportError, AttributeError):
        # Another scipy may keep it elsewhere; what the package offers stays.
        return getattr(importlib.import_module(package), name)


@contextmanager
def _bare(package: str) -> Iterator[None]:
    """Let a package that is not loaded stand empty for a moment: its modules are found, and nothing else of it is loaded."""
    spec = None if package in sys.modules else importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        yield
        return
    above, _, last = package.rpartition(".")
    empty = ModuleType(package)
    empty.__path__ = [str(Path(spec.origin).parent)]
    sys.modules[package] = empty
    try:
        yield
    finally:
        # Whoever wants the whole package later loads it as if nothing had been.
        del sys.modules[package]
        vars(sys.modules[above]).pop(last, None)
