"""The page of dedupe: plain words first, and client text as text."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from toolkit.match.dedupe import Deduplicated, deduplicated, matched_records
from toolkit.match.joint_records import joint_records
from toolkit.match.review_sample import MeasuredMatching
from toolkit.report.blocks import Paragraph
from toolkit.report.dedupe_page import dedupe_blocks, write_dedupe_page
from toolkit.report.pdf import found_browser

EVIL = (
    '</script><script>document.body.dataset.hacked="1"</script><img src=x onerror="document.body.dataset.hacked=2">{{7*7}}'
)
CUSTOMERS = pa.table(
    {
        "Id": ["1", "2", "3", "4"],
        "Company": ["Brown Bros Inc", "Brown Brothers", "Lakeside Dental", "Lakeside Fitness"],
        "Phone": ["(312) 644-2671", "312-644-2671", "773 201 4410", "773 201 4410"],
        "City": ["Chicago", "Chicago", "Boston", "Boston"],
    }
)


def found_in(table: pa.Table = CUSTOMERS, file: str = "customers.csv") -> Deduplicated:
    """Return what is found in a table."""
    return deduplicated(table, file=file)


def test_the_first_line_says_what_was_found(tmp_path: Path) -> None:
    """Before any chart, in a client's words."""
    page = write_dedupe_page(tmp_path / "duplicates.html", found_in()).read_text("utf-8")

    lead = re.search(r'<p class="lead">(.*?)</p>', page)
    assert lead is not None
    assert lead.group(1).startswith("1 of the 4 records is a repeat of another: 3 different ones remain.")


def test_every_part_is_on_the_page(tmp_path: Path) -> None:
    """Histogram, thresholds, examples, what waits, related parties, columns, and the model in words."""
    page = write_dedupe_page(tmp_path / "d.html", found_in()).read_text("utf-8")

    titles = ("How sure this is", "Why: examples", "Waiting for a person", "Related, but", "What the columns", "What each")
    assert [title for title in titles if f">{title}" not in page] == []
    assert "The header says company." in page
    assert "same number" in page


def test_the_page_may_fetch_nothing(tmp_path: Path) -> None:
    """One file, and a policy that shuts out every other."""
    page = write_dedupe_page(tmp_path / "d.html", found_in()).read_text("utf-8")

    assert not re.findall(r"<(?:script|img|link|iframe)[^>]*\s(?:src|href)=", page)
    assert "default-src &#x27;none&#x27;; script-src &#x27;sha256-" in page


def test_what_a_sample_measured_stands_with_its_interval() -> None:
    """Figures that somebody checked go before those that the model expects."""
    measured = MeasuredMatching(0.97, (0.93, 0.99), 0.9, (0.84, 0.95), 150, 2, 0.0)

    blocks = dedupe_blocks(found_in(), measured=measured)

    words = [str(block.pieces[0]) for block in blocks if isinstance(block, Paragraph)]
    assert any("97 % (93 % to 99 %)" in one and "90 % (84 % to 95 %)" in one for one in words)


def test_files_that_hold_no_two_alike_make_a_page(tmp_path: Path) -> None:
    """Nothing found is a result."""
    table = pa.table({"Company": ["Acme", "Zorro"], "Phone": ["312 644 2671", "415 555 2671"]})

    page = write_dedupe_page(tmp_path / "d.html", found_in(table)).read_text("utf-8")

    assert "No record is a duplicate of another: 2 records, all different." in page
    assert "Every pair could be decided." in page


def test_warnings_and_problems_stand_at_the_top(tmp_path: Path) -> None:
    """A told kind that fits nothing, and answers that could not be taken."""
    joint = joint_records({"c.csv": CUSTOMERS}, kinds={"City": "phone"})
    found = replace(matched_records(joint), problems=("There is no record '9'; its answer was left out.",))

    page = write_dedupe_page(tmp_path / "d.html", found, notes=("2 rows were put aside.",)).read_text("utf-8")

    assert page.count('class="note caution"') == 3


def visited(page_file: Path) -> dict[str, Any]:
    """Open a page in a browser and return what it did."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    program = found_browser()
    if program is None:
        pytest.skip("needs Chromium, Chrome or Edge")
    requests: list[str] = []
    problems: list[str] = []
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(program), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: problems.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(page_file.as_uri())
        page.wait_for_function("document.body.dataset.ready || document.body.dataset.failed", timeout=60_000)
        seen = {
            "hacked": page.evaluate("document.body.dataset.hacked ?? null"),
            "drawn": page.locator("figure.chart .main-svg:first-child").count(),
            "places": page.locator("figure.chart").count(),
            "text": page.inner_text("main"),
        }
        browser.close()
    outside = [url for url in requests if not url.startswith(("file:", "data:", "blob:"))]
    return {**seen, "outside": outside, "problems": problems}


def test_hostile_text_does_nothing_and_every_chart_is_drawn(tmp_path: Path) -> None:
    """Scripts in headers, cells, ids and file names are shown as text."""
    rows = {
        EVIL: [EVIL, f"{EVIL} Ltd", "Acme", "Zorro"],
        "Phone": ["312 644 2671"] * 2 + ["1"] * 2,
        "No": [EVIL, "b", "c", "d"],
    }
    found = matched_records(joint_records({EVIL: pa.table(rows)}, kinds={EVIL: "company"}))

    visit = visited(write_dedupe_page(tmp_path / "d.html", found))

    assert (visit["hacked"], visit["outside"], visit["problems"]) == (None, [], [])
    assert visit["drawn"] == visit["places"] >= 2
    assert "{{7*7}}" in visit["text"]
