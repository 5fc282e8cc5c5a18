"""One HTML file from blocks, without a notebook: self-contained, and as safe as the client's report."""

from collections.abc import Sequence
from pathlib import Path

from toolkit.disk import atomic_file
from toolkit.report.blocks import PLOTLY, Block, Chart
from toolkit.report.html import chart_html, page_html


def write_page(path: Path, blocks: Sequence[Block], *, title: str, country: str = "") -> Path:
    """Write blocks as one HTML file that asks nobody for anything.

    Parameters
    ----------
    path
        Where the file appears, whole or not at all.
    title
        Of the browser's window and of the foot of printed pages; any text.
    country
        Of the reader (ISO 3166), for the size of the paper.
    """
    shown = [
        chart_html(block._repr_mimebundle_()[PLOTLY]) if isinstance(block, Chart) else block._repr_html_()
        for block in blocks
    ]
    page = page_html(shown, title=title, country=country, style='\n@page { @bottom-left { content: "confidential"; } }')
    with atomic_file(path, "w", encoding="utf-8", errors="replace") as stream:
        stream.write(page)
    return path
