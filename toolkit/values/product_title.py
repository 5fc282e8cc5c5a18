"""The words of a thing's title that are no code, no size and no colour, which are facts of their own.

What consists of nothing else keeps its words: "Black 1 l" is all that some titles say.
"""

import pyarrow as pa

from toolkit.values import product_measures
from toolkit.values.cells import each_text
from toolkit.values.product_colour import COLOURS
from toolkit.values.text import words


def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a title without codes, sizes and colours.

    Examples
    --------
    >>> title_words('Sony Bravia KDL-32L5000 32" LCD TV (black)'), title_words("Black 1 l")
    (('sony', 'bravia', 'lcd', 'tv'), ('black', '1', 'l'))
    """
    rest = product_measures.read_without_codes(title)[1]
    return tuple(word for word in words(rest) if word not in COLOURS) or tuple(words(title))


def standardised(titles: pa.StringArray) -> pa.StringArray:
    """Return the ``title_words`` of each title with blanks between; null where there is none.

    Examples
    --------
    >>> standardised(pa.array(["Oil, 1 l", "--", None])).to_pylist()
    ['oil', None, None]
    """
    return each_text(titles, lambda title: " ".join(title_words(title)) or None)
