"""How a page and its print look, measured: boxes of labels, and how far down the pages are filled."""

import subprocess
from pathlib import Path
from typing import Any

BOXES = """() => Array.from(document.querySelectorAll('.plot')).map((plot) => {
  const box = (one) => { const b = one.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  const texts = Array.from(plot.querySelectorAll('svg text')).filter((one) => one.textContent.trim());
  const axes = '.zerolinelayer path, .xlines-above, .ylines-above, .xlines-below, .ylines-below';
  const lines = Array.from(plot.querySelectorAll(axes));
  return {texts: texts.map((one) => [one.textContent, ...box(one)]), lines: lines.map(box), frame: box(plot)};
})"""


def opened(browser: Any, page_file: Path, scheme: str = "light") -> Any:
    """Open a page and wait until all is drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page.goto(page_file.as_uri())
    wait_until_drawn(page)
    return page


def wait_until_drawn(page: Any) -> None:
    """Wait until the page says that all is drawn, or that it could not be.

    By what stands in it: the page forbids code in texts, so an expression can be tried at once and never again.
    """
    page.locator("body[data-ready], body[data-failed]").wait_for(state="attached", timeout=60_000)


def overlaps(first: list[float], second: list[float], slack: float = 2.0) -> bool:
    """Whether two boxes (left, top, right, bottom) share more than ``slack`` pixels in both directions."""
    wide = min(first[2], second[2]) - max(first[0], second[0])
    high = min(first[3], second[3]) - max(first[1], second[1])
    return wide > slack and high > slack


def label_clashes(page: Any) -> list[str]:
    """Return which labels of the charts of an open page lie on each other or on an axis, or are cut off."""
    clashes = []
    for place, one in enumerate(page.evaluate(BOXES)):
        texts, name = one["texts"], f"chart {place + 1} ({one['texts'][0][0] if one['texts'] else ''})"
        for number, (text, *box) in enumerate(texts):
            clashes += [f"{name}: {text} on {other}" for other, *box_2 in texts[number + 1 :] if overlaps(box, box_2)]
            clashes += [f"{name}: {text} on an axis" for line in one["lines"] if crosses(box, line)]
            left, top, right, bottom = one["frame"]
            if box[0] < left - 1 or box[1] < top - 1 or box[2] > right + 1 or box[3] > bottom + 1:
                clashes.append(f"{name}: {text} is cut off")
    return clashes


def crosses(box: list[float], line: list[float]) -> bool:
    """Whether a line, thin as it is, runs through a box and not only along its edge."""
    left, top, right, bottom = line
    if right - left < bottom - top:
        return box[0] + 2 < left and right < box[2] - 2 and overlaps(box, [left - 3, top, right + 3, bottom])
    return box[1] + 2 < top and bottom < box[3] - 2 and overlaps(box, [left, top - 3, right, bottom + 3])


def paper_size(printed: Path) -> str:
    """Return the size of the pages of a PDF, as poppler names it."""
    facts = subprocess.run(["pdfinfo", str(printed)], check=True, capture_output=True, text=True).stdout
    return next(line.partition(":")[2].strip() for line in facts.splitlines() if line.startswith("Page size:"))


def filled_shares(printed: Path, folder: Path) -> list[float]:
    """Return how far down each page of a PDF is filled; pictures of its pages are left in ``folder``."""
    subprocess.run(["pdftoppm", "-r", "20", "-gray", str(printed), str(folder / "p")], check=True)
    return [filled_share(picture) for picture in sorted(folder.glob("p-*.pgm"))]


def filled_share(picture: Path) -> float:
    """Return how far down a page, between head and foot, there is something on it."""
    _, size, _, pixels = picture.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    first, last = int(height * 0.06), int(height * 0.925)
    inked = [row for row in range(first, last) if min(pixels[row * width : (row + 1) * width]) < 200]
    return (max(inked) - first) / (last - first) if inked else 0.0
