"""Streams of any table, as the settings describe them: by headers."""

from collections.abc import Mapping, Sequence

from toolkit.connector import Field, Lines, Stream


def configured_stream(
    name: str,
    entity: str,
    headers: Mapping[str, str | Sequence[str]],
    *,
    key: str | Sequence[str] = (),
    lines: Lines | None = None,
) -> Stream:
    """Return the stream whose canonical columns stand under these headers; without a key the columns name a record."""
    keys = _texts(key)
    return Stream(
        name=name,
        entity=entity,
        fields={column: Field(_texts(given)) for column, given in headers.items()},
        key=keys,
        is_id=False,
        identifying=tuple(headers),
        has_ordinal=not keys,
        lines=lines,
    )


def _texts(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
