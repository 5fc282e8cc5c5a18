"""The page of a screen as one module: its own file, with what it imports from the files beside it put in front.

A widget's module cannot import another file. The files are modules all the same, so that browsers and tests can load them as
they lie: ``import { a, b } from "./frame.js";`` stands for the text of that file, whose names are then simply there. Names
at the top of such a file are therefore unique over all of them (held by a test).
"""

import re
from functools import cache
from pathlib import Path

PAGE = Path(__file__).resolve().parent / "page"

_IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"\./([a-z_]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|class|const|let)\b)", re.MULTILINE)


@cache
def page_module(name: str) -> str:
    """Return the JavaScript of a screen, whole.

    Parameters
    ----------
    name
        Of its file, without ending.
    """
    texts: dict[str, str] = {}
    _gather(name, texts)
    return "\n".join(text if one == name else _EXPORT.sub("", text) for one, text in texts.items())


@cache
def page_style(name: str) -> str:
    """Return the CSS of a screen: of the frame, then of the files that its module imports, then its own."""
    texts: dict[str, str] = {}
    _gather(name, texts)
    files = [PAGE / f"{one}.css" for one in texts]
    return "\n".join(file.read_text("utf-8") for file in files if file.exists())


def _gather(name: str, texts: dict[str, str]) -> None:
    """Add the text of a module to ``texts``, after those that it imports, each once."""
    text = (PAGE / f"{name}.js").read_text("utf-8")
    for imported in _IMPORT.findall(text):
        if imported not in texts:
            _gather(imported, texts)
    texts[name] = _IMPORT.sub("", text)


def page_names(folder: Path = PAGE) -> tuple[str, ...]:
    """Return every file of JavaScript, by name."""
    return tuple(sorted(path.stem for path in folder.glob("*.js")))
