"""Free text in a client's report: file names, accounts, reasons, with nothing in it that names or reaches a person."""

import re
from functools import lru_cache

from toolkit.report.masking import masked_emails, masked_phone, masked_text, short_person_name
from toolkit.values.people_in_text import with_people

_CARD = re.compile(r"(?<![\w.])(?:\d{4}[ -]?){3}\d{1,7}(?!\w)|(?<!\w)\+\d(?:[\s().\-/]{0,3}\d){6,14}(?!\w)")


@lru_cache(maxsize=4096)
def masked_free_text(text: str | None, *, has_amounts: bool = False) -> str:
    """Return free text with e-mail addresses, numbers and the names of people masked; a company's name stays.

    In a text that ``has_amounts``, only cards and numbers with a plus sign are taken for what reaches a person.

    Examples
    --------
    >>> masked_free_text("Tracker of Ludwig van der Zande +1 312 555 0199.csv")
    'Tracker of L. Zande ••• 99.csv'
    >>> masked_free_text("Job Materials - card 4111 1111 1111 1111 J.R. Ewingham III, 1200.00", has_amounts=True)
    'Job Materials - card ••• 11 J. Ewingham, 1200.00'
    """
    if has_amounts:
        return with_people(
            _CARD.sub(lambda found: masked_phone(found.group()), masked_emails(text or "")), short_person_name
        )
    return with_people(masked_text(text), short_person_name)
