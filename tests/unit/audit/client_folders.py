"""Folders as clients send them, in a few rows, and what became of them in a pull."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.described import Ask
from toolkit.audit.pull.pulled import Pull
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import InputError

Cells = list[list[Any]]


def folder_of(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder; names may have folders in them."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def workbook_of(sheets: Mapping[str, Cells]) -> bytes:
    """Return a workbook with these sheets."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for line, row in enumerate(rows):
                page.write_row(line, 0, row)
    return target.getvalue()


def archive_of(members: Mapping[str, str]) -> bytes:
    """Return a zip archive with these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pull left behind, without the times; ``error`` where nothing could be read."""

    snapshots: list[tuple[Any, ...]]
    intake: list[dict[str, Any]]
    aside: list[tuple[Any, ...]]
    settings: str
    error: str = ""

    @property
    def streams(self) -> dict[str, int]:
        """Records by ``system/stream``."""
        return {f"{one[0]}/{one[1]}": one[4] - one[5] for one in self.snapshots}


def outcome(folder: Path, ask: Ask | None = None) -> Outcome:
    """Pull a folder and return what is there now."""
    engagement = open_engagement(folder)
    file = folder / "engagement.yaml"
    try:
        found = pull_snapshots(engagement, ask=ask)
    except InputError as error:
        return Outcome([], [], [], file.read_text(encoding="utf-8") if file.exists() else "", str(error))
    finally:
        engagement.close()
    return _outcome(found, file.read_text(encoding="utf-8"))


def _outcome(found: Pull, settings: str) -> Outcome:
    names = ("system", "stream", "entity", "connector", "rows", "rows_absent", "sha256")
    snapshots = [tuple(row[name] for name in names) for row in found.snapshots.to_pylist()]
    quarantine = found.quarantine.to_pylist()
    aside = sorted((row["file"], row["part"], row["line"] or 0, row["reason"]) for row in quarantine)
    return Outcome(snapshots, found.intake.to_pylist(), aside, settings)
