"""Every formula against exact results that were computed elsewhere; ``--vectors FILE`` runs any other file of that form."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest


def test_a_formula_gives_the_exact_result_of_its_vector(
    vector: Mapping[str, Any] | None,
    computed: Callable[[Mapping[str, Any]], dict[str, Any]],
    request: pytest.FixtureRequest,
) -> None:
    """The same inputs give the same outputs as an independent computation of the cost model."""
    if vector is None:
        folder: Path = request.getfixturevalue("shared_dir")
        pytest.fail(f"{folder} holds no vectors of a calculation that is built")

    got = computed(vector)

    assert differences(got, vector["expected"], vector.get("rel_tol", 1e-9), vector.get("abs_tol", 1e-9)) == []


def test_calculations_that_are_not_built_yet_are_listed(
    unbuilt_calculations: dict[str, list[str]], record_property: Callable[[str, object], None]
) -> None:
    """Nothing is left out silently: the run ends with each calculation without a formula and its vectors."""
    record_property("not_built_yet", unbuilt_calculations)

    assert all(unbuilt_calculations.values())


@pytest.mark.parametrize(
    ("got", "want"),
    [(1.0, 1.1), (None, 0.0), (0.0, None), ([1.0], [1.0, 2.0]), ({"a": 1}, {"b": 1}), (True, 1.0), ("x", "y")],
)
def test_the_comparison_itself_sees_differences(got: object, want: object) -> None:
    """A wrong number, a null that should be one, a list too short or a missing name never pass."""
    assert differences(got, want, 1e-9, 1e-9)


def differences(got: Any, want: Any, rel_tol: float, abs_tol: float, where: str = "result") -> list[str]:
    """Return where results differ by the rule of the vectors: numbers by tolerance, null, text and lists exactly."""
    match want:
        case dict():
            if not isinstance(got, dict):
                return [f"{where}: {got!r} is not a mapping"]
            missing = [f"{where}.{key} is missing" for key in want if key not in got]
            nested = [(got[key], value, f"{where}.{key}") for key, value in want.items() if key in got]
        case list():
            if not isinstance(got, list | tuple) or len(got) != len(want):
                return [f"{where}: got {got!r}, want {want!r}"]
            missing = []
            nested = [(got[index], value, f"{where}[{index}]") for index, value in enumerate(want)]
        case bool() | str() | None:
            is_same = type(got) is type(want) and got == want
            return [] if is_same else [f"{where}: got {got!r}, want {want!r}"]
        case _:
            is_number = isinstance(got, int | float | np.floating) and not isinstance(got, bool)
            is_near = is_number and abs(got - want) <= max(abs_tol, rel_tol * abs(want))
            return [] if is_near else [f"{where}: got {got!r}, want {want!r}"]
    return missing + [line for one in nested for line in differences(one[0], one[1], rel_tol, abs_tol, one[2])]
