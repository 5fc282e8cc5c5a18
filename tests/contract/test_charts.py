"""Every chart, found by its file: it returns a figure in the house style, and shows client text as text."""

import importlib
import inspect
import json
import math
import pkgutil
from datetime import date
from types import ModuleType
from typing import Any

import plotly.graph_objects as go
import pyarrow as pa
import pytest

import toolkit.charts
from tests.unit.report.sample_run import empty_run, sample_run
from toolkit.charts.style import MAX_HEIGHT, WIDTH, Drawn
from toolkit.match.linkage.evaluation import expected_by_threshold
from toolkit.report.entity_places import entity_places
from toolkit.report.landscape_tables import landscape_tables
from toolkit.report.run import RunTables
from toolkit.tables import PARALLEL_DAY

NO_CHARTS = {"style", "bundle"}
MODULES = [
    importlib.import_module(f"toolkit.charts.{one.name}")
    for one in pkgutil.iter_modules(toolkit.charts.__path__)
    if one.name not in NO_CHARTS
]


def chart_tables(module: ModuleType, run: RunTables) -> list[pa.Table]:
    """Return the tables that a chart's parameters name."""
    nodes, edges = landscape_tables(run.table("snapshot"), run.table("handoff"))
    probabilities = run.table("pair")["match_probability"].to_numpy()
    made = {"landscape_node": nodes, "landscape_edge": edges, "expected": expected_by_threshold(probabilities)}
    made["entity_place"] = entity_places(run)
    made["parallel_day"] = _parallel_days() if run.table("pair").num_rows else PARALLEL_DAY.empty()
    needed = [
        one.name for one in inspect.signature(module.chart).parameters.values() if one.kind is one.POSITIONAL_OR_KEYWORD
    ]
    return [made[name] if name in made else run.table(name) for name in needed]


def _parallel_days() -> pa.Table:
    """Return days of a parallel run, of every kind."""
    found = {"under": (60, 60, 0.94), "over": (60, 57, 0.863), "waiting": (12, 11, 0.646), "empty": (0, 0, 0.0)}
    return PARALLEL_DAY.from_rows(
        {
            "day": date(2026, 3, 2 + at), "state": state, "items": items, "agreeing": agreeing, "low": low, "waiting": 0,
            "discrepancies": items - agreeing, "match_rate": agreeing / items if items else None,
            "is_final": state != "waiting",
        }
        for at, (state, (items, agreeing, low)) in enumerate(found.items())
    )  # fmt: skip


def drawn(module: ModuleType, run: RunTables) -> Any:
    """Call the chart with the tables that its parameters name."""
    return module.chart(*chart_tables(module, run))


def hostile_run() -> RunTables:
    """Return the sample with tags in every text that is not a key, an id or a code."""
    payload = '<img src=x onerror=alert(1)><a href="javascript:alert(2)">x</a>'
    tables = dict(sample_run().tables)
    hostile = {
        "handoff": ("label", "by"),
        "pair_level": ("comparison", "level"),
        "roadmap": ("label", "owner"),
        "approach_fee": ("label",),
        "snapshot": ("system", "entity"),
    }
    for table_name, columns in hostile.items():
        for column in columns:
            table = tables[table_name]
            text = pa.array([f"{payload}{row}" for row in range(table.num_rows)], pa.string())
            tables[table_name] = table.set_column(table.column_names.index(column), column, text)
    return sample_run(tables=tables)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
@pytest.mark.parametrize("run", [sample_run(), empty_run()], ids=["sample", "empty"])
def test_a_chart_carries_a_message_and_fits_the_page(
    module: ModuleType, run: RunTables, capsys: pytest.CaptureFixture[str]
) -> None:
    """A chart has a title that says something, fits on paper, and is returned, not displayed."""
    figure = drawn(module, run)

    assert isinstance(figure, go.Figure)
    assert len(figure.layout.title.text) > 12
    assert figure.layout.width == WIDTH
    assert figure.layout.height <= MAX_HEIGHT
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
def test_a_chart_without_data_says_what_is_missing(module: ModuleType) -> None:
    """An empty table gives a sentence, never an empty frame."""
    figure = drawn(module, empty_run())

    [annotation] = figure.layout.annotations
    assert annotation.text.endswith(".")
    assert not figure.data


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
def test_a_chart_names_its_axes(module: ModuleType) -> None:
    """At least one axis says what it shows; a map has none."""
    layout = drawn(module, sample_run()).layout

    titles = [axis.title.text for axis in (layout.xaxis, layout.yaxis) if axis.visible is not False]
    assert not titles or any(titles)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
def test_a_chart_shows_client_text_as_text(module: ModuleType) -> None:
    """Tags in labels are shown, not followed: the drawing library would turn some of them into links."""
    written = drawn(module, hostile_run()).to_json()

    # The library's JSON writes "<" as a Unicode escape.
    assert "\\u003cimg" not in written
    assert "<img" not in written
    assert "\\u003ca " not in written
    assert "<a " not in written


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
@pytest.mark.parametrize("run", [sample_run(), empty_run(), hostile_run()], ids=["sample", "empty", "hostile"])
def test_plain_data_of_a_chart_is_what_its_figure_writes(module: ModuleType, run: RunTables) -> None:
    """A page that is made without the library of figures draws the same, and all of it is valid."""
    plain = module.drawn(*chart_tables(module, run))

    assert json.loads(plain.to_json()) == json.loads(drawn(module, run).to_json())


def test_what_is_not_finite_is_left_out_of_what_a_page_draws() -> None:
    """A page's script reads JSON, which has no word for it; a figure leaves it out too."""
    chart = Drawn([{"type": "bar", "x": [1.0, math.inf, math.nan], "y": [0, 1, 2]}], {"template": "none"})

    assert json.loads(chart.to_json())["data"][0]["x"] == [1.0, None, None]
    assert json.loads(chart.to_json()) == json.loads(chart.figure().to_json())


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour.

    Source: WCAG 2.2, "relative luminance".
    """
    plain = "#ffffff" if colour == "white" else colour
    parts = [int(plain[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return how far two colours stand apart, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def written_colours(node: Any, ground: str) -> list[tuple[str, str]]:
    """Return the colour of every text of a chart, with the ground that it stands on."""
    if isinstance(node, list):
        return [found for one in node for found in written_colours(one, ground)]
    if not isinstance(node, dict):
        return []
    own = node.get("bgcolor", ground)
    fonts = [node[name]["color"] for name in ("font", "textfont", "outsidetextfont") if "color" in node.get(name, {})]
    nested = [found for one in node.values() for found in written_colours(one, own)]
    return [*((colour, own) for colour in fonts if isinstance(colour, str)), *nested]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
@pytest.mark.parametrize("run", [sample_run(), empty_run()], ids=["sample", "empty"])
def test_a_chart_can_be_read_on_every_page(module: ModuleType, run: RunTables) -> None:
    """On a light page, a dark one and paper: it brings its own ground, and every word stands out from that (WCAG AA)."""
    plain = json.loads(module.drawn(*chart_tables(module, run)).to_json())
    layout = plain["layout"]

    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "white"
    assert layout["font"]["color"]
    faint = [pair for pair in written_colours([plain["data"], layout], "white") if contrast(*pair) < 4.5]
    assert faint == []
