"""An executed notebook without a kernel: what a report's blocks would have shown."""

from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from toolkit.report.document import Report


def executed_notebook(path: Path, report: Report, *, extra_outputs: tuple[Any, ...] = ()) -> Path:
    """Write a notebook that has shown every block of ``report``, and ``extra_outputs`` after them."""
    shown = [
        block._repr_mimebundle_() if hasattr(block, "_repr_mimebundle_") else {"text/html": block._repr_html_()}
        for block in report.blocks
    ]
    outputs = [*(new_output("display_data", data) for data in shown), *extra_outputs]
    parameters = new_code_cell(
        "engagement = '/home/ann/secret-client'", execution_count=1, metadata={"tags": ["injected-parameters"]}
    )
    cells = [parameters, new_code_cell("for block in report.blocks: display(block)", execution_count=2, outputs=outputs)]
    path.write_text(nbformat.writes(new_notebook(cells=cells)), "utf-8")  # type: ignore[no-untyped-call]
    return path
