"""The parties of a system whose interface gives documents and no list of whom they are for: named by the documents."""

from datetime import UTC, datetime

from toolkit.audit.engagement import Engagement
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.files.parties_by_name import named_parties, names_stream
from toolkit.store.catalogue import LEFT_OUT, PRESENT, Presence
from toolkit.tables import DOCUMENT_ENTITIES


def keep_names(engagement: Engagement, system: str) -> None:
    """Take a snapshot of the names on a system's documents, where no list says who its parties are.

    Its users are none of them, and an empty list says nothing. Once a list says it, the names count no more.

    Parameters
    ----------
    engagement, system
        Whose documents; the right to write is held.
    """
    store = engagement.store
    rows = [row for row in store.snapshots().to_pylist() if row["system"] == system]
    documents = [row for row in rows if row["entity"] in DOCUMENT_ENTITIES]
    if any(row["entity"] == "party" and row["stream"] != NAMES and row["rows"] > row["rows_absent"] for row in rows):
        if any(row["stream"] == NAMES for row in rows):
            store.note_presence([Presence(system, NAMES, LEFT_OUT)])
        return
    if not documents:
        return
    held = store.records(["party_name", "entity", "state"], entities=DOCUMENT_ENTITIES)
    tables = [named_parties(held[system, row["stream"]]) for row in documents]
    names = names_stream(tables, system=system)
    if names.num_rows:
        store.add_snapshot(
            system=system,
            stream=NAMES,
            entity="party",
            connector=documents[0]["connector"],
            records=[names],
            taken_at=datetime.now(UTC),
        )
        store.note_presence([Presence(system, NAMES, PRESENT)])
