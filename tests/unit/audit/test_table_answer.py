"""A table of a run in a notebook: in words, with units, and still a frame."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from toolkit.audit.table_answer import TableAnswer, table_answer
from toolkit.errors import UnknownNameError
from toolkit.store.results import new_run, read_run
from toolkit.tables import RESULTS

FACTS = {
    "currency": "USD", "as_of": "2026-10-05", "systems": {"crm": {"label": "HubSpot"}}, "labels": {}, "reasons": [],
    "without_files": ["shop"],
}  # fmt: skip
HANDOFF = {
    "handoff_id": "deal_to_invoice", "label": "Won deals invoiced", "system_l": "crm", "stream_l": "deals",
    "system_r": "ledger", "stream_r": "invoices", "entity_l": "deal", "entity_r": "invoice", "is_proposed": False,
    "missing": [],
}  # fmt: skip
MISSING = {
    "handoff_id": "deal_to_invoice", "key_l": "crm/deals/7", "status": "missing", "event_on": date(2026, 3, 2),
    "amount_l_minor": 123_450, "currency": "EUR", "is_error": False,
}  # fmt: skip
INPUTS = [
    {"handoff_id": "total", "name": "day_rate", "value": 650.0, "low": 600.0, "high": 700.0, "unit": "currency per day",
     "evidence": "document", "share": 0.083},
    {"handoff_id": "deal_to_invoice", "name": "annual_volume_growth", "value": 0.05, "low": 0.0, "high": 0.1,
     "unit": "share per year", "evidence": "default", "share": 0.0},
]  # fmt: skip


def answer(folder: Path, name: str, rows: list[dict[str, object]], *columns: str) -> TableAnswer:
    """Return the answer for a table of these rows."""
    with new_run(folder, datetime(2026, 10, 5, tzinfo=UTC), dict(FACTS)) as run:
        run.write("handoff", RESULTS["handoff"].from_rows([HANDOFF]))
        if name != "handoff":
            run.write(name, RESULTS[name].from_rows(rows))
    return table_answer(read_run(folder), name, columns)


def test_amounts_have_their_own_currency_and_handoffs_their_names(tmp_path: Path) -> None:
    """Nobody has to count minor units or look an id up."""
    columns = ("handoff_id", "key_l", "event_on", "amount_l_minor")
    found = answer(tmp_path, "counterpart", [MISSING], *columns)

    assert found.head == ("handoff", "key (left)", "event", "amount (left)")
    assert found.rows == (("Won deals invoiced", "crm/deals/7", "2026-03-02", "1,234.50 EUR"),)
    assert found.frame["amount_l_minor"].tolist() == [123_450]


def test_a_value_has_the_unit_of_its_row_and_its_evidence_a_mark(tmp_path: Path) -> None:
    """Measured, told, written and assumed look different."""
    found = answer(tmp_path, "cost_input", INPUTS, "handoff_id", "name", "value", "evidence", "share")

    assert found.rows == (
        ("all of them", "day rate", "USD 650 per day", "◆ document", "8.3 %"),
        ("Won deals invoiced", "annual volume growth", "5.0 % a year", "○ default", "0 %"),
    )
    assert "font-weight: 600'>◆ document" in found._repr_html_()
    assert "dotted'>○ default" in found._repr_html_()


def test_what_was_not_read_is_said_with_every_table(tmp_path: Path) -> None:
    """A table of a run that lacks a system is not complete."""
    found = answer(tmp_path, "counterpart", [MISSING])

    assert not found.is_complete
    assert "Not complete: Nothing has been read of shop." in found._repr_html_()


def test_rows_and_columns_of_a_table_are_shown_in_the_same_way(tmp_path: Path) -> None:
    """Also with a column that was computed; the sentence says of how many."""
    rows = [{**MISSING, "key_l": f"crm/deals/{number}"} for number in range(30)]
    whole = answer(tmp_path, "counterpart", rows, "key_l")

    few = whole.of(whole.frame.head(1).assign(share=0.5), "key_l", "share")

    assert whole.sentence == "counterpart: 30 rows."
    assert "… and 10 more; .frame has all of them." in whole._repr_html_()
    assert few.sentence == "counterpart: 1 of 30 rows."
    assert few.rows == (("crm/deals/0", "50.0 %"),)
    with pytest.raises(UnknownNameError, match="'key_l'"):
        whole.of(whole.frame, "kye_l")


def test_a_notebook_that_takes_the_answer_for_a_frame_goes_on_working(tmp_path: Path) -> None:
    """Verbs gave frames before, and people have changed their notebooks."""
    found = answer(tmp_path, "counterpart", [MISSING])

    assert found[["key_l"]].shape == (1, 1)
    assert found.loc[found["status"] == "missing", "key_l"].tolist() == ["crm/deals/7"]
    assert found.sort_values("key_l").shape[0] == len(found) == 1


def test_hostile_text_in_a_table_is_text(tmp_path: Path) -> None:
    """No cell and no column's meaning is a tag."""
    found = answer(tmp_path, "counterpart", [{**MISSING, "key_l": "crm/deals/<script>alert(1)</script>"}])

    assert "<script" not in found._repr_html_()
