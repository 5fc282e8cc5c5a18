"""Moments that an interface gives in parts."""

import pyarrow as pa

from toolkit.files.cell_transforms import shaped


def test_parts_become_a_date_or_a_moment() -> None:
    """What is no such object stays as it is; one that names no day is nothing."""
    cells = [
        '{"__class__": "datetime", "year": 2026, "month": 3, "day": 5, "hour": 4, "minute": 7, "second": 9}',
        '{"year": 2026, "month": 3, "day": 5}',
        '{"year": 2026, "month": 13, "day": 5}',
        '{"year": 2026}',
        "{broken",
        "2026-03-05",
    ]

    assert shaped(pa.array(cells), "parts").to_pylist() == [
        "2026-03-05T04:07:09",
        "2026-03-05",
        None,
        None,
        None,
        "2026-03-05",
    ]
