"""Every system of the client stands on the map and in the table: informal ones, and those that sent no file."""

from tests.unit.report.sample_run import sample_run
from toolkit.report.blocks import Note, Table
from toolkit.report.landscape_gaps import described_systems, landscape_sentences
from toolkit.report.landscape_tables import landscape_tables
from toolkit.report.sections.landscape import SECTION

DESCRIBED = {
    "crm": {"connector": "hubspot", "data_in": "web leads", "data_out": "won deals", "owner": "Jo Field"},
    "wall": {"label": "Wall chart", "category": "sheet", "is_informal": True},
    "old_crm": {"label": "Old CRM", "category": "crm"},
}


def test_systems_without_a_file_stand_on_the_map() -> None:
    """A box of its own, as an informal one where somebody says so."""
    run = sample_run()
    nodes, _ = landscape_tables(run.table("snapshot"), run.table("handoff"), described=DESCRIBED)

    kinds = dict(zip(nodes["label"].to_pylist(), nodes["kind"].to_pylist(), strict=True))
    assert (kinds["Wall chart"], kinds["Old CRM"]) == ("informal", "system")


def test_systems_without_a_file_stand_in_the_table() -> None:
    """Their row says that no file was sent, and the last row adds the records of all up."""
    run = sample_run(systems=DESCRIBED, labels={"wall": "Wall chart", "old_crm": "Old CRM"})
    [table] = [one for one in SECTION.build(run) if isinstance(one, Table) and one.caption == "Systems"]

    rows = {row[0]: row for row in table.rows}
    assert rows["Wall chart"][2:] == ("no file was sent", "")
    assert table.rows[-1][0] == "All systems"


def test_what_is_not_known_is_asked_and_overlaps_are_named() -> None:
    """How complete the picture is, of whom what is missing, and which systems do the same work."""
    lines = landscape_sentences(described_systems(DESCRIBED, {}), lambda name: name)
    run = sample_run(systems=DESCRIBED)
    notes = [piece for one in SECTION.build(run) if isinstance(one, Note) for piece in one.pieces]

    assert lines[0].startswith("3 of 10 answers about the systems are there.")
    assert "which process it serves" in lines[0]
    assert lines[1] == "crm and old_crm do the same kind of work (CRM). Which of them leads, and can the other go?"
    assert any("do the same kind of work" in str(one) for one in notes)


def test_nothing_is_asked_where_nobody_described_a_system() -> None:
    """Of files alone no description is expected, so none is called incomplete."""
    notes = [str(piece) for one in SECTION.build(sample_run()) if isinstance(one, Note) for piece in one.pieces]

    assert [one for one in notes if "answers about the systems" in one] == []
