"""What a reader sees: labels that do not lie on each other, contrast by day and by night, a first screen, full pages."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.contract.test_charts import MODULES, drawn
from tests.unit.report.looked_at import filled_shares, label_clashes, opened, paper_size
from tests.unit.report.sample_run import empty_run, sample_run
from toolkit.report import client_report
from toolkit.report.blocks import Chart, Paragraph
from toolkit.report.page import write_page
from toolkit.report.pdf import found_browser, write_pdf

CONTRASTS = """() => {
  const parsed = (colour) => { const n = colour.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const linear = (c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parsed(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return [255, 255, 255, 1];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = {};
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || one.closest('svg, script, style') || !one.checkVisibility()) continue;
    const [a, b] = [light(parsed(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05), name = one.className || one.tagName;
    found[name] = Math.min(found[name] ?? 99, ratio);
  }
  return found;
}"""
ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: text of usual size against its ground."""


@pytest.fixture(scope="module", name="report_page")
def _report_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of the sample run as a page, for a client of the United States."""
    report = client_report(sample_run(country="US"))
    return write_page(tmp_path_factory.mktemp("page") / "r.html", report.blocks, title="Harbor & Pine")


def test_no_label_of_a_chart_lies_on_another_or_on_an_axis(browser: Any, tmp_path: Path) -> None:
    """Every word of every chart can be read, and none is cut off at its edge."""
    names = [module.__name__.rpartition(".")[2] for module in MODULES]
    charts = [Chart(drawn(module, sample_run()), name) for module, name in zip(MODULES, names, strict=True)]
    page = opened(browser, write_page(tmp_path / "c.html", charts, title="Charts"))

    found = label_clashes(page)

    page.close()
    assert len(names) >= 9
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(browser: Any, report_page: Path, scheme: str) -> None:
    """By day and by night, no text falls below the contrast that people with weak eyes need."""
    page = opened(browser, report_page, scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    found = page.evaluate(CONTRASTS)

    page.close()
    assert len(found) > 12
    assert {name: round(ratio, 2) for name, ratio in found.items() if ratio < ENOUGH} == {}


def test_the_night_is_dark_and_paper_is_white(browser: Any, report_page: Path) -> None:
    """Who reads at night is not dazzled; who prints at night wastes no ink."""
    page = opened(browser, report_page, "dark")
    ground = "getComputedStyle(document.querySelector('main')).backgroundColor"

    on_screen = page.evaluate(ground)
    page.emulate_media(media="print", color_scheme="dark")
    on_paper = page.evaluate(ground)

    page.close()
    assert (on_screen, on_paper) == ("rgb(26, 26, 26)", "rgb(255, 255, 255)")


def test_answer_figures_picture_and_decision_are_on_the_first_screen(browser: Any, report_page: Path) -> None:
    """Who does not scroll has seen what it is about, and the contents stand beside."""
    page = opened(browser, report_page)
    bottom = "(all) => Math.max(...all.map((one) => one.getBoundingClientRect().bottom))"

    low = {name: page.eval_on_selector_all(name, bottom) for name in (".lead", ".front .card", ".decision")}
    picture = page.evaluate("document.querySelector('figure.chart').getBoundingClientRect().bottom")
    contents = page.evaluate("document.querySelector('nav').getBoundingClientRect().right")
    text_left = page.evaluate("document.querySelector('h1').getBoundingClientRect().left")
    sizes = page.eval_on_selector_all(
        ".front .card-value", "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )

    page.close()
    assert max(*low.values(), picture) <= 900
    assert contents <= text_left
    assert min(sizes[:3]) > max(sizes[3:])
    assert len(sizes) == 5


def test_a_link_to_a_column_opens_its_page(browser: Any, report_page: Path) -> None:
    """Failing rows are one click away."""
    page = opened(browser, report_page)

    assert not page.locator("details").first.evaluate("(one) => one.open")
    page.locator("a[href^='#column-']").first.click()
    page.locator("details[open] :target").wait_for(state="attached", timeout=5_000)

    page.close()


def test_a_page_without_a_chart_carries_no_drawing_library(browser: Any, tmp_path: Path) -> None:
    """A short page is a small file, and is ready all the same."""
    page_file = write_page(tmp_path / "p.html", [Paragraph(("Nothing to draw.",))], title="Short")

    page = opened(browser, page_file)

    assert page.evaluate("document.body.dataset.ready") == "true"
    page.close()
    assert page_file.stat().st_size < 40_000


@pytest.mark.parametrize(("country", "size"), [("US", "612 x 792 pts (letter)"), ("GB", "594.96 x 841.92 pts (A4)")])
def test_paper_is_that_of_the_country_and_its_pages_are_full(tmp_path: Path, country: str, size: str) -> None:
    """Letter in Chicago, A4 in Leeds; where the text goes on, no page is left half empty."""
    if shutil.which("pdftoppm") is None or found_browser() is None:
        pytest.skip("needs a browser and pdftoppm")
    report = client_report(sample_run(country=country))
    printed = write_pdf(write_page(tmp_path / "r.html", report.blocks, title="r", country=country), tmp_path / "r.pdf")

    shares = filled_shares(printed, tmp_path)

    assert paper_size(printed) == size
    assert len(shares) > 5
    assert [number for number, share in enumerate(shares[:-1], start=1) if share < 0.5] == []


def test_the_first_page_of_an_empty_run_is_whole(browser: Any, tmp_path: Path) -> None:
    """Where nothing could be read there is still an answer, and what to send next."""
    page = opened(browser, write_page(tmp_path / "e.html", client_report(empty_run()).blocks, title="Empty"))

    text = page.inner_text("main")

    page.close()
    assert "There is not enough to measure yet" in text
    assert "What is needed next" in text
