"""Products of two shops, as Abt and Buy list them: a title with maker and model number, a description, a price.

The next model of a series, another colour and another size differ in one sign and are different products.
"""

import random
import re

import numpy as np
import pyarrow as pa

from benchmarks.matching.exam import Exam
from benchmarks.matching.generated.vocabulary import by_rank

_MAKERS = by_rank(
    """Sony|Panasonic|Samsung|Canon|LG|Bose|Frigidaire|Whirlpool|Nikon|Garmin|Logitech|Netgear|Linksys|Yamaha|Denon|Sharp
|Toshiba|JVC|Kenwood|Pioneer|Haier|Bosch|KitchenAid|Electrolux|Olympus|Brother|Epson|Belkin|Monster|Speck|Sanus|Omnimount
|Tripp Lite|Escort|Uniden|Motorola|Plantronics|Delonghi|Weber|Dyson""".replace("\n", "").split("|"),
    0.6,
)
_KINDS = (
    ("Cyber-shot Digital Camera", "digital camera", ("8 Megapixel", "10.1 Megapixel", "12 Megapixel", "5x zoom")),
    ("LCD HDTV", "flat panel television", ('32"', '40"', '46"', '52"', "1080p", "720p")),
    ("Front Load Washer", "washing machine", ("3.5 cu. ft.", "4.0 cu. ft.", "9 cycles")),
    ("Home Theater System", "surround sound system", ("5.1 channel", "7.1 channel", "1000 watts")),
    ("Portable DVD Player", "dvd player", ('7" screen', '8.5" screen', "dual screen")),
    ("Cordless Phone", "telephone", ("DECT 6.0", "5.8 GHz", "2 handsets", "3 handsets")),
    ("Over-the-Range Microwave", "microwave oven", ("1.7 cu. ft.", "1000 watts", "2.0 cu. ft.")),
    ("Bookshelf Speaker", "speaker", ("150 watts", "pair", '6.5" woofer')),
    ("GPS Navigator", "navigation system", ('4.3" display', '3.5" display', "maps of 13 states")),
    ("Wireless Router", "router", ("802.11n", "802.11g", "4 ports")),
    ("Photo Printer", "printer", ("4800 dpi", "9600 dpi", "all-in-one")),
    ("Dishwasher", "dishwasher", ('24"', "5 cycles", "14 place settings")),
    ("In-Dash CD Receiver", "car stereo", ("50W x 4", "USB", "satellite radio ready")),
    ("Low Profile Wall Mount", "tv mount", ('23"-37"', '42"-63"', "tilt")),
)
_COLORS = (("Black", "BK"), ("White", "WH"), ("Silver", "SL"), ("Stainless Steel", "SS"), ("Red", "R"), ("Blue", "BL"))
_ROLES = {"name": "title", "description": "text", "price": "price"}
_FIRST_DIGIT = re.compile(r"(?<=[A-Z])([0-9])")
_LETTERS = "ABCDEFGHKLMNPRSTVWXZ"


def products(count: int, seed: int = 1) -> Exam:
    """Return about ``count`` records on each side; most products are in both shops."""
    dice = random.Random(seed)
    rows: list[tuple[str, str, tuple[str | None, ...], int]] = []
    entity = 0
    while len(rows) < 2 * count:
        for product in _series(dice):
            if dice.random() < 0.93:
                rows.append(("l", f"l{len(rows)}", _listed(dice, product, is_first=True), entity))
            if dice.random() < 0.93:
                rows.append(("r", f"r{len(rows)}", _listed(dice, product, is_first=False), entity))
            entity += 1
    order = np.random.default_rng(seed).permutation(len(rows))
    shuffled = [rows[row] for row in order]
    columns = list(zip(*(row[2] for row in shuffled), strict=True))
    table = pa.table(
        {
            "record_key": [row[1] for row in shuffled],
            "side": [row[0] for row in shuffled],
            **{name: pa.array(column, pa.string()) for name, column in zip(_ROLES, columns, strict=True)},
        }
    )
    return Exam(f"products {count:,} x 2, seed {seed}", "product", table, np.array([row[3] for row in shuffled]), _ROLES)


def _one(dice: random.Random, values):  # noqa: ANN001, ANN202 - a draw of whatever the list holds
    return values[int(dice.random() * len(values))]


def _series(dice: random.Random) -> list[dict[str, object]]:
    """Return one product, or several of one series: the next number up, or the same in another colour."""
    letters = "".join(_one(dice, _LETTERS) for _ in range(2 + int(dice.random() * 3)))
    number = 10 + int(dice.random() * 9990)
    maker, kind = _one(dice, _MAKERS), _one(dice, _KINDS)
    price = round(10 ** (1.3 + dice.random() * 2), 2)
    facts = dice.sample(kind[2], min(2, len(kind[2])))
    first = {"maker": maker, "kind": kind, "color": _one(dice, _COLORS), "facts": facts, "price": price}
    colored = dice.random()
    if colored < 0.2:
        colors = dice.sample(_COLORS, 2)
        return [{**first, "color": color, "model": f"{letters}{number}{color[1]}"} for color in colors]
    numbers = [number, number + _one(dice, (1, 5, 10, 100))] if colored < 0.5 else [number]
    dash = "-" if dice.random() < 0.3 else ""
    return [{**first, "model": f"{letters}{dash}{one}", "price": round(price * (1 + 0.2 * place), 2)}
            for place, one in enumerate(numbers)]  # fmt: skip


def _listed(dice: random.Random, product: dict, *, is_first: bool) -> tuple[str | None, ...]:
    """Return one shop's listing: the first names maker, kind and model in one order, the second in many."""
    maker, (long, short, _), (color, code), model = (product[key] for key in ("maker", "kind", "color", "model"))
    facts, way = list(product["facts"]), dice.random()
    price = f"${product['price'] * (1 + (dice.random() - 0.5) * 0.12):,.2f}" if dice.random() < 0.6 else None
    if is_first:
        shown = model.replace("-", "") if way < 0.3 else model
        about = f"{maker} {long} - {shown} / {', '.join(facts)} / {color} Finish"
        return f"{maker} {color if way < 0.5 else ''} {long} - {shown}".replace("  ", " "), about, price
    shown = (
        model
        if way < 0.5
        else model.replace("-", "")
        if way < 0.75
        else _FIRST_DIGIT.sub(r" \1", model.replace("-", ""), count=1)
    )
    name = _one(dice, (
        f"{maker} {shown} {facts[0]} {long}", f"{maker} {long} {shown} {color}", f"{maker} {shown} {short}",
        f"{shown} {maker} {facts[0]} {long} ({color})", f"{maker.upper()} {shown} {long.split()[0]}",
        f"{maker} {long} {shown} - {facts[0]}",
    ))  # fmt: skip
    about = None if dice.random() < 0.45 else f"{facts[0]} {short}, {code if dice.random() < 0.3 else color}"
    return name, about, price
