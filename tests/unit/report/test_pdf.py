import shutil
from pathlib import Path

import pytest

from toolkit.errors import IncompleteError
from toolkit.report.pdf import found_browser, write_pdf


def test_a_page_is_printed_by_the_browser_of_the_machine(tmp_path: Path) -> None:
    """Chromium, Chrome or Edge writes the PDF without opening a window."""
    if found_browser() is None:
        pytest.skip("needs Chromium, Chrome or Edge")
    page = tmp_path / "a page #1.html"
    page.write_text("<h1>Report</h1>", "utf-8")

    assert write_pdf(page, tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


def test_without_a_browser_the_message_says_what_to_do(tmp_path: Path) -> None:
    """A program that cannot print leaves nothing behind, and the HTML is still there to be printed."""
    page = tmp_path / "page.html"
    page.write_text("<h1>Report</h1>", "utf-8")

    with pytest.raises(IncompleteError, match="print it to PDF"):
        write_pdf(page, tmp_path / "page.pdf", browser=Path(shutil.which("true") or "/bin/true"))

    assert found_browser(("no-such-browser",)) is None
    assert {one.name for one in tmp_path.iterdir()} == {"page.html"}
