"""Keys and passwords that lie open in what the client sent, or in the settings: kind and place, never the text."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer, register_answer
from toolkit.landscape.open_secrets import open_secrets
from toolkit.settings import FILE_NAME
from toolkit.tables.registers import OPEN_SECRET
from toolkit.values.counted import counted, listed

_SHOWN = {"file": "file", "part": "in", "line": "line", "kind": "kind"}
_MAX_BYTES = 64 * 1024 * 1024
"""Of a longer file, or member of an archive, the beginning is looked through, and that is said."""
_MAX_MEMBERS = 500


def read(engagement: Engagement) -> RegisterAnswer:
    """Return where secrets lie open."""
    rows: list[dict[str, Any]] = []
    unread: list[str] = []
    files = list(_files(engagement.folder))
    for path in files:
        name = path.relative_to(engagement.folder).as_posix()
        try:
            rows += [{"file": name, **one} for one in _found(path, name, unread)]
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
            unread.append(name)
    return register_answer(
        f"{counted(len(rows), 'secret')} open in {counted(len({row['file'] for row in rows}), 'file')} of {len(files):,}.",
        OPEN_SECRET,
        rows,
        _SHOWN,
        notes=["Have each of them renewed: whoever has the file has the key."] if rows else [],
        gaps=[f"Not looked through whole: {listed(unread[:6])}."] if unread else (),
    )


def _files(folder: Path) -> Iterator[Path]:
    """Yield the settings, and what the client sent; no link is followed out of the folder."""
    if (folder / FILE_NAME).is_file():
        yield folder / FILE_NAME
    yield from sorted(
        one for one in (folder / "exports").rglob("*") if one.is_file() and one.resolve().is_relative_to(folder.resolve())
    )


def _found(path: Path, name: str, unread: list[str]) -> Iterator[dict[str, Any]]:
    with path.open("rb") as stream:
        is_archive = zipfile.is_zipfile(stream)
    if not is_archive:
        with path.open("rb") as stream:
            yield from _rows("", _text(stream, name, unread))
        return
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        unread += [name] if len(members) > _MAX_MEMBERS else []
        for member in members[:_MAX_MEMBERS]:
            with archive.open(member) as stream:
                yield from _rows(member.filename, _text(stream, name, unread))


def _rows(part: str, text: str) -> Iterator[dict[str, Any]]:
    for line, kind in open_secrets(text.splitlines()):
        yield {"part": part, "line": line, "kind": kind}


def _text(stream: Any, name: str, unread: list[str]) -> str:
    content = stream.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        unread.append(name)
    # What is no text has no lines to look through; UTF-16 has a zero in every second place.
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return str(content[:_MAX_BYTES], encoding, "replace")


REGISTER = Register("keys and passwords that lie open in what the client sent", read)
