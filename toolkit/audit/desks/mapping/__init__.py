"""``map_fields``: which column of a client's table is which of ours, with what comes of it before it is kept."""

from toolkit.audit.desks.mapping.desk import FieldsDesk, map_fields

__all__ = ["FieldsDesk", "map_fields"]
