"""One HTML file from an executed notebook: it draws its charts by itself and asks nobody for anything.

A content security policy shuts out every script but the two whose hashes it names, and every connection.
"""

import base64
import gzip
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.bundled import bundled
from toolkit.charts.bundle import plotly_script
from toolkit.disk import atomic_file
from toolkit.errors import InputError

TEMPLATE = "client"
_HIDDEN_CELLS = {"parameters", "injected-parameters"}


def write_html(executed: Path, out: Path, *, title: str, language: str = "en") -> Path:
    """Write an executed notebook as one self-contained HTML file.

    Parameters
    ----------
    executed
        A notebook whose cells have all run without an error.
    title
        Of the browser's window; any text.
    language
        Language tag of the document.

    Raises
    ------
    InputError
        The notebook holds an error, or was never run: it is not exported.
    """
    import nbformat
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    notebook = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
    _check_executed(notebook, executed)
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = _HIDDEN_CELLS
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name=TEMPLATE,
        extra_template_basedirs=[str(bundled("reports") / "templates")],
    )
    body, _ = exporter.from_notebook_node(notebook, resources={"report": page_parts(title, language)})
    with atomic_file(out, "w", encoding="utf-8") as stream:
        stream.write(body)
    return out


def _check_executed(notebook: Any, path: Path) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    failed = [cell for cell in cells if any(output.output_type == "error" for output in cell.outputs)]
    if failed:
        raise InputError(f"{path.name} holds a cell that failed, so no report is made of it. Run it again.")
    if not cells or any(cell.execution_count is None for cell in cells):
        raise InputError(f"{path.name} has cells that never ran, so no report is made of it. Run it first.")


def page_parts(title: str, language: str) -> dict[str, str]:
    """Return what stands around a page’s content: title, language, style, scripts, and the policy naming their hashes."""
    folder = bundled("reports")
    script = (folder / "scripts" / "draw.js").read_text(encoding="utf-8")
    packed, bundle_hash = _packed_bundle()
    sources = f"'{_source_hash(script.encode())}' '{bundle_hash}'"
    return {
        "title": title,
        "language": language,
        "style": (folder / "style" / "client.css").read_text(encoding="utf-8"),
        "script": script,
        "bundle": packed,
        "policy": (
            f"default-src 'none'; script-src {sources}; style-src 'unsafe-inline'; img-src data: blob:; "
            "base-uri 'none'; form-action 'none'"
        ),
    }


@cache
def _packed_bundle() -> tuple[str, str]:
    """Return the drawing library, gzipped in base64, and the source hash of the script element that it becomes."""
    script = plotly_script()
    # The page decodes the bytes as text before it inserts them; a byte order mark would be lost and change the hash.
    text = script.decode("utf-8").removeprefix("\ufeff").encode()
    return base64.b64encode(gzip.compress(text, 9, mtime=0)).decode(), _source_hash(text)


def _source_hash(script: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}"
