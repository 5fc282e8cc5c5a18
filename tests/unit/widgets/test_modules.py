"""The page of a screen is one module, made of files that stand beside each other."""

import re
from collections import Counter

import pytest

from toolkit.widgets.modules import PAGE, page_module, page_names, page_style

_AT_THE_TOP = re.compile(r"^(?:export\s+)?(?:async\s+)?(?:function|class|const|let)\s+([A-Za-z_$][\w$]*)", re.MULTILINE)


def test_names_at_the_top_of_the_files_are_unique() -> None:
    """Put behind each other, no file hides what another one means."""
    names = Counter(name for file in page_names() for name in _AT_THE_TOP.findall((PAGE / f"{file}.js").read_text("utf-8")))

    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("name", page_names())
def test_a_page_holds_all_it_needs(name: str) -> None:
    """Nothing is imported when it is drawn, and nothing is asked of another machine."""
    module = page_module(name)

    assert re.search(r"^\s*import\b", module, re.MULTILINE) is None
    assert re.search(r"https?://(?!www\.w3\.org/)", module + page_style(name)) is None
    assert "innerHTML" not in module
    assert "@import" not in page_style(name)
