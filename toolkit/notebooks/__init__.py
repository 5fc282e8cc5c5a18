"""Runs notebooks with typed parameters, and keeps secrets out of what they leave.

The only part that imports papermill.
"""

from toolkit.notebooks.execution import (
    KERNEL,
    MAX_TEXT_LENGTH,
    NotebookError,
    Parameter,
    ParameterModel,
    notebook_parameters,
    require_report_extra,
    run_notebook,
)
from toolkit.notebooks.redaction import REDACTED, redacted_text

__all__ = [
    "KERNEL",
    "MAX_TEXT_LENGTH",
    "REDACTED",
    "NotebookError",
    "Parameter",
    "ParameterModel",
    "notebook_parameters",
    "redacted_text",
    "require_report_extra",
    "run_notebook",
]
