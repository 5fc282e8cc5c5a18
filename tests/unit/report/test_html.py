import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat.v4 import new_output

from tests.unit.report.executed import executed_notebook
from tests.unit.report.sample_run import sample_run
from toolkit.errors import InputError
from toolkit.report import client_report, write_html
from toolkit.report.blocks import PLOTLY


def written(tmp_path: Path, *extra_outputs: object, title: str = "Harbor & Pine", client: str = "Harbor & Pine") -> str:
    """Return the page of the sample report."""
    source = executed_notebook(tmp_path / "r.ipynb", client_report(sample_run(client)), extra_outputs=extra_outputs)
    return write_html(source, tmp_path / "r.html", title=title).read_text("utf-8")


def test_the_page_is_one_file_that_may_fetch_nothing(tmp_path: Path) -> None:
    """No address of another file or host, a policy that shuts out everything else, and less than 3 MB."""
    page = written(tmp_path)

    assert not re.findall(r"<(?:script|img|link|iframe)[^>]*\s(?:src|href)=", page)
    assert "content=\"default-src 'none'; script-src 'sha256-" in page
    assert len(page) < 3_000_000


def test_the_page_holds_outputs_and_no_code(tmp_path: Path) -> None:
    """Code, parameters, prints and plain representations stay in the notebook."""
    page = written(
        tmp_path,
        new_output("stream", text="printed on the way"),
        new_output("execute_result", {"text/plain": "<Report object>"}, execution_count=2),
        new_output("execute_result", {"text/html": "<p>the last value</p>"}, execution_count=2),
    )

    assert "In short" in page
    assert "<p>the last value</p>" in page
    for inner in ("printed on the way", "Report object", "display(block)", "secret-client"):
        assert inner not in page


def test_a_hostile_name_stays_text(tmp_path: Path) -> None:
    """A client's name closes no element, runs no script and is no template."""
    evil = "</title></script><script>alert(1)</script>{{7*7}}"
    page = written(tmp_path, title=evil, client=evil)

    assert "<script>alert" not in page
    assert "{{7*7}}" in page
    assert "49" not in page.split("<title>")[1].split("</title>")[0]


def test_a_notebook_with_an_error_is_never_exported(tmp_path: Path) -> None:
    """A client gets a whole report or none."""
    error = new_output("error", ename="KeyError", evalue="'x'", traceback=["KeyError"])

    with pytest.raises(InputError, match="holds a cell that failed"):
        written(tmp_path, error)

    assert not (tmp_path / "r.html").exists()


def test_a_hostile_chart_ends_neither_its_data_nor_its_description(tmp_path: Path) -> None:
    """What a chart says of a client's records stays inside the element that holds it."""
    evil = '"></script><script>alert(1)</script>'
    drawing = {"data": [{"text": [evil]}], "layout": {"height": 90}, "description": evil}

    page = written(tmp_path, new_output("display_data", {PLOTLY: drawing}))

    assert "<script>alert" not in page
    assert 'aria-label="&quot;&gt;&lt;/script&gt;&lt;script&gt;alert(1)' in page
    [data] = [one for one in re.findall(r'<script class="drawing"[^>]*>(.*?)</script>', page) if "alert" in one]
    assert json.loads(data) == {"data": drawing["data"], "layout": drawing["layout"]}


@pytest.mark.parametrize(
    "change",
    [
        lambda packed: packed[:-4],
        lambda _packed: base64.b64encode(gzip.compress(b"alert(1)")).decode(),
        lambda packed: base64.b64encode(base64.b64decode(packed) + b"more").decode(),
        lambda packed: "not base64" + packed,
        lambda _packed: "",
    ],
)
def test_only_a_whole_drawing_library_is_taken_over_from_the_page_of_before(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    """A page that somebody changed, cut or replaced gives nothing to the one that takes its place."""
    whole = written(tmp_path)
    packed = re.findall(r'<script id="bundle"[^>]*>(.*?)</script>', whole)[0]
    (tmp_path / "r.html").write_text(whole.replace(packed, change(packed)), "utf-8")

    assert written(tmp_path) == whole


def test_the_drawing_library_of_the_page_of_before_is_taken_over(tmp_path: Path) -> None:
    """However it was packed: what counts is what it unpacks to."""
    whole = written(tmp_path)
    packed = re.findall(r'<script id="bundle"[^>]*>(.*?)</script>', whole)[0]
    otherwise = base64.b64encode(gzip.compress(gzip.decompress(base64.b64decode(packed)), 1)).decode()
    (tmp_path / "r.html").write_text(whole.replace(packed, otherwise), "utf-8")

    assert written(tmp_path) == whole.replace(packed, otherwise)
