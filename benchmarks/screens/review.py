"""How fast ``review_pairs`` is and that nothing is lost at it, in a real JupyterLab in Chromium.

::

    python -m benchmarks.screens.review                      # all of it: some ten minutes on a quiet machine
    python -m benchmarks.screens.review --only pairs         # pairs, many, rendering, planted or kills

``pairs``: 10,000 pairs: first paint (from the key that runs the cell to the first pair in sight, and from the moment that
the page has its data), a key to the next pair painted, a key to the decision acknowledged; medians of 60. ``many``: the same
at 100,000, and the JavaScript heap that the screen adds. ``rendering``: opening 10,000 pairs against the way of OpenRefine,
all rows into the page at once, same browser, same data. ``planted``: 200 pairs by keyboard. ``kills``: 20 kernel kills at 5
keys a second.
"""

import argparse
import os
import signal
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.screens.planted_pairs import planted_client
from benchmarks.screens.reviewing import ANSWERS, TIMES, answered_by_keys
from tests.lab.conftest import FLAGS
from tests.lab.jupyter import Lab, open_notebook, run_cells, running_lab
from tests.lab.kernels import kernel_process
from toolkit.audit.engagement import open_engagement
from toolkit.report.pdf import found_browser

SEEN = ".ia-screen:not([data-connection=gone]) [data-pair]"
HERE = """
from toolkit import open_engagement, review_pairs
here = open_engagement('{folder}')
"""
SHOWN = "review_pairs(here, reviewer='Dana')"
OPEN = f"{HERE}{SHOWN}"
WHOLE = """
import anywidget, traitlets
from toolkit.audit.desks.review_pairs.desk import ReviewDesk
desk = ReviewDesk(here, reviewer='Dana')
rows = []
for first in range(0, desk.pairs.count, 40):
    rows += desk.questions()['details']([*range(first, min(first + 40, desk.pairs.count))])
class Whole(anywidget.AnyWidget):
    _esm = '''
    export default { render({model, el}) {
        const table = document.createElement('table');
        for (const pair of model.get('rows')) for (const side of [0, 1]) {
            const line = document.createElement('tr');
            line.append(cell(pair.names[side]), cell(pair.systems[side]));
            for (const field of pair.fields) line.append(cell(side ? field.right : field.left));
            table.append(line);
        }
        const box = document.createElement('div');
        box.style.cssText = 'height:560px;overflow:auto';
        box.append(table); el.append(box);
        requestAnimationFrame(() => requestAnimationFrame(() => box.dataset.whole = 'yes'));
    } };
    function cell(text) { const made = document.createElement('td'); made.textContent = text; return made; }
    '''
    rows = traitlets.List().tag(sync=True)
Whole(rows=rows)
"""
HEAP = "performance.memory.usedJSHeapSize / 1e6"


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", choices=[*PARTS], default="")
    only = asked.parse_args().only
    with tempfile.TemporaryDirectory() as kept, running_lab(Path(kept)) as lab, sync_playwright() as driver:
        for name, part in PARTS.items():
            if only in {"", name}:
                # A browser of its own for each: no part inherits the memory of the one before.
                browser = driver.chromium.launch(executable_path=str(found_browser()), args=[*FLAGS])
                for line in part(lab, browser):
                    print(line, flush=True)
                browser.close()


def _pairs(lab: Lab, browser: Any) -> list[str]:
    return _speed(lab, browser, 10_000)


def _many(lab: Lab, browser: Any) -> list[str]:
    return _speed(lab, browser, 100_000)


def _speed(lab: Lab, browser: Any, count: int) -> list[str]:
    folder = f"planted{count}"
    planted_client(lab.folder / folder, count)
    with closing(browser.new_page()) as page:
        name = lab.notebook(f"{folder}.ipynb", [HERE.format(folder=folder), SHOWN])
        open_notebook(page, lab, name)
        _first_cell(page)
        heap = _heap(page)
        began = time.perf_counter()
        _run(page)
        page.locator(SEEN).wait_for(timeout=120_000)
        opened = time.perf_counter() - began
        page.locator(".ia-screen").focus()
        painted = page.evaluate("document.querySelector('.ia-screen').dataset.paintedMs")
        times = _key_times(page, 60)
        added = _heap(page) - heap
    shown, stored = (statistics.median(times[one]) for one in ("shown", "stored"))
    said = (
        f"{count:,} pairs: cell to first pair {opened:.2f} s, page to first pair {float(painted):.0f} ms, "
        f"key to next pair {shown:.0f} ms, key to stored {stored:.0f} ms (medians of {len(times['stored'])}), "
        f"heap added {added:.1f} MB"
    )
    return [said]


