"""One HTML file from an executed notebook: it draws its charts by itself and asks nobody for anything.

A content security policy shuts out every script but the two whose hashes it names, and every connection.
"""

import base64
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.bundled import bundled
from toolkit.charts.bundle import plotly_script
from toolkit.disk import atomic_file
from toolkit.errors import InputError
from toolkit.report.blocks import PLOTLY
from toolkit.report.escaped import attribute_html, text_html
from toolkit.values.written import paper_of

_HIDDEN_CELLS = frozenset({"parameters", "injected-parameters"})
_SHOWN_OUTPUTS = frozenset({"display_data", "execute_result"})
_IN_A_SCRIPT = str.maketrans({one: f"\\u{ord(one):04x}" for one in "<>&'"})
"""What could end a script element, or be taken for markup in it, as JSON writes it otherwise."""
_CHART = '<figure class="chart">'
_LEVEL = 4
"""Packing as hard as one can takes two and a half times as long, for a page that is one part in 25 smaller."""

_BUNDLE = re.compile(r'<script id="bundle"[^>]*>([\w+/=]+)</script>', re.ASCII)


def write_html(executed: Path, out: Path, *, title: str, language: str = "en", country: str = "") -> Path:
    """Write what an executed notebook shows as one self-contained HTML file.

    Only outputs reach the page, as charts or as HTML; each piece of client text in them was escaped where it was made. From
    a page that stands there already the packed drawing library is taken over.

    Parameters
    ----------
    executed
        A notebook whose cells have all run without an error.
    title
        Of the browser's window; any text.
    language
        Language tag of the document.
    country
        Of the reader (ISO 3166), for the size of the paper.

    Raises
    ------
    InputError
        The notebook holds an error, or was never run: it is not exported.
    """
    import nbformat

    notebook = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
    _check_executed(notebook, executed)
    page = page_html(_shown(notebook), title=title, language=language, earlier=out, country=country)
    with atomic_file(out, "w", encoding="utf-8") as stream:
        stream.write(page)
    return out


def _check_executed(notebook: Any, path: Path) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    failed = [cell for cell in cells if any(output.output_type == "error" for output in cell.outputs)]
    if failed:
        raise InputError(f"{path.name} holds a cell that failed, so no report is made of it. Run it again.")
    if not cells or any(cell.execution_count is None for cell in cells):
        raise InputError(f"{path.name} has cells that never ran, so no report is made of it. Run it first.")


def _shown(notebook: Any) -> Iterator[str]:
    """Yield the outputs of a notebook that a page can show, in their order."""
    for cell in notebook.cells:
        if cell.cell_type != "code" or _HIDDEN_CELLS & {*cell.metadata.get("tags", ())}:
            continue
        for output in cell.outputs:
            data = output.data if output.output_type in _SHOWN_OUTPUTS else {}
            if PLOTLY in data:
                yield chart_html(data[PLOTLY])
            elif "text/html" in data:
                yield data["text/html"]


def chart_html(drawing: Mapping[str, Any]) -> str:
    """Return a chart as the page's script draws it: an empty place of its height, and its data as inert JSON."""
    data = json.dumps({"data": drawing["data"], "layout": drawing["layout"]}, sort_keys=True).translate(_IN_A_SCRIPT)
    return (
        f"{_CHART}\n"
        f'<div aria-label="{attribute_html(drawing.get("description", "Chart"))}" class="plot" role="img" '
        f'style="height:{int(drawing["layout"].get("height", 320))}px"></div>\n'
        f'<script class="drawing" type="application/json">{data}</script>\n</figure>'
    )


def page_html(
    shown: Iterable[str],
    *,
    title: str,
    language: str = "en",
    style: str = "",
    earlier: Path | None = None,
    country: str = "",
) -> str:
    """Return a whole page: a head with the policy that names the hashes of its scripts, what is shown, the scripts.

    Parameters
    ----------
    shown
        HTML in reading order.
    title
        Of the browser's window; any text.
    language
        Language tag of the document.
    style
        CSS after that of every page.
    earlier
        A page of before, where there may be one, from which the packed drawing library can be taken over.
    country
        Of the reader (ISO 3166), for the size of the paper.
    """
    folder = bundled("reports")
    script = (folder / "scripts" / "draw.js").read_text(encoding="utf-8")
    body = "".join(f"{one}\n" for one in shown)
    # A page without a chart needs nothing that draws; client text cannot open an element, so none is taken for a chart.
    library = _library() if _CHART in body else b""
    bundle = ((_bundle_of(earlier, library) if earlier else None) or packed_library()) if library else ""
    scripts = " ".join(f"'{_source_hash(one)}'" for one in (script.encode(), library) if one)
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    paper = f"\n@page {{ size: {paper_of(country)}; }}"
    held = f'<script id="bundle" type="application/octet-stream">{bundle}</script>\n' if bundle else ""
    return f"""<!DOCTYPE html>

<html lang="{attribute_html(language)}">
<head>
<meta charset="utf-8"/>
<meta content="{attribute_html(policy)}" http-equiv="Content-Security-Policy"/>
<meta content="width=device-width, initial-scale=1" name="viewport"/>
<meta content="no-referrer" name="referrer"/>
<title>{text_html(title)}</title>
<style>{(folder / "style" / "client.css").read_text(encoding="utf-8")}{paper}{style}</style>
</head>
<body>
<main>
{body}</main>
{held}<script>{script}</script>
</body>
</html>
"""


def _library() -> bytes:
    """Return the drawing library as the script element that the page makes of it."""
    # The page decodes the bytes as text before it inserts them; a byte order mark would be lost and change the hash.
    return plotly_script().decode("utf-8").removeprefix("\ufeff").encode()


@cache
def packed_library() -> str:
    """Return the drawing library gzipped, in base64."""
    return base64.b64encode(gzip.compress(_library(), _LEVEL, mtime=0)).decode()


def _bundle_of(page: Path, library: bytes) -> str | None:
    """Return the packed library of a page that was written before, where it unpacks to that of today.

    Unpacking takes a fifth of the time that packing takes.
    """
    try:
        found = _BUNDLE.search(page.read_text("utf-8"))
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS + 16)
        # Never more than one byte too much: what stands there may be anything.
        unpacked = unpacker.decompress(base64.b64decode(found[1]), len(library) + 1) if found else b""
    except (OSError, ValueError, zlib.error):
        return None
    return found[1] if found and unpacked == library and unpacker.eof and not unpacker.unused_data else None


def _source_hash(script: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}"
