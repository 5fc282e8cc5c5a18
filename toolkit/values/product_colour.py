"""Colours named in the title of a thing, whichever language or shorthand: "schwarz", "BLK" and "noir" are one colour.

Source: the colour words of English, German, French, Spanish, Italian and Dutch, and the shorthands of the trade.
"""

import pyarrow as pa

from toolkit.values.cells import each_text
from toolkit.values.text import words

_NAMES = {
    "black": "black blk bk schwarz noir noire negro negra nero nera zwart",
    "white": "white wht wh weiss blanc blanche blanco blanca bianco bianca wit",
    "grey": "grey gray gry grau gris grigio grigia grijs anthracite anthrazit charcoal slate",
    "silver": "silver slv silber argent plateado argento zilver",
    "steel": "stainless inox edelstahl inoxidable",
    "red": "red rot rouge rojo roja rosso rossa rood",
    "blue": "blue blu blau bleu bleue azul azzurro blauw navy",
    "green": "green grn grun gruen vert verte verde groen",
    "yellow": "yellow ylw gelb jaune amarillo amarilla giallo gialla geel",
    "orange": "orange naranja arancione oranje",
    "brown": "brown brn braun brun brune marron marrone bruin",
    "pink": "pink rosa rose roze",
    "purple": "purple violet violett lila morado viola paars",
    "gold": "gold golden dore dorado oro goud",
    "beige": "beige cream ivory creme crema",
    "turquoise": "turquoise teal turkis turquesa turchese",
    "burgundy": "burgundy bordeaux maroon",
    "bronze": "bronze copper kupfer",
    "clear": "transparent clear klar",
}  # fmt: skip
COLOURS = {word: colour for colour, own in _NAMES.items() for word in own.split()}
"""Word to the colour that it names."""


def colours(title: str) -> tuple[str, ...]:
    """Return the colours that a title names, in alphabetical order.

    Examples
    --------
    >>> colours("Kettle 1.7 l, Schwarz/Rot"), colours("KETTLE BLK"), colours("Kettle")
    (('black', 'red'), ('black',), ())
    """
    return tuple(sorted({COLOURS[word] for word in words(title) if word in COLOURS}))


def standardised(titles: pa.StringArray) -> pa.StringArray:
    """Return the ``colours`` of each title with blanks between; null where none is named.

    Examples
    --------
    >>> standardised(pa.array(["Rote Lampe rot", "Lamp", None])).to_pylist()
    ['red', None, None]
    """
    return each_text(titles, lambda title: " ".join(colours(title)) or None)
