"""Internet domains without a page.

Source: top-level domains of countries are their ISO 3166-1 codes; the others are those in common use, and ``example``,
``test`` and ``local``, which RFC 2606 and RFC 6762 reserve.
"""

import re

from toolkit.values.country import CODES
from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,})")
_ENDINGS = word_set(
    """
    com org net info biz name pro coop edu gov mil int eu uk app dev io shop store online site website tech cloud
    agency company group solutions services systems studio design digital consulting energy finance legal health care
    center club art blog media news photography restaurant cafe bar hotel travel tours farm garden house immo berlin
    hamburg koeln wien bayern paris london nyc amsterdam cat swiss gmbh ltd llc xyz top ai example test local
    """
) | {code.lower() for code in CODES}


def share(sample: Sample) -> float:
    """Return the share of bare host names.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["acme.com", "shop.acme.co.uk", "report.pdf", "e.on"]))
    0.5
    """
    return sample.read(_fits) if sample.has_any(".") else 0.0


def _fits(worded: Worded) -> float:
    if "." not in worded.folded:
        return 0.0
    found = _HOST.fullmatch(worded.folded)
    return 1.0 if found and found.group(1) in _ENDINGS and len(found.group()) > 4 else 0.0
