"""A compiled function is the one that scipy's package offers, and the package is not loaded for it."""

import subprocess
import sys

import pytest
import scipy.optimize
import scipy.special

from toolkit.compiled import compiled

_FUNCTIONS = [
    ("scipy.special", "_ufuncs", "betaincinv"),
    ("scipy.special", "_ufuncs", "ndtr"),
    ("scipy.special", "_ufuncs", "ndtri"),
    ("scipy.special", "_ufuncs", "stdtrit"),
    ("scipy.optimize", "_lsap", "linear_sum_assignment"),
]
_ALONE = f"""\
import sys
from toolkit.compiled import compiled
taken = [compiled(*one) for one in {_FUNCTIONS!r}]
print(*sorted({{"numpy.f2py", "scipy.linalg", "scipy.optimize", "scipy.sparse", "scipy.special"}} & {{*sys.modules}}))
import scipy.optimize, scipy.special
offered = [getattr(sys.modules[package], name) for package, _, name in {_FUNCTIONS!r}]
print(all(one is other for one, other in zip(taken, offered)), scipy.special.gamma(5.0), bool(scipy.special.orthogonal))
"""


@pytest.mark.parametrize("named", _FUNCTIONS, ids=lambda one: one[-1])
def test_a_compiled_function_is_the_one_that_the_package_offers(named: tuple[str, str, str]) -> None:
    """Figures are to the last bit what they are by the ordinary way."""
    package, _, name = named

    assert compiled(*named) is getattr({"scipy.special": scipy.special, "scipy.optimize": scipy.optimize}[package], name)


def test_nothing_else_is_loaded_for_it_and_the_package_can_be_loaded_later() -> None:
    """A notebook that wants the whole package after a figure was computed gets the whole package."""
    done = subprocess.run([sys.executable, "-c", _ALONE], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["", "True 24.0 True"]


def test_where_a_package_keeps_a_function_elsewhere_what_it_offers_is_taken() -> None:
    """The compiled modules are no promise of scipy: another version may cut them otherwise."""
    assert compiled("scipy.special", "_nowhere", "gamma") is scipy.special.gamma
    assert compiled("scipy.special", "_lambertw", "gamma") is scipy.special.gamma
