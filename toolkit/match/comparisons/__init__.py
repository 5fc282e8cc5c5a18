"""One file per comparison, each exporting ``COMPARISON``; a file put here takes part without being named anywhere."""

import importlib
import pkgutil
from functools import cache

from toolkit.match.comparison import Comparison


@cache
def all_comparisons() -> tuple[Comparison, ...]:
    """Return every comparison in this folder, by file name."""
    modules = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{module}").COMPARISON for module in modules)
