"""Digits of other scripts as the ten of ASCII: Arabic-Indic, Persian, Devanagari, Bengali, full width.

Source: Unicode 16, general category Nd; U+066B and U+066C are the Arabic decimal and thousands separators.
"""

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cell_bytes import is_ascii

_FOREIGN = r"[\x{660}-\x{669}\x{66b}\x{66c}\x{6f0}-\x{6f9}\x{966}-\x{96f}\x{9e6}-\x{9ef}\x{ff10}-\x{ff19}]"
_ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xFF10)
_TO_ASCII = {zero + value: str(value) for zero in _ZEROS for value in range(10)} | {0x66B: ".", 0x66C: "'"}


def plain_digits(text: str) -> str:
    """Return a text with the digits of other scripts as ASCII digits.

    Examples
    --------
    >>> plain_digits("\u0661\u0662\u066b\u0665")
    '12.5'
    """
    return text if text.isascii() else text.translate(_TO_ASCII)


def ascii_digits(distinct: pa.Array) -> pa.Array:
    r"""Return texts with the digits of other scripts as ASCII digits; the rest stays as it is.

    Examples
    --------
    >>> ascii_digits(pa.array(["\u0661\u0662\u066b\u0665", "12.50", None])).to_pylist()
    ['12.5', '12.50', None]
    """
    if is_ascii(distinct):
        return distinct
    is_foreign = pc.fill_null(pc.match_substring_regex(distinct, _FOREIGN), False)
    if not pc.any(is_foreign).as_py():
        return distinct
    changed = [text.translate(_TO_ASCII) for text in distinct.filter(is_foreign).to_pylist()]
    return pc.replace_with_mask(distinct, is_foreign, pa.array(changed, pa.string()))
