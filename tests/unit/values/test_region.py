"""States and provinces."""

import pytest

from toolkit.values.region import region


@pytest.mark.parametrize(
    "written", [("Illinois", "IL", "ill."), ("New York", "N.Y.", "ny"), ("Québec", "QC", "Que"), ("Bayern", "Bavaria", "BY")]
)
def test_a_state_is_its_code_however_it_is_written(written: tuple[str, ...]) -> None:
    """Names, codes and customary short forms are one."""
    assert len({region(one) for one in written}) == 1


def test_a_filler_is_no_region() -> None:
    """And an unknown one keeps its name."""
    assert region("n/a") is None
    assert region("Co. Dublin") == region("dublin") == "dublin"
