"""The report in headless Chromium: drawn without a network, without an error, whatever the client is called."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from tests.unit.report.executed import executed_notebook
from tests.unit.report.looked_at import wait_until_drawn
from tests.unit.report.sample_run import empty_run, party, sample_engagement, sample_run, sample_tables
from toolkit.audit.dedupe.records_to_match import records_to_match
from toolkit.bundled import bundled
from toolkit.match.dedupe import matched_records
from toolkit.notebooks import run_notebook
from toolkit.report import client_report, write_html
from toolkit.report.dedupe_page import write_dedupe_page

EVIL = (
    '</script><script>document.body.dataset.hacked="1"</script><img src=x onerror="document.body.dataset.hacked=2">{{7*7}}'
)


@dataclass
class Visit:
    """What a page did while it was open."""

    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    drawn: int = 0
    places: int = 0
    hacked: str | None = None
    title: str = ""
    text: str = ""
    mode_bars: int = 0


def visited(browser: Any, page_file: Path) -> Visit:
    """Open a page and return what it did until all was drawn."""
    visit = Visit()
    page = browser.new_page()
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("console", lambda message: visit.problems.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: visit.problems.append(str(error)))
    page.goto(page_file.as_uri())
    wait_until_drawn(page)
    visit.drawn = page.locator("figure.chart .main-svg:first-child").count()
    visit.places = page.locator("figure.chart").count()
    visit.mode_bars = page.locator(".modebar").count()
    visit.hacked = page.evaluate("document.body.dataset.hacked ?? null")
    visit.title = page.title()
    visit.text = page.inner_text("main")
    page.close()
    return visit


def hostile_page(folder: Path) -> tuple[Path, int]:
    """Write a report of a client whose every text is an attack; return it and how many charts it holds."""
    tables = sample_tables([party("crm/companies/666", "company", EVIL, city=EVIL)])
    for name, column in (
        ("handoff", "label"),
        ("figure", "label"),
        ("figure", "method"),
        ("pair_level", "level"),
        ("intake", "file"),
    ):
        rows = tables[name].to_pylist()
        written = [f"{EVIL}{row[column]}" for row in rows]
        tables[name] = tables[name].set_column(tables[name].column_names.index(column), column, [written])
    report = client_report(sample_run(EVIL, tables=tables))
    return write_html(executed_notebook(folder / "r.ipynb", report), folder / "r.html", title=EVIL), report.chart_count


def test_hostile_text_does_nothing_and_everything_is_drawn(browser: Any, tmp_path: Path) -> None:
    """Scripts in names, labels, file names and the title are shown as text; no request leaves the machine."""
    page_file, chart_count = hostile_page(tmp_path)

    visit = visited(browser, page_file)

    assert [url for url in visit.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert visit.problems == []
    assert visit.hacked is None
    assert (visit.drawn, visit.places) == (chart_count, chart_count)
    assert visit.mode_bars == 0
    assert visit.title == EVIL
    assert "{{7*7}}" in visit.text


def test_a_script_that_gets_in_all_the_same_does_not_run(browser: Any, tmp_path: Path) -> None:
    """The page's policy is a second lock: it names the only two scripts that may run, and no host at all."""
    executed = executed_notebook(tmp_path / "r.ipynb", client_report(empty_run()))
    page_file = write_html(executed, tmp_path / "r.html", title="Harbor & Pine")
    attack = '<script>document.body.dataset.hacked="3"</script><img src="https://evil.example/x.png">'
    page = page_file.read_text("utf-8").replace("<main>", f"<main>{attack}", 1)
    page_file.write_text(page, "utf-8")

    visit = visited(browser, page_file)

    assert visit.hacked is None
    assert len(visit.problems) >= 2
    assert all("Content Security Policy" in problem for problem in visit.problems)


def test_the_shipped_notebook_makes_the_report(browser: Any, tmp_path: Path) -> None:
    """From a run on disk through the notebook to a page with every chart drawn."""
    folder = sample_engagement(tmp_path / "harbor pine {1}")
    executed = run_notebook(
        bundled("notebooks") / "client_report.ipynb",
        folder / "r.ipynb",
        {"engagement": str(folder), "client": "Harbor <i>& Pine"},
    )

    visit = visited(browser, write_html(executed, folder / "reports" / "r.html", title="Harbor & Pine"))

    assert visit.problems == []
    assert visit.drawn == visit.places == 16
    assert "Harbor <i>& Pine" in visit.text
    assert "not everything could be used" in visit.text.lower()


def test_a_hostile_table_does_nothing_on_the_page_of_dedupe(browser: Any, tmp_path: Path) -> None:
    """Scripts in headers, cells, ids and file names are shown as text, and every chart is drawn."""
    rows = {
        EVIL: [EVIL, f"{EVIL} Ltd", "Acme", "Zorro"],
        "Phone": ["312 644 2671"] * 2 + ["1"] * 2,
        "No": [EVIL, "b", "c", "d"],
    }
    found = matched_records(records_to_match({EVIL: pa.table(rows)}, kinds={EVIL: "company"}))

    visit = visited(browser, write_dedupe_page(tmp_path / "d.html", found))

    assert [url for url in visit.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert (visit.problems, visit.hacked) == ([], None)
    assert visit.drawn == visit.places >= 2
    assert "{{7*7}}" in visit.text
