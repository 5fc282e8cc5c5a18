"""One frozen schema per table, and the check every table passes when one stage hands it to another."""

from toolkit.tables.intake import INTAKE, QUARANTINE, SNAPSHOT
from toolkit.tables.records import (
    COMMON,
    DOCUMENT,
    DOCUMENT_ENTITIES,
    DOCUMENT_LINE,
    ENTITY_SCHEMAS,
    EVENT_COLUMNS,
    ITEM,
    ITEM_ENTITIES,
    PARTY,
    PARTY_ENTITIES,
    PARTY_POINT,
    record_key,
)
from toolkit.tables.results import (
    CASE,
    CASH_FLOW,
    CHECK,
    CLUSTER,
    COLUMN_PROFILE,
    COMPARED_FIELD,
    COST_LINE,
    COUNTERPART,
    COVERAGE,
    CROSSWALK,
    DECISION,
    FIGURE,
    FINDING,
    GOLDEN,
    HANDOFF,
    HANDOFF_MEASURE,
    MISMATCH,
    PAIR,
    PAIR_LEVEL,
)
from toolkit.tables.schema import Column, Schema, checked

RESULTS = {
    schema.name: schema
    for schema in (
        INTAKE, QUARANTINE, SNAPSHOT, COLUMN_PROFILE, CHECK, FINDING, PAIR, PAIR_LEVEL, CLUSTER, CROSSWALK, GOLDEN, MISMATCH,
        COMPARED_FIELD, COVERAGE, COUNTERPART, HANDOFF, HANDOFF_MEASURE, COST_LINE, CASE, CASH_FLOW, FIGURE,
    )
}  # fmt: skip
"""Every table that a run may hold, by name."""

__all__ = [
    "CASE",
    "CASH_FLOW",
    "CHECK",
    "CLUSTER",
    "COLUMN_PROFILE",
    "COMMON",
    "COMPARED_FIELD",
    "COST_LINE",
    "COUNTERPART",
    "COVERAGE",
    "CROSSWALK",
    "DECISION",
    "DOCUMENT",
    "DOCUMENT_ENTITIES",
    "DOCUMENT_LINE",
    "ENTITY_SCHEMAS",
    "EVENT_COLUMNS",
    "FIGURE",
    "FINDING",
    "GOLDEN",
    "HANDOFF",
    "HANDOFF_MEASURE",
    "INTAKE",
    "ITEM",
    "ITEM_ENTITIES",
    "MISMATCH",
    "PAIR",
    "PAIR_LEVEL",
    "PARTY",
    "PARTY_ENTITIES",
    "PARTY_POINT",
    "QUARANTINE",
    "RESULTS",
    "SNAPSHOT",
    "Column",
    "Schema",
    "checked",
    "record_key",
]
