"""The page of the sample client as its finance director sees it: no ids, no words of ours, no page half empty."""

import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.unit.report.looked_at import filled_shares, label_clashes, opened, paper_size
from toolkit.audit.audited_folder import Audit
from toolkit.audit.records import engagement_records
from toolkit.report.record_names import quoted_number

WORDS_OF_OURS = re.compile(
    r"\b(parties|party|own files|snapshots?|clusters?|record_key|golden|canonical|mismatch\w*|entit(?:y|ies)|dataframe|"
    r"null|NaN|None|True|False|tuple|[a-z]+_(?:minor|ref|key|at|on|id))\b"
)
FIRST_APPENDIX = '<h2 id="comparisons">'
COLUMNS = '<h2 id="columns">'


@pytest.fixture(scope="module", name="page")
def _page(harbor_pine: Audit) -> str:
    """Return the page of the sample client."""
    return harbor_pine.documents.html.read_text("utf-8")


def text_of(html: str) -> str:
    """Return what stands in a piece of a page, a line for each cell."""
    return unescape(re.sub(r"<[^>]*>", "\n", re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)))


def told(page: str) -> str:
    """Return the text that a client reads: all before the appendix, and the pages of the columns."""
    body = page[page.index("<main>") : page.index("</main>")]
    before, _, appendix = body.partition(FIRST_APPENDIX)
    return text_of(before) + text_of(appendix[appendix.index(COLUMNS) :])


def test_no_id_of_a_system_stands_in_the_text(harbor_pine: Audit, page: str) -> None:
    """Names, amounts and the numbers that people quote; what only a system knows stays in appendix and workbook."""
    found = engagement_records(harbor_pine.engagement)
    ids, quoted = set(), set()
    for table in (found.parties, found.documents):
        rows = table.select([name for name in ("record_id", "number", "name", "state") if name in table.column_names])
        for row in rows.to_pylist():
            # An id that is the name, or the number that people quote, is no id to them.
            ids |= {row["record_id"]}
            quoted |= {row["name"], row.get("number") if quoted_number(row) else None}
    words = set(re.findall(r"[^\s(),;:“”]+", told(page)))

    assert len(ids) > 5_000
    assert {one for one in ids - quoted if len(one) >= 6} & words == set()


def test_no_word_of_ours_stands_in_the_text(page: str) -> None:
    """A client reads customer and supplier, list and difference; no name of a table or of a column of ours."""
    assert sorted(set(WORDS_OF_OURS.findall(told(page)))) == []


def test_no_person_stands_in_full_on_the_pages_of_columns(harbor_pine: Audit, page: str) -> None:
    """Who can be named is shortened there as everywhere, and no telephone number can be read."""
    people = engagement_records(harbor_pine.engagement).parties
    names = {f"{row['given_name']} {row['family_name']}" for row in people.select(["given_name", "family_name"]).to_pylist()}
    phones = {one for one in people["phone"].to_pylist() if one and len(set(one) & set("0123456789")) > 2}
    columns = page[page.index(COLUMNS) :]

    assert len(names) > 100
    assert [name for name in names if "None" not in name and f">{name}<" in columns] == []
    assert [phone for phone in phones if phone in columns] == []


def test_days_and_money_are_written_as_in_the_clients_country(page: str) -> None:
    """An American reads $7,450.00 and Jul 9, 2026."""
    text = told(page)

    assert re.search(r"\$\d[\d,]*", text)
    assert re.search(r"\b[A-Z][a-z]{2} \d{1,2}, 2026\b", text)
    assert re.findall(r"\b\d{4}-\d\d-\d\d\b", text) == []
    assert re.findall(r"\d USD\b", text) == []


def test_the_print_is_letter_and_no_page_is_half_empty(harbor_pine: Audit, tmp_path: Path) -> None:
    """Where the text goes on, each printed page is at least half full."""
    if shutil.which("pdftoppm") is None or harbor_pine.documents.pdf is None:
        pytest.skip("needs a browser and pdftoppm")

    shares = filled_shares(harbor_pine.documents.pdf, tmp_path)

    assert paper_size(harbor_pine.documents.pdf) == "612 x 792 pts (letter)"
    assert [number for number, share in enumerate(shares[:-1], start=1) if share < 0.5] == []


def test_no_label_of_a_chart_lies_on_another(browser: Any, harbor_pine: Audit) -> None:
    """With a client's own names and amounts, as with those of the sample."""
    page = opened(browser, harbor_pine.documents.html)

    found = label_clashes(page)

    page.close()
    assert found == []


def test_every_column_has_a_page(harbor_pine: Audit, page: str) -> None:
    """What each list holds can be opened, with a count of the rows to look at."""
    text = text_of(page[page.index(COLUMNS) :])

    assert page.count("<details>") > 100
    assert "HubSpot contacts" in text
    assert "18 to look at" in text
    assert harbor_pine.engagement.folder.name not in text
