"""One request as it came, and one answer: what a stand-in takes and gives."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: names of headers in lower case, the query's names with their last value."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body as JSON; nothing where it is none."""
        try:
            return json.loads(self.body) if self.body else {}
        except ValueError:
            return {}


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: JSON, or bytes as they are. ``cut``: the line goes dead after so many bytes."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    cut: int | None = None
    wait_s: float = 0.0

    @property
    def content(self) -> bytes:
        """The body as it goes over the line."""
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()
