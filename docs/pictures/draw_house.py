"""Draw the picture of docs/architecture.md: the parts of the package in their layers, as the layer test has them.

Run from the project's root: ``python docs/pictures/draw_house.py``. A part that has its place but no code yet is dashed.
"""  # noqa: INP001 - a folder of pictures, not a package

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from canvas import FAINT, GREY, INK, SKY, WHITE, Canvas

from tests.test_layers import LAYERS

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "pictures" / "house.svg"
WIDTH, LEFT, TOP = 720, 216, 50
BOX, GAP = 26, 6
NAMES = {"__init__": "import toolkit", "__main__": "python -m toolkit"}
PURPOSES = {
    0: "errors; version; cores",
    1: "tables, values, queries",
    2: "the trade, as pure functions",
    3: "several systems together",
    4: "files, network, disk",
    5: "vendors; sending; notebooks",
    6: "what people see",
    7: "what the consultant knows",
    8: "stages and verbs",
    9: "command line; public face",
    10: "",
}


def _is_built(part: str) -> bool:
    package = ROOT / "toolkit"
    return (package / f"{part}.py").exists() or (package / part / "__init__.py").exists()


def _width(name: str) -> float:
    return 18 + 6.6 * len(name)


def _placed(parts: list[str]) -> list[list[tuple[str, float]]]:
    """Return the parts of a layer as lines of (part, left edge)."""
    lines: list[list[tuple[str, float]]] = [[]]
    x = float(LEFT)
    for part in parts:
        width = _width(NAMES.get(part, part))
        if x + width > WIDTH - 16 and lines[-1]:
            lines.append([])
            x = float(LEFT)
        lines[-1].append((part, x))
        x += width + GAP
    return lines


def drawn_house() -> str:
    """Return the picture as SVG text."""
    layers = sorted(set(LAYERS.values()), reverse=True)
    rows = {number: _placed(sorted(part for part, layer in LAYERS.items() if layer == number)) for number in layers}
    heights = {number: 14 + (BOX + GAP) * len(rows[number]) for number in layers}
    names = {number: [NAMES.get(part, part) for line in rows[number] for part, _ in line] for number in layers}
    words = "; ".join(f"layer {number}: {', '.join(names[number])}" for number in layers)
    title = f"The parts of the package in their layers, from the top. {words}."
    canvas = Canvas(WIDTH, TOP + sum(heights.values()) + 34, title)
    canvas.text(16, 26, "The house: a part imports itself and what is below it", size=16, is_bold=True)
    y = float(TOP)
    for place, number in enumerate(layers):
        canvas.rect(12, y, WIDTH - 24, heights[number] - 4, fill=FAINT if place % 2 == 0 else WHITE, round_by=4)
        canvas.text(24, y + 26, str(number), size=14, is_bold=True)
        canvas.text(48, y + 25, PURPOSES[number], size=11, colour=GREY)
        for count, line in enumerate(rows[number]):
            for part, x in line:
                _box(canvas, part, x, y + 5 + (BOX + GAP) * count)
        y += heights[number]
    canvas.text(16, y + 18, "Dashed: its place is kept, nothing stands in it yet.", size=11, colour=GREY)
    return canvas.svg()


def _box(canvas: Canvas, part: str, x: float, y: float) -> None:
    name = NAMES.get(part, part)
    width = _width(name)
    if _is_built(part):
        canvas.rect(x, y, width, BOX, fill="#F4F8FB", line=SKY, round_by=6)
    else:
        right, low = x + width, y + BOX
        for edge in ((x, y, right, y), (x, low, right, low), (x, y, x, low), (right, y, right, low)):
            canvas.line(*edge, colour=GREY, dash="3 3")
    canvas.text(x + width / 2, y + 17, name, size=12, colour=INK if _is_built(part) else GREY, anchor="middle")


if __name__ == "__main__":
    PICTURE.write_text(drawn_house(), encoding="utf-8")
