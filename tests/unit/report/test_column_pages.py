import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.unit.report.sample_run import sample_run
from toolkit.report.blocks import Bars, Details, Heading, Table
from toolkit.report.column_pages import column_page, is_told
from toolkit.report.sections import columns
from toolkit.tables import COLUMN_PROFILE, SNAPSHOT
from toolkit.values.written import written_for


def profile(column: str, **values: Any) -> dict[str, Any]:
    """Return a row of COLUMN_PROFILE of a list of 400 records."""
    empty = dict.fromkeys(("shapes", "top_values", "minimum", "maximum", "newest_at", "histogram"))
    place = {"system": "crm", "stream": "companies", "entity": "party", "column": column}
    return {**empty, **place, "rows": 400, "filled": 300, "fill_share": 0.75, "distinct": 200, **values}


def finding(value: str | None, reason: str, column: str) -> dict[str, Any]:
    """Return a row of FINDING of one company."""
    key = "crm/companies/101"
    return {"check_id": f"crm.companies.{column}.x", "record_key": key, "column": column, "value": value, "reason": reason}


def opened(one: Details) -> str:
    """Return all that a page of a column says, open."""
    return one._repr_html_()


def test_a_page_says_how_far_a_column_is_filled_and_how_often_it_differs() -> None:
    """The line that can be seen without opening it."""
    page = column_page(sample_run(), profile("city"), [], {}, failing_count=0)

    assert (page.name, page.facts, page.failing) == ("city", "75 % filled · 200 different", "")


def test_amounts_spread_in_classes_of_the_countrys_money() -> None:
    """A histogram in dollars, not in cents, its ends those of the column."""
    classes = json.dumps([[-500, 100_000, 12], [100_000, 2_500_000, 3]])
    with written_for("US"):
        page = column_page(
            sample_run(),
            profile("amount_minor", histogram=classes, minimum="-500", maximum="2500000"),
            [],
            {},
            failing_count=0,
        )

    [bars] = [block for block in page.blocks if isinstance(block, Bars)]
    assert [value for value, *_ in bars.counts] == ["−$5.00 to $1,000", "$1,000 to $25,000"]
    assert [count for _, count, _ in bars.counts] == [12, 3]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("email", "dana.miller@mail.example"),
        ("phone", "773 555 0100"),
        ("name", "Dana Miller"),
        ("street", "12 Elm Street"),
        ("tax_id", "12-3456789"),
        ("account", "DE44 5001 0517 5407 3249 31"),
        ("description", "call Dana Miller at home"),
        ("number", "ch_303eGqq2azvTEKEV21Xm7CIT"),
    ],
)
def test_no_value_that_names_or_reaches_somebody_is_an_example(column: str, value: str) -> None:
    """Where a value may be a person's or only a system's own, the page shows how values are written, not what they are."""
    shown = json.dumps([[value, 3]])

    page = column_page(sample_run(), profile(column, top_values=shown, shapes='[["A… 999", 3]]'), [], {}, failing_count=0)

    assert value not in opened(page)


def test_the_rows_that_fail_stand_on_the_page_by_name_and_masked() -> None:
    """An address that fails is told by its record and its reason; the address itself reaches nobody."""
    rows = [finding("dana.miller.mail.example", "There is no @ in it.", "email")]

    page = column_page(
        sample_run(), profile("email"), rows, {"crm/companies/101": "HubSpot companies: Acme Fit-Out LLC"}, failing_count=41
    )

    [table] = [block for block in page.blocks if isinstance(block, Table)]
    assert table.rows[0][0] == "HubSpot companies: Acme Fit-Out LLC"
    assert "dana.miller" not in opened(page)
    assert "1 of 41" in opened(page)
    assert page.failing == "41 to look at"


def test_a_hostile_value_is_only_text() -> None:
    """A tag in a cell opens nothing."""
    shown = json.dumps([["<img src=x onerror=alert(1)>", 3]])

    page = column_page(sample_run(), profile("status", top_values=shown), [], {}, failing_count=0)

    assert "<img" not in opened(page)


def test_columns_of_ours_and_ids_have_no_page() -> None:
    """What we filled in by ourselves is nothing to look at for a client."""
    assert [name for name in ("record_id", "state", "party_ref", "city", "amount_minor") if is_told(name)] == [
        "city",
        "amount_minor",
    ]


def test_a_column_that_is_empty_says_so() -> None:
    """Nothing filled is a finding of its own."""
    page = column_page(
        replace(sample_run()), profile("email", filled=0, fill_share=0.0, distinct=0), [], {}, failing_count=0
    )

    assert page.facts == "empty"


def test_a_list_says_how_many_of_its_records_were_looked_at() -> None:
    """160 orders in the list of systems and 158 here are one count, when two cancelled ones are named."""
    profile = {"system": "shop", "stream": "orders", "entity": "order", "column": "status", "rows": 158, "filled": 158}
    snapshot = {"system": "shop", "stream": "orders", "entity": "order", "connector": "table", "rows": 160}
    known = {"taken_at": datetime(2026, 5, 1, tzinfo=UTC), "is_complete": True, "rows_absent": 0, "sha256": "0", "path": "p"}
    tables = {
        "column_profile": COLUMN_PROFILE.from_rows([{**profile, "distinct": 1, "fill_share": 1.0}]),
        "snapshot": SNAPSHOT.from_rows([{**snapshot, **known}]),
    }

    for rows, said in ((160, "orders (158 of 160; cancelled, deleted and merged ones are left out)"), (158, "orders (158)")):
        own = {**tables, "snapshot": SNAPSHOT.from_rows([{**snapshot, **known, "rows": rows}])}
        [heading] = [one for one in columns.build(sample_run(tables=own)) if isinstance(one, Heading)]
        assert heading.text.endswith(said)
