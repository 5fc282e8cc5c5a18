"""Short ways to write the documents of two sides."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

Rows = list[dict[str, Any]]
FIRST = date(2026, 3, 2)

_SCHEMA = pa.schema(
    [
        ("record_key", pa.string()), ("day", pa.date32()), ("amount_minor", pa.int64()), ("tax_minor", pa.int64()),
        ("fee_minor", pa.int64()), ("party", pa.string()), ("is_party_known_there", pa.bool_()), ("number", pa.string()),
        ("party_name", pa.string()), ("name", pa.string()), ("description", pa.string()), ("invoice_ref", pa.string()),
        ("currency", pa.string()),
    ]
)  # fmt: skip


@pytest.fixture
def side() -> Callable[..., pa.Table]:
    """Return documents of one side from a prefix and rows; ``at`` counts days from 2 March 2026."""

    def build(prefix: str, rows: Rows) -> pa.Table:
        whole = []
        for number, row in enumerate(rows):
            given = {key: value for key, value in row.items() if key != "at"}
            day = FIRST + timedelta(days=row["at"]) if row.get("at") is not None else None
            whole.append({"record_key": f"{prefix}{number:05}", "day": day, "is_party_known_there": True, **given})
        return pa.Table.from_pylist(whole, schema=_SCHEMA)

    return build