def _key_times(page: Any, count: int) -> dict[str, list[float]]:
    """Press a key a second or so and return how long until the next pair was painted, and until it was acknowledged."""
    page.evaluate(TIMES)
    for _ in range(count):
        before = page.locator("[data-pair]").get_attribute("data-pair")
        page.keyboard.press("y")
        page.wait_for_function("before => document.querySelector('[data-pair]')?.dataset.pair !== before", arg=before)
        page.wait_for_timeout(250)
    page.wait_for_function("count => window.reviewTimes.stored.length >= count", arg=count, timeout=60_000)
    found: dict[str, list[float]] = page.evaluate("window.reviewTimes")
    return found


def _rendering(lab: Lab, browser: Any) -> list[str]:
    folder = "rendering"
    planted_client(lab.folder / folder, 10_000)
    seen, lines = {}, []
    for way, cell, sign in (
        ("review_pairs", "review_pairs(here, reviewer='Dana')", SEEN),
        ("all rows at once", WHOLE, "[data-whole]"),
    ):
        with closing(browser.new_page()) as page:
            name = lab.notebook(f"{way.replace(' ', '-')}.ipynb", [HERE.format(folder=folder), cell])
            open_notebook(page, lab, name)
            _first_cell(page)
            heap, nodes = _heap(page), page.evaluate("document.querySelectorAll('*').length")
            began = time.perf_counter()
            _run(page)
            page.locator(sign).wait_for(timeout=300_000)
            seen[way] = (
                time.perf_counter() - began,
                _heap(page) - heap,
                page.evaluate("document.querySelectorAll('*').length") - nodes,
            )
        took, added, count = seen[way]
        lines.append(f"rendering, {way}: {took:.2f} s, {added:.1f} MB of heap, {count:,} elements")
    ours, whole = seen["review_pairs"], seen["all rows at once"]
    return [*lines, f"rendering: {whole[0] / ours[0]:.1f} times sooner, {ours[1] / whole[1]:.3f} of the heap"]


def _planted(lab: Lab, browser: Any) -> list[str]:
    folder = "planted200"
    truth = planted_client(lab.folder / folder, 200)
    with closing(browser.new_page()) as page:
        _opened(page, lab, folder)
        keys, painted = answered_by_keys(page, 200, seconds=300)
        page.get_by_text("200 decided").wait_for(timeout=60_000)
    rows = _decisions(lab, folder)
    stored = {(row["key_l"], row["key_r"]): row["decision"] == "same" for row in rows}
    right = sum(stored.get(pair) == one for pair, one in truth.items())
    return [f"planted: {keys / 200:.2f} keys a pair, {len(painted)} painted, {right} of 200 stored as the truth is"]


def _kills(lab: Lab, browser: Any, kills: int = 20) -> list[str]:
    folder = "killed"
    planted_client(lab.folder / folder, 2_000)
    shown: set[str] = set()
    with closing(browser.new_page()) as page:
        name = _opened(page, lab, folder)
        for _ in range(kills):
            page.evaluate(ANSWERS, {"count": 2_000, "pause": 200})
            page.wait_for_timeout(3_000 + 37 * len(shown) % 400)
            os.kill(kernel_process(lab, name), signal.SIGKILL)
            page.get_by_role("alert").get_by_text("nothing more is saved").wait_for(timeout=60_000)
            shown |= {*page.evaluate("window.acknowledged")}
            page.locator(".jp-Dialog button.jp-mod-accept").click()
            page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=60_000)
            run_cells(page)
            page.locator(SEEN).wait_for(timeout=60_000)
    kept = {f"{row['key_l']} {row['key_r']}" for row in _decisions(lab, folder)}
    return [f"kills: {kills}, {len(shown)} decisions acknowledged, {len(shown - kept)} of them lost"]


def _opened(page: Any, lab: Lab, folder: str) -> str:
    name = lab.notebook(f"{folder}.ipynb", [OPEN.format(folder=folder)])
    open_notebook(page, lab, name)
    run_cells(page, seconds=120)
    page.locator(SEEN).wait_for(timeout=60_000)
    page.locator(".ia-screen").focus()
    return name


def _first_cell(page: Any) -> None:
    """Run the first cell: importing is not what is measured."""
    page.locator(".jp-CodeCell").first.click()
    page.keyboard.press("Shift+Enter")
    page.locator(".jp-CodeCell .jp-InputPrompt", has_text="[1]").wait_for(timeout=60_000)


def _run(page: Any) -> None:
    page.keyboard.press("Shift+Enter")


def _heap(page: Any) -> float:
    """Return the JavaScript heap in MB, after what is not used was thrown away."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.detach()
    return float(page.evaluate(HEAP))


def _decisions(lab: Lab, folder: str) -> list[dict[str, Any]]:
    engagement = open_engagement(lab.folder / folder)
    rows: list[dict[str, Any]] = engagement.store.decisions().to_pylist()
    engagement.close()
    return rows


PARTS: dict[str, Callable[[Lab, Any], list[str]]] = {
    "pairs": _pairs,
    "many": _many,
    "rendering": _rendering,
    "planted": _planted,
    "kills": _kills,
}

if __name__ == "__main__":
    main()
