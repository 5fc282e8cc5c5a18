"""One HTML file from blocks, without a notebook: self-contained, and as safe as the client's report."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from toolkit.disk import atomic_file
from toolkit.report.blocks import PLOTLY, Block, Chart
from toolkit.report.html import page_parts


def write_page(path: Path, blocks: Sequence[Block], *, title: str) -> Path:
    """Write blocks as one HTML file that asks nobody for anything.

    Parameters
    ----------
    path
        Where the file appears, whole or not at all.
    title
        Of the browser's window and of the foot of printed pages; any text.
    """
    parts = page_parts(title, "en")
    body = "\n".join(_block_html(block) for block in blocks)
    page = f"""<!DOCTYPE html>
<html lang="{escape(parts["language"])}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(parts["policy"])}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{parts["style"]}
@page {{ @bottom-left {{ content: "confidential"; }} }}</style>
</head>
<body>
<main>
{body}
</main>
<script type="application/octet-stream" id="bundle">{parts["bundle"]}</script>
<script>{parts["script"]}</script>
</body>
</html>
"""
    with atomic_file(path, "w", encoding="utf-8", errors="replace") as stream:
        stream.write(page)
    return path


def _block_html(block: Block) -> str:
    if not isinstance(block, Chart):
        return block._repr_html_()
    drawing = block._repr_mimebundle_()[PLOTLY]
    # Inside a script element only "<" could end it.
    data = json.dumps({"data": drawing["data"], "layout": drawing["layout"]}).replace("<", "\\u003c")
    height = int(drawing["layout"].get("height", 320))
    return (
        f'<figure class="chart"><div class="plot" role="img" aria-label="{escape(block.description)}" '
        f'style="height:{height}px"></div><script type="application/json" class="drawing">{data}</script></figure>'
    )
