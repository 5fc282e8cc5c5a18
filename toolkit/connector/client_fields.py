"""What a client's settings add to how a vendor's records are changed: a field of the client's own, and how many at once."""

from dataclasses import replace

from toolkit.connector.writing import Writing

FIELD = "{field}"
"""What stands for the name of a client's own field."""


def with_external_id(writing: Writing, field: str) -> Writing:
    """Return how records are changed where a field of the client's own holds a key of each that we make.

    One whose answer was lost is found by that key, and the same request changes it and makes no second one.

    Parameters
    ----------
    writing
        As the connector has it.
    field
        The name of the client's field, which holds ids of other systems and is unique.

    Raises
    ------
    ValueError
        Records of this list are not made so.
    """
    if writing.upsert is None:
        raise ValueError("records of it are not made under an id of another system")
    call, mark = writing.upsert.call, writing.upsert.mark
    return replace(
        writing,
        create=replace(call, path=call.path.replace(FIELD, field)),
        mark=replace(mark, field=field, template=mark.template.replace(FIELD, field)),
    )


def with_updates_together(writing: Writing) -> Writing:
    """Return how records are changed where updates go together though a single one would name the version that it means."""
    return writing if writing.batch is None else replace(writing, batch=replace(writing.batch, is_unconditional=True))
