"""From a move of a slider to the business case redrawn, in a real JupyterLab.

``python benchmarks/screens/assumptions.py [handoffs] [trials]``
The sample client with its handoffs repeated up to 30, 5,000 trials. Each input is moved 20 times; told is the time in the
page from the move to the redrawn case: the page's message, the kernel's calculation, its answer, and the drawing.
"""

import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.lab.conftest import FLAGS  # noqa: E402
from tests.lab.jupyter import Lab, run_all, running_lab  # noqa: E402
from toolkit.audit.audited_folder import copied_sample  # noqa: E402
from toolkit.audit.desks.assumptions.desk import AssumptionsDesk  # noqa: E402
from toolkit.audit.engagement import open_engagement  # noqa: E402
from toolkit.audit.pull.snapshots import pull_snapshots  # noqa: E402
from toolkit.audit.runs import run_stages  # noqa: E402
from toolkit.report.pdf import found_browser  # noqa: E402

MOVES = 20
INPUTS = {
    "cost of an hour, which all handoffs share": "total|loaded_rate_per_hour",
    "minutes per item of one handoff": "deal_to_project|minutes_per_item",
    "days to build one connection": "deal_to_invoice|build_days",
    "rate at which later money counts less": "total|annual_discount_rate",
}
_MOVED = """async ({key, moves}) => {
    const screen = document.querySelector('.ia-screen');
    const [place] = key.split('|');
    const choice = screen.querySelector('.ia-place');
    choice.value = place;
    choice.dispatchEvent(new Event('change'));
    const slider = screen.querySelector(`[data-key="${key}"] .ia-slider`);
    const times = [];
    for (let move = 0; move < moves; move++) {
        const drawn = new Promise(resolve => {
            const watch = new MutationObserver(() => { watch.disconnect(); resolve(); });
            watch.observe(screen, {attributes: true, attributeFilter: ['data-drawn']});
        });
        const begun = performance.now();
        slider.value = Number(slider.value) + Number(slider.step) * (move % 2 ? 7 : -6);
        slider.dispatchEvent(new Event('input', {bubbles: true}));
        await drawn;
        await new Promise(requestAnimationFrame);
        times.push(performance.now() - begun);
    }
    slider.dispatchEvent(new Event('change', {bubbles: true}));
    return times;
}"""


def main(handoffs: int, trials: int) -> None:
    """Print the times."""
    with tempfile.TemporaryDirectory() as kept, running_lab(Path(kept)) as lab, sync_playwright() as driver:
        _client(lab.folder / "client", handoffs)
        _kernel_alone(lab.folder / "client", trials)
        cell = f"from toolkit import *\nedit_assumptions(open_engagement('client'), reviewer='Ann', trials={trials})"
        browser = driver.chromium.launch(executable_path=str(found_browser()), args=[*FLAGS])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        print(f"{handoffs} handoffs, {trials:,} trials: opened in {_opened(page, lab, cell):.1f} s")
        for name, key in INPUTS.items():
            times = sorted(page.evaluate(_MOVED, {"key": key, "moves": MOVES}))
            print(f"{name}: median {statistics.median(times):.0f} ms, 9 of 10 under {times[int(0.9 * len(times))]:.0f} ms")
        browser.close()


def _kernel_alone(folder: Path, trials: int) -> None:
    """Print the processor's time of the desk's answers, without a page: it depends less on what else the machine does."""
    desk = AssumptionsDesk(open_engagement(folder), reviewer="Ann", trials=trials)
    rows = {f"{row['place']}|{row['name']}": row for row in desk.first()["rows"]}
    for name, key in INPUTS.items():
        row, times = rows[key], []
        for move in range(MOVES):
            numbers = {end: row[end] * (1 + move / 100) for end in ("low", "likely", "high")}
            begun = time.process_time()
            desk.tried(tried=[{"place": row["place"], "name": row["name"], **numbers}])
            times.append(1000 * (time.process_time() - begun))
        print(f"kernel alone, {name}: median {statistics.median(times):.0f} ms of processor time")


def _opened(page: Any, lab: Lab, cell: str) -> float:
    name = lab.notebook("case.ipynb", [cell])
    begun = time.monotonic()
    run_all(page, lab, name, seconds=300)
    page.locator(".ia-screen").wait_for()
    return time.monotonic() - begun


def _client(folder: Path, handoffs: int) -> None:
    """Write the sample client with its handoffs repeated, and audit it."""
    copied_sample(folder)
    file = folder / "engagement.yaml"
    text = file.read_text("utf-8")
    begin, end = text.index("\nhandoffs:\n") + len("\nhandoffs:\n"), text.index("\nrates:\n")
    entries = re.split(r"\n(?=  [a-z_]+:\n)", text[begin:end])
    entries = [one for one in entries if re.match(r"\s*[a-z_]+:\n", one)]
    again = [re.sub(r"([a-z_]+):\n", rf"\1_{number}:\n", one, count=1) for number, one in _repeated(entries, handoffs)]
    file.write_text(text[:end] + "\n" + "\n".join(again) + text[end:], "utf-8")
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    run_stages(engagement, "roi")
    engagement.close()


def _repeated(entries: list[str], handoffs: int) -> list[tuple[int, str]]:
    more = max(0, handoffs - len(entries))
    return [(number, entries[number % len(entries)].strip("\n")) for number in range(more)]


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given + [30, 5_000][len(given) :]))
