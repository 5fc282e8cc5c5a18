"""Small tables of records, written as rows."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from tests.quality_records import stream_table


@pytest.fixture
def records() -> Callable[..., pa.Table]:
    """Return the function that makes the table of one stream."""
    return stream_table
