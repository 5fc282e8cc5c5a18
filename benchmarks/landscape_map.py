"""CPU time of the landscape's map of 40 systems and 120 flows, and what lies on something else in it, as browsers draw it.

Run ``python -m benchmarks.landscape_map [--systems N] [--flows N] [--people N] [--page FILE]``. Asked for: under 5 s, no
label on another, no line through a box. ``--page`` keeps the page.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.charts import landscape_map
from toolkit.landscape.map_tables import map_tables
from toolkit.landscape.systems import System
from toolkit.report.blocks import PLOTLY, Chart
from toolkit.report.html import chart_html, page_html
from toolkit.tables import HANDOFF

_WORDS = ("Ledger", "Web shop", "Help desk", "Payroll", "Stock list", "Field service", "Marketing mails", "Card payments")
_CARRIERS = ("copy", "reentry", "file", "sheet", "email", None)
_SEEDS = 5


def client(systems: int, flows: int, people: int, seed: int) -> tuple[list[System], pa.Table]:
    """Return the systems and handoffs of an invented client."""
    draw = random.Random(seed)
    named = [System(f"s{place}", label=f"{draw.choice(_WORDS)} {place}") for place in range(systems)]
    rows = []
    for place in range(flows):
        left, right = draw.sample(named, 2)
        rows.append(
            {
                "handoff_id": f"h{place}",
                "label": f"Flow {place}",
                "system_l": left.name,
                "stream_l": "a",
                "system_r": right.name,
                "stream_r": "b",
                "by": f"Person {draw.randrange(people)}" if people else None,
                "carrier": draw.choice(_CARRIERS),
                "is_proposed": False,
                "missing": [],
            }
        )
    return named, HANDOFF.from_rows(rows)


def lines_through_boxes(nodes: pa.Table, edges: pa.Table) -> list[str]:
    """Return which line runs through which box that is neither of its ends."""
    boxes = nodes.to_pylist()
    found = []
    for edge in edges.to_pylist():
        points = list(zip(edge["xs"], edge["ys"], strict=True))
        others = [box for box in boxes if box["node_id"] not in {edge["source"], edge["target"]}]
        found += [f"{edge['handoff_id']} through {box['label']}" for box in others if _runs_through(points, box)]
    return found


def _runs_through(points: Sequence[tuple[float, float]], box: dict[str, Any], steps: int = 60) -> bool:
    for (x, y), (x_2, y_2) in pairwise(points):
        for step in range(steps + 1):
            at, down = x + (x_2 - x) * step / steps, y + (y_2 - y) * step / steps
            if abs(at - box["x"]) < box["width"] / 2 - 1e-6 and abs(down - box["y"]) < box["height"] / 2 - 1e-6:
                return True
    return False


def label_clashes(page: Path) -> list[str]:
    """Return which texts of a page's charts lie on another, stick out of the picture or out of their box."""
    from playwright.sync_api import sync_playwright

    from toolkit.report.pdf import found_browser

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(found_browser()), args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_page(viewport={"width": 1280, "height": 1000})
        shown.goto(page.resolve().as_uri())
        shown.locator("body[data-ready], body[data-failed]").wait_for(state="attached", timeout=60_000)
        texts: list[list[Any]] = shown.evaluate(
            "() => Array.from(document.querySelectorAll('.plot svg text')).filter((t) => t.textContent.trim())"
            ".map((t) => { const b = t.getBoundingClientRect(); return [t.textContent, b.left, b.top, b.right, b.bottom]; })"
        )
        browser.close()
    return [
        f"{one[0]} on {other[0]}"
        for place, one in enumerate(texts)
        for other in texts[place + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > 1 and min(one[4], other[4]) - max(one[2], other[2]) > 1
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--systems", type=int, default=40)
    parser.add_argument("--flows", type=int, default=120)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args()
    print("seed    CPU s   lines through boxes   labels on labels")
    for seed in range(1, _SEEDS + 1):
        systems, handoffs = client(given.systems, given.flows, given.people, seed)
        notes = {f"h{place}": str(place + 3) for place in range(given.flows)}
        began = time.process_time()
        nodes, edges = map_tables(systems, handoffs, shown_person=str, notes=notes)
        drawn = Chart(landscape_map.drawn(nodes, edges), "Map")
        spent = time.process_time() - began
        with tempfile.TemporaryDirectory() as folder:
            page = given.page or Path(folder) / "map.html"
            shown = chart_html(drawn._repr_mimebundle_()[PLOTLY])
            page.write_text(page_html([shown], title="Map"), encoding="utf-8")
            clashes = label_clashes(page)
        through = lines_through_boxes(nodes, edges)
        print(f"{seed:>4} {spent:>8.2f} {len(through):>21} {len(clashes):>18}", *clashes[:3], *through[:3], sep="  ")


if __name__ == "__main__":
    main()
