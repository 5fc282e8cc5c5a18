"""By which record a pair of equal records is listed."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.clustering.listed_pairs import _shown_records


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (["crm/c/9", "zeta/c/1"], 1),
        (["crm/c/1", "zeta/c/9"], 0),
        (["crm/c/9", "crm/c/5", "zeta/c/1"], 2),
        (["crm/c/9"], 0),
    ],
)
def test_of_equal_records_the_first_is_shown_whatever_its_system_is_called(keys: list[str], shown: int) -> None:
    """Two or more of them."""
    profiles: Any = SimpleNamespace(
        first_records=np.array([0, len(keys)]),
        profile_of=np.array([*[0] * len(keys), 1]),
        count=2,
        record_keys=pa.array([*keys, "crm/c/0"]),
    )

    assert _shown_records(profiles).tolist() == [shown, len(keys)]
