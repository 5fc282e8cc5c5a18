"""The map as tables: boxes and lines, with what may stand for a person's name."""

from toolkit.landscape.handoffs import Handoff, handoff_table
from toolkit.landscape.map_tables import map_tables

HANDOFFS = handoff_table([Handoff("a", "A", "crm", "deals", "deal", "books", "invoices", "invoice", by="Dana Miller")])


def test_who_may_read_the_map_decides_what_stands_for_a_person() -> None:
    """A person's name passes through the caller's words, a system's never does."""
    nodes, _ = map_tables((), HANDOFFS, shown_person=lambda name: name[0])

    assert set(nodes["label"].to_pylist()) == {"crm", "D", "books"}


def test_a_note_stands_beside_the_first_line_of_its_handoff() -> None:
    """A handoff that passes a person has two lines and one number."""
    _, edges = map_tables((), HANDOFFS, shown_person=str, notes={"a": "12"})

    assert edges.select(["source", "target", "note"]).to_pylist() == [
        {"source": "system:crm", "target": "person:Dana Miller", "note": "12"},
        {"source": "person:Dana Miller", "target": "system:books", "note": None},
    ]


def test_what_runs_by_itself_stands_on_the_map_once() -> None:
    """It passes nobody, and is drawn as automatic."""
    _, edges = map_tables((), HANDOFFS, shown_person=str, automations=[("automation.x", "Zapier: x", "shop", "books")])

    assert edges.select(["source", "target", "label", "carrier"]).to_pylist()[-1:] == [
        {"source": "system:shop", "target": "system:books", "label": "Zapier: x", "carrier": "automatic"}
    ]
    assert edges["handoff_id"].to_pylist().count("automation.x") == 1
