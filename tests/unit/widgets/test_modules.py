"""The page of a screen is one module, made of files that stand beside each other."""

import re
from collections import Counter, defaultdict

import pytest

from toolkit.widgets.modules import PAGE, page_module, page_names, page_style

_CLASS = re.compile(r"\.([a-z][a-z0-9]*-[a-z0-9-]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_THE_TOP = re.compile(r"^(?:export\s+)?(?:async\s+)?(?:function|class|const|let)\s+([A-Za-z_$][\w$]*)", re.MULTILINE)


def test_names_at_the_top_of_the_files_are_unique() -> None:
    """Put behind each other, no file hides what another one means."""
    names = Counter(name for file in page_names() for name in _AT_THE_TOP.findall((PAGE / f"{file}.js").read_text("utf-8")))

    assert [name for name, count in names.items() if count > 1] == []


def test_no_file_of_styles_reaches_into_the_screen_of_another() -> None:
    """Those of all screens of a notebook lie on one page: each rule but the frame's begins with a class of its own file."""
    begin, named = defaultdict(set), defaultdict(set)
    of_the_frame = set(_CLASS.findall((PAGE / "frame.css").read_text("utf-8")))
    for file in PAGE.glob("*.css"):
        if file.stem == "frame":
            continue
        for selector in re.findall(r"[^{};,]+(?=[^{};]*\{)", _COMMENT.sub("", file.read_text("utf-8"))):
            own = [name for name in _CLASS.findall(selector) if name not in of_the_frame]
            assert own or not _CLASS.search(selector), f"{file.name} changes the frame for all: {selector.strip()}"
            for name in own[:1]:
                begin[name].add(file.name)
            for name in own:
                named[name].add(file.name)

    assert {name: sorted(named[name]) for name in begin if len(named[name]) > 1} == {}


@pytest.mark.parametrize("name", page_names())
def test_a_page_holds_all_it_needs(name: str) -> None:
    """Nothing is imported when it is drawn, and nothing is asked of another machine."""
    module = page_module(name)

    assert re.search(r"^\s*import\b", module, re.MULTILINE) is None
    assert re.search(r"https?://(?!www\.w3\.org/)", module + page_style(name)) is None
    assert "innerHTML" not in module
    assert "@import" not in page_style(name)
